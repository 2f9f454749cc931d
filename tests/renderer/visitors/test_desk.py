"""The same entries at the desk: staff fill a short form, enter what came in on paper, and print the blanks."""

from __future__ import annotations

import re

from flask import Flask

from renderer.house import House
from tests.renderer.visitors.conftest import records
from tests.renderer.visitors.test_links import signed_in


def test_staff_fill_a_short_form(app: Flask, house: House) -> None:
    emil = signed_in(app, "emil")
    page = emil.get("/f/guest/short").text
    assert re.findall(r'class="field[^"]*" data-field="(\w+)"', page) == ["phone", "name", "wants", "day"]
    assert 'aria-current="page">快速登记<' in page
    stored = emil.post("/f/guest/short", {"name": "李", "wants": "talk", "phone": "13812345678"})
    assert stored.status_code == 303
    (record,) = records(house)
    assert (record["entry"], record["creator"], record["owner"]) == ("short", "emil", "emil")
    assert (record["data"]["source"], record["data"]["grade"]) == ("friend", "high")  # which he could not write himself


def test_paper_from_a_fair_is_entered_as_that(app: Flask, house: House) -> None:
    emil = signed_in(app, "emil")
    answers = {"name": "李", "wants": "talk", "phone": "13812345678", "event": "春季展"}
    assert emil.post("/f/guest/fair", {**answers, "event": ""}).status_code == 422
    assert emil.post("/f/guest/fair", answers).status_code == 303
    (record,) = records(house)
    assert (record["entry"], record["creator"]) == ("fair", "emil")
    assert (record["data"]["source"], record["data"]["event"]) == ("offline", "春季展")


def test_an_entry_takes_no_more_than_it_asks(app: Flask, house: House) -> None:
    emil = signed_in(app, "emil")
    answers = {"name": "李", "wants": "talk", "phone": "13812345678", "source": "online", "grade": "low"}
    assert emil.post("/f/guest/short", answers).status_code == 303
    assert (records(house)[0]["data"]["source"], records(house)[0]["data"]["grade"]) == ("friend", "high")
    assert emil.get("/f/guest/nowhere").status_code == 404
    assert signed_in(app, "bo").get("/f/guest/short").status_code == 403


def test_what_may_be_the_same_is_shown_to_who_may_see_it(app: Flask, house: House) -> None:
    emil, wim = signed_in(app, "emil"), signed_in(app, "wim")
    answers = {"name": "华东智造有限公司", "wants": "talk", "phone": "13812345678"}
    emil.post("/f/guest/short", answers)
    (first,) = records(house)
    again = emil.post(
        "/f/guest/short", {**answers, "name": "华东智造", "phone": "13912345678"}
    )  # a name within the other
    other = emil.post("/f/guest/short", {**answers, "name": "王"})  # the same number
    stranger = emil.post("/f/guest/short", {"name": "赵", "wants": "talk", "phone": "13712345678"})
    abroad = wim.post("/f/guest/short", answers)
    for answer, alike in ((again, True), (other, True), (stranger, False)):
        assert (f'href="/r/{first["id"]}"' in emil.get(answer.headers["Location"]).text) is alike
    assert "可能重复" not in wim.get(abroad.headers["Location"]).text  # what he may not read is not hinted at


def test_the_whole_form_leads_to_the_entries_and_to_paper(app: Flask) -> None:
    page = signed_in(app, "emil").get("/f/guest").text
    assert 'aria-current="page">完整表单<' in page
    assert all(f'href="/f/guest/{entry}"' in page for entry in ("short", "fair", "website"))
    assert 'href="/blank/guest"' in page


def test_a_blank_asks_everything_and_says_when(app: Flask) -> None:
    text = signed_in(app, "emil").get("/blank/guest").text
    assert "仅当「来源」为 线上时填写" in text and "仅当「想要什么」为 visit" not in text
    assert text.count('class="box"') >= 3 + 2 + 2 + 2  # source, wants, news, the states
    assert "费用" not in text and "落地页" not in text  # what nobody writes is on no paper
    assert "回复咨询" in text and "1.0.0" in text and "<input" not in text.partition("<main")[2]


def test_a_blank_of_an_entry_says_only_what_the_entry_leaves_open(app: Flask) -> None:
    text = signed_in(app, "emil").get("/blank/guest/fair").text
    assert "活动" in text and "仅当「来源」" not in text  # it sets that: nobody is asked on this sheet
    assert "仅当「想要什么」为 参观时填写" in text


def test_a_blank_of_a_public_entry_bears_its_newest_link(app: Flask) -> None:
    emil = signed_in(app, "emil")
    without = emil.get("/blank/guest/fair").text
    assert "<svg" not in without and "活动" in without
    assert 'href="/f/guest/fair"' in without  # where what is written on it is entered
    emil.post("/links/guest/make/fair", {"event": "春季展"})
    with_code = emil.get("/blank/guest/fair").text
    assert "<svg" in with_code and "活动：<strong>春季展</strong>" in with_code
    english = emil.get("/blank/guest/fair?lang=en").text
    assert "only if “What you want” is 参观" in english and "Nice to meet you" in english
