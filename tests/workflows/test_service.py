"""A record's journey, with every refusal; language.md and design.md §4."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.workflows.world import (
    BOSS,
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
from workflows.record import Actor, Forbidden, Invalid, KeyReused, NotFound, NotOpen, Refused, Stale
from workflows.service import Service
from workflows.view import Change

FORM = """
template: customer
version: 1.0.0
title: 客户
privacy: {purpose: 客户关系管理, retain: 3y}
fields:
  name: {type: text, label: 客户名称, required: true}
  source: {type: choice, label: 来源, required: true, options: {online: 线上渠道, offline: 线下活动}}
  platform: {type: text, label: 平台, visible: source == "online", required: true}
  text: {type: text, label: 获取方式, compute: 'join("-", source, platform)'}
  phone: {type: phone, label: 电话, personal: true, mask: middle}
  budget: {type: money, label: 预算}
  salary: {type: money, label: 底价}
  note: {type: text, label: 备注, lines: 3}
  colleague: {type: person, label: 同事}
  landing: {type: url, label: 落地页, readonly: true}
  lines: {type: rows, label: 明细, fields: {item: {type: text, label: 名称, required: true}}}
tags:
  level: {label: 等级, options: {high: {label: 高, when: budget > 1万}, vip: VIP, cold: 冷}}
  touch: {label: 触达, many: true, options: {online: {label: 线上, when: source == "online"}, fair: 展会, call: 电话}}
workflow:
  states:
    potential: {label: 潜在, initial: true}
    intent: {label: 意向, initial: true}
    won: {label: 成交, edit: [note]}
    lost: {label: 流失, edit: none}
  transitions:
    qualify: {label: 确认, from: potential, to: intent, by: [sales], when: given(phone)}
    win: {label: 成交, from: intent, to: won, by: [superior], requires: [budget]}
    lose: {label: 流失, from: [potential, intent, won], to: lost, by: [owner], comment: required}
    back: {label: 挽回, from: lost, to: intent, by: [owner, manager]}
access:
  record: {create: [sales], read: [owner, department, manager], write: [owner, superior]}
  phone: {read: [owner, manager], masked: [staff], write: [owner]}
  salary: {read: [manager], write: [manager]}
lists:
  mine: {title: 我的, columns: [name, phone, budget, state], where: owner == me, sort: [-budget]}
"""
GIVEN = {"name": " 华东智造 ", "source": "线上渠道", "platform": "抖音", "phone": "138 1234 5678",
         "budget": "5,000"}  # fmt: skip
STORED = {"name": "华东智造", "source": "online", "platform": "抖音", "text": "线上渠道-抖音",
          "phone": "+8613812345678", "budget": 500_000}  # fmt: skip
BUILT: dict[str, Compiled] = {}


@pytest.fixture
def desk() -> Service:
    return service(BUILT.setdefault("form", compiled(FORM)))


@pytest.fixture
def made(desk: Service) -> str:
    return desk.create(STAFF, "customer", GIVEN).id


def refused(kind: type[Refused], step: Callable[[], object]) -> Refused:
    with pytest.raises(kind) as found:
        step()
    assert type(found.value) is kind
    return found.value


def codes(error: Refused) -> dict[str, list[str]]:
    assert isinstance(error, Invalid)
    return {name: [fault.code for fault in faults] for name, faults in error.faults.items()}


def unchanged(desk: Service, step: Callable[[], object], kind: type[Refused]) -> Refused:
    before = desk.store.head()
    error = refused(kind, step)
    assert desk.store.head() == before
    return error


# making


def test_a_record_is_made_pinned_and_owned(desk: Service) -> None:
    done = desk.create(STAFF, "customer", {**GIVEN, "state": "意向"}, entry="api")
    kept = desk.read(STAFF, done.id).record
    assert (done.rev, done.state, done.repeated) == (1, "intent", False)
    assert kept.data == STORED and kept.version == desk.catalogue.current("customer").hash
    assert (kept.owner, kept.creator, kept.department, kept.entry) == ("staff", "staff", "sales-east", "api")
    assert kept.created == kept.updated == kept.entered


def test_wrong_answers_are_all_told_and_nothing_is_stored(desk: Service) -> None:
    wrong = {"source": "online", "phone": "1", "budget": "x", "colleague": "service", "state": "won", "extra": 1}
    error = unchanged(desk, lambda: desk.create(STAFF, "customer", wrong), Invalid)
    assert codes(error) == {
        "state": ["not-option"],
        "name": ["required"],
        "platform": ["required"],
        "phone": ["not-phone"],
        "budget": ["not-money"],
        "colleague": ["not-person"],  # there is one, disabled
        "extra": ["no-such-field"],
    }


def test_who_may_not_create(desk: Service) -> None:
    unchanged(desk, lambda: desk.create(MANAGER, "customer", GIVEN), Forbidden)
    unchanged(desk, lambda: desk.create(STAFF, "nothing", GIVEN), NotFound)
    unchanged(desk, lambda: desk.create(NOBODY, "customer", GIVEN), NotFound)


@pytest.mark.parametrize(
    ("field", "value"),
    [("salary", 5), ("landing", "https://x.cn"), ("text", "typed")],
    ids=["hidden", "readonly", "computed"],
)
def test_a_field_that_is_not_his_is_refused_by_name(desk: Service, field: str, value: object) -> None:
    error = unchanged(desk, lambda: desk.create(STAFF, "customer", {**GIVEN, field: value}), Forbidden)
    assert error.args_ == {"field": field}


def test_what_is_computed_anyway_and_empty_foreign_answers_may_be_sent(desk: Service) -> None:
    sent = {**GIVEN, "text": "线上渠道-抖音", "salary": "", "landing": None}
    assert desk.read(STAFF, desk.create(STAFF, "customer", sent).id).record.data == STORED


def test_ids_sort_by_time_and_cannot_be_guessed(desk: Service) -> None:
    ids = [desk.create(STAFF, "customer", GIVEN).id for _ in range(5)]
    assert ids == sorted(ids) and len({one[10:] for one in ids}) == 5 and all(len(one) == 26 for one in ids)


# the same request again


def test_the_same_key_and_body_gives_the_first_result(desk: Service) -> None:
    first = desk.create(STAFF, "customer", GIVEN, key="k")
    head = desk.store.head()
    again = desk.create(STAFF, "customer", dict(reversed(GIVEN.items())), key="k")
    assert (again.id, again.rev, again.repeated) == (first.id, 1, True) and desk.store.head() == head


def test_the_same_key_with_another_body_is_refused(desk: Service, made: str) -> None:
    desk.create(STAFF, "customer", GIVEN, key="k")
    unchanged(desk, lambda: desk.create(STAFF, "customer", {**GIVEN, "name": "x"}, key="k"), KeyReused)
    unchanged(desk, lambda: desk.revise(STAFF, made, {"note": "x"}, rev=1, key="k"), KeyReused)


def test_keys_belong_to_their_actor(desk: Service) -> None:
    mine, his = (desk.create(actor, "customer", GIVEN, key="k").id for actor in (STAFF, PEER))
    assert mine != his


def test_a_refused_request_leaves_its_key_free(desk: Service) -> None:
    refused(Invalid, lambda: desk.create(STAFF, "customer", {}, key="k"))
    assert not desk.create(STAFF, "customer", GIVEN, key="k").repeated


def test_every_kind_of_step_is_done_once(desk: Service, made: str) -> None:
    steps = [
        lambda: desk.revise(STAFF, made, {"note": "n"}, rev=1, key="a"),
        lambda: desk.act(STAFF, made, "qualify", key="b"),
        lambda: desk.tag(STAFF, made, "level", "vip", key="c"),
        lambda: desk.untag(STAFF, made, "level", "vip", key="d"),
    ]
    for rev, step in enumerate(steps, 2):
        assert (step().rev, step().rev, step().repeated) == (rev, rev, True)


# changing


def test_only_what_is_sent_changes(desk: Service, made: str) -> None:
    done = desk.revise(STAFF, made, {"source": "offline", "note": "一\r\n二", "budget": ""}, rev=1)
    kept = desk.read(STAFF, made).record
    assert done.rev == kept.rev == 2 and kept.updated > kept.created == kept.entered
    assert kept.data == {"name": "华东智造", "source": "offline", "text": "线下活动", "phone": "+8613812345678",
                         "note": "一\n二"}  # fmt: skip


def test_a_change_that_changes_nothing_writes_nothing(desk: Service, made: str) -> None:
    head = desk.store.head()
    assert desk.revise(STAFF, made, {"name": "华东智造", "budget": "5000.00"}, rev=1).rev == 1
    assert desk.store.head() == head


def test_a_stale_change_shows_both_values_under_the_readers_rights(desk: Service, made: str) -> None:
    desk.revise(STAFF, made, {"name": "新名"}, rev=1)
    error = unchanged(desk, lambda: desk.revise(LEAD, made, {"name": "别名"}, rev=1), Stale)
    assert isinstance(error, Stale) and error.mine == {"name": "别名"}
    assert error.current.data["name"] == "新名" and error.current.data["phone"] == "138****5678"


@pytest.mark.parametrize(
    ("actor", "data", "kind"),
    [
        (PEER, {"name": "x"}, Forbidden),  # reads, does not write
        (OTHER, {"name": "x"}, NotFound),
        (SERVICE, {"name": "x"}, NotFound),
        (LEAD, {"phone": "13912345678"}, Forbidden),  # sees the mask
        (LEAD, {"phone": "+8613812345678"}, Forbidden),  # a right guess must not be told from a wrong one
        (LEAD, {"phone": ""}, Forbidden),
        (STAFF, {"salary": ""}, Forbidden),
        (STAFF, {"state": "won"}, Forbidden),
        (STAFF, {"name": ""}, Invalid),
        (STAFF, {"lines": [{"item": ""}, {"item": 5}]}, Invalid),
    ],
)
def test_changes_that_are_refused(
    desk: Service, made: str, actor: Actor, data: dict[str, object], kind: type[Refused]
) -> None:
    unchanged(desk, lambda: desk.revise(actor, made, data, rev=1), kind)


def test_what_he_reads_may_be_sent_along_unchanged(desk: Service, made: str) -> None:
    desk.act(LEAD, desk.create(STAFF, "customer", {**GIVEN, "state": "intent"}).id, "win")
    sent = {"note": "n", "landing": "", "text": "线上渠道-抖音", "state": "potential"}
    assert desk.revise(STAFF, made, sent, rev=1).rev == 2


def test_a_listed_writer_writes_his_field_and_no_other(desk: Service, made: str) -> None:
    assert desk.revise(MANAGER, made, {"salary": "1.5"}, rev=1).rev == 2
    assert unchanged(desk, lambda: desk.revise(MANAGER, made, {"name": "x"}, rev=2), Forbidden).args_ == {
        "field": "name"
    }


def test_the_state_decides_what_may_still_be_written(desk: Service) -> None:
    made = desk.create(STAFF, "customer", {**GIVEN, "state": "intent"}).id
    desk.act(LEAD, made, "win")
    assert desk.revise(STAFF, made, {"note": "n", "name": "华东智造"}, rev=2).rev == 3
    assert unchanged(desk, lambda: desk.revise(STAFF, made, {"name": "x"}, rev=3), Forbidden).args_ == {"field": "name"}
    desk.act(STAFF, made, "lose", comment="价格")
    assert unchanged(desk, lambda: desk.revise(STAFF, made, {"note": "x"}, rev=4), Forbidden).code == "may-not-write"


def test_a_preview_is_stored_nowhere(desk: Service, made: str) -> None:
    head = desk.store.head()
    view = desk.preview(STAFF, made, {"source": "offline", "name": "", "salary": 5})
    assert view.evaluation.faults.keys() == {"name"} and "platform" not in view.evaluation.visible
    assert view.record.data["source"] == "online" and desk.store.head() == head


# moving


def test_a_record_moves_with_its_answers(desk: Service, made: str) -> None:
    assert [way.transition.action for way in desk.read(STAFF, made).ways if way.open] == ["qualify", "lose"]
    assert desk.act(STAFF, made, "qualify", data={"note": "见过"}, rev=1).state == "intent"
    kept = desk.read(STAFF, made).record
    assert (kept.state, kept.rev, kept.data["note"]) == ("intent", 2, "见过") and kept.entered > kept.created


def test_a_guard_is_judged_with_the_answers_that_come_along(desk: Service) -> None:
    made = desk.create(STAFF, "customer", {**GIVEN, "phone": ""}).id
    assert unchanged(desk, lambda: desk.act(STAFF, made, "qualify"), NotOpen).code == "guard-not-met"
    assert desk.act(STAFF, made, "qualify", data={"phone": "13812345678"}).state == "intent"


@pytest.mark.parametrize(
    ("actor", "action", "more", "kind", "code"),
    [
        (STAFF, "win", {}, NotOpen, "not-from-this-state"),
        (STAFF, "fly", {}, NotOpen, "no-such-action"),
        (PEER, "lose", {"comment": "x"}, Forbidden, "not-yours"),
        (OTHER, "qualify", {}, NotFound, "no-such-record"),
        (STAFF, "lose", {"comment": "  "}, Invalid, "invalid"),
        (STAFF, "qualify", {"data": {"name": ""}}, Invalid, "invalid"),
        (STAFF, "qualify", {"data": {"salary": 1}}, Forbidden, "may-not-write-field"),
        (PEER, "qualify", {"data": {"note": "x"}}, Forbidden, "may-not-write-field"),
        (STAFF, "qualify", {"rev": 7}, Stale, "stale"),
    ],
)
def test_steps_that_are_refused(
    desk: Service, made: str, actor: Actor, action: str, more: dict[str, object], kind: type[Refused], code: str
) -> None:
    assert unchanged(desk, lambda: desk.act(actor, made, action, **more), kind).code == code  # type: ignore[arg-type]


def test_what_a_step_requires_is_asked(desk: Service) -> None:
    made = desk.create(STAFF, "customer", {**GIVEN, "budget": "", "state": "intent"}).id
    assert codes(unchanged(desk, lambda: desk.act(LEAD, made, "win"), Invalid)) == {"budget": ["required"]}
    assert desk.act(LEAD, made, "win", data={"budget": 5}).state == "won"


def test_no_template_of_another_department_is_needed_to_find_nothing(desk: Service) -> None:
    assert refused(NotFound, lambda: desk.read(STAFF, "nowhere")).code == "no-such-record"


# tags


def test_tags_by_hand_come_beside_those_by_rule(desk: Service, made: str) -> None:
    desk.tag(STAFF, made, "touch", "fair")
    desk.tag(LEAD, made, "touch", "call", rev=2)
    desk.untag(LEAD, made, "touch", "fair", rev=3)
    tags = desk.read(STAFF, made).evaluation.tags
    assert list(tags["touch"]) == ["online", "call"]
    assert tags["touch"]["call"]["by"] == "hand" and tags["touch"]["call"]["who"] == "lead"


def test_an_exclusive_tag_takes_the_others_place_and_gives_it_back(desk: Service) -> None:
    made = desk.create(STAFF, "customer", {**GIVEN, "budget": "2万"}).id
    seen = [list(desk.read(STAFF, made).evaluation.tags["level"])]
    for step in (lambda: desk.tag(STAFF, made, "level", "vip"), lambda: desk.tag(STAFF, made, "level", "cold"),
                 lambda: desk.untag(STAFF, made, "level", "cold")):  # fmt: skip
        step()
        seen.append(list(desk.read(STAFF, made).evaluation.tags["level"]))
    assert seen == [["high"], ["vip"], ["cold"], ["high"]]


@pytest.mark.parametrize(
    ("actor", "group", "option", "kind"),
    [
        (STAFF, "level", "high", NotOpen),
        (STAFF, "level", "nope", NotFound),
        (STAFF, "nope", "vip", NotFound),
        (PEER, "level", "vip", Forbidden),
        (OTHER, "level", "vip", NotFound),
    ],
)
def test_tags_that_are_refused(
    desk: Service, made: str, actor: Actor, group: str, option: str, kind: type[Refused]
) -> None:
    unchanged(desk, lambda: desk.tag(actor, made, group, option), kind)
    unchanged(desk, lambda: desk.untag(actor, made, group, option), kind)


def test_a_retired_tag_is_given_to_nobody() -> None:
    desk = service(compiled(FORM.replace("vip: VIP", "vip: {label: VIP, retired: true}")))
    record = desk.create(STAFF, "customer", GIVEN).id
    assert unchanged(desk, lambda: desk.tag(STAFF, record, "level", "vip"), NotOpen).code == "tag-retired"


# reading


def test_each_reader_sees_his_own_record(desk: Service, made: str) -> None:
    shown = {actor.id: desk.read(actor, made).record.data.get("phone") for actor in (STAFF, PEER, LEAD, BOSS, MANAGER)}
    assert shown == {"staff": "+8613812345678", "peer": "138****5678", "lead": "138****5678", "boss": "138****5678",
                     "manager": "+8613812345678"}  # fmt: skip
    for stranger in (OTHER, SERVICE, NOBODY):
        refused(NotFound, lambda who=stranger: desk.read(who, made))
        refused(NotFound, lambda who=stranger: desk.history(who, made))


def test_the_history_tells_who_when_and_what_under_the_readers_rights(desk: Service, made: str) -> None:
    desk.revise(STAFF, made, {"phone": "13912345678", "name": "新名"}, rev=1)
    desk.revise(MANAGER, made, {"salary": 3}, rev=2)
    desk.act(STAFF, made, "lose", comment="价格")
    mine, his = desk.history(STAFF, made), desk.history(PEER, made)
    assert [(mark.kind, mark.actor, mark.name) for mark in mine] == [
        ("created", "staff", "王磊"),
        ("changed", "staff", "王磊"),
        ("changed", "manager", "周总"),
        ("moved", "staff", "王磊"),
    ]
    assert mine[1].changes == (
        Change(field="name", old="华东智造", new="新名"),
        Change(field="phone", old="+8613812345678", new="+8613912345678"),
    )
    assert his[1].changes[1] == Change(field="phone", old="138****5678", new="139****5678")
    assert mine[2].changes == () == his[2].changes
    assert (mine[3].old_state, mine[3].new_state, mine[3].comment) == ("potential", "lost", "价格")
    assert [mark.at for mark in mine] == sorted(mark.at for mark in mine)


def test_the_form_to_fill_knows_defaults_and_rights(desk: Service) -> None:
    blank = desk.blank(STAFF, "customer", {"source": "online", "salary": 5})
    assert blank.rights.writes("phone") and blank.rights.fields["salary"] == "hidden"
    assert "platform" in blank.evaluation.visible and "salary" not in blank.evaluation.values
    refused(Forbidden, lambda: desk.blank(MANAGER, "customer"))
    refused(NotFound, lambda: desk.blank(STAFF, "nothing"))


def test_who_meets_which_templates(desk: Service) -> None:
    assert [template.id for template in desk.templates(STAFF)] == ["customer"]
    assert desk.templates(NOBODY) == ()
    assert desk.person("staff") == "王磊" and desk.person("gone") == "gone"
