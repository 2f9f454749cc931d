"""What every request passes: token, budget, media type, strict JSON; and an answer even where nothing fits."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from flask import Flask

from renderer.api.budget import Budget
from renderer.app import create_app
from renderer.settings import Settings
from renderer.urls import API, BEARER
from tests.renderer.api.conftest import GOOD, Callers, Clock
from workflows.keep.port import StoreFailed


@pytest.mark.parametrize("header", ["", "Bearer", "Basic Y2hlbjp4", "Bearer fw_" + "0" * 64, "Bearer 你好", "bearer  "])
def test_without_a_good_token_nothing_is_answered(callers: Callers, header: str) -> None:
    chen = callers("chen")
    for rule in API:
        path = rule.rule.replace("<template>", "repair").replace("<record>", "x").replace("<action>", "fix")
        encoded = header.encode().decode("latin-1")
        response = chen.client.open(path, method=rule.methods, headers={"Authorization": encoded} if header else {})
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert response.mimetype == "application/problem+json"


def test_every_route_of_the_api_asks_for_a_token() -> None:
    assert {rule.permission for rule in API} == {BEARER}


def test_a_disabled_persons_token_is_void(callers: Callers) -> None:
    chen = callers("chen")
    chen.client.application.extensions["formwright"].people.disable("chen", "2026-03-02T09:00:00.000000Z")
    assert chen("GET", "repair/records").status_code == 401


def test_no_cookie_is_set_and_none_is_looked_at(callers: Callers) -> None:
    chen = callers("chen")
    response = chen("GET", "repair/records")
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    chen.client.set_cookie("language", "zh")
    assert chen("GET", "records/none").headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("media", "status"),
    [
        ("application/json", 201),
        ("application/json; charset=UTF-8", 201),
        ("application/json; charset=gbk", 415),
        ("application/merge-patch+json", 415),
        ("application/x-www-form-urlencoded", 415),
        ("text/plain", 415),
        (None, 415),
    ],
)
def test_only_json_is_taken(callers: Callers, media: str | None, status: int) -> None:
    chen = callers("chen")
    headers = {"Authorization": f"Bearer {chen.token}"}
    response = chen.client.post(
        "/api/v1/repair/records", data=json.dumps({"data": GOOD}), content_type=media, headers=headers
    )
    assert response.status_code == status
    assert status == 201 or response.headers["Accept-Post"] == "application/json"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"data": {"bike": "a", "bike": "b"}}', "json-twice"),
        ('{"data": {"total": NaN}}', "json-number"),
        ("[1]", "json-object"),
        ('{"data": ' + "[" * 99 + "]" * 99 + "}", "json-depth"),
        ("{", "json-syntax"),
        (b'{"data": "\xff"}', "json-utf8"),
        ('{"data": {}, "dta": 1}', "member-unknown-near"),
        ('{"data": {}, "colour": 1}', "member-unknown"),
        ('{"data": []}', "member-type"),
        ('{"data": null}', "member-type"),
        ("{}", "member-missing"),
    ],
)
def test_a_body_has_one_meaning_or_is_refused(callers: Callers, body: str | bytes, code: str) -> None:
    response = callers("chen")("POST", "repair/records", body)
    assert (response.status_code, response.json["code"]) == (400, code)
    assert response.json["type"] == f"urn:formwright:problem:{code}"
    assert response.json["status"] == 400 and response.json["title"] == "Bad Request" and response.json["detail"]


@pytest.mark.parametrize(
    "data",
    [
        {"bike": 5},
        {"bike": ["a"]},
        {"bike": {"a": 1}},
        {"parts": "x"},
        {"parts": [1]},
        {"parts": {"a": 1}},
        {"parts": [{"name": {"a": 1}, "price": []}]},
        {"kind": ["minor"]},
        {"kind": True},
        {"phone": 13812345678},
        {"rider": "\x00"},
        {"state": "paid"},
        {"state": ["taken"]},
        {"total": "x" * 9000},
        {"": 1},
        {"parts.0.name": "x"},
    ],
)
def test_answers_of_any_shape_are_judged_not_crashed_on(callers: Callers, data: dict[str, object]) -> None:
    response = callers("chen")("POST", "repair/records", {"data": {**GOOD, **data}})
    assert response.status_code in (403, 422), response.json
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("key", ["", "k" * 201, "a\tb", "schlüssel", " "])
def test_a_key_is_up_to_200_printable_characters(callers: Callers, key: str) -> None:
    response = callers("chen")("POST", "repair/records", {"data": GOOD}, Idempotency_Key=key)
    assert (response.status_code, response.json["code"]) == (400, "key-malformed")
    assert callers("chen")("POST", "repair/records", {"data": GOOD}, Idempotency_Key="k" * 200).status_code == 201


def test_addresses_and_methods_that_are_not_there(callers: Callers) -> None:
    chen = callers("chen")
    nowhere = chen("GET", "nowhere")
    assert (nowhere.status_code, nowhere.mimetype) == (404, "application/problem+json")
    wrong = chen("DELETE", "repair/records")
    assert (wrong.status_code, wrong.json["code"]) == (405, "method")
    assert set(wrong.headers["Allow"].split(", ")) >= {"GET", "POST"}


def test_a_body_may_be_too_large(callers: Callers, settings: Settings) -> None:
    response = callers("chen")("POST", "repair/records", {"data": {"bike": "x" * settings.max_body}})
    assert (response.status_code, response.json["code"]) == (413, "too-large")


def test_a_caller_who_comes_too_often_waits(settings: Settings, clock: Clock, callers: Callers) -> None:
    chen, fan = callers("chen"), callers("fan")
    chen.client.application.extensions["formwright-budget"] = Budget(2)
    statuses = [chen("GET", "repair/records").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert fan("GET", "repair/records").status_code == 200
    refused = chen("GET", "repair/records")
    clock.second += int(refused.headers["Retry-After"])
    assert chen("GET", "repair/records").status_code == 200


def test_a_full_disk_is_told_and_nothing_was_stored(callers: Callers, monkeypatch: pytest.MonkeyPatch) -> None:
    chen = callers("chen")
    store = chen.client.application.extensions["formwright"].store

    def full(**_: object) -> None:
        raise StoreFailed("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(store, "write", full)
        response = chen("POST", "repair/records", {"data": GOOD})
    assert (response.status_code, response.json["code"]) == (503, "store-failed")
    assert "Retry-After" in response.headers
    assert chen("POST", "repair/records", {"data": GOOD}).status_code == 201


def test_our_own_mistake_says_nothing_of_itself(
    settings: Settings, callers: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    chen = callers("chen")
    app: Flask = chen.client.application
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(app.extensions["formwright"].service, "read", broken)
    response = chen("GET", "records/x")
    assert (response.status_code, response.json["code"]) == (500, "our-mistake")
    assert "secret" not in response.text


def test_the_budget_fills_up_evenly() -> None:
    budget = Budget(60)
    assert [budget.wait("a", 0) for _ in range(61)] == [0] * 60 + [1]
    assert budget.wait("b", 0) == 0
    assert [budget.wait("a", 2.5) for _ in range(3)] == [0, 0, 1]
    assert [budget.wait("a", 9999) for _ in range(61)] == [0] * 60 + [1]
    assert budget.wait("a", 0) == 1  # a clock set back gives nothing away


def test_settings_reach_the_budget(settings: Settings) -> None:
    app = create_app(replace(settings, api_per_minute=1))
    assert app.test_client().get("/api/v1/x/records").status_code == 401
    app.extensions["formwright"].store.close()
