"""Rights on records and fields: language.md, ACCESS and Meaning; domain E14."""

from __future__ import annotations

import pytest

from tests.workflows.world import BOSS, LEAD, MANAGER, OTHER, PEER, SERVICE, STAFF, company, record, template
from workflows.guard.access import Rights, always_clear, ever_clear, may_list, may_read, rights
from workflows.record import Actor

COMPANY = company()
FORM = template("""
privacy: {purpose: 测试, retain: 3y}
fields:
  name: {type: text, label: 名称}
  phone: {type: phone, label: 电话, personal: true, mask: middle}
  salary: {type: money, label: 薪酬}
  remark: {type: text, label: 审批意见}
  mail: {type: email, label: 邮箱}
  landing: {type: url, label: 落地页, readonly: true}
  upper: {type: text, label: 全名, compute: name}
workflow:
  states:
    open: {label: 进行中, initial: true}
    half: {label: 待定, edit: [name, landing]}
    shut: {label: 关闭, edit: none}
  transitions:
    halve: {label: 待定, from: open, to: half, by: [sales]}
    shut: {label: 关闭, from: half, to: shut, by: [sales]}
    open: {label: 重开, from: shut, to: open, by: [sales]}
access:
  record: {create: [sales], read: [owner, department, manager], write: [owner, superior], export: [manager]}
  phone: {read: [owner, manager], masked: [staff]}
  salary: {read: [manager], write: [manager]}
  remark: {write: [manager]}
  mail: {masked: [superior]}
""")


def levels(actor: Actor, **changes: object) -> dict[str, str]:
    return dict(rights(FORM, COMPANY, actor, record(FORM, {}, **changes)).fields)


OWNERS = {"name": "write", "phone": "write", "salary": "hidden", "remark": "read", "mail": "write",
          "landing": "read", "upper": "read"}  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (STAFF, OWNERS),
        (PEER, {**OWNERS, "name": "read", "phone": "masked", "mail": "read"}),
        (LEAD, {**OWNERS, "phone": "masked", "mail": "masked"}),
        (MANAGER, {**OWNERS, "name": "read", "phone": "read", "salary": "write", "remark": "write", "mail": "read"}),
        (BOSS, {**OWNERS, "name": "read", "phone": "masked", "mail": "read"}),
        (OTHER, dict.fromkeys(OWNERS, "hidden")),
        (SERVICE, dict.fromkeys(OWNERS, "hidden")),
    ],
    ids=lambda value: getattr(value, "id", ""),
)
def test_what_each_sees_and_writes(actor: Actor, expected: dict[str, str]) -> None:
    assert levels(actor) == expected


@pytest.mark.parametrize(
    ("actor", "flags"),
    [
        (STAFF, "create read write tag"),
        (PEER, "create read"),
        (LEAD, "create read write tag"),
        (MANAGER, "read write export"),  # two fields are his to write, the record is not
        (BOSS, "read"),
        (OTHER, "create"),
        (SERVICE, ""),
    ],
    ids=lambda value: getattr(value, "id", ""),
)
def test_what_each_may_do_with_the_record(actor: Actor, flags: str) -> None:
    found = rights(FORM, COMPANY, actor, record(FORM, {}))
    assert " ".join(n for n in ("create", "read", "write", "export", "tag") if getattr(found, n)) == flags


def test_the_state_leaves_open_what_it_says() -> None:
    assert [name for name, level in levels(STAFF, state="half").items() if level == "write"] == ["name"]
    shut = rights(FORM, COMPANY, STAFF, record(FORM, {}, state="shut"))
    assert not shut.write and shut.fields["name"] == "read"


def test_while_making_a_record_the_creator_is_its_owner() -> None:
    made = rights(FORM, COMPANY, STAFF, None)
    assert dict(made.fields) == OWNERS and made.create and made.write
    assert not rights(FORM, COMPANY, SERVICE, None).create


def test_a_record_of_another_department_does_not_exist() -> None:
    assert not may_read(FORM, COMPANY, OTHER, record(FORM, {}))
    assert may_read(FORM, COMPANY, OTHER, record(FORM, {}, department="marketing"))


def test_without_an_access_part_all_staff_may() -> None:
    plain = template("fields: {a: {type: text, label: A}}")
    found = rights(plain, COMPANY, SERVICE, record(plain, {}))
    assert found.create and found.read and found.write and found.fields["a"] == "write"
    assert not rights(plain, COMPANY, Actor(id=""), None).create


def test_equal_rights_are_one_key() -> None:
    mine, also = rights(FORM, COMPANY, PEER, record(FORM, {})), rights(FORM, COMPANY, PEER, record(FORM, {"name": "x"}))
    assert mine == also and hash(mine) == hash(also) and {mine: 1}[also] == 1
    assert isinstance(mine, Rights) and mine.signature != rights(FORM, COMPANY, LEAD, record(FORM, {})).signature


def test_what_orders_a_list_is_clear_on_every_record() -> None:
    assert always_clear(FORM, STAFF, "name") and always_clear(FORM, STAFF, "remark")
    assert not always_clear(FORM, STAFF, "phone") and always_clear(FORM, MANAGER, "phone")
    assert not always_clear(FORM, STAFF, "salary") and not always_clear(FORM, STAFF, "mail")


def test_what_filters_a_list_is_clear_on_some_record() -> None:
    assert ever_clear(FORM, STAFF, "phone") and ever_clear(FORM, STAFF, "mail")
    assert not ever_clear(FORM, STAFF, "salary")


def test_who_could_meet_a_record_of_the_template() -> None:
    assert may_list(FORM, STAFF) and may_list(FORM, SERVICE)  # he could own one
    closed = template("fields: {a: {type: text, label: A}}\naccess: {record: {create: [sales], read: [sales]}}")
    assert may_list(closed, OTHER) and not may_list(closed, SERVICE)


def test_who_does_not_read_neither_writes_nor_exports_nor_tags() -> None:
    form = template("""
fields: {a: {type: text, label: A}}
access: {record: {create: [sales], read: [sales], write: [superior], export: [superior]}}
""")
    made_by_the_lead = record(form, {}, creator="lead", owner="lead")  # whose superior, the boss, is not in sales
    found = rights(form, COMPANY, BOSS, made_by_the_lead)
    assert not (found.read or found.write or found.export or found.tag) and found.fields["a"] == "hidden"
