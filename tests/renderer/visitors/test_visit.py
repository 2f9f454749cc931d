"""A visitor with a link fills one page: what is stored, whose it is, and what stays out of addresses and cookies."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from renderer.house import House
from renderer.visitors.tokens import link_token
from tests.renderer.conftest import Guest, app_of
from tests.renderer.visitors.conftest import Clock, Doors, records
from workflows.links import Link
from workflows.record import Invalid, NotFound
from workflows.view import Done

ANSWERS = {"name": "李", "wants": "talk", "phone": "138 1234 5678"}


def test_a_record_comes_in_and_belongs_to_whoever_made_the_link(visitor: Doors, house: House) -> None:
    someone = visitor("website")
    someone.open()
    thanks = someone.send(**ANSWERS)
    (record,) = records(house)
    assert thanks.status_code == 200 and record["id"] in thanks.text and "李，感谢垂询！" in thanks.text
    assert (record["creator"], record["owner"], record["department"]) == ("", "emil", "east")
    assert (record["entry"], record["state"]) == ("website", "hot")
    assert record["data"]["phone"] == "+8613812345678"
    assert {name: record["data"][name] for name in ("source", "platform", "grade")} == {
        "source": "online",
        "platform": "官网",
        "grade": "low",
    }
    (event,) = house.store.history(record["id"])
    assert (event.actor, event.body["link"]) == ("", house.store.get("links", str(event.body["link"]))["id"])  # type: ignore[index]  # it is there


def test_thanks_write_answers_as_every_text_of_a_definition_does(visitor: Doors) -> None:
    someone = visitor("tour")
    someone.open()
    answers = {"name": "李 & 王", "wants": "visit", "day": "2026年1月9日", "guests": "1,200"}
    assert "李 &amp; 王：参观，2026-01-09，1200 位，60000 元" in someone.send(**answers, phone="13812345678").text


def test_staff_see_who_it_was(visitor: Doors, app: Flask, house: House) -> None:
    someone = visitor("website")
    someone.open()
    someone.send(**ANSWERS)
    staff = Guest(app.test_client())
    staff.post("/login", {"user": "emil", "password": "a long sentence"})
    page = staff.get(f"/r/{records(house)[0]['id']}").text
    assert "公众（入口：官网咨询）" in page


def test_who_is_signed_in_is_a_stranger_at_a_door(visitor: Doors, app: Flask, house: House) -> None:
    staff = Guest(app.test_client())
    staff.post("/login", {"user": "etta", "password": "a long sentence"})
    someone = visitor("website")
    someone.client = staff.client
    someone.open()
    assert "艾塔" not in someone.text and "/logout" not in someone.text
    someone.send(**ANSWERS)
    assert (records(house)[0]["creator"], records(house)[0]["owner"]) == ("", "emil")


def test_what_an_address_brings_is_captured_once_and_stripped(visitor: Doors, house: House) -> None:
    someone = visitor("website")
    answer = someone.client.get(
        someone.path + "?utm_source=百度&hsa_cam=春&secret=1", headers={"Referer": "https://example.com/a"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, someone.path)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and f"Path={someone.path}" in cookie and "SameSite=Lax" in cookie
    someone.open()
    someone.send(**ANSWERS)
    data = records(house)[0]["data"]
    assert (data["platform"], data["campaign"], data["came_from"]) == ("百度", "春", "https://example.com/a")
    assert data["landing"].startswith("http://localhost/p/")
    assert parse_qs(urlsplit(data["landing"]).query) == {"utm_source": ["百度"], "hsa_cam": ["春"]}


def test_a_browser_without_cookies_can_fill_the_form(visitor: Doors, app: Flask, house: House) -> None:
    someone = visitor("website")
    someone.client = app.test_client(use_cookies=False)
    page = someone.open("?utm_source=百度", headers={"Referer": "https://example.com/a"})
    assert page.status_code == 200
    someone.send(**ANSWERS)
    data = records(house)[0]["data"]
    assert (data["platform"], data["came_from"]) == ("官网", "https://example.com/a")


def test_no_cookie_is_needed_or_set_and_nothing_is_in_an_address(visitor: Doors) -> None:
    someone = visitor("website")
    answer = someone.open()
    assert "Set-Cookie" not in answer.headers
    answer = someone.send(**ANSWERS)
    assert "Set-Cookie" not in answer.headers and "Location" not in answer.headers
    assert 'action="' not in answer.text


@pytest.mark.parametrize("utm", ["网络", "x" * 501])
def test_what_is_captured_badly_counts_as_not_captured(visitor: Doors, house: House, utm: str) -> None:
    someone = visitor("website")
    someone.open(f"?utm_source={utm}")
    assert someone.send(**ANSWERS).status_code == 200
    assert records(house)[0]["data"]["platform"] == "官网"


def test_a_visitor_writes_what_he_is_asked_and_nothing_else(visitor: Doors, house: House) -> None:
    someone = visitor("website")
    someone.open()
    someone.send(**ANSWERS, grade="high", platform="假", campaign="假", source="friend", state="new")
    data = records(house)[0]["data"]
    assert (data["grade"], data["platform"], data["source"], "campaign" in data) == ("low", "官网", "online", False)
    assert records(house)[0]["state"] == "hot"


def test_what_is_wrong_is_said_beside_it_and_everything_stays(visitor: Doors, house: House) -> None:
    someone = visitor("website")
    someone.open()
    answer = someone.send(name="李", phone="12")
    assert answer.status_code == 422 and records(house) == []
    assert 'value="李"' in answer.text and 'value="12"' in answer.text and 'id="fault-summary"' in answer.text
    assert someone.send(wants="talk", phone="13812345678").status_code == 200
    assert len(records(house)) == 1


def test_rows_are_added_and_removed_without_a_script(visitor: Doors, house: House) -> None:
    someone = visitor("website")
    someone.open()
    someone.send(**ANSWERS, form_add="dishes")
    assert 'name="dishes.0.dish"' in someone.text and 'value="李"' in someone.text
    someone.send(**{"dishes.0.dish": "鱼"}, form_add="dishes")
    someone.send(form_remove="dishes.1")
    someone.send(wants="talk")
    assert records(house)[0]["data"]["dishes"] == [{"dish": "鱼"}]


def test_the_language_is_the_browsers_and_a_switch_loses_nothing(visitor: Doors) -> None:
    someone = visitor("website")
    assert "Ask us" in someone.open(headers={"Accept-Language": "en"}).text
    assert "官网咨询" in someone.open(headers={"Accept-Language": "zh-CN"}).text
    english = someone.send(name="李", form_speak="en").text
    assert "Ask us" in english and 'value="李"' in english and 'lang="en"' in english
    assert "Thank you, 李!" in someone.send(wants="talk", phone="13812345678").text


def test_why_and_how_long_is_said_where_personal_data_are_asked(visitor: Doors) -> None:
    text = visitor("website").open(headers={"Accept-Language": "en"}).text
    assert "answering you" in text and "3 years" in text


PARTY = """\
template: party
version: 1.0.0
title: 同行
privacy: {purpose: 安排座位, retain: 1y}
fields:
  people: {type: rows, label: 同行人, fields: {who: {type: text, label: 姓名, personal: true}}}
entries: {gate: {title: 门口, public: true, fields: [people]}}
access: {record: {create: [clerk], read: [clerk], write: [clerk]}}
"""


def test_why_is_said_where_only_a_column_is_personal(tmp_path: Path) -> None:
    with contextmanager(app_of)({"templates/party.yaml": PARTY}, tmp_path) as app:
        house: House = app.extensions["formwright"]
        party = house.catalogue.current("party", "east")
        link = house.doors.make(party, "gate", {}, department="east", owner="emil", by="emil")
        page = app.test_client().get(f"/p/{link_token(house.settings.secret_key, link)}").text
        assert "安排座位" in page


def test_thanks_tell_the_number_that_was_given(visitor: Doors, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the one that would have come next: somebody else takes it, or it was sent twice."""
    slow, quick, enter = visitor("queue"), visitor("queue"), house.doors.enter
    slow.open()
    quick.open()

    def overtaken(*told: Any) -> Done:
        monkeypatch.setattr(house.doors, "enter", enter)
        assert "您是 G001 号" in quick.send(**ANSWERS).text
        return enter(*told)

    monkeypatch.setattr(house.doors, "enter", overtaken)
    assert "您是 G002 号" in slow.send(**ANSWERS).text
    for someone, number in ((quick, "G001"), (slow, "G002")):
        again = someone.client.post(someone.path, data=someone.sent[-1])
        assert f"您是 {number} 号" in again.text
    assert sorted(record["data"]["number"] for record in records(house)) == ["G001", "G002"]


def test_a_second_click_stores_nothing_twice(visitor: Doors, house: House) -> None:
    someone = visitor("website")
    someone.open()
    first = someone.send(**ANSWERS)
    again = someone.client.post(someone.path, data=someone.sent[-1])
    assert len(records(house)) == 1
    assert again.status_code == 200 and again.text == first.text


def test_other_answers_from_the_same_page_are_another_record_once_that_is_meant(visitor: Doors, house: House) -> None:
    someone = visitor("website")
    someone.open()
    someone.send(**ANSWERS)
    someone.page = someone.client.post(someone.path, data={**someone.sent[-1], "name": "王"})
    assert someone.page.status_code == 409 and 'value="王"' in someone.text and len(records(house)) == 1
    someone.later(60)
    assert someone.send(wants="talk").status_code == 200
    assert [record["data"]["name"] for record in records(house)] == ["李", "王"]


@pytest.mark.parametrize("trapped", ["quick", "filled"])
def test_what_looks_like_no_person_is_asked_again_and_loses_nothing(visitor: Doors, house: House, trapped: str) -> None:
    someone = visitor("website")
    someone.open()
    if trapped == "quick":
        someone.later(-29)
    answer = someone.send(**ANSWERS, **({"form-website": "http://spam"} if trapped == "filled" else {}))
    assert answer.status_code == 200 and records(house) == []
    assert 'value="李"' in answer.text and "http://spam" not in answer.text
    someone.later(40)
    someone.send(wants="talk")
    assert len(records(house)) == 1


def test_a_link_that_was_changed_leads_nowhere(visitor: Doors, house: House, make_link: Callable[..., Link]) -> None:
    someone = visitor("website")
    link = make_link("fair", event="展会")
    paths = [
        someone.path[:-2],
        someone.path.replace("/p/", "/p/x"),
        "/p/nothing",
        "/p/" + link_token("another key" * 5, link),
        "/p/" + link_token(house.settings.secret_key, replace(link, values={"event": "别的"})),
        "/p/" + link_token(house.settings.secret_key, replace(link, id="0" * 16)),
        "/p/" + link_token(house.settings.secret_key, replace(link, entry="website")),
    ]
    for path in paths:
        for answer in (someone.client.get(path), someone.client.post(path, data={"name": "李"})):
            assert answer.status_code == 404, path
    answer = someone.client.get("/p/nothing", headers={"Accept-Language": "en"})
    assert "Page not found" in answer.text and "Set-Cookie" not in answer.headers
    assert "ask whoever gave it to you" in answer.text  # he has nobody here to ask


def test_only_public_entries_have_links_and_only_good_values(make_link: Callable[..., Link]) -> None:
    for entry in ("short", "nowhere"):
        with pytest.raises(NotFound):
            make_link(entry)
    with pytest.raises(Invalid) as caught:
        make_link("fair", name="李")
    assert {name: [f.code for f in found] for name, found in caught.value.faults.items()} == {
        "event": ["required"],
        "name": ["no-such-field"],
    }


def test_who_has_left_owns_nothing_new(visitor: Doors, house: House, clock: Clock) -> None:
    someone = visitor("website")
    house.people.disable("emil", clock())
    someone.open()
    someone.send(**ANSWERS)
    assert (records(house)[0]["owner"], records(house)[0]["department"]) == ("", "east")
