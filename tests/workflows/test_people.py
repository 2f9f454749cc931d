"""Users, passwords, sessions, tokens: who is let in, and who no longer."""

from __future__ import annotations

from contextlib import suppress
from itertools import count

import pytest

from workflows.guard.attempts import ATTEMPTS, Attempts
from workflows.keep.memory import MemoryStore
from workflows.passwords import Hasher, weakness
from workflows.people import SESSIONS, TOKENS, BadName, NameTaken, People, Throttled, WeakPassword
from workflows.record import Forbidden, NotFound

AT = "2026-03-04T05:00:00.000000Z"
WORD = "correct horse battery"


def later(minutes: int) -> str:
    return f"2026-03-04T{5 + minutes // 60:02d}:{minutes % 60:02d}:00.000000Z"


@pytest.fixture
def people() -> People:
    salts, chances = count(), count(1)
    store = MemoryStore(lambda: f"{next(salts):032x}")
    found = People(store, lambda n: next(chances).to_bytes(n), Hasher(rounds=1, memory=32), Attempts(3, 5, 15))
    found.add("wang", WORD, AT, name="王磊", roles=["sales"], department="sales-east", language="zh", by="admin")
    found.add("li", "another long one", AT, name="李婷")
    return found


def test_a_user_signs_in_and_acts_as_himself(people: People) -> None:
    secret = people.sign_in("wang", WORD, AT)
    assert secret is not None and len(secret) == 64
    actor = people.visitor(secret, AT)
    assert actor is not None
    assert (actor.id, actor.name, actor.roles, actor.department, actor.language) == (
        "wang", "王磊", {"sales"}, "sales-east", "zh",
    )  # fmt: skip


def test_secrets_and_passwords_are_stored_nowhere(people: People) -> None:
    session, token = people.sign_in("wang", WORD, AT), people.create_token("wang", AT, label="kasse")
    assert token.startswith("fw_") and session
    kept = repr((people.store._rows, list(people.store.history("wang"))))  # type: ignore[attr-defined]
    assert session not in kept and token not in kept and WORD not in kept
    assert "$argon2id$" not in repr(people.get("wang"))


def test_two_users_with_one_password_have_two_hashes(people: People) -> None:
    people.set_password("li", WORD, AT)
    assert people.get("li").password != people.get("wang").password  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "password"), [("wang", WORD + "x"), ("wang", ""), ("nobody", WORD), ("", ""), ("WANG", WORD)]
)
def test_a_wrong_name_or_password_opens_nothing(people: People, name: str, password: str) -> None:
    assert people.sign_in(name, password, AT) is None


def test_a_password_is_the_same_from_every_keyboard(people: People) -> None:
    people.set_password("li", "ｐａｓｓ　wörter ok", AT)
    assert people.sign_in("li", "pass wörter ok", AT)


def test_an_unknown_name_costs_the_same_work(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    verify = people.hasher.verify
    monkeypatch.setattr(people.hasher, "verify", lambda hashed, word: checked.append(word) or verify(hashed, word))
    for name in ("wang", "nobody"):
        people.authenticate(name, "wrong password", AT)
    assert len(checked) == 2


ENDS = [
    lambda people: people.disable("wang", AT),
    lambda people: people.set_password("wang", "a new long word", AT),
    lambda people: people.change("wang", AT, roles=["manager"]),
    lambda people: people.change("wang", AT, department="marketing"),
]


@pytest.mark.parametrize("end", ENDS)
def test_what_ends_every_session_and_token(people: People, end: object) -> None:
    session, token = people.sign_in("wang", WORD, AT), people.create_token("wang", AT)
    other = people.sign_in("li", "another long one", AT)
    assert session and other and people.token(token)
    end(people)  # type: ignore[operator]
    assert people.visitor(session, AT) is None and people.token(token) is None
    assert people.visitor(other, AT)


def test_a_new_name_ends_nothing(people: People) -> None:
    session = people.sign_in("wang", WORD, AT)
    people.change("wang", AT, name="王大磊", language="en")
    assert session and people.visitor(session, AT).name == "王大磊"  # type: ignore[union-attr]


def test_signing_out_ends_this_session_only(people: People) -> None:
    first, second = (people.sign_in("wang", WORD, AT) for _ in range(2))
    assert first and second and first != second
    people.sign_out(first, AT)
    people.sign_out(first, AT)
    assert people.visitor(first, AT) is None and people.visitor(second, AT)


def test_a_session_grows_old(people: People) -> None:
    session = people.sign_in("wang", WORD, AT)
    assert session and people.visitor(session, "2026-03-18T04:59:00.000000Z")
    assert people.visitor(session, "2026-03-18T05:00:00.000000Z") is None


def test_a_session_is_no_token_and_a_token_no_session(people: People) -> None:
    session, token = people.sign_in("wang", WORD, AT), people.create_token("wang", AT)
    assert session and people.token(session) is None and people.visitor(token, AT) is None
    assert people.token("") is None and people.visitor("", AT) is None and people.token("fw_") is None


def test_tokens_are_named_and_revoked_one_by_one(people: People) -> None:
    kept, gone = (people.create_token("wang", AT, label=label, by="admin") for label in ("a", "b"))
    (row,) = [row for row in people.tokens("wang") if row["label"] == "b"]
    people.revoke_token(str(row["id"]), AT)
    assert people.token(kept) and people.token(gone) is None
    assert len(people.tokens("wang")) == 1


def test_a_disabled_user_gets_no_token_and_is_no_choice(people: People) -> None:
    assert people.choices() == [("li", "李婷"), ("wang", "王磊")]
    people.disable("wang", AT, by="admin")
    with pytest.raises(Forbidden):
        people.create_token("wang", AT)
    assert people.sign_in("wang", WORD, AT) is None
    assert people.choices() == [("li", "李婷")] and [user.id for user in people.all()] == ["li", "wang"]
    people.change("wang", AT, disabled=False)
    assert people.sign_in("wang", WORD, AT)


def test_who_is_not_there(people: People) -> None:
    for step in (
        lambda: people.create_token("x", AT),
        lambda: people.disable("x", AT),
        lambda: people.set_password("x", WORD, AT),
    ):
        with pytest.raises(NotFound):
            step()


@pytest.mark.parametrize("name", ["wang", "Wang", "", "1a", "a b", "a" * 64, "王", "a\n"])
def test_names_that_cannot_be_given(people: People, name: str) -> None:
    head = people.store.head()
    with pytest.raises((NameTaken, BadName)):
        people.add(name, WORD, AT)
    assert people.store.head() == head


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password-too-short"),
        ("123456789", "password-too-short"),
        ("x" * 201, "password-too-long"),
        ("aaaaaaaaaaaa", "password-too-common"),
        ("Password12345", "password-too-common"),
        ("1234567890", "password-too-common"),
        ("wanglei2026", "password-like-name"),
        ("一句好记的长长的话", "password-too-short"),
        ("一句好记的长长的话啊", ""),
        (WORD, ""),
    ],
)
def test_passwords_that_are_taken(people: People, password: str, code: str) -> None:
    assert weakness(password, "wanglei") == code
    if code and code != "password-like-name":
        with pytest.raises(WeakPassword):
            people.set_password("wang", password, AT)


# guessing


def fail(people: People, name: str, times: int, at: str = AT, address: str = "") -> None:
    for _ in range(times):
        assert people.sign_in(name, "a wrong password", at, address) is None


def test_too_many_failures_close_a_name_for_a_while_to_the_right_password_too(people: People) -> None:
    fail(people, "wang", 3)
    with pytest.raises(Throttled) as refused:
        people.sign_in("wang", WORD, later(14))
    assert refused.value.args_ == {"until": later(15)}
    assert people.sign_in("li", "another long one", AT)
    assert people.sign_in("wang", WORD, later(15))


def test_a_name_that_nobody_has_is_closed_alike(people: People) -> None:
    fail(people, "nobody", 3)
    with pytest.raises(Throttled):
        people.sign_in("nobody", "x", AT)


def test_an_address_that_tries_many_names_is_closed(people: People) -> None:
    for name in ("a", "b", "c", "d", "e"):
        fail(people, name, 1, address="203.0.113.9")
    with pytest.raises(Throttled):
        people.sign_in("wang", WORD, AT, "203.0.113.9")
    assert people.sign_in("wang", WORD, AT, "203.0.113.10")


def test_the_window_slides_and_success_forgets(people: People) -> None:
    fail(people, "wang", 2)
    fail(people, "wang", 1, later(15))
    fail(people, "wang", 1, later(16))
    assert people.sign_in("wang", WORD, later(17))
    fail(people, "wang", 2, later(18))
    assert people.sign_in("wang", WORD, later(19))


def test_failures_count_over_all_processes(people: People) -> None:
    other = People(people.store, people.chance, people.hasher, people.attempts)
    fail(people, "wang", 2)
    fail(other, "wang", 1)
    for face in (people, other):
        with pytest.raises(Throttled):
            face.sign_in("wang", WORD, AT)


def test_guesses_made_at_once_are_counted_before_they_are_checked(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    def verify(hashed: str, word: str) -> bool:
        checked.append(word)
        if len(checked) < 9:  # while one guess is being checked the next one comes in
            with suppress(Throttled):
                people.sign_in("wang", f"guess {len(checked)}", AT)
        return False

    monkeypatch.setattr(people.hasher, "verify", verify)
    people.sign_in("wang", "guess", AT)
    assert len(checked) == 3


def test_who_signs_in_uses_up_nothing_of_his_address(people: People) -> None:
    for _ in range(9):
        assert people.sign_in("wang", WORD, AT, "203.0.113.9")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # a host is given a /64 and may take any address of it
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("unix", "unix:", False),
        ("127.0.0.1", "127.0.0.1", False),  # a proxy on this machine speaks for everybody
        ("::1", "::1", False),
    ],
)
def test_a_host_counts_once_whatever_address_it_takes(people: People, one: str, other: str, same: bool) -> None:
    for name in ("a", "b", "c", "d", "e"):
        fail(people, name, 1, address=one)
    if same:
        with pytest.raises(Throttled):
            people.sign_in("wang", WORD, AT, other)
    else:
        assert people.sign_in("wang", WORD, AT, other)


def test_what_was_typed_as_a_name_is_not_kept(people: People) -> None:
    fail(people, "my secret password", 1, address="203.0.113.9")
    kept = repr(people.store._rows[ATTEMPTS])  # type: ignore[attr-defined]
    assert "secret" not in kept and "203.0.113" not in kept
    assert {SESSIONS, TOKENS}.isdisjoint(people.store._rows)  # type: ignore[attr-defined]


def test_no_hash_is_nobodys_password() -> None:
    hasher = Hasher(rounds=1, memory=32)
    assert not hasher.verify("", "nobody") and not hasher.verify("not a hash", "nobody")


def test_no_more_passwords_are_hashed_at_once_than_there_is_memory_for() -> None:
    hasher, free = Hasher(rounds=1, memory=32, at_once=1), []

    class Busy:
        def hash(self, word: str, salt: bytes = b"") -> str:
            free.append(hasher.turns.acquire(blocking=False))
            return "hashed"

        def verify(self, hashed: str, word: str) -> bool:
            return bool(self.hash(word))

    hasher.__dict__["_argon2"] = Busy()
    hasher.hash(WORD, b"salt")
    assert hasher.verify("hashed", WORD)
    assert set(free) == {False} and hasher.turns.acquire(blocking=False)


def test_a_disabled_user_is_shut_out_whatever_his_epoch(people: People) -> None:
    token = people.create_token("wang", AT)
    with people.store.write(at=AT, actor="") as tx:
        tx.put("users", "wang", {**(tx.get("users", "wang") or {}), "disabled": True})
        tx.log("user", "wang", {})
    assert people.token(token) is None
