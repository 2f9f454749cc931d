"""Where a possibly absent value decides a guard, the author is told; and only there."""

from __future__ import annotations

import pytest

from builder.expressions import (
    BOOLEAN,
    DATE,
    INTEGER,
    TEXT,
    Expression,
    OptionType,
    Scope,
    Symbol,
    choice,
    compile_expression,
    money,
    rows,
)
from tests.builder.expressions.world import SITUATION, compiled

SOURCE = choice(tuple(OptionType(name) for name in ("online", "offline", "initiated")))
BY = choice(tuple(OptionType(name) for name in ("referral", "self")))
FIRST = Scope({"source": Symbol(SOURCE), "by": Symbol(BY), "email": Symbol(TEXT), "n": Symbol(INTEGER)})
ONLINE = compiled('source == "online"', FIRST)
INITIATED = compiled('source == "initiated"', FIRST)
REFERRAL = compiled('by == "referral"', FIRST)
NO_EMAIL = compiled("not given(email)", FIRST)

SCOPE = Scope(
    {
        "source": Symbol(SOURCE, present=True),
        "by": Symbol(BY, present=True, visible=INITIATED.tree),
        "visits": Symbol(INTEGER, present=True, visible=ONLINE.tree),
        "calls": Symbol(INTEGER, present=True, visible=INITIATED.tree),
        "friends": Symbol(INTEGER, present=True, visible=REFERRAL.tree),
        "maybe": Symbol(INTEGER, visible=ONLINE.tree),
        "email": Symbol(TEXT),
        "phones": Symbol(INTEGER, present_if=(NO_EMAIL.tree,)),
        "n": Symbol(INTEGER),
        "k": Symbol(INTEGER, present=True),
        "amount": Symbol(money(2), present=True),
        "paid": Symbol(money(2)),
        "first": Symbol(DATE, present=True),
        "last": Symbol(DATE),
        "urgent": Symbol(BOOLEAN),
        "lines": Symbol(rows({"qty": Symbol(INTEGER, present=True), "cost": Symbol(INTEGER)}), present=True),
        "more": Symbol(rows({"qty": Symbol(INTEGER, present=True), "cost": Symbol(INTEGER)})),
    }
)


def told(text: str, *, guard: bool = True, assume: tuple[Expression, ...] = ()) -> list[str]:
    expression, findings = compile_expression(text, SCOPE, expect=BOOLEAN, guard=guard, assume=assume)
    assert expression is not None
    assert {f.code for f in findings} <= {"possibly-absent"}
    assert all(text[f.start : f.end] == f.args["name"] for f in findings)
    return [str(f.args["name"]) for f in findings]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("amount > 5万", []),
        ("paid > 5万", ["paid"]),
        ("amount > paid", ["paid"]),
        ("n + k > 5", ["n"]),
        ("n + k == 5", ["n"]),
        ("n > 5 and n < 9", ["n"]),
        ("n > 5 or paid > 3", ["n", "paid"]),
        ("last + 30d < today()", ["last"]),
        ("first + 30d < today()", []),
        ("days(last, today()) > 180", ["last"]),
        ("visits > 3", ["visits"]),
        ("friends > 3", ["friends"]),
        ("k / n > 1", ["n"]),
        ("k / 2 > 1", []),
        ("k / k > 1", ["k / k"]),
        ("date(k, 1, 1) < today()", ["date(k, 1, 1)"]),
        ("date(2026, 1, 1) < today()", []),
        ("abs(n) > 3", ["n"]),
        ("max(n, k) > 3", []),
        ("max(n, visits) > 3", ["n"]),
        ("max(lines.qty) > 3", []),
        ("max(more.qty) > 3", ["more"]),
        ("max(lines.cost) > 3", ["lines.cost"]),
        ("avg(lines.filter(l, l.qty > 2).qty) > 3", ["lines.filter(l, l.qty > 2)"]),
        ("sum(more.cost) > 3", []),
        ("size(more) > 3", []),
        ("more.exists(l, l.qty > 3)", []),
        ("more.exists(l, l.cost > 3)", ["l.cost"]),
        ("more.exists(l, given(l.cost) and l.cost > 3)", []),
        ("if(given(n), n, 0) > 3", []),
        ("if(urgent, n, 0) > 3", ["n"]),
    ],
)
def test_orderings_and_arithmetic_are_decided_by_what_may_be_absent(text: str, names: list[str]) -> None:
    assert told(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "n == 5",
        "not n == 5",
        "n in [1, 2]",
        'source == "online"',
        'by == "self"',
        "urgent",
        "not urgent",
        "given(n)",
        'starts(email, "a")',
        "n != 5 or urgent",
    ],
)
def test_what_has_a_plain_sense_when_absent_is_not_named(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "given(n) and n > 5",
        "not given(n) or n > 5",
        "given(n) and urgent and n > 5 and n + 1 < 9",
        "n == 5 or given(n) and n > 5",
        'source == "online" and visits > 3',
        'source == "initiated" and calls > 3',
        'by == "referral" and calls > 3',  # by is there, so it is visible, so the source is initiated
        'by == "referral" and friends > 3',
        "given(friends) and calls > friends",
        "given(maybe) and visits > 3",
        "not given(email) and phones > 3",
        "given(email) or phones > 3",
        "not (source == 'online' and visits < 3)",
        "if(given(n), n > 5, urgent)",
        "if(not given(n), urgent, n > 5)",
        "(n == 3 or n == 4) and n + 1 > 2",
        "not (not given(n) or urgent) and n > 5",
        "n in [1, 2] and n + 1 > 2",
    ],
)
def test_narrowing_knows_that_it_is_present(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("n > 5 and given(n)", "n"),
        ("given(n) or n > 5", "n"),
        ('source == "offline" and visits > 3', "visits"),
        ('source == "online" and maybe > 3', "maybe"),
        ('source == "initiated" and friends > 3', "friends"),
        ('not source == "online" and visits > 3', "visits"),
        ('(source == "online" or urgent) and visits > 3', "visits"),
        ("given(email) and phones > 3", "phones"),
        ("if(given(n), urgent, n > 5)", "n"),
        ("(n == 3 or urgent) and n + 1 > 2", "n"),
        ('source in ["online", "offline"] and visits > 3', "visits"),
    ],
)
def test_narrowing_does_not_believe_too_much(text: str, name: str) -> None:
    assert told(text) == [name]


def test_only_guards_are_told() -> None:
    assert told("n > 5", guard=False) == []


def test_what_is_assumed_is_known() -> None:
    assert told("visits > 3", assume=(ONLINE,)) == []
    assert told("friends > calls", assume=(REFERRAL,)) == []
    assert told("visits > 3", assume=(INITIATED,)) == ["visits"]


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("amount", True),
        ("sum(lines.qty)", True),
        ("n", False),
        ("if(amount > 5万, 'a', 'b')", True),
        ("k + 1", True),
        ("k + n", False),
        ("visits", False),
        ("if(source == 'online', visits, 0)", True),
        ("if(source == 'online', visits, n)", False),
        ("me", False),
        ("today()", True),
        ("join('', email)", False),
        ("join('', email, source)", True),
        ("n > 3", True),
        ("max(lines.qty)", True),
    ],
)
def test_an_expression_knows_whether_every_valid_record_gives_it_a_value(text: str, present: bool) -> None:
    assert compiled(text, SCOPE).present is present


def test_a_computed_field_is_present_under_its_own_condition() -> None:
    assert compiled("visits + 1", SCOPE).present is False
    assert compiled("visits + 1", SCOPE, assume=(ONLINE,)).present is True


def test_a_record_that_is_not_valid_yet_raises_nothing() -> None:
    """`present` is a promise about valid records; a draft may still lack everything."""
    values = dict.fromkeys(SCOPE.names)
    for text in ("k + 1", "amount > 5万", "first + 30d < today()", "max(lines.qty) > 3", "visits > calls"):
        assert compiled(text, SCOPE)(values, SITUATION) in (None, False)
