"""`duplicates`: who is told of what, and by which answers (domain D2; language.md: "shown, not refused")."""

from __future__ import annotations

import pytest

from tests.workflows.world import MANAGER, OTHER, PEER, STAFF, compiled, service
from workflows.record import Actor
from workflows.service import Service

CUSTOMER = """
template: customer
version: 1.0.0
title: 客户
privacy: {purpose: 客户管理, retain: 3y}
access:
  record: {create: [sales, manager], read: [owner, department, manager], write: [owner, department]}
  phone: {read: [owner, manager], masked: [staff]}
fields:
  name: {type: text, label: 名称, duplicates: similar}
  phone: {type: phone, label: 电话, personal: true, mask: middle, duplicates: exact}
  mail: {type: email, label: 邮箱, personal: true, duplicates: exact}
  note: {type: text, label: 备注}
"""
GIVEN = {"name": "苏州恒远精密机械有限公司", "phone": "13812345678", "mail": "li@hengyuan.cn", "note": "老客户"}


@pytest.fixture
def desk() -> Service:
    return service(compiled(CUSTOMER))


def alike(desk: Service, actor: Actor, id: str) -> list[str]:
    return [found.line.id for found in desk.alike(actor, desk.read(actor, id))]


def test_a_name_a_number_or_an_address_is_enough_the_newest_first(desk: Service) -> None:
    by_name = desk.create(STAFF, "customer", {"name": "恒远精密机械（苏州）"}).id
    by_phone = desk.create(STAFF, "customer", {"name": "无关", "phone": "+86 138-1234-5678"}).id
    by_mail = desk.create(STAFF, "customer", {"mail": "li@HENGYUAN.CN"}).id
    desk.create(STAFF, "customer", {"name": "无锡远大电气", "phone": "13812345679", "note": "老客户"})
    made = desk.create(STAFF, "customer", GIVEN).id
    assert alike(desk, STAFF, made) == [by_mail, by_phone, by_name]


def test_what_was_changed_counts_as_it_is_now(desk: Service) -> None:
    first, second = (desk.create(STAFF, "customer", {"name": name}).id for name in ("恒远精密", "无锡远大电气"))
    assert alike(desk, STAFF, first) == []
    desk.revise(STAFF, second, {"name": "恒远精密有限公司"}, rev=1)
    assert alike(desk, STAFF, first) == [second]
    desk.revise(STAFF, second, {"name": ""}, rev=2)
    assert alike(desk, STAFF, first) == []


def test_records_of_others_are_not_told_of(desk: Service) -> None:
    theirs = desk.create(OTHER, "customer", GIVEN).id
    mine = desk.create(STAFF, "customer", GIVEN).id
    assert alike(desk, STAFF, mine) == []
    assert alike(desk, MANAGER, mine) == [theirs]


def test_what_one_sees_masked_is_no_clue(desk: Service) -> None:
    """PEER reads the record but its number only under the mask, so the number must not lead him there."""
    first = desk.create(STAFF, "customer", {"name": "甲", "phone": "13812345678"}).id
    his = desk.create(PEER, "customer", {"name": "乙丙", "phone": "13812345678"}).id
    assert alike(desk, PEER, his) == []
    assert alike(desk, MANAGER, his) == [first]
    assert alike(desk, STAFF, first) == []


def test_a_text_is_searched_for_in_what_the_reader_sees_in_clear(desk: Service) -> None:
    first = desk.create(STAFF, "customer", GIVEN).id
    desk.create(OTHER, "customer", GIVEN)

    def found(actor: Actor, text: str) -> list[str]:
        return [line.id for line in desk.list(actor, "customer", text=text).lines]

    assert [found(STAFF, text) for text in ("恒远 精密", "ＬＩ@heng", "138 1234", "客户")] == [[first]] * 4
    assert found(PEER, "1381234") == [] and found(PEER, "恒远") == [first]
    assert found(STAFF, "没有") == []
