"""A step and a log entry are forms like any other: with a program, an answer in the background, and the same words."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest

from renderer.house import House
from tests.renderer.conftest import NOW, STAFF, Guest, Guests, hidden
from tests.renderer.test_pages import field, new, stored, words
from workflows.record import Actor

EMIL = Actor(id="emil", name=STAFF["emil"][0], roles=frozenset({"clerk"}), department="east")
SCRIPT = {"Accept": "application/json"}
MISSING = "这里还没有填写。"


def at(me: Guest, state: str = "planned", **answers: Any) -> str:
    """The address of a new visit in a state."""
    return new(me, state=state, **answers)


def asked(me: Guest, page: str, answers: dict[str, str]) -> dict[str, Any]:
    """What the page's script is told of some answers."""
    sent = {**hidden(me.get(page).text), **answers, "form-update": "1"}
    answer = me.client.post(page, data=sent, headers=SCRIPT)
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    found: dict[str, Any] = answer.json
    return found


PLACES = ["/edit", "/do/finish", "/do/drop", "/add/talks"]


@pytest.mark.parametrize("place", PLACES)
def test_a_page_with_a_form_has_a_program_for_whoever_sees_the_page(guest: Guests, place: str) -> None:
    me = guest("emil")
    page = at(me) + place
    program = unescape(re.findall(r'data-program="([^"]*)"', me.get(page).text)[0])
    assert program.startswith(f"{page}?program=")
    answer = me.get(program)
    assert answer.mimetype == "text/javascript" and answer.text.startswith("export default (k) => [")
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert me.get(program[:-1] + "x").status_code == 404
    assert guest("wim").get(program).status_code == 404
    assert guest("").get(program).status_code == 303


@pytest.mark.parametrize(
    ("place", "answers", "name"),
    [
        ("/do/finish", {"ratio": ""}, "ratio"),
        ("/do/finish", {"ratio": "半"}, "ratio"),
        ("/do/drop", {"form-comment": " "}, "form-comment"),
        ("/add/talks", {"talks.0.said": "", "talks.0.way": "call"}, "talks.0.said"),
        ("/add/talks", {"talks.0.said": "太长" * 11}, "talks.0.said"),
    ],
)
def test_a_script_is_told_what_the_page_without_one_says(
    guest: Guests, place: str, answers: dict[str, str], name: str
) -> None:
    me = guest("emil")
    page = at(me) + place
    told = asked(me, page, answers)
    refused = me.post(page, answers)
    assert refused.status_code == 422
    said = unescape(re.findall(rf'id="{name}-fault">([^<]*)<', refused.text)[0])
    assert told["faults"] == {name: said} and said


def test_a_program_speaks_of_what_its_page_asks_and_of_nothing_else(guest: Guests) -> None:
    me = guest("emil")
    page = at(me, budget="7770001") + "/do/finish"
    text = me.get(page).text
    program = me.get(unescape(re.findall(r'data-program="([^"]*)"', text)[0])).text
    assert re.findall(r'id: "([^"]*)", type', program) == ["ratio"]
    opens = json.loads(unescape(re.findall(r'data-opens="([^"]*)"', text)[0]))
    assert opens["answers"] == {} and opens["creating"] is False and "7770001" not in text


def test_what_a_step_requires_stands_filled_on_its_page_and_a_bare_button_empties_nothing(guest: Guests) -> None:
    me = guest("emil")
    place = at(me, ratio="0.25")
    assert 'value="0.25"' in field(me.get(f"{place}/do/finish").text, "ratio")
    assert f'action="{place}/do/finish"' in me.get(place).text
    stored(me.post(f"{place}/do/finish", {}, page=place))
    assert "比例 0.25" in words(me.get(place).text)
    other = at(me, ratio="0.25")
    emptied = me.post(f"{other}/do/finish", {"ratio": ""})
    assert emptied.status_code == 422 and MISSING in field(emptied.text, "ratio")


def test_a_step_sent_twice_is_taken_once_and_says_so_both_times(guest: Guests, house: House) -> None:
    me = guest("emil")
    place = at(me)
    sent = {**hidden(me.get(f"{place}/do/finish").text), "ratio": "0.5"}
    for _ in range(2):
        stored(me.client.post(f"{place}/do/finish", data=sent))
        assert "操作成功" in words(me.get(place).text)
    assert [mark.kind for mark in house.service.history(EMIL, place[3:])] == ["created", "moved"]


def test_a_step_that_is_not_open_has_neither_page_nor_program(guest: Guests) -> None:
    me = guest("emil")
    place = at(me, state="open")
    assert me.get(f"{place}/do/finish").status_code == 404
    assert guest("bo").get(f"{place}/do/plan").status_code == 404  # who reads the record, and may not take the step
    assert me.client.post(f"{place}/do/finish", data={"form-update": "1"}, headers=SCRIPT).status_code in (400, 404)
    assert me.get(f"{place}/do/finish?program=0123456789abcdef").status_code == 404


def test_what_a_step_asks_by_itself_stands_in_its_history_and_nowhere_else(guest: Guests, house: House) -> None:
    """language.md, TRANSITION: `fields {…}` (its own small form)."""
    me = guest("emil")
    place = at(me, budget="1200")
    assert f'href="{place}/do/postpone"' in me.get(place).text
    page = me.get(f"{place}/do/postpone").text
    assert re.findall(r'class="field[^"]*" data-field="([^"]*)"', page) == ["cause", "excuse", "fee", "rest"]
    assert 'value="1200.00"' in field(page, "fee") and " hidden" in field(page, "excuse").split(">")[0]
    lacking = {"cause": "us", "excuse": "", "fee": "1300"}
    assert asked(me, f"{place}/do/postpone", lacking)["faults"]["excuse"] == MISSING
    refused = me.post(f"{place}/do/postpone", lacking)
    assert (
        refused.status_code == 422 and MISSING in field(refused.text, "excuse") and "1200" in field(refused.text, "fee")
    )
    stored(me.post(f"{place}/do/postpone", {"cause": "us", "excuse": "人手不够", "fee": "200.50"}))
    told = words(me.get(place).text)
    for line in ("改期 艾米", "缘由： 我方", "说明： 人手不够", "改期费： 200.50"):
        assert line in told
    assert "余额" not in told  # it was worked out, not given
    kept = house.service.read(EMIL, place[3:])
    assert kept.record.data.keys().isdisjoint({"cause", "excuse", "fee", "rest"}) and kept.record.state == "open"
    mark = house.service.history(EMIL, place[3:])[-1]
    given = [(change.field, change.old, change.new) for change in mark.changes]
    assert given == [("cause", None, "us"), ("excuse", None, "人手不够"), ("fee", None, 20050)]


def test_a_program_gives_what_a_step_asks_and_reads_it_back(guest: Guests, house: House) -> None:
    place = at(guest("emil"), budget="1200")
    headers = {"Authorization": f"Bearer {house.people.create_token('emil', NOW)}"}
    api = f"/api/v1/records/{place[3:]}"
    client = guest("").client
    refused = client.post(f"{api}/transitions/postpone", json={"data": {"fee": "很多"}}, headers=headers)
    assert refused.status_code == 422 and refused.json["errors"].keys() == {"cause", "fee"}
    done = client.post(f"{api}/transitions/postpone", json={"data": {"cause": "对方", "fee": 12.5}}, headers=headers)
    assert done.status_code == 200 and "cause" not in done.json["data"]
    event = client.get(f"{api}/history", headers=headers).json["events"][-1]
    assert {"field": "fee", "old": None, "new": 12.5} in event["changes"]
    foreign = client.patch(api, json={"data": {"cause": "us"}}, headers={**headers, "If-Match": '"2"'})
    assert foreign.status_code == 422  # no field of the record
