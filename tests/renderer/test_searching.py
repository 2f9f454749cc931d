"""Long lists on a page: searched by whoever may fill the field, and by hand without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from renderer.house import House
from renderer.pages import searching
from renderer.visitors.tokens import link_token
from tests.renderer.conftest import Guest, Guests, app_of
from workflows.find.query import Query

FILES = {
    "templates/order.yaml": """\
template: order
version: 1.0.0
title: 领料
fields:
  part: {type: choice, label: 配件, vocabulary: parts, required: true}
  secret: {type: choice, label: 内部, vocabulary: parts}
  region: {type: choice, label: 地区, vocabulary: regions}
  few: {type: choice, label: 少, options: {a: 甲, b: 乙}}
  lines: {type: rows, label: 明细, fields: {part: {type: choice, label: 配件, vocabulary: parts}}}
access:
  record: {create: [clerk], read: [clerk, boss], write: [clerk]}
  secret: {read: [boss], write: [boss]}
entries:
  wish: {title: 报修, public: true, fields: [part]}
""",
    "vocabularies/parts.csv": "id,label,synonyms\n"
    + "".join(f"p{n},{'轴承' if n % 2 else '螺栓'}{n:03},\n" for n in range(400))
    + "x1,六角螺母,nut\n",
    "vocabularies/regions.csv": "id,label,parent\njs,江苏省,\nzj,浙江省,\n"
    + "".join(f"j{n},苏{n}市,js\n" for n in range(70))
    + "hz,杭州市,zj\n",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from app_of(FILES, tmp_path_factory.mktemp("searching"))


def ask(someone: Guest, page: str, field: str, query: str) -> TestResponse:
    """What the box of a field asks its page for."""
    return someone.post(page, {searching.OPTIONS: field, searching.QUERY: query})


def titles(text: str) -> list[str]:
    return [item["title"] for item in json.loads(text)["items"]]


def test_what_is_found_reads_back_as_what_was_found(guest: Guests) -> None:
    emil = guest("emil")
    found = ask(emil, "/f/order", "part", "螺母")
    assert (found.status_code, titles(found.text)) == (200, ["六角螺母"])
    assert titles(ask(emil, "/f/order", "part", "nut").text) == ["六角螺母"]
    assert titles(ask(emil, "/f/order", "part", "ljlm").text) == ["六角螺母"]  # by its initials
    assert len(titles(ask(emil, "/f/order", "lines.part", "轴承").text)) == searching.MOST
    assert titles(ask(emil, "/f/order", "part", "").text) == []
    assert found.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("field", ["secret", "few", "region", "lines", "nothing", "lines.nothing"])
def test_only_what_one_fills_by_search_is_searched(guest: Guests, field: str) -> None:
    assert ask(guest("emil"), "/f/order", field, "轴").status_code == 404


def test_who_may_not_see_the_page_may_not_search(guest: Guests) -> None:
    assert ask(guest(""), "/f/order", "part", "轴").status_code == 401
    assert ask(guest("bo"), "/f/order", "part", "轴").status_code in (403, 404)


def test_a_visitor_searches_what_his_door_asks_and_stores_nothing(app: Flask, guest: Guests, house: House) -> None:
    template = house.catalogue.current("order", "east")
    link = house.doors.make(template, "wish", {}, department="east", owner="", by="shell")
    page = f"/p/{link_token(house.settings.secret_key, link)}"
    assert titles(ask(guest(""), page, "part", "螺母").text) == ["六角螺母"]
    assert ask(guest(""), page, "region", "苏").status_code == 404
    assert house.store.find(Query(collection="records", where={"entry": "wish"})).rows == ()


def test_nobody_searches_without_end(app: Flask, guest: Guests, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, searching.SEARCHES, searching.Budget(2))
    etta = guest("etta")
    answers = [ask(etta, "/f/order", "part", "轴").status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_without_scripts_the_nearest_are_offered_and_one_is_picked(guest: Guests, house: House) -> None:
    emil = guest("emil")
    refused = emil.post("/f/order", {"part": "六角螺丝", "region": ""})
    assert refused.status_code == 422
    assert re.search(r'name="part-pick" value="x1"> <span>六角螺母</span>', refused.text)
    picked = {"part": "六角螺丝", "part-asked": "六角螺丝", "part-pick": "x1"}
    again = emil.post("/f/order", {**picked, "form-update": "1"})
    assert 'value="六角螺母"' in again.text and "part-pick" not in again.text
    stored = emil.post("/f/order", {**picked, "region-1": "js", "region-2": "j5", "lines.0.part": "轴承001"})
    assert stored.status_code == 303
    row = house.store.get("records", stored.location.rpartition("/")[2])
    assert row is not None and row["data"] == {"part": "x1", "region": "j5", "lines": [{"part": "p1"}]}
    id = stored.location.rpartition("/")[2]
    assert "江苏省-苏5市" in emil.get(f"/r/{id}").text
    edit = emil.get(f"/r/{id}/edit").text
    assert 'value="六角螺母"' in edit and '<option value="j5" selected>' in edit
    assert titles(ask(emil, f"/r/{id}/edit", "part", "螺母").text) == ["六角螺母"]


def test_a_text_that_was_changed_is_not_what_was_picked(guest: Guests) -> None:
    answer = guest("emil").post("/f/order", {"part": "轴承", "part-asked": "六角螺丝", "part-pick": "x1"})
    assert answer.status_code == 422 and 'value="轴承"' in answer.text


def test_a_level_follows_the_one_before_it(guest: Guests) -> None:
    emil = guest("emil")
    opened = emil.get("/f/order").text
    assert 'id="region-2" name="region-2" hidden' in opened or re.search(r'id="region-2"[^>]* hidden>', opened)
    drawn = emil.post("/f/order", {"part": "x1", "region-1": "js", "region-2": "hz", "form-update": "1"}).text
    assert '<option value="j5">' in drawn and '<option value="hz"' not in drawn  # Hangzhou is not in Jiangsu
    refused = emil.post("/f/order", {"part": "x1", "region-1": "js"})
    assert refused.status_code == 422 and "请再选下一级" in refused.text


def test_lists_are_filtered_by_a_level_that_has_others_under_it(guest: Guests) -> None:
    emil = guest("emil")
    for region in ("js", "zj"):
        second = "j1" if region == "js" else "hz"
        emil.post("/f/order", {"part": "轴承003", "region-1": region, "region-2": second})
    listed = emil.get("/l/order?f-region=zj").text
    assert listed.count("<td") and "浙江省-杭州市" in listed and "苏1市</td>" not in listed
