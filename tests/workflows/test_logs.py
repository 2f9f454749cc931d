"""Logs only grow: rows are stamped by the server, and no act changes one that is there (language.md, FIELD; B2, E4)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.test_laws import answers
from tests.workflows.world import LEAD, MANAGER, PEER, STAFF, compiled, service
from workflows.filing import RECORDS, record_of
from workflows.history import replay
from workflows.record import Actor, Forbidden, Invalid, Record, Refused, Stale
from workflows.service import Service

FORM = """
template: customer
version: 1.0.0
title: 客户
fields:
  name: {type: text, label: 客户名称, required: true}
  open: {type: boolean, label: 公开, default: true}
  contacts:
    type: log
    label: 联系记录
    max: 6
    visible: open
    fields:
      kind:
        type: choice
        label: 方式
        default: phone
        options: {phone: 电话, visit: 拜访, fax: {label: 传真, retired: true}}
      text: {type: text, label: 内容, required: true}
      cost: {type: money, label: 费用, max: 100}
      score: {type: integer, label: 分, compute: size(text)}
  last: {type: datetime, label: 最近, compute: max(contacts.at)}
access:
  record: {create: [sales], read: [sales, manager], write: [owner, superior]}
  contacts: {read: [sales], masked: [manager], write: [sales]}
"""
BUILT = compiled(FORM)
GIVEN: dict[str, object] = {"name": "晨光机械", "contacts": [{"text": "打过电话"}]}


def stored(desk: Service, id: str) -> Record:
    row = desk.store.get(RECORDS, id)
    assert row is not None
    return record_of(row)


def entries(desk: Service, id: str) -> Any:
    return stored(desk, id).data.get("contacts", [])


def started() -> tuple[Service, str]:
    desk = service(BUILT)
    return desk, desk.create(STAFF, "customer", GIVEN).id


def test_an_entry_is_stamped_and_filled_by_the_server() -> None:
    desk, id = started()
    (entry,) = entries(desk, id)
    at = stored(desk, id).created
    assert entry == {"at": at, "by": "staff", "kind": "phone", "text": "打过电话", "score": 4}
    assert stored(desk, id).data["last"] == at


def test_what_is_sent_is_added_below_what_is_there() -> None:
    desk, id = started()
    done = desk.revise(STAFF, id, {"contacts": [{"text": "去过", "kind": "拜访"}, {}, {"text": "回访"}]}, rev=1)
    assert [row["text"] for row in entries(desk, id)] == ["打过电话", "去过", "回访"]
    assert {row["at"] for row in entries(desk, id)[1:]} == {stored(desk, id).updated}
    assert done.rev == 2


@pytest.mark.parametrize("nothing", [None, "", [], [{}], [{"text": " "}]])
def test_nothing_sent_takes_nothing_away(nothing: object) -> None:
    desk, id = started()
    before = entries(desk, id)
    assert desk.revise(STAFF, id, {"contacts": nothing}, rev=1).rev == 1
    assert entries(desk, id) == before


def test_what_came_from_the_server_may_go_back_to_it() -> None:
    desk, id = started()
    desk.revise(STAFF, id, {"contacts": [{"text": "去过", "cost": "12.5"}]}, rev=1)
    (_, entry) = entries(desk, id)
    again = [entry | {"cost": 12.5}, entry | {"cost": "12.50"}, {"text": "又去过"}]
    desk.revise(STAFF, id, {"contacts": again}, rev=2)
    assert [row["text"] for row in entries(desk, id)] == ["打过电话", "去过", "又去过"]


@pytest.mark.parametrize("change", [{"text": "没打过"}, {"by": "lead"}, {"at": "2020-01-01 00:00"}, {"text": None}])
def test_an_entry_that_is_there_cannot_be_said_otherwise(change: dict[str, object]) -> None:
    desk, id = started()
    with pytest.raises(Invalid) as refused:
        desk.revise(STAFF, id, {"contacts": [entries(desk, id)[0] | change]}, rev=1)
    assert {name: [f.code for f in faults] for name, faults in refused.value.faults.items()} == {
        "contacts.0": ["log-kept"]
    }
    with pytest.raises(Invalid):  # nor is the past written at creation
        desk.create(STAFF, "customer", {**GIVEN, "contacts": [{"at": "2020-01-01 00:00", "text": "早就"}]})


def test_a_faulty_entry_is_named_by_its_place_among_the_new_ones() -> None:
    desk, id = started()
    with pytest.raises(Invalid) as refused:
        desk.revise(STAFF, id, {"contacts": [{"text": "好"}, {"cost": "101"}, {"kind": "fax", "text": "x"}]}, rev=1)
    assert {name: [f.code for f in faults] for name, faults in refused.value.faults.items()} == {
        "contacts.1.text": ["required"],
        "contacts.1.cost": ["over-max"],
        "contacts.2.kind": ["retired-option"],
    }
    assert len(entries(desk, id)) == 1


def test_how_many_there_may_be_counts_those_that_are_there() -> None:
    desk, id = started()
    desk.revise(STAFF, id, {"contacts": [{"text": "x"}] * 5}, rev=1)
    with pytest.raises(Invalid) as refused:
        desk.revise(STAFF, id, {"contacts": [{"text": "x"}]}, rev=2)
    assert [f.code for f in refused.value.faults["contacts"]] == ["too-many"]


def test_two_people_add_at_once_and_neither_is_lost() -> None:
    desk, id = started()
    desk.revise(PEER, id, {"contacts": [{"text": "乙"}]}, rev=None)
    desk.revise(LEAD, id, {"contacts": [{"text": "丙"}]}, rev=None)
    assert [(row["by"], row["text"]) for row in entries(desk, id)][1:] == [("peer", "乙"), ("lead", "丙")]
    with pytest.raises(Stale):  # anything else would overwrite
        desk.revise(STAFF, id, {"name": "x", "contacts": [{"text": "丁"}]}, rev=None)


def test_a_retry_adds_nothing_twice() -> None:
    desk, id = started()
    for repeated in (False, True):
        done = desk.revise(STAFF, id, {"contacts": [{"text": "一次"}]}, rev=None, key="k1")
        assert done.repeated is repeated
    assert len(entries(desk, id)) == 2


def test_who_may_not_write_adds_nothing_and_who_sees_the_mask_sees_no_entry() -> None:
    desk, id = started()
    with pytest.raises(Forbidden):
        desk.revise(MANAGER, id, {"contacts": [{"text": "x"}]}, rev=None)
    assert desk.read(MANAGER, id).evaluation.values["contacts"] == "****"
    assert desk.read(STAFF, id).rights.writes("contacts")


def test_a_hidden_log_keeps_what_is_in_it_and_takes_nothing() -> None:
    desk, id = started()
    desk.revise(STAFF, id, {"open": False, "contacts": [{"text": "x"}]}, rev=1)
    seen = desk.read(STAFF, id).evaluation
    assert seen.values["contacts"] is None and seen.values["last"] is None
    assert len(entries(desk, id)) == 1
    desk.revise(STAFF, id, {"open": True}, rev=2)
    assert len(entries(desk, id)) == 1


def test_the_history_tells_of_the_new_entries_alone() -> None:
    desk, id = started()
    desk.revise(STAFF, id, {"contacts": [{"text": "去过"}]}, rev=1)
    mark = desk.history(STAFF, id)[-1]
    (change,) = [change for change in mark.changes if change.field == "contacts"]
    assert change.old is None and isinstance(change.new, list)
    assert [row["text"] for row in change.new] == ["去过"]
    assert [c.new for c in desk.history(MANAGER, id)[-1].changes if c.field == "contacts"] == ["****"]


@given(st.lists(st.tuples(st.sampled_from([STAFF, PEER, LEAD]), answers(BUILT.template.fields)), max_size=8))  # type: ignore[union-attr]
def test_no_act_changes_an_entry_and_the_history_adds_up(acts: list[tuple[Actor, dict[str, object]]]) -> None:
    desk, id = started()
    before = entries(desk, id)
    for actor, data in acts:
        try:
            desk.revise(actor, id, data, rev=stored(desk, id).rev)
        except Refused:
            continue
        after = entries(desk, id)
        assert after[: len(before)] == before
        assert all(row["by"] == actor.id and row["at"] == stored(desk, id).updated for row in after[len(before) :])
        before = after
    assert replay(id, desk.store.history(id)) == stored(desk, id)
