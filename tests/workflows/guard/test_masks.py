"""Masks: domain E14 gives `138****5678`."""

from __future__ import annotations

import pytest

from builder.model import Field
from tests.workflows.world import PEER, company, record, situation, template
from workflows.evaluate import evaluate
from workflows.guard.access import rights
from workflows.guard.masks import guarded, guarded_evaluation, guarded_record, mask


def masked(way: str, value: object, kind: str = "text") -> object:
    return mask(Field(id="f", path="f", type=kind, label={}, mask=way), value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("way", "value", "shown"),
    [
        ("middle", "+8613812345678", "138****5678"),
        ("middle", "+861062345678", "1********8"),
        ("middle", "110105194912310021", "110***********0021"),
        ("middle", "张三丰", "张*丰"),
        ("middle", "张三", "张*"),
        ("middle", "+86", "*"),
        ("last4", "110105194912310021", "****0021"),
        ("last4", "12345678", "****"),
        ("all", "anything", "****"),
        ("middle", 1250, "****"),
        ("last4", [{"a": 1}], "****"),
        ("all", None, None),
        ("all", False, "****"),
    ],
)
def test_what_a_mask_leaves(way: str, value: object, shown: object) -> None:
    assert masked(way, value) == shown


def test_only_an_e_mail_address_shows_what_stands_behind_its_at() -> None:
    assert masked("middle", "zhang.san@example.com", "email") == "z****@example.com"
    assert masked("middle", "小红书@zhangsan123456") == "小红书" + 11 * "*" + "3456"
    assert masked("middle", "https://x.cn/@zhangsan", "url") == "htt" + 15 * "*" + "gsan"


FORM = template("""
privacy: {purpose: 测试, retain: 3y}
fields:
  name: {type: text, label: 名称}
  phone: {type: phone, label: 电话, personal: true, mask: middle}
  secret: {type: text, label: 机密}
tags: {level: {label: 等级, options: {vip: {label: VIP, when: given(secret) and given(phone)}}}}
access:
  record: {create: [sales], read: [department], write: [owner]}
  phone: {read: [owner], masked: [staff]}
  secret: {read: [owner]}
""")
DATA = {"name": "甲", "phone": "+8613812345678", "secret": "x"}


def test_a_guarded_record_leaks_nothing_not_even_as_a_reason() -> None:
    whole = evaluate(FORM, {}, situation(), record=record(FORM, DATA))
    kept = record(FORM, DATA, tags=whole.tags, key="k")
    allowed = rights(FORM, company(), PEER, kept)
    shown, judged = guarded_record(FORM, allowed, kept), guarded_evaluation(FORM, allowed, whole)
    assert shown.data == {"name": "甲", "phone": "138****5678"} and shown.key == ""
    assert judged.values == {"name": "甲", "phone": "138****5678", "level": "vip"}
    assert judged.visible == {"name", "phone"} and "secret" not in judged.stored
    assert "+86138" not in repr((shown, judged)) and "'x'" not in repr((shown, judged))
    assert shown.tags["level"]["vip"]["because"] == {"phone": "138****5678"}


def test_names_that_are_no_fields_pass() -> None:
    allowed = rights(FORM, company(), PEER, record(FORM, DATA))
    assert guarded(FORM, allowed, {"state": "s", "secret": 1}) == {"state": "s"}
