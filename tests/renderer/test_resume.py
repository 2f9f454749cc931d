"""A session that ended while somebody was writing, or a page open for too long, costs nobody what he wrote."""

from __future__ import annotations

from flask import Flask

from tests.renderer.conftest import PASSWORD, VISIT, Guest, Guests, hidden

WRITTEN = {**VISIT, "title": "<b>年度 & 续约</b>"}
SHOWN = "&lt;b&gt;年度 &amp; 续约&lt;/b&gt;"


def test_answers_come_back_after_signing_in_again(app: Flask) -> None:
    me = Guest(app.test_client())
    me.post("/login", {"user": "emil", "password": PASSWORD})
    form = hidden(me.get("/f/visit").text)
    me.client.delete_cookie("session")
    refused = me.client.post("/f/visit", data={**form, **WRITTEN})
    assert refused.status_code == 401
    wrong = me.client.post("/login", data={**hidden(refused.text), "user": "emil", "password": "wrong"})
    resumed = me.client.post("/login", data={**hidden(wrong.text), "user": "emil", "password": PASSWORD})
    assert (wrong.status_code, resumed.status_code) == (422, 200) and SHOWN in resumed.text
    again = me.client.post("/f/visit", data=hidden(resumed.text))
    assert again.status_code == 200 and SHOWN in again.text  # drawn, not stored
    stored = me.client.post("/f/visit", data={**hidden(again.text), **WRITTEN})
    assert stored.status_code == 303
    assert hidden(again.text)["idempotency-key"] == form["idempotency-key"]


def test_answers_survive_a_token_that_is_no_longer_good(guest: Guests) -> None:
    me = guest("emil")
    form = {**hidden(me.get("/f/visit").text), "csrf-token": "old"}
    refused = me.client.post("/f/visit", data={**form, **WRITTEN})
    assert refused.status_code == 400 and SHOWN in refused.text
    again = me.client.post("/f/visit", data=hidden(refused.text))
    assert again.status_code == 200 and SHOWN in again.text


def test_nothing_comes_back_into_what_would_be_done_at_once(guest: Guests) -> None:
    someone = guest("")
    for target in ("/r/01/do/close", "/logout", "//evil.example/f/visit", "/f/"):
        answers = {"user": "emil", "password": PASSWORD, "next": target, "kept": "comment=x"}
        answer = someone.post("/login", answers)
        assert answer.status_code == 303, target
        someone.post("/logout", {}, page="/")
