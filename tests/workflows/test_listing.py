"""Lists: records he may not read do not exist, what he does not see neither filters nor sorts."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.workflows.test_service import FORM, GIVEN, refused
from tests.workflows.world import (
    LEAD,
    MANAGER,
    NOBODY,
    OTHER,
    PEER,
    SERVICE,
    STAFF,
    Compiled,
    compiled,
    service,
)  # fmt: skip
from workflows.catalogue import publish
from workflows.record import Actor, Forbidden, Invalid, NotFound
from workflows.service import Service

BUILT: dict[str, Compiled] = {}


@pytest.fixture
def desk() -> Service:
    found = service(BUILT.setdefault("form", compiled(FORM)))
    for actor, name, budget, source in (
        (STAFF, "甲公司", 300, "online"),
        (STAFF, "乙公司", "", "offline"),
        (PEER, "丙公司", 100, "online"),
        (OTHER, "丁公司", 200, "online"),
    ):
        found.create(actor, "customer", {**GIVEN, "name": name, "budget": budget, "source": source})
    return found


def names(desk: Service, actor: Actor, **asked: object) -> list[object]:
    found = desk.list(actor, "customer", columns=["name"], **{"sort": ("created",), **asked})  # type: ignore[arg-type]
    assert found.total >= len(found.lines)
    return [line.values["name"] for line in found.lines]


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (STAFF, ["甲公司", "乙公司", "丙公司"]),
        (LEAD, ["甲公司", "乙公司", "丙公司"]),
        (OTHER, ["丁公司"]),
        (MANAGER, ["甲公司", "乙公司", "丙公司", "丁公司"]),
        (SERVICE, []),
    ],
    ids=lambda value: getattr(value, "id", ""),
)
def test_records_of_others_do_not_exist_nor_count(desk: Service, actor: Actor, seen: list[str]) -> None:
    assert names(desk, actor) == seen
    assert desk.list(actor, "customer").total == len(seen)


def test_pages_count_only_what_he_may_read(desk: Service) -> None:
    second = desk.list(STAFF, "customer", page=2, size=2, sort=("created",), columns=("name",))
    assert ([line.values["name"] for line in second.lines], second.total, second.page) == (["丙公司"], 3, 2)


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ({"where": 'source == "online"'}, ["甲公司", "丙公司"]),
        ({"where": "budget >= 200 and owner == me"}, ["甲公司"]),
        ({"where": "budget != 300"}, ["乙公司", "丙公司"]),  # != is not ==, so the absent one counts
        ({"match": {"source": "offline"}}, ["乙公司"]),
        ({"match": {"source": ["线上渠道", "线下活动"], "owner": "peer"}}, ["丙公司"]),
        ({"match": {"budget": "100"}}, ["丙公司"]),
        ({"match": {"budget": ""}}, ["乙公司"]),
        ({"match": {"touch": "online"}}, ["甲公司", "丙公司"]),
        ({"match": {"state": "won"}}, []),
        ({"sort": ("-budget",)}, ["甲公司", "丙公司", "乙公司"]),
        ({"sort": ("name",)}, ["丙公司", "甲公司", "乙公司"]),  # by pinyin: bing jia yi
        ({"sort": ("owner", "-created")}, ["丙公司", "乙公司", "甲公司"]),
    ],
)
def test_filters_and_orders(desk: Service, asked: dict[str, object], seen: list[str]) -> None:
    assert names(desk, STAFF, **asked) == seen


def test_a_filter_sees_what_its_reader_sees(desk: Service) -> None:
    assert names(desk, STAFF, where="given(phone)") == ["甲公司", "乙公司"]  # the colleague's is masked
    assert names(desk, MANAGER, match={"phone": "13812345678"}) == ["甲公司", "乙公司", "丙公司", "丁公司"]
    assert names(desk, LEAD, match={"phone": "13812345678"}) == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"where": "given(salary)"}, "salary"),
        ({"where": "budget > salary or true"}, "salary"),
        ({"match": {"salary": "5"}}, "salary"),
        ({"sort": ("salary",)}, "salary"),
        ({"sort": ("-phone",)}, "phone"),  # the order of masked numbers would tell them
    ],
)
def test_what_he_does_not_see_is_no_question(desk: Service, asked: dict[str, object], field: str) -> None:
    assert refused(Forbidden, lambda: names(desk, STAFF, **asked)).args_ == {"field": field}
    names(desk, MANAGER, **asked)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"where": 'source == "线上渠道"'}, "where"),
        ({"where": "nothing > 1"}, "where"),
        ({"where": "budget +"}, "where"),
        ({"where": "budget"}, "where"),
        ({"match": {"nothing": 1}}, "nothing"),
        ({"match": {"budget": "many"}}, "budget"),
        ({"sort": ("nothing",)}, "sort"),
    ],
)
def test_questions_that_make_no_sense(desk: Service, asked: dict[str, object], name: str) -> None:
    error = refused(Invalid, lambda: names(desk, STAFF, **asked))
    assert isinstance(error, Invalid) and list(error.faults) == [name] and error.faults[name]


def test_columns_that_are_none(desk: Service) -> None:
    refused(Invalid, lambda: desk.list(STAFF, "customer", columns=("name", "nothing")))
    refused(NotFound, lambda: desk.list(STAFF, "customer", "nothing"))
    refused(NotFound, lambda: desk.list(STAFF, "nothing"))
    refused(NotFound, lambda: desk.list(NOBODY, "customer"))


def test_a_list_of_the_template(desk: Service) -> None:
    found = desk.list(STAFF, "customer", "mine")
    assert found.columns == ("name", "phone", "budget", "state") and found.sort == ("-budget",)
    assert [line.values for line in found.lines] == [
        {"name": "甲公司", "phone": "+8613812345678", "budget": 30_000, "state": "potential"},
        {"name": "乙公司", "phone": "+8613812345678", "budget": None, "state": "potential"},
    ]


def test_lines_are_masked_one_by_one(desk: Service) -> None:
    found = desk.list(
        STAFF, "customer", columns=("phone", "owner", "salary", "completeness", "touch"), sort=("created",)
    )
    assert [line.values["phone"] for line in found.lines] == ["+8613812345678", "+8613812345678", "138****5678"]
    assert [line.masked for line in found.lines] == [frozenset(), frozenset(), {"phone"}]
    assert found.lines[0].values == {"phone": "+8613812345678", "owner": "staff", "salary": None, "completeness": 100,
                                     "touch": ("online",)}  # fmt: skip


def test_without_columns_those_that_the_author_chose_for_the_first_list(desk: Service) -> None:
    listing = desk.list(STAFF, "customer")
    assert listing.columns == next(iter(listing.template.lists.values())).columns


OVERLAY = """
overlay: marketing
extends: customer@1.0.0
change: {access: {name: {read: {only: [owner]}}}}
add:
  fields: {campaign: {type: text, label: 编号}, source: {options: {douyin: {label: 抖音, counts_as: online}}}}
  workflow:
    states: {trial: {label: 试投, counts_as: intent}}
    transitions:
      try: {label: 试, from: intent, to: trial, by: [sales]}
      end: {label: 止, from: trial, to: intent, by: [sales]}
"""


def test_a_clones_records_count_in_the_companys_terms(desk: Service) -> None:
    whole = FORM.replace("  salary: {read", "  name: {read: [owner, department, manager]}\n  salary: {read")
    raised = compiled(whole.replace("version: 1.0.0", "version: 1.1.0"))
    clone = compiled(whole.replace("version: 1.0.0", "version: 1.1.0"), OVERLAY.replace("1.0.0", "1.1.0"))
    publish(desk.store, raised, desk.clock(), "admin")
    assert publish(desk.store, clone, desk.clock(), "admin") == "1.1.0+marketing.1"
    sent = {**GIVEN, "name": "戊公司", "source": "抖音", "marketing__campaign": "C1", "state": "intent"}
    made = desk.create(OTHER, "customer", sent).id
    desk.act(OTHER, made, "marketing__try")
    assert names(desk, MANAGER, where='source == "online" and state == "intent"') == [
        None
    ]  # his name is not the manager's
    assert names(desk, MANAGER, match={"state": "intent"}) == [None] == names(desk, MANAGER, match={"id": made})
    assert names(desk, OTHER, match={"state": "intent"}) == ["戊公司"]
    assert desk.counts(MANAGER, "customer")["intent"] == 1 == desk.counts(OTHER, "customer")["marketing__trial"]
    found = desk.list(OTHER, "customer", columns=("source", "state"), match={"source": "online"}, sort=("-created",))
    assert found.lines[0].values == {"source": "marketing__douyin", "state": "marketing__trial"}
    assert found.lines[0].template.department == "marketing"


def test_an_older_version_that_hid_a_field_still_keeps_it_from_ordering(desk: Service) -> None:
    opened = FORM.replace("  salary: {read: [manager], write: [manager]}\n", "").replace("1.0.0", "1.1.0")
    publish(desk.store, compiled(opened), desk.clock(), "admin")
    assert refused(Forbidden, lambda: names(desk, STAFF, sort=("salary",))).args_ == {"field": "salary"}
    desk.revise(MANAGER, desk.list(MANAGER, "customer", sort=("created",)).lines[0].id, {"salary": 9}, rev=1)
    assert names(desk, STAFF, where="given(salary)") == []


def test_a_list_is_counted_by_state_as_its_reader_sees_it(desk: Service) -> None:
    for actor in (STAFF, MANAGER, OTHER):
        for name in ("", *desk.list(actor, "customer").template.lists):
            lines = desk.list(actor, "customer", name, size=0, columns=("state",)).lines
            assert desk.counts(actor, "customer", name) == Counter(line.values["state"] for line in lines)


TAGGED = """
template: offer
version: 1.0.0
title: 报价
fields:
  name: {type: text, label: 名称}
  margin: {type: integer, label: 毛利}
tags:
  worth: {label: 价值, options: {good: {label: 好, when: margin > 0}}}
access:
  record: {create: [sales, manager], read: [department, manager], write: [owner]}
  margin: {read: [manager], write: [staff]}
"""


def test_an_order_by_tags_says_nothing_of_the_answers_behind_them() -> None:
    desk = service(compiled(TAGGED))
    boss = Actor(id="manager", roles=frozenset({"manager"}), department="sales-east")
    for name, margin in (("甲", 30), ("乙", 10), ("丙", 20)):
        desk.create(boss, "offer", {"name": name, "margin": margin})
    for sort in ("worth", "-worth"):
        found = desk.list(STAFF, "offer", sort=(sort,), columns=("name", "margin", "worth"))
        assert [line.values["name"] for line in found.lines] == ["甲", "乙", "丙"]
        assert {line.values["margin"] for line in found.lines} == {None}
