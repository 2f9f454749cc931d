"""`/api/openapi.json`: behind the same door, cut to the caller, and true of what the API really answers."""

from __future__ import annotations

import re
from typing import Any

import jsonschema
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from werkzeug.test import TestResponse

from tests.renderer.api.conftest import GOOD, Caller, Callers


def ask(caller: Caller, language: str = "en") -> TestResponse:
    """Ask for the document."""
    headers = {"Authorization": f"Bearer {caller.token}", "Accept-Language": language}
    return caller.client.get("/api/openapi.json", headers=headers)


def document(caller: Caller, language: str = "en") -> Any:
    """The document, as a caller gets it."""
    response = ask(caller, language)
    assert response.status_code == 200, response.text
    return response.json


def holds(document: Any, method: str, response: TestResponse) -> None:
    """An answer is one that its call's description promises: status, media type, body and headers."""
    path = response.request.path
    known = [way for way in document["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", way), path)]
    way = path if path in known else known[0]
    promised = document["paths"][way][method.lower()]["responses"][str(response.status_code)]
    if "$ref" in promised:
        promised = document["components"]["responses"][promised["$ref"].rpartition("/")[2]]
    schema = promised["content"][response.mimetype]["schema"]
    jsonschema.Draft202012Validator({**document, **schema}, registry=Registry()).validate(response.json)
    told = {"ETag", "Location", "Retry-After", "WWW-Authenticate"} & {name for name, _ in response.headers}
    assert told <= set(promised["headers"]), (path, response.status_code)


def test_it_is_behind_the_door_and_sound(callers: Callers) -> None:
    chen = callers("chen")
    assert ask(Caller(chen.client, "no-token")).status_code == 401
    OpenAPIV31SpecValidator(document(chen)).validate()
    assert document(chen)["info"]["title"] == "Workshop"
    assert document(chen, "zh")["info"]["title"] == "修理厂"


def test_what_the_api_answers_is_what_it_promises(callers: Callers) -> None:
    for name in ("chen", "fan", "bao"):
        chen, someone = callers("chen"), callers(name)
        promised = document(someone)
        made = chen.create(parts=[{"name": "车架", "price": 1000}], kind="major")["id"]
        one = f"records/{made}"
        chen("PATCH", one, {"data": {"cause": "断"}}, If_Match="1")
        callers("fan")("POST", f"{one}/transitions/fix")
        calls: tuple[tuple[Any, ...], ...] = (
            ("GET", one),
            ("GET", "repair/records"),
            ("GET", "repair/records?columns=bike,phone,total,size,state,updated,completeness"),
            ("GET", f"{one}/history"),
            ("POST", "repair/records/search", {"where": "total >= 1000"}),
            ("POST", "repair/records/search", {"where": "totl >= 1000"}),
            ("POST", "repair/records/search", {"columns": "nothing"}),
            ("POST", "repair/records", {"data": {"parts": [{"price": "x"}]}}),
            ("POST", "repair/records", {"dat": {}}),
            ("PATCH", one, {"data": {"cause": "x"}}),
            ("PATCH", one, {"data": {"phone": ""}}),
            ("POST", f"{one}/transitions/fix", {}),
            ("GET", "records/nothing"),
        )
        answered = [(call, someone(*call)) for call in calls]
        for call, response in answered:
            holds(promised, call[0], response)
        statuses = {response.status_code for _, response in answered}
        assert {200, 400, 404, 428} <= statuses, statuses


def test_steps_conflicts_and_strangers_too(callers: Callers) -> None:
    chen = callers("chen")
    promised = document(chen)
    first = chen("POST", "repair/records", {"data": GOOD}, Idempotency_Key="1")
    again = chen("POST", "repair/records", {"data": GOOD}, Idempotency_Key="1")
    other = chen("POST", "repair/records", {"data": {**GOOD, "kind": "major"}}, Idempotency_Key="1")
    assert [answer.status_code for answer in (first, again, other)] == [201, 200, 409]
    for answer in (first, again, other):
        holds(promised, "POST", answer)
    one = f"records/{first.json['id']}"
    holds(promised, "PATCH", chen("PATCH", one, {"data": {"kind": "major"}}, If_Match="1"))
    late = chen("PATCH", one, {"data": {"kind": "minor"}}, If_Match="1")
    assert late.status_code == 409 and "ETag" in late.headers
    holds(promised, "PATCH", late)
    fixed = callers("fan")("POST", f"{one}/transitions/fix", {"data": {"cause": "断"}})
    assert fixed.status_code == 200, fixed.text
    holds(promised, "POST", fixed)
    holds(promised, "GET", Caller(chen.client, "no-token")("GET", one))


def test_what_the_api_takes_is_what_it_describes(callers: Callers) -> None:
    chen = callers("chen")
    schemas = document(chen)["components"]["schemas"]
    new = jsonschema.Draft202012Validator(schemas["repair.new"], registry=Registry())
    plain = {**GOOD, "phone": "+8613812345678"}
    for data in (plain, {**plain, "state": "booked"}, {**plain, "colour": 1}, {"bike": "x"}, {**plain, "kind": "x"}):
        response = chen("POST", "repair/records", {"data": data})
        assert response.status_code == (201 if new.is_valid(data) else 422), data


def test_a_field_seen_only_masked_is_told_as_text_and_not_to_be_sent(callers: Callers) -> None:
    clerk, boss = (document(callers(name))["components"]["schemas"] for name in ("chen", "bao"))
    assert "phone" in clerk["repair.new"]["properties"]
    back = [schemas["repair.record"]["properties"]["data"]["properties"]["phone"] for schemas in (clerk, boss)]
    assert [way["type"] for way in back[0]["anyOf"]] == ["string", "string"]
    assert "anyOf" not in back[1] and back[1]["description"] == "Only its mask."
    assert "phone" not in boss["repair.change"]["properties"]
