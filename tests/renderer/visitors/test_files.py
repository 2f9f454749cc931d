"""Files at a public door: brought by one open form, worth nothing to any other, and stored with its record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from renderer.house import House
from tests.renderer.conftest import make_app
from tests.renderer.visitors.conftest import Clock, Doors, Visitor, held, records
from tests.workflows.files import made
from workflows.files import desk
from workflows.keep.port import StoreFailed

CARD = made.picture("PNG")
WORKSPACE = """\
formwright: 1
company: {zh: 试验公司, en: Trial}
languages: [zh, en]
currency: CNY
timezone: Asia/Shanghai
roles: {clerk: 文员}
departments: {east: 东区, west: 西区}
store: "memory:"
"""
GUEST = """\
template: guest
version: 1.0.0
title: {zh: 来宾, en: Guests}
privacy: {purpose: 联系, retain: 1y}
fields:
  name: {type: text, label: 姓名, required: true, personal: true}
  card: {type: file, label: 名片, kinds: [image], max: 2, personal: true}
  inner: {type: file, label: 内部}
workflow:
  states: {open: {label: 待办, initial: true}, done: {label: 完成, final: true}}
  transitions: {finish: {label: 完成, from: open, to: done, by: [clerk]}}
entries:
  stand: {title: 展台, public: true, fields: [name, card]}
  paged: {title: 逐页, public: true, pages: one, fields: [card, name]}
  words: {title: 文字, public: true, fields: [name]}
access:
  record: {create: [clerk], read: [department], write: [department]}
"""


@pytest.fixture
def app(clock: Clock, tmp_path: Path) -> Iterator[Flask]:
    (tmp_path / "templates").mkdir()
    (tmp_path / "formwright.yaml").write_text(WORKSPACE, "utf-8")
    (tmp_path / "templates" / "guest.yaml").write_text(GUEST, "utf-8")
    started = make_app(tmp_path, clock=clock)
    yield started
    started.extensions["formwright"].store.close()


def bring(
    someone: Visitor, *contents: bytes, name: str = "名片.png", field: str = "card", **answers: Any
) -> TestResponse:
    """Send the page with files, as a browser does."""
    assert someone.page is not None
    files = {field: [(BytesIO(content), name) for content in contents]}
    data = {**held(someone.text), "name": "王磊", **answers, **files}
    someone.page = someone.client.post(someone.path, data=data, content_type="multipart/form-data")
    return someone.page


def lines(page: str) -> list[str]:
    """The files that stand in the page."""
    return [unescape(line) for line in re.findall(r'name="card" value="([^"]*)"', page)]


def stored(house: House) -> list[Mapping[str, Any]]:
    return [row["data"] for row in records(house)]


def test_a_visitor_leaves_a_card(visitor: Doors, house: House) -> None:
    someone = visitor("stand")
    someone.open()
    assert 'enctype="multipart/form-data"' in someone.text
    assert bring(someone, made.photo(), name="IMG_1.jpg").status_code == 200
    ((card,),) = [data["card"] for data in stored(house)]
    content = house.store.files.open(card["id"])
    assert content is not None and b"Phone" not in content.read() and card["type"] == "image/jpeg"


def test_a_card_travels_from_page_to_page(visitor: Doors, house: House) -> None:
    someone = visitor("paged")
    someone.open()
    bring(someone, CARD)
    assert [line.split(" ")[3] for line in lines(someone.text)] == ["名片.png"]
    someone.send(name="王磊")
    assert "名片.png" in someone.text  # on the check page
    someone.send()
    assert [data["card"][0]["id"] for data in stored(house)] == [sha256(CARD).hexdigest()]


def test_what_is_no_picture_is_refused_and_nothing_written_is_lost(visitor: Doors, house: House) -> None:
    someone = visitor("stand")
    someone.open()
    page = bring(someone, CARD, made.EXE)
    assert page.status_code == 422 and "程序" in page.text and "王磊" in page.text and len(lines(page.text)) == 1
    someone.send(card=lines(page.text))
    assert [data["card"][0]["name"] for data in stored(house)] == ["名片.png"]


def test_another_open_form_can_do_nothing_with_it(visitor: Doors, house: House) -> None:
    mine, thief = visitor("stand"), visitor("stand")
    mine.open()
    thief.open()
    bring(mine, CARD, name="名片.png", **{"form-update": "1"})
    (line,) = lines(mine.text)
    assert thief.send(name="李", card=line).status_code == 422
    again = Visitor(thief.client, mine.path, mine.clock)  # by the same link, too
    again.open()
    assert again.send(name="李", card=line).status_code == 422
    assert stored(house) == []


def test_a_file_that_the_door_does_not_ask_for_is_not_looked_at(visitor: Doors, house: House) -> None:
    for entry, field in (("words", "card"), ("stand", "inner")):
        someone = visitor(entry)
        someone.open()
        bring(someone, CARD, field=field)
        assert house.store.files.open(sha256(CARD).hexdigest()) is None
    assert [set(data) for data in stored(house)] == [{"name"}, {"name"}]


def test_a_body_is_small_where_no_file_is_asked_and_bounded_where_one_is(visitor: Doors, house: House) -> None:
    for entry, most in (("words", house.settings.max_visit), ("stand", house.settings.max_visit_upload)):
        someone = visitor(entry)
        someone.open()
        endless = {"CONTENT_LENGTH": str(most + 1)}
        answer = someone.client.post(
            someone.path, data=b"", content_type="multipart/form-data; boundary=x", environ_overrides=endless
        )
        assert answer.status_code == 413
    unsigned = someone.client.post(
        "/p/nobody-signed-this", data={"card": (BytesIO(CARD), "a.png")}, content_type="multipart/form-data"
    )
    assert unsigned.status_code == 404 and house.store.files.open(sha256(CARD).hexdigest()) is None


def test_strangers_wait_while_too_much_lies_unclaimed(
    visitor: Doors, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "MOST_WAITING", 30 << 20)
    someone = visitor("stand")
    someone.open()
    bring(someone, CARD, **{"form-update": "1"})
    page = bring(someone, made.picture("PNG", color="blue"))
    assert page.status_code == 422 and "现在没有收下" in page.text and "王磊" in page.text
    someone.send()  # without the second one
    assert len(stored(house)) == 1


def test_a_second_click_stores_nothing_twice(visitor: Doors, house: House) -> None:
    someone = visitor("stand")
    page = someone.open()
    for _ in range(2):
        someone.page = page
        assert bring(someone, CARD).status_code == 200
    assert len(stored(house)) == 1


def test_a_full_disk_keeps_the_answers(visitor: Doors, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise StoreFailed("full")

    someone = visitor("stand")
    someone.open()
    with monkeypatch.context() as patch:
        patch.setattr(house.store.files, "receive", refuse)
        page = bring(someone, CARD)
    assert page.status_code == 422 and "王磊" in page.text and stored(house) == []
