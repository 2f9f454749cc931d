"""Witnesses: what is found is true, and what is not found is not there."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.expressions import (
    BOOLEAN,
    DATE,
    INTEGER,
    NUMBER,
    PERSON,
    TEXT,
    UNDECIDED,
    Expression,
    OptionType,
    Scope,
    Symbol,
    Undecided,
    Witness,
    choice,
    choices,
    money,
    rows,
    witness,
)
from tests.builder.expressions.world import SITUATION, compiled

SOURCE = choice((OptionType("online"), OptionType("offline"), OptionType("douyin", counts_as="online")))
FIRST = Scope({"source": Symbol(SOURCE, present=True)})
SCOPE = Scope(
    {
        "source": Symbol(SOURCE, present=True),
        "visits": Symbol(INTEGER, present=True, visible=compiled('source == "online"', FIRST).tree),
        "amount": Symbol(money(2), present=True),
        "level": Symbol(TEXT, present=True),
        "rate": Symbol(NUMBER),
        "n": Symbol(INTEGER),
        "k": Symbol(INTEGER),
        "urgent": Symbol(BOOLEAN),
        "sure": Symbol(BOOLEAN, present=True),
        "day": Symbol(DATE, present=True),
        "name": Symbol(TEXT),
        "owner": Symbol(PERSON, present=True),
        "touch": Symbol(choices((OptionType("multi"), OptionType("vip"), OptionType("hot")))),
        "lines": Symbol(rows({"qty": Symbol(INTEGER), "day": Symbol(DATE), "note": Symbol(TEXT)})),
    }
)


def ask(holds: list[str], fails: list[str], **options: object) -> Witness | Undecided | None:
    made = [[compiled(text, SCOPE, expect=BOOLEAN) for text in texts] for texts in (holds, fails)]
    return witness(made[0], made[1], scope=SCOPE, situation=SITUATION, **options)  # type: ignore[arg-type]


def shown(holds: list[str], fails: list[str], **options: object) -> dict[str, object]:
    found = ask(holds, fails, **options)
    assert isinstance(found, Witness)
    assert all(compiled(text, SCOPE)(found.values, SITUATION) for text in holds)
    assert not any(compiled(text, SCOPE)(found.values, SITUATION) for text in fails)
    return dict(found.values)


def test_two_guards_leave_a_gap_exactly_between_them() -> None:
    assert shown([], ["amount < 5万", "amount > 5万"]) == {"amount": 5_000_000}


def test_no_gap_where_one_takes_the_border() -> None:
    assert ask([], ["amount <= 5万", "amount > 5万"]) is None


def test_two_guards_overlap_at_the_border() -> None:
    assert shown(["amount <= 5万", "amount >= 5万"], []) == {"amount": 5_000_000}
    assert ask(["amount < 5万", "amount >= 5万"], []) is None


@pytest.mark.parametrize(
    ("holds", "fails"),
    [
        (["n == 5", "n > 5"], []),
        (["n > 5", "n < 6"], []),
        (["rate > 5", "rate < 5"], []),
        (["sure"], ["sure"]),
        ([], ["sure", "not sure"]),
        ([], ['source == "online"', 'source == "offline"']),
        (['source == "online" and source == "offline"'], []),
        (["given(visits)", 'source == "offline"'], []),
        (['source == "online"'], ["given(visits)"]),
        (["day < today()", "day > today()"], []),
        ([], ["day < today()", "day >= today()"]),
        (['name == "a"', 'name == "b"'], []),
        (['"multi" in touch'], ["size(touch) > 0"]),
        (["size(lines) > 3"], ["size(lines) > 2"]),
        (["given(lines)"], ["size(lines) >= 1"]),
        (["amount > 0.005"], ["amount >= 0.01"]),
        (["n > 2.5"], ["n >= 3"]),
        (["n > k", "k > n"], []),
        (["n > k", "k > 3", "n < 5"], []),  # no whole number between
        (["rate > 2", "given(n)", "n > k", "k > n"], []),
        (["size(touch) > 3"], []),  # of three
        (["size(touch) > 1"], ["size(touch) > 0"]),
        (["size(name) > 5"], ["size(name) >= 6"]),
        (['name == "abc"'], ["size(name) == 3"]),
        (["owner == me"], ["me == owner"]),
    ],
)
def test_there_is_none(holds: list[str], fails: list[str]) -> None:
    assert ask(holds, fails) is None


@pytest.mark.parametrize(
    ("holds", "fails"),
    [
        (["n > 5"], ["n > 6"]),
        ([], ["n <= 5", "n > 5"]),  # nothing written
        (["rate > 5", "rate < 6"], ["rate == 5.5"]),
        ([], ["urgent", "urgent == false"]),
        (['source == "online"'], ['source == "douyin"']),
        (["visits > 100"], []),
        (["day > today()"], []),
        (["day + 30d < today()"], ["day + 31d < today()"]),
        (["given(name)"], ['name in ["a", "b"]']),
        (['name > "a"'], ['name > "b"', 'name == "b"']),
        (['"vip" in touch', '"hot" in touch'], ['"multi" in touch']),
        (["size(lines) > 2"], ["size(lines) > 3"]),
        (["not owner == me"], []),
        (["n > k", "k > 3"], []),
        (["n > k", "k > 3", "n < 6"], []),
        (["size(touch) > 1"], ["size(touch) > 2"]),
        (["size(name) > 5"], ["size(name) > 6"]),
        (["size(name) == 3"], ['name == "abc"']),
        (["sum(lines.qty) > 100"], ["count(lines.qty) > 2"]),
        (["lines.exists(l, l.qty == 7)"], ["lines.all(l, l.qty == 7)"]),
        (["n + k > 10"], []),
        (["amount > 1234.56"], ["amount > 1234.57"]),
    ],
)
def test_there_is_one_and_it_shows_it(holds: list[str], fails: list[str]) -> None:
    assert shown(holds, fails)


def test_what_trying_cannot_settle_is_undecided() -> None:
    assert ask(["n > k + 1", "k > n"], []) is UNDECIDED
    assert ask(["n * n == 2"], []) is UNDECIDED
    assert ask(["size(lines) > 1000"], []) is UNDECIDED


def test_beyond_the_budget_it_says_so() -> None:
    conditions = ["n > 5", "k > 5", "rate > 5", "amount > 5", "n == 4 or k == 4"]
    assert isinstance(ask(conditions[:4], []), Witness)
    assert ask(conditions, [], budget=5) is UNDECIDED


def test_a_computed_name_follows_from_its_expression() -> None:
    level = compiled('if(amount > 5万, "two", "one")', SCOPE)
    assert ask(['level == "two"', "amount <= 5万"], [], computed={"level": level}) is None
    assert isinstance(ask(['level == "two"', "amount <= 5万"], []), Witness)
    assert shown(['level == "two"'], [], computed={"level": level})["amount"] == 5_000_001


@pytest.mark.parametrize(("compute", "condition"), [
    ("size(name)", "n > 7"), ("n", "k > 7"), ("count(touch)", "n > 1"), ("300", "k > n"),
])  # fmt: skip
def test_a_name_that_is_another_one_is_not_taken_to_be_little(compute: str, condition: str) -> None:
    """What is worked out may be no more than a size: nothing stands around it that would tell of a comparison."""
    name = "n" if "n" in condition else "k"
    follows = {name: compiled(compute, SCOPE)}
    assert isinstance(ask([condition], [], computed=follows), Witness)


PARTS = [
    "urgent", "sure", "n > 1", "n <= 1", "n == 3", "given(n)", 'source == "online"', 'source == "douyin"', "visits > 2",
    "given(visits)", "rate < 0.5", "amount >= 2", '"vip" in touch', "day == today()",
]  # fmt: skip
CONDITIONS = st.recursive(
    st.sampled_from(PARTS),
    lambda inner: st.one_of(
        inner.map(lambda x: f"not ({x})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda p: f"(({p[0]}) {p[1]} ({p[2]}))"),
    ),
    max_leaves=4,
)
EVERYTHING: dict[str, list[object]] = {
    "urgent": [None, False, True], "sure": [False, True], "n": [None, *range(-1, 6)],
    "source": ["online", "offline", "douyin"],
    "visits": [None, 0, 2, 3, 9], "rate": [None, 0.0, 0.25, 0.5, 7.0], "amount": [0, 199, 200, 201],
    "touch": [None, [], ["vip"], ["multi"], ["multi", "vip"]], "day": ["2026-02-28", "2026-03-01", "2026-03-02"],
}  # fmt: skip


def possible(values: dict[str, object]) -> bool:
    online = values.get("source") in ("online", "douyin")
    return "visits" not in values or (values["visits"] is not None) == online


@given(st.lists(CONDITIONS, max_size=2), st.lists(CONDITIONS, max_size=2))
@settings(max_examples=80, deadline=None)
def test_trying_everything_agrees(holds: list[str], fails: list[str]) -> None:
    made: list[list[Expression]] = [
        [compiled(text, SCOPE, expect=BOOLEAN) for text in texts] for texts in (holds, fails)
    ]
    names = sorted({name for each in (*made[0], *made[1]) for name in each.reads})
    names += ["source"] if "visits" in names and "source" not in names else []
    worlds = (
        dict(zip(names, found, strict=True)) for found in itertools.product(*(EVERYTHING[name] for name in names))
    )
    there = any(
        possible(world) and all(e(world, SITUATION) for e in made[0]) and not any(e(world, SITUATION) for e in made[1])
        for world in worlds
    )
    found = witness(made[0], made[1], scope=SCOPE, situation=SITUATION)
    assert isinstance(found, Witness) == there
    if isinstance(found, Witness):
        assert possible(dict(found.values))
        assert all(e(found.values, SITUATION) for e in made[0])
        assert not any(e(found.values, SITUATION) for e in made[1])
    else:
        assert found is None


@pytest.mark.parametrize("condition", ["month(x.day) == month(today())", "days(x.day, today()) > -3"])
def test_rows_hold_days_where_they_are_asked_for_days(condition: str) -> None:
    found = shown([f'lines.exists(x, {condition} and x.note == "好")'], [])
    assert any(isinstance(row.get("day"), str) for row in found["lines"])  # type: ignore[attr-defined]
