"""What may already be there, told beside the field (domain D2; language.md: "shown, not refused")."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.renderer.conftest import Guest, Guests, app_of

FILES = {
    "templates/customer.yaml": """\
template: customer
version: 1.0.0
title: 客户
privacy: {purpose: 客户管理, retain: 3y}
access:
  record: {create: [clerk], read: [department], write: [department]}
  phone: {read: [owner], masked: [staff]}
fields:
  name: {type: text, label: 名称, required: true, duplicates: similar}
  phone: {type: phone, label: 电话, personal: true, mask: middle, duplicates: exact}
  note: {type: text, label: 说明, max: 5}
""",
}
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from app_of(FILES, tmp_path_factory.mktemp("duplicates"))


def made(guest: Guest, **answers: str) -> str:
    stored = guest.post("/f/customer", answers)
    assert stored.status_code == 303, stored.text
    return stored.location.rpartition("/")[2]


def asked(guest: Guest, page: str = "/f/customer", **answers: str) -> dict[str, list[str]]:
    """What a script is told when a field was left: by field the records behind the links."""
    answer = guest.post(page, {**answers, "form-update": "1"}, headers=JSON)
    assert answer.status_code == 200 and answer.is_json, answer.text
    return {name: re.findall(r'href="/r/(\w+)"', text) for name, text in answer.json["alike"].items()}


def beside(answer: TestResponse, field: str) -> list[str]:
    """The records that a page links to in a field's live region."""
    regions = re.findall(r'data-field="(\w+)".*?<div class="alike" role="status">(.*?)</div>', answer.text, re.S)
    return re.findall(r'href="/r/(\w+)"', dict(regions)[field])


def test_a_field_that_was_left_tells_of_records_like_this_one(guest: Guests) -> None:
    emil = guest("emil")
    first = made(emil, name="苏州恒远精密机械有限公司", phone="13812345678")
    assert asked(emil, name="恒远精密机械（苏州）") == {"name": [first]}
    assert asked(emil, name="无锡远大", phone="+86 138 1234 5678") == {"phone": [first]}
    assert asked(emil, name="无锡远大", phone="13812345679") == {}
    assert asked(emil, name="", phone="1381234") == {}


def test_nobody_learns_of_what_he_may_not_read(guest: Guests) -> None:
    emil, etta, wim = guest("emil"), guest("etta"), guest("wim")
    first = made(emil, name="杭州盛德模具", phone="13900000001")
    assert asked(wim, name="杭州盛德模具", phone="13900000001") == {}
    assert asked(etta, phone="13900000001") == {}  # she reads the record, but its number only under the mask
    told = etta.post("/f/customer", {"name": "盛德模具", "phone": "13900000001", "form-update": "1"}, headers=JSON)
    assert asked(etta, name="盛德模具", phone="13900000001") == {"name": [first]}
    assert "杭州盛德模具" in told.json["alike"]["name"] and "13900000001" not in told.json["alike"]["name"]


def test_without_scripts_the_page_that_is_drawn_again_says_it_and_nothing_is_refused(guest: Guests) -> None:
    emil = guest("emil")
    first = made(emil, name="<b>宁波</b>海天塑机")
    opened = emil.get("/f/customer")
    assert beside(opened, "name") == beside(opened, "phone") == []
    drawn = emil.post("/f/customer", {"name": "<b>宁波</b>海天塑机集团", "form-update": "1"})
    assert beside(drawn, "name") == [first] and "<b>宁波" not in drawn.text
    refused = emil.post("/f/customer", {"name": "<b>宁波</b>海天塑机集团", "note": "太长的说明了"})
    assert refused.status_code == 422 and beside(refused, "name") == [first]
    second = made(emil, name="<b>宁波</b>海天塑机集团")  # sent without a fault it is stored as it is
    assert f'href="/r/{first}"' in emil.get(f"/r/{second}").text


def test_a_record_is_not_like_itself(guest: Guests) -> None:
    emil = guest("emil")
    own = made(emil, name="青岛啤酒设备")
    assert asked(emil, f"/r/{own}/edit", name="青岛啤酒设备厂") == {}
    other = made(emil, name="青岛啤酒设备制造")
    assert asked(emil, f"/r/{own}/edit", name="青岛啤酒设备厂") == {"name": [other]}
    assert 'class="alike"' not in emil.get(f"/r/{own}").text
