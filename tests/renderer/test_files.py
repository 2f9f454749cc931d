"""Files through the pages, as somebody without scripts sends them, and as somebody who means harm would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from builder.filetypes import LARGEST
from renderer.house import House
from renderer.uploads import MOST
from tests.renderer.conftest import Guest, Guests, hidden, make_app
from tests.workflows.files import made
from workflows.keep.port import StoreFailed
from workflows.keep.shelf import FILES

CARD, SECOND = made.picture("PNG"), made.picture("PNG", color="blue")
WORKSPACE = """\
formwright: 1
company: {zh: 试验公司, en: Trial}
languages: [zh, en]
currency: CNY
timezone: Asia/Shanghai
roles: {clerk: 文员, boss: 主管}
departments: {east: 东区, west: 西区}
store: "memory:"
"""
OFFER = """\
template: offer
version: 1.0.0
title: {zh: 报价, en: Offer}
privacy: {purpose: 联系, retain: 1y}
fields:
  title: {type: text, label: 标题, required: true}
  card: {type: file, label: 名片, kinds: [image], max: 2, personal: true}
  quote: {type: file, label: 报价单, kinds: [pdf, sheet], visible: title != "无", required: title == "必须"}
  lines:
    type: rows
    label: 明细
    fields: {name: {type: text, label: 名称}, scan: {type: file, label: 扫描件}}
  note: {type: text, label: 备注, visible: given(quote)}
workflow:
  states: {open: {label: 待办, initial: true}, done: {label: 完成, final: true}}
  transitions: {finish: {label: 完成, from: open, to: done, by: [clerk], requires: [quote]}}
access:
  record: {create: [clerk], read: [department, boss], write: [department]}
  card: {read: [owner], masked: [staff]}
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("files")
    (folder / "templates").mkdir()
    (folder / "formwright.yaml").write_text(WORKSPACE, "utf-8")
    (folder / "templates" / "offer.yaml").write_text(OFFER, "utf-8")
    made_app = make_app(folder)
    yield made_app
    made_app.extensions["formwright"].store.close()


def upload(content: bytes, name: str = "名片.png", claimed: str = "image/png") -> tuple[BytesIO, str, str]:
    """A file as a browser would send it, with whatever it says of it."""
    return BytesIO(content), name, claimed


def send(me: Guest, path: str = "/f/offer", **answers: Any) -> TestResponse:
    """Post the form at a path, with files."""
    return me.post(path, {"title": "甲", **answers}, content_type="multipart/form-data")


def record(answer: TestResponse) -> str:
    """The address of the record that was stored."""
    assert answer.status_code == 303, fault(answer.text, "card") + fault(answer.text, "quote")
    return str(answer.headers["Location"])


def fault(page: str, name: str) -> str:
    """What is said beside a field."""
    return unescape(re.findall(rf'id="{re.escape(name)}-fault">(.*?)</p>', page, re.S)[0])


def lines(page: str, name: str) -> list[str]:
    """The files that stand in a form's control."""
    return [
        unescape(line)
        for line in re.findall(rf'type="checkbox" name="{re.escape(name)}" value="([^"]*)" checked', page)
    ]


def links(page: str) -> list[str]:
    """The addresses of the files on a record's page."""
    return re.findall(r'href="(/r/[^"/]+/files/[^"]+)"', page)


# ---- the plain way -----------------------------------------------------------------------------------------------


def test_a_file_is_stored_shown_and_fetched(guest: Guests) -> None:
    me = guest("emil")
    page = me.get(record(send(me, card=upload(CARD)))).text
    (address,) = links(page)
    assert "名片.png" in page and f'src="{address}?thumb"' in page
    answer = me.get(address)
    assert answer.data == CARD and answer.headers["ETag"] == f'"{sha256(CARD).hexdigest()}"'
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E5%90%8D%E7%89%87.png" in answer.headers["Content-Disposition"]


def test_a_fetched_file_can_do_nothing_in_a_browser(guest: Guests) -> None:
    me = guest("emil")
    (address,) = links(me.get(record(send(me, card=upload(CARD)))).text)
    for path in (address, f"{address}?thumb"):
        headers = me.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert any(policy.startswith("sandbox;") for policy in headers.getlist("Content-Security-Policy"))
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "private, no-cache"
    assert me.client.get(address, headers={"If-None-Match": me.get(address).headers["ETag"]}).status_code == 304


def test_the_small_picture_is_drawn_anew(guest: Guests) -> None:
    me = guest("emil")
    (address,) = links(me.get(record(send(me, card=upload(made.photo(), "IMG_1.jpg")))).text)
    answer = me.get(f"{address}?thumb")
    assert answer.mimetype == "image/jpeg" and "attachment" not in answer.headers.get("Content-Disposition", "")
    assert Image.open(BytesIO(answer.data)).size == (20, 40)
    assert b"Phone" not in answer.data + me.get(address).data


def test_files_stay_in_a_form_that_comes_back(guest: Guests) -> None:
    me = guest("emil")
    page = send(me, title="", card=upload(CARD)).text
    assert [line.split(" ")[3] for line in lines(page, "card")] == ["名片.png"]
    address = record(me.client.post("/f/offer", data={**hidden(page), "title": "甲", "card": lines(page, "card")}))
    assert len(links(me.get(address).text)) == 1


def test_a_file_that_is_unticked_is_gone(guest: Guests) -> None:
    me = guest("emil")
    address = record(send(me, card=[upload(CARD), upload(SECOND, "二.png")]))
    page = me.get(f"{address}/edit").text
    first, second = lines(page, "card")
    assert me.client.post(f"{address}/edit", data={**hidden(page), "title": "甲", "card": [second]}).status_code == 303
    page = me.get(address).text
    assert [link.rpartition("/")[2] for link in links(page)] == [sha256(SECOND).hexdigest()]
    assert "名片.png" in page.partition("history-title")[2]  # the history says what was there
    gone = f"{address}/files/card/{first.split(' ')[0]}"
    assert me.get(gone).status_code == me.get(f"{gone}?thumb").status_code == 404


def test_where_one_is_all_the_new_one_takes_its_place(guest: Guests) -> None:
    me = guest("emil")
    address = record(send(me, quote=upload(made.PDF, "旧.pdf")))
    page = me.get(f"{address}/edit").text
    data = {**hidden(page), "title": "甲", "quote": [*lines(page, "quote"), upload(made.PDF + b"\n", "新.pdf")]}
    assert me.client.post(f"{address}/edit", data=data, content_type="multipart/form-data").status_code == 303
    assert re.findall(r"<span>(.*?\.pdf)</span>", me.get(address).text) == ["新.pdf"]


def test_an_untouched_file_stays_through_an_edit(guest: Guests) -> None:
    me = guest("emil")
    address = record(send(me, card=upload(CARD)))
    page = me.get(f"{address}/edit").text
    answers = {**hidden(page), "title": "乙", "card": lines(page, "card")}
    assert me.client.post(f"{address}/edit", data=answers).status_code == 303
    assert len(links(me.get(address).text)) == 1


def test_files_in_rows(guest: Guests) -> None:
    me = guest("emil")
    address = record(send(me, **{"lines.0.name": "甲", "lines.3.scan": upload(made.PDF, "扫.pdf")}))
    (link,) = links(me.get(address).text)
    assert link.startswith(f"{address}/files/lines/") and me.get(link).data == made.PDF
    page = me.get(f"{address}/edit").text
    assert [line.split(" ")[3] for line in lines(page, "lines.1.scan")] == ["扫.pdf"]


def test_a_condition_sees_the_file_that_came_with_the_form(guest: Guests) -> None:
    me = guest("emil")
    page = send(me, quote=upload(made.PDF, "a.pdf"), **{"form-update": "1"}).text
    assert ' data-field="note">' in page and lines(page, "quote")


def test_a_step_asks_for_its_file(guest: Guests) -> None:
    me = guest("emil")
    address = record(send(me))
    refused = send(me, f"{address}/do/finish", quote=upload(made.EXE, "报价.pdf"))
    assert refused.status_code == 422 and "程序" in fault(refused.text, "quote")
    assert record(send(me, f"{address}/do/finish", quote=upload(made.PDF, "报价.pdf"))) == address
    assert len(links(me.get(address).text)) == 1


def test_a_required_file_is_asked_for(guest: Guests) -> None:
    assert fault(send(guest("emil"), title="必须").text, "quote") == "这里还没有填写。"


def test_the_browser_is_told_what_to_offer(guest: Guests) -> None:
    page = guest("emil").get("/f/offer").text
    assert 'enctype="multipart/form-data"' in page
    control = re.findall(r'<input [^>]*id="card"[^>]*>', page)[0]
    assert 'type="file"' in control and "image/jpeg" in control and "multiple" in control
    assert "multiple" not in re.findall(r'<input [^>]*id="quote"[^>]*>', page)[0]


# ---- those who mean harm -----------------------------------------------------------------------------------------

HOSTILE = {
    "a program called a picture": (made.EXE, "名片.png", "image/png", "程序"),
    "a page called a picture": (made.HTML, "x.png", "image/png", "网页"),
    "a drawing that runs scripts": (made.SVG, "x.svg", "image/svg+xml", "SVG"),
    "a page behind the first bytes of a picture": (b"\x89PNG\r\n\x1a\n" + made.HTML, "x.png", "image/png", "认不出"),
    "a picture that is torn": (CARD[:50], "x.png", "image/png", "认不出"),
    "an archive": (made.packed({"a": b"a"}), "x.png", "image/png", "压缩包"),
    "nothing": (b"", "x.png", "image/png", "什么也没有"),
    "another kind": (made.PDF * 2, "x.pdf", "application/pdf", "PDF"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_picture_is_refused_and_named(guest: Guests, house: House, what: str) -> None:
    content, name, claimed, said = HOSTILE[what]
    answer = send(guest("emil"), card=upload(content, name, claimed))
    assert answer.status_code == 422 and said in fault(answer.text, "card"), fault(answer.text, "card")
    assert lines(answer.text, "card") == []  # it would be refused again
    assert house.store.files.open(sha256(content).hexdigest()) is None


def test_a_good_file_beside_a_bad_one_is_not_lost(guest: Guests) -> None:
    answer = send(guest("emil"), card=[upload(CARD), upload(made.EXE, "b.png")])
    assert answer.status_code == 422 and [line.split(" ")[3] for line in lines(answer.text, "card")] == ["名片.png"]


@pytest.mark.parametrize("name", ["../../../etc/cron.d/x.png", "..\\..\\x.png", "/etc/passwd", "a'; filename=b.png"])
def test_a_name_leads_nowhere(guest: Guests, name: str) -> None:
    me = guest("emil")
    (address,) = links(me.get(record(send(me, card=upload(CARD, name)))).text)
    disposition = me.get(address).headers["Content-Disposition"]
    assert not set("/\\\r\n") & set(disposition) and ".." not in disposition


def test_a_name_is_text_on_every_page(guest: Guests) -> None:
    me = guest("emil")
    name = "<img src=x onerror=alert(1)>&'.png"
    page = send(me, title="", card=upload(CARD, name)).text
    stored = me.get(record(send(me, card=upload(CARD, name)))).text
    assert "<img src=x" not in page + stored and "&lt;img" not in page + stored  # < and > are in no name
    assert "img src=x onerror=alert(1)&amp;&#39;.png" in page and "img src=x onerror=alert(1)&amp;&#39;.png" in stored


@pytest.mark.parametrize("forged", ["{id} image/png 5 x.png", "{id}", "{id} text/html 0 x"])
def test_another_persons_file_is_nobodys(guest: Guests, forged: str) -> None:
    """Whoever learns an id (of a file laid ready, or of a record he may not read) can do nothing with it."""
    line = forged.format(id=sha256(b"secret").hexdigest())
    mine, thief = guest("emil"), guest("wim")
    secret = made.picture("PNG", color="green")
    send(mine, title="", card=upload(secret))
    stolen = forged.format(id=sha256(secret).hexdigest())
    for reference in (stolen, line):
        page = thief.post("/f/offer", {"title": "甲", "card": reference})
        if page.status_code == 303:  # a text that is no line is no answer
            assert links(thief.get(page.headers["Location"]).text) == []
        else:
            assert page.status_code == 422 and "不是您上传的" in fault(page.text, "card")


def test_a_file_is_seen_by_whoever_sees_its_field_and_by_nobody_else(guest: Guests) -> None:
    me = guest("emil")
    address = record(send(me, card=upload(CARD), quote=upload(made.PDF, "a.pdf")))
    card, quote = links(me.get(address).text)
    peer, other, stranger = guest("etta"), guest("wim"), guest("")
    assert me.get(card).status_code == peer.get(quote).status_code == 200
    page = peer.get(address).text
    assert "****" in page and card not in page and "名片.png" not in page
    for path in (card, f"{card}?thumb"):
        assert peer.get(path).status_code == 404  # masked: there is something, and no more is said
    for path in (card, quote, f"{quote}?thumb"):
        assert other.get(path).status_code == 404
        assert stranger.get(path).headers["Location"].startswith("/login")


def test_an_address_that_is_put_together_leads_to_nothing(guest: Guests) -> None:
    me = guest("emil")
    address = record(send(me, card=upload(CARD), quote=upload(made.PDF, "a.pdf")))
    card, quote = (link.rpartition("/")[2] for link in links(me.get(address).text))
    elsewhere = record(send(me))
    for path in (
        f"{address}/files/quote/{card}",
        f"{address}/files/title/{card}",
        f"{address}/files/nothing/{card}",
        f"{elsewhere}/files/card/{card}",
        f"{address}/files/card/{card.upper()}",
        f"{address}/files/card/..%2F..%2Fjournal",
        f"{address}/files/card/{quote}",
        f"/r/nothing/files/card/{card}",
    ):
        assert me.get(path).status_code == 404, path


def test_a_hidden_field_shows_no_file(guest: Guests) -> None:
    me = guest("emil")
    address = record(send(me, quote=upload(made.PDF, "a.pdf")))
    (link,) = links(me.get(address).text)
    page = me.get(f"{address}/edit").text
    data = {**hidden(page), "title": "无", "quote": lines(page, "quote")}
    assert me.client.post(f"{address}/edit", data=data).status_code == 303
    assert me.get(link).status_code == 404


def test_a_field_that_is_not_his_takes_no_file(guest: Guests) -> None:
    me, peer = guest("emil"), guest("etta")
    address = record(send(me, card=upload(CARD)))
    page = peer.get(f"{address}/edit").text
    assert 'id="card"' not in page or '<input id="card"' not in page
    data = {**hidden(page), "title": "甲", "card": upload(SECOND)}
    assert peer.client.post(f"{address}/edit", data=data, content_type="multipart/form-data").status_code == 303
    assert [link.rpartition("/")[2] for link in links(me.get(address).text)] == [sha256(CARD).hexdigest()]


def raw(name: str, content: bytes, filename: str = "") -> dict[str, Any]:
    """A body that is put together by hand: the test client would keep a large one in a file it does not close."""
    named = f'; filename="{filename}"' if filename else ""
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    body = head.encode() + content + b"\r\n--x--\r\n"
    return {
        "input_stream": BytesIO(body),
        "content_type": "multipart/form-data; boundary=x",
        "content_length": len(body),
    }


def test_a_body_may_not_be_endless(guest: Guests, app: Flask) -> None:
    me = guest("emil").client
    endless = {"CONTENT_LENGTH": str(app.extensions["formwright"].settings.max_upload + 1)}
    assert me.post("/f/offer", **raw("card", b"", "x.png"), environ_overrides=endless).status_code == 413
    assert guest("").client.post("/f/offer", **raw("card", bytes(3 << 20), "x.png")).status_code == 401
    assert me.post("/f/offer", **raw("title", b"x" * (3 << 20))).status_code == 413  # answers: no more than ever


def test_a_file_may_not_be_endless(guest: Guests) -> None:
    me = guest("emil")
    token = hidden(me.get("/f/offer").text)["csrf-token"]
    large = raw("card", CARD + bytes(LARGEST), "大.png")
    answer = me.client.post("/f/offer", **large, headers={"X-CSRFToken": token}, base_url="http://localhost")
    assert answer.status_code == 422 and "“大.png”太大，每个文件最多 20 MB" in fault(answer.text, "card")


def test_parts_are_counted(guest: Guests) -> None:
    me = guest("emil")
    many = send(me, card=[upload(CARD, f"{n}.png") for n in range(MOST + 1)])
    assert many.status_code == 413
    parts = raw("title", b'\r\n--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' * 21_000)
    assert me.client.post("/f/offer", **parts).status_code == 413


@pytest.mark.parametrize("path", ["/login", "/l/offer", "/logout"])
def test_files_are_taken_only_where_they_are_asked_for(guest: Guests, path: str) -> None:
    answer = guest("emil").client.post(path, data={"a": upload(CARD)}, content_type="multipart/form-data")
    assert answer.status_code == 415


def test_a_file_for_a_field_that_takes_none_is_not_looked_at(guest: Guests, house: House) -> None:
    content = made.picture("PNG", color="purple")
    record(
        send(guest("emil"), **{"title-picture": upload(content), "nothing": upload(content), "note": upload(content)})
    )
    assert house.store.files.open(sha256(content).hexdigest()) is None


def test_a_forged_form_takes_no_file_in(guest: Guests, house: House) -> None:
    content = made.picture("PNG", color="pink")
    answer = guest("emil").client.post(
        "/f/offer", data={"csrf-token": "forged", "card": upload(content)}, content_type="multipart/form-data"
    )
    assert answer.status_code == 400 and house.store.files.open(sha256(content).hexdigest()) is None


# ---- what is kept ------------------------------------------------------------------------------------------------


@contextmanager
def full(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk that takes no more files."""

    def refuse(*_: object) -> None:
        raise StoreFailed("full")

    with monkeypatch.context() as patch:
        patch.setattr(house.store.files, "receive", refuse)
        yield


def test_a_full_disk_stores_nothing_and_loses_no_answer(
    guest: Guests, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = guest("emil")
    with full(house, monkeypatch):
        answer = send(me, title="写了很久", card=upload(CARD))
    assert answer.status_code == 422 and "写了很久" in answer.text
    assert "“名片.png”现在没有收下" in fault(answer.text, "card")


def test_the_same_form_twice_is_one_record(guest: Guests) -> None:
    me = guest("emil")
    page = hidden(me.get("/f/offer").text)
    first, second = (
        me.client.post(
            "/f/offer", data={**page, "title": "甲", "card": upload(CARD)}, content_type="multipart/form-data"
        )
        for _ in range(2)
    )
    assert record(first) == record(second)


def test_a_file_nobody_stored_is_swept_after_a_day_and_a_stored_one_never(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "formwright.yaml").write_text(WORKSPACE, "utf-8")
    (tmp_path / "templates" / "offer.yaml").write_text(OFFER, "utf-8")
    moment = ["2026-01-05T01:30:00.000000Z"]
    app = make_app(tmp_path, store="tinydb:data", clock=lambda: moment[0])
    house: House = app.extensions["formwright"]
    me = Guest(app.test_client())
    me.post("/login", {"user": "emil", "password": "a long sentence"})
    left, kept, late = (made.picture("PNG", color=color) for color in ("red", "blue", "green"))
    send(me, title="", card=upload(left))
    address = record(send(me, card=upload(kept)))
    page = me.get(f"{address}/edit").text
    me.client.post(f"{address}/edit", data={**hidden(page), "title": "甲"})  # taken out again: the history has it
    moment[0] = "2026-01-06T02:30:00.000000Z"
    send(me, title="", card=upload(late))
    ids = [sha256(content).hexdigest() for content in (left, kept, late)]
    contents = [house.store.files.open(id) for id in ids]
    assert [content is not None for content in contents] == [False, True, True]
    assert house.store.get(FILES, ids[1]) is not None and house.store.get(FILES, ids[2]) is None
    for content in contents:
        if content:
            content.close()
    house.store.close()


def test_answers_outlive_a_session_and_only_the_files_have_to_be_chosen_again(guest: Guests, house: House) -> None:
    content = made.picture("PNG", color="brown")
    answer = guest("").client.post(
        "/f/offer", data={"title": "写了很久", "card": upload(content)}, content_type="multipart/form-data"
    )
    assert answer.status_code == 401 and "%E5%86%99%E4%BA%86%E5%BE%88%E4%B9%85" in answer.text
    assert house.store.files.open(sha256(content).hexdigest()) is None
