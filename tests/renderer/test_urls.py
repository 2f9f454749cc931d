"""No route without a permission; no state changed without a token; nobody comes in where a session is asked for."""

from __future__ import annotations

import pytest
from flask import Flask

from renderer.security import admit
from renderer.urls import BEARER, LINK, PUBLIC, RULES, SESSION, Rule
from tests.renderer.conftest import Guest, Guests

PATHS = {"ref": "visit", "name": "mine", "id": "x", "record": "x", "action": "plan", "template": "visit"}
PATHS |= {"field": "a", "file": "b"}
PATHS |= {"token": "nobody-signed-this", "entry": "fair", "kind": "svg"}


def path(rule: Rule) -> str:
    """An address that the rule matches."""
    address = rule.rule
    for name, value in PATHS.items():
        address = address.replace(f"<{name}>", value)
    assert "<" not in address, f"say in PATHS what stands in {rule.rule}"
    return address


def test_the_url_map_is_the_table() -> None:
    from tests.renderer.conftest import make_app

    found = {(rule.rule, rule.endpoint) for rule in make_app().url_map.iter_rules()}
    assert found == {(rule.rule, rule.endpoint) for rule in RULES}
    assert len({rule.endpoint for rule in RULES}) <= len(RULES)
    assert all(rule.permission in (PUBLIC, LINK, SESSION, BEARER) for rule in RULES)


def test_a_route_without_a_permission_is_refused() -> None:
    from tests.renderer.conftest import make_app

    app = make_app()
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert app.test_client().get("/forgotten").status_code == 403
    with app.test_request_context("/forgotten"), pytest.raises(Exception, match="403"):
        admit({})


@pytest.mark.parametrize("rule", [r for r in RULES if r.permission == SESSION], ids=lambda r: r.endpoint)
def test_a_stranger_is_sent_to_sign_in_and_may_post_nothing(app: Flask, rule: Rule) -> None:
    stranger = app.test_client()
    if "GET" in rule.methods:
        answer = stranger.get(path(rule))
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/login")
    if "POST" in rule.methods:
        assert stranger.post(path(rule), data={"a": "b"}).status_code == 401


@pytest.mark.parametrize(
    "rule", [r for r in RULES if "POST" in r.methods and r.permission in (PUBLIC, SESSION)], ids=lambda r: r.endpoint
)
def test_nothing_is_posted_without_the_sessions_own_token(guest: Guests, rule: Rule) -> None:
    me, other = guest("emil"), guest("etta")
    stolen = Guest(other.client).get("/f/visit").text.split('name="csrf-token" value="')[1].split('"')[0]
    for token in ("", "forged", stolen):
        assert me.client.post(path(rule), data={"csrf-token": token}).status_code == 400


def test_a_program_is_not_let_in_by_a_cookie(guest: Guests) -> None:
    me = guest("emil").client
    for rule in RULES:
        if rule.permission == BEARER:
            assert me.open(path(rule), method=rule.methods.split()[0]).status_code == 401, rule.rule
