"""Staff make links and QR codes, see what came in by each, and close them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from flask import Flask

from renderer.house import House
from renderer.visitors.qr import inline, png, svg
from tests.renderer.conftest import PASSWORD, Guest
from tests.renderer.visitors.conftest import Clock, Visitor, records
from workflows.find.query import Query


def signed_in(app: Flask, user: str) -> Guest:
    someone = Guest(app.test_client())
    someone.post("/login", {"user": user, "password": PASSWORD})
    return someone


def urls(page: str) -> list[str]:
    """The links that a page of codes shows."""
    return re.findall(r'readonly value="([^"]+)"', page)


def test_a_link_is_made_and_leads_to_its_entry(app: Flask, house: House, clock: Clock) -> None:
    emil = signed_in(app, "emil")
    page = emil.get("/links/guest/make/fair").text
    assert 'name="event"' in page and 'name="name"' not in page
    made = emil.post("/links/guest/make/fair", {"event": "春季展", "link-label": "一号门"})
    sheet = emil.get(made.headers["Location"]).text
    (url,) = urls(sheet)
    assert made.status_code == 303 and url.startswith("http://localhost/p/")
    assert "一号门" in sheet and sheet.count("<svg") == 1
    someone = Visitor(app.test_client(), url.removeprefix("http://localhost"), clock)
    assert "展会登记" in someone.open().text


def test_one_line_makes_one_link(app: Flask, house: House) -> None:
    emil = signed_in(app, "emil")
    lines = "上海展\n广州展；南门\n\n深圳展\t西门\n"
    sheet = emil.get(emil.post("/links/guest/make/fair", {"link-batch": lines}).headers["Location"]).text
    assert len(urls(sheet)) == sheet.count("<svg") == 3
    found = house.store.find(Query(collection="links")).rows
    assert {(row["values"]["event"], row["label"]) for row in found} == {  # type: ignore[index]  # a map
        ("上海展", ""), ("广州展", "南门"), ("深圳展", "西门"),
    }  # fmt: skip


def test_what_a_link_without_a_caption_fixes_is_its_caption(app: Flask, house: House) -> None:
    template = house.catalogue.current("guest", "east")
    for values in ({"event": "春季展"}, {"event": "秋季展"}):
        house.doors.make(template, "fair", values, department="east", owner="", by="shell")
    house.doors.make(template, "website", {}, department="east", owner="", by="shell")
    page = signed_in(app, "emil").get("/links/guest").text
    assert {*re.findall(r'<tr><td class="words">([^<]*)</td>', page)} == {"官网咨询", "秋季展", "春季展"}


def test_a_link_is_no_record_that_could_be_complete(app: Flask) -> None:
    assert "data-complete" not in signed_in(app, "emil").get("/links/guest/make/fair").text


def test_captions_alone_make_as_many_links_to_an_entry_that_fixes_nothing(app: Flask, house: House) -> None:
    emil = signed_in(app, "emil")
    emil.post("/links/guest/make/website", {"link-batch": "网站首页\n公众号"})
    assert {row["label"] for row in house.store.find(Query(collection="links")).rows} == {"网站首页", "公众号"}


def test_nothing_updates_a_form_that_no_answer_changes(app: Flask) -> None:
    emil = signed_in(app, "emil")
    assert 'name="form-update"' not in emil.get("/links/guest/make/fair").text  # what reads it is not here
    assert 'name="form-update"' in emil.get("/f/guest/fair").text  # which day, if they want to visit


def test_what_is_missing_is_said_and_no_link_is_made(app: Flask, house: House) -> None:
    emil = signed_in(app, "emil")
    refused = emil.post("/links/guest/make/fair", {"event": "", "link-label": "一号门"})
    assert refused.status_code == 422 and "一号门" in refused.text and 'id="event-fault"' in refused.text
    refused = emil.post("/links/guest/make/fair", {"link-batch": "上海展\n;南门"})
    assert refused.status_code == 422 and "第 2 行" in refused.text and "上海展" in refused.text
    assert house.store.find(Query(collection="links")).total == 0


def test_what_finds_no_room_in_an_address_makes_no_link(app: Flask, house: House) -> None:
    emil, names = signed_in(app, "emil"), "".join(chr(0x4E00 + 7 * n) for n in range(800))
    refused = emil.post("/links/guest/make/fair", {"event": names})
    assert refused.status_code == 422 and 'href="#event"' in refused.text and "二维码" in refused.text
    made = emil.post("/links/guest/make/fair", {"event": names[:160], "link-label": "门\x0b" + "x" * 999})
    assert made.status_code == 303 and emil.get("/blank/guest/fair").status_code == 200
    (row,) = house.store.find(Query(collection="links")).rows
    assert row["label"] == "门" + "x" * 99
    for kind in ("svg", "png"):  # the longest that is taken can be drawn, and a caption breaks no drawing
        assert emil.get(f"/links/guest/{row['id']}.{kind}").status_code == 200
    ElementTree.fromstring(emil.get(f"/links/guest/{row['id']}.svg").data)


def test_links_are_counted_and_closed(app: Flask, house: House, clock: Clock) -> None:
    emil = signed_in(app, "emil")
    sheet = emil.get(emil.post("/links/guest/make/website", {"link-label": "首页"}).headers["Location"]).text
    someone = Visitor(app.test_client(), urls(sheet)[0].removeprefix("http://localhost"), clock)
    someone.open()
    someone.send(name="李", wants="talk", phone="13812345678")
    assert records(house)[0]["owner"] == "emil"
    page = emil.get("/links/guest").text
    assert re.search(r"首页.*?<td class=\"number\"[^>]*>1<", page, re.S)
    id = re.search(r'name="close" value="(\w+)"', page)
    assert id
    assert emil.post("/links/guest/close", {"close": id[1]}, page="/links/guest").status_code == 303
    assert "已关闭" in emil.get("/links/guest").text
    assert someone.client.get(someone.path).status_code == 410
    assert emil.get(f"/links/guest/sheet?link={id[1]}").status_code == 404


def test_links_belong_to_a_department_and_to_those_who_make_records(app: Flask, house: House) -> None:
    emil, wim, bo = (signed_in(app, user) for user in ("emil", "wim", "bo"))
    made = emil.post("/links/guest/make/website", {"link-label": "东部的"})
    id = made.headers["Location"].partition("link=")[2]
    assert "东部的" not in wim.get("/links/guest").text
    assert wim.get(f"/links/guest/{id}.svg").status_code == 404
    assert wim.post("/links/guest/close", {"close": id}, page="/links/guest").status_code == 404
    assert bo.get("/links/guest").status_code == 403
    assert emil.get("/links/guest@west").status_code == 404
    assert emil.get("/links/guest/make/short").status_code == 404


@pytest.mark.parametrize(("kind", "type"), [("svg", "image/svg+xml"), ("png", "image/png")])
def test_a_code_is_a_file(app: Flask, kind: str, type: str) -> None:
    emil = signed_in(app, "emil")
    made = emil.post("/links/guest/make/website", {"link-label": "<首页>"})
    answer = emil.get(f"/links/guest/{made.headers['Location'].partition('link=')[2]}.{kind}")
    assert answer.mimetype == type and "attachment" in answer.headers["Content-Disposition"]
    assert kind == "png" or "&lt;首页&gt;" in answer.text


def test_codes_are_codes() -> None:
    assert png("https://example.com/p/x").startswith(b"\x89PNG")
    assert svg("https://example.com/p/x", "A & B").count(b"<svg") == 2 and b"A &amp; B" in svg("x", "A & B")
    assert "style=" not in inline("https://example.com/p/x")
