"""What a reader may not see is told to him by no way about: by no bound, no blank, no heading, no suggestion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from renderer.house import House
from tests.renderer.conftest import NOW, Guest, Guests, make_app

HERE = Path(__file__).parent / "workspace"
UNSEEN = ("1234", "成本价", "内部评级", "金牌渠道", "平价渠道", "777", "888", "gold", "grade", "cost", "rate", "毛利率")


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    made = make_app(HERE)
    yield made
    made.extensions["formwright"].store.close()


@pytest.fixture
def call(app: Flask, house: House) -> Callable[..., TestResponse]:
    """The API, called by a user of this name."""

    def ask(user: str, method: str, path: str, body: Mapping[str, Any], **headers: str) -> TestResponse:
        bearer = {"Authorization": f"Bearer {house.people.create_token(user, NOW)}"}
        return app.test_client().open(f"/api/v1/{path}", method=method, json=body, headers={**bearer, **headers})

    return ask


def offer(guest: Guest, **answers: str) -> str:
    """An offer; its id."""
    made = guest.post("/f/offer", {"what": "轴承", **answers})
    assert made.status_code == 303, made.text
    return str(made.headers["Location"].rpartition("/")[2])


def told(text: str) -> list[str]:
    """What of the unseen stands in a text, but for random ids and tokens."""
    plain = re.sub(r"(?i)[0-9a-hjkmnp-tv-z]{26}|[0-9a-f]{32}|/static/\S+|csrf-token\" value=\"[^\"]*", "", text)
    return [word for word in UNSEEN if word in plain]


def test_a_bound_made_of_what_he_does_not_see_is_not_told(guest: Guests, call: Callable[..., TestResponse]) -> None:
    id = offer(guest("bo"), cost="1234", price="2000", reason="急", days="3")
    emil, answers = guest("emil"), {"what": "轴承", "price": "5", "days": "3", "reason": "急"}
    saved = emil.post(f"/r/{id}/edit", answers)
    asked = emil.post(f"/r/{id}/edit", {**answers, "form-update": "1"}, headers={"Accept": "application/json"})
    patched = call("emil", "PATCH", f"records/{id}", {"data": {"price": 5}}, **{"If-Match": "1"})
    assert (saved.status_code, asked.status_code, patched.status_code) == (422, 200, 422)
    assert asked.json and "price" in asked.json["faults"] and "您看不到的条件" in saved.text
    assert told(saved.text) == told(str(asked.json["faults"])) == told(patched.text) == []
    whole = guest("bo").post(f"/r/{id}/edit", {**answers, "cost": "1234", "grade": ""})
    assert "不能小于 1234" in whole.text
    assert "不能小于 2" in emil.post(f"/r/{id}/edit", {**answers, "days": "1"}).text  # a bound that is not hidden


def test_a_fault_of_what_he_does_not_see_says_nothing_of_it(guest: Guests, call: Callable[..., TestResponse]) -> None:
    id = offer(guest("bo"), grade="plain", price="20")
    refused = call("emil", "PATCH", f"records/{id}", {"data": {"price": 5}}, **{"If-Match": "1"})
    assert refused.status_code == 422 and list(refused.json["errors"]) == ["grade"]
    assert [word for word in told(refused.text) if word != "grade"] == []
    assert "平价渠道" in call("bo", "PATCH", f"records/{id}", {"data": {"price": 5}}, **{"If-Match": "1"}).text


def test_a_blank_draws_no_line_for_who_may_not_see_where_it_is(guest: Guests) -> None:
    for tongue, words in (("zh", "您看不到的条件"), ("en", "a condition holds that you may not see")):
        page = guest("emil").get(f"/blank/offer?lang={tongue}").text
        assert told(page) == [] and page.count(words) == 2
        assert "天数" in page and "5" in page  # what he sees is told: the note is asked for from five days on
    assert {"成本价", "777", "888"} <= set(told(guest("bo").get("/blank/offer").text))


def test_a_column_he_never_sees_has_no_heading(guest: Guests, call: Callable[..., TestResponse]) -> None:
    offer(guest("bo"), cost="1234", price="2000", reason="急")
    for path in ("/l/offer", "/l/offer/all"):
        assert told(guest("emil").get(path).text) == []
        assert "成本价" in guest("bo").get(path).text
    listed = call("emil", "POST", "offer/records/search", {})
    assert listed.json["columns"] == ["what", "price"]


@pytest.mark.parametrize(
    "where",
    [
        "cos > 5",  # a misspelt name
        "成本价 > 5",  # a label
        "grad == 'gold'",
        "金牌渠道",
        "cost == 'x'",  # a type
        "grade == 'silver'",  # the options
        "grade == '平价渠道'",
        "after.cos > 5",  # through a link
        "given(after.nothing)",
        "margin.rat > 5",  # of a form that is not his at all
        "given(margin.nothing)",
    ],
)
def test_no_suggestion_names_what_he_does_not_see(call: Callable[..., TestResponse], where: str) -> None:
    refused = call("emil", "POST", "offer/records/search", {"where": where})
    assert (refused.status_code, refused.json["code"]) == (400, "where-invalid")
    assert told(refused.text.replace(where, "").replace(where.partition(" ")[0], "")) == []
    assert call("bo", "POST", "offer/records/search", {"where": where}).status_code == 400


def test_what_he_may_not_filter_by_is_refused_by_name(call: Callable[..., TestResponse]) -> None:
    refused = call("emil", "POST", "offer/records/search", {"where": "cost > 5"})
    assert (refused.status_code, refused.json["code"]) == (403, "may-not-filter")
    assert call("emil", "POST", "offer/records/search", {"where": "given(after.what)"}).status_code == 200


@pytest.mark.parametrize(
    ("where", "status"),
    [
        ("lines.exists(a, a.item == 'x')", 200),
        ("size(lines.filter(a, a.item in ['x', 'y'])) > 0", 200),
        ("lines.exists(a, lines.exists(b, b.item == a.item))", 400),
        ("lines.all(a, a.item in lines.item)", 400),
        ("size(lines.filter(a, size(lines.filter(b, true)) > 1)) > 0", 400),
    ],
)
def test_a_condition_goes_through_one_list_at_a_time(
    call: Callable[..., TestResponse], where: str, status: int
) -> None:
    found = call("emil", "POST", "offer/records/search", {"where": where})
    assert found.status_code == status
    assert status == 200 or [one["code"] for one in found.json["findings"]] == ["where-nested"]
