"""Reading and writing expressions: what is written down from a tree reads back as that tree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.expressions.parser import parse
from builder.expressions.syntax import COMPARISONS, Syntax, unparse

NAMES = st.sampled_from(["a", "bc", "渠道平台", "x1", "_y", "marketing__z", "if", "given"])
TEXTS = st.text(st.characters(blacklist_characters="\"'", blacklist_categories=("Cs",)), max_size=5)
LEAVES = st.one_of(
    st.integers(0, 2**53 - 1).map(lambda n: Syntax("number", (), n)),
    st.decimals(0, 10**6, places=3).filter(lambda d: d != int(d)).map(lambda d: Syntax("number", (), d)),
    st.one_of(TEXTS, TEXTS.map(lambda t: t + "'"), TEXTS.map(lambda t: '"' + t)).map(lambda t: Syntax("text", (), t)),
    st.booleans().map(lambda b: Syntax("boolean", (), b)),
    NAMES.map(lambda n: Syntax("name", (), n)),
    st.tuples(st.integers(0, 999), st.sampled_from(["min", "h", "d", "w", "mo", "y"])).map(
        lambda d: Syntax("duration", (), d)
    ),
)


def larger(trees: st.SearchStrategy[Syntax]) -> st.SearchStrategy[Syntax]:
    some = st.lists(trees, max_size=3).map(tuple)
    pair = st.tuples(trees, trees)
    words = st.sampled_from(["and", "or"])
    return st.one_of(
        some.map(lambda args: Syntax("list", args)),
        st.tuples(NAMES, some).map(lambda p: Syntax("call", p[1], p[0])),
        st.tuples(NAMES, pointed(trees)).map(lambda p: Syntax("dot", (p[1],), p[0])),
        st.tuples(NAMES, pointed(trees), some).map(lambda p: Syntax("method", (p[1], *p[2]), p[0])),
        st.tuples(st.sampled_from(["not", "neg"]), trees).map(lambda p: Syntax(p[0], (p[1],))),
        st.tuples(st.sampled_from([*COMPARISONS, "+", "-", "*", "/", "%"]), pair).map(lambda p: Syntax(p[0], p[1])),
        st.tuples(words, st.lists(trees, min_size=2, max_size=4)).map(lambda p: flat(p[0], p[1])),
    )


def pointed(trees: st.SearchStrategy[Syntax]) -> st.SearchStrategy[Syntax]:
    """A dot after a number or a duration would belong to the number."""
    return trees.filter(lambda tree: tree.kind not in ("number", "duration"))


def flat(word: str, args: list[Syntax]) -> Syntax:
    """`a and (b and c)` stays as it is written; `(a and b) and c` too, for only unwritten parentheses are one tree."""
    return Syntax(word, tuple(args))


TREES = st.recursive(LEAVES, larger, max_leaves=12)


@given(TREES)
@settings(max_examples=400, deadline=None)
def test_what_is_written_down_reads_back(tree: Syntax) -> None:
    text = unparse(tree)
    found, findings = parse(text)
    assert findings == []
    assert found == tree
    assert unparse(found) == text


@given(st.text(max_size=40) | st.text(st.sampled_from("ab.1万\"'()[],+-*/%=!<>&|?: notin≥（“"), max_size=30))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_has_a_finding_inside_it(text: str) -> None:
    tree, findings = parse(text)
    assert tree is not None or findings
    for found in findings:
        assert 0 <= found.start <= found.end <= len(text)


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_every_part_knows_its_place(tree: Syntax) -> None:
    text = unparse(tree)
    waiting = [parse(text)[0]]
    while waiting:
        part = waiting.pop()
        assert part is not None
        assert parse(text[part.start : part.end])[0] == part
        waiting += part.args


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a or b and not c == d + e * -f", "a or b and not c == d + e * -f"),
        ("((a or b)) and c", "(a or b) and c"),
        ("a - (b - c)", "a - (b - c)"),
        ("(a - b) - c", "a - b - c"),
        ("a && b || !c", "a and b or not c"),
        ("a ? b : c ? d : e", "if(a, b, if(c, d, e))"),
        ("!a == b", "(not a) == b"),
        ("not a == b", "not a == b"),
        ("(a == b) == c", "(a == b) == c"),
        ("-(a + b)", "-(a + b)"),
        ("-a.b", "-a.b"),
        ("5万", "50000"),
        ("１．５", "1.5"),
        ("1.5亿", "150000000"),
        ("lines.exists( x , x.qty>1 ).y", "lines.exists(x, x.qty > 1).y"),
        ("not a in [ 1,2 ]", "not a in [1, 2]"),
        ("a\n  and b", "a and b"),
    ],
)
def test_canonical_spelling(text: str, written: str) -> None:
    tree, _ = parse(text)
    assert tree is not None
    assert unparse(tree) == written


def test_and_and_or_take_any_number_of_operands() -> None:
    a, b, c = (Syntax("name", (), name) for name in "abc")
    assert parse("a and b and c")[0] == Syntax("and", (a, b, c))
    assert parse("a and (b and c)")[0] == Syntax("and", (a, Syntax("and", (b, c))))


def test_a_hundred_alternatives_are_not_deep() -> None:
    assert parse(" or ".join("a" * 100))[1] == []


def test_decimals_stay_exact() -> None:
    found, _ = parse("0.1")
    assert found == Syntax("number", (), Decimal("0.1"))
