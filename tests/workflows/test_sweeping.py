"""What nobody can use any more is removed; what was promised to hold is not."""

from __future__ import annotations

from itertools import count

import pytest

from tests.workflows.world import AT
from workflows.filing import KEY_DAYS, KEYS, Once, key_over
from workflows.find.query import Query
from workflows.guard.attempts import ATTEMPTS, later
from workflows.keep.memory import MemoryStore
from workflows.passwords import Hasher
from workflows.people import SESSION_DAYS, SESSIONS, TOKENS, People
from workflows.record import Actor
from workflows.sweeping import MOST, Sweeper
from workflows.view import Done

ME = Actor(id="emil")
DONE = Done(id="r1", rev=1, state="new")


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(lambda: "00")


@pytest.fixture
def people(store: MemoryStore) -> People:
    numbers = count(1)
    made = People(store, lambda size: next(numbers).to_bytes(size), Hasher(rounds=1, memory=64))
    made.add("emil", "a long sentence", AT, name="E")
    return made


@pytest.fixture
def sweeper(store: MemoryStore, people: People) -> Sweeper:
    return Sweeper(store, {KEYS: key_over, **people.over})


def ids(store: MemoryStore, collection: str) -> int:
    return len(store.find(Query(collection=collection)).rows)


def use(store: MemoryStore, key: str, at: str = AT) -> None:
    with store.write(at=at, actor="emil") as tx:
        Once(ME, key, "create").file(tx, DONE, at)
        tx.log("created", "r1", {})


def test_a_used_key_answers_as_long_as_promised_and_goes_then(store: MemoryStore, sweeper: Sweeper) -> None:
    use(store, "k")
    assert KEY_DAYS > SESSION_DAYS  # a page that a session drew cannot be sent a second time after its key has gone
    sweeper(later(AT, days=KEY_DAYS, minutes=-1))
    known = Once(ME, "k", "create").earlier(store)
    assert known is not None and known.repeated
    sweeper(later(AT, days=KEY_DAYS, minutes=61))
    assert Once(ME, "k", "create").earlier(store) is None and ids(store, KEYS) == 0


def test_sessions_go_when_they_are_over_and_not_before(store: MemoryStore, people: People, sweeper: Sweeper) -> None:
    over = people.sign_in("emil", "a long sentence", AT)
    later_on = later(AT, days=SESSION_DAYS - 1)
    lives = people.sign_in("emil", "a long sentence", later_on)
    assert over and lives and ids(store, SESSIONS) == 2
    sweeper(later_on)
    assert ids(store, SESSIONS) == 2
    sweeper(later(AT, days=SESSION_DAYS))
    assert ids(store, SESSIONS) == 1 and people.visitor(lives, later(AT, days=SESSION_DAYS))


def test_what_a_new_password_ended_goes_with_its_tokens(store: MemoryStore, people: People, sweeper: Sweeper) -> None:
    people.sign_in("emil", "a long sentence", AT)
    people.create_token("emil", AT)
    people.set_password("emil", "another sentence", AT)
    kept = people.create_token("emil", AT)
    sweeper(AT)
    assert (ids(store, SESSIONS), ids(store, TOKENS)) == (0, 1) and people.token(kept)


def test_failed_logins_go_when_they_count_no_more(store: MemoryStore, people: People, sweeper: Sweeper) -> None:
    for n in range(3):
        assert people.sign_in(f"guess-{n}", "wrong", AT, "203.0.113.5") is None
    assert ids(store, ATTEMPTS) == 4
    sweeper(later(AT, minutes=people.attempts.minutes - 1))
    assert ids(store, ATTEMPTS) == 4
    sweeper(later(AT, minutes=people.attempts.minutes + 60))
    assert ids(store, ATTEMPTS) == 0


def test_it_writes_nothing_where_nothing_is_over_and_little_where_much_is(store: MemoryStore, sweeper: Sweeper) -> None:
    head = store.head()
    sweeper(AT)
    assert store.head() == head
    with store.write(at=AT, actor="emil") as tx:
        for n in range(MOST + 5):
            Once(ME, f"k{n}", "create").file(tx, DONE, AT)
        tx.log("created", "r1", {})
    sweeper(later(AT, days=KEY_DAYS))
    assert ids(store, KEYS) == 5 and store.head().seq == head.seq + 2
    sweeper(later(AT, days=KEY_DAYS))  # there was more than one line takes: it does not wait for an hour
    assert ids(store, KEYS) == 0
    use(store, "k", AT)
    sweeper(later(AT, days=KEY_DAYS, minutes=30))
    assert ids(store, KEYS) == 1
    sweeper(later(AT, days=KEY_DAYS, minutes=61))
    assert ids(store, KEYS) == 0
