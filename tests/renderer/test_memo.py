"""What is remembered is forgotten with the next write, in any process, and with the next minute."""

from __future__ import annotations

import pytest

from renderer import sessions
from renderer.memo import Memo
from tests.renderer.conftest import PASSWORD, VISIT, Guests, hidden
from workflows.keep.memory import MemoryStore


def test_results_last_until_a_write_or_the_next_minute() -> None:
    moments = iter(["2026-01-05T01:30:01Z", "2026-01-05T01:30:59Z", "2026-01-05T01:31:00Z", "2026-01-05T01:31:01Z"])
    store = MemoryStore(lambda: "0" * 32)
    memo = Memo(store, lambda: next(moments))
    first = memo.results()
    first["page"] = "drawn"
    assert memo.results() is first
    second = memo.results()
    assert second == {} and second is not first
    with store.write(at="2026-01-05T01:31:00.000000Z", actor="a") as tx:
        tx.put("things", "x", {"id": "x"})
        tx.log("kind", "x", {})
    assert memo.results() is not second


def test_an_opened_form_follows_what_was_stored(guest: Guests) -> None:
    me = guest("emil")
    assert me.get("/f/visit").text.count(">阿宝<") == 1
    people = me.client.application.extensions["formwright"].people
    people.disable("bo", "2026-01-05T01:30:00.000000Z", by="test")
    try:
        assert ">阿宝<" not in me.get("/f/visit").text
    finally:
        people.change("bo", "2026-01-05T01:30:00.000000Z", by="test", disabled=False)


def test_two_visitors_share_no_form(guest: Guests) -> None:
    emil, etta = guest("emil"), guest("etta")
    pages = [me.get("/f/visit").text for me in (emil, etta, emil)]
    assert ["艾米" in page.split("<main")[0] for page in pages] == [True, False, True]
    keys = [page.split('name="idempotency-key" value="')[1].split('"')[0] for page in pages]
    assert len(set(keys)) == 3
    assert etta.post("/f/visit", VISIT).status_code == 303


def test_a_session_has_one_csrf_token_and_shares_it_with_no_other(
    guest: Guests, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed: list[str] = []
    sign = sessions.generate_csrf
    monkeypatch.setattr(sessions, "generate_csrf", lambda: signed.append(sign()) or signed[-1])
    emil, etta = guest("emil"), guest("etta")
    for me in (emil, etta):
        me.get("/")  # its first page gives a session the secret that is signed
    signed.clear()
    tokens = [hidden(me.get("/f/visit").text)["csrf-token"] for me in (emil, etta, emil, etta)]
    assert tokens == [*signed, *signed] and len({*signed}) == 2
    emil.post("/logout", {}, page="/")
    emil.post("/login", {"user": "emil", "password": PASSWORD})
    assert hidden(emil.get("/f/visit").text)["csrf-token"] not in tokens
    assert emil.client.post("/f/visit", data={**VISIT, "csrf-token": tokens[0]}).status_code == 400
