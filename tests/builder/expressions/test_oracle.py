"""The emitted Python and an interpreter that shares nothing with it agree on random well-typed expressions."""

from __future__ import annotations

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from builder.expressions import compile_expression
from builder.expressions.tree import walk
from tests.builder.expressions.grammar import expressions, values
from tests.builder.expressions.oracle import Oracle
from tests.builder.expressions.test_meaning import TABLE
from tests.builder.expressions.world import SCOPE, SITUATION, VALUES, compiled

EXPRESSIONS = st.one_of(*expressions().values())


def agree(text: str, record: dict[str, object]) -> None:
    note(text)
    expression, findings = compile_expression(text, SCOPE)
    if expression is None:  # a literal that is absent, or too large: right, and not what is asked here
        assert {f.code for f in findings} <= {
            "number-too-large",
            "expression-too-deep",
            "no-such-date",
            "expression-too-long",
        }
        return
    found = expression(record, SITUATION)
    assert _exact(found) == _exact(Oracle(dict(record), SITUATION).value(expression.tree))
    assert found is not None or not expression.tree.present


def _exact(value: object) -> object:
    """So that 1, 1.0 and True differ, inside lists too."""
    return [_exact(item) for item in value] if isinstance(value, list) else (type(value), value)


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_the_interpreter_knows_the_table_too(text: str, expected: object) -> None:
    assert Oracle(dict(VALUES), SITUATION).value(compiled(text).tree) == expected


@given(EXPRESSIONS, values())
@settings(max_examples=300, deadline=None)
def test_emitted_and_interpreted_agree(text: str, record: dict[str, object]) -> None:
    agree(text, record)


@pytest.mark.prove
@given(EXPRESSIONS, values())
@settings(max_examples=5_000, deadline=None)
def test_emitted_and_interpreted_agree_at_length(text: str, record: dict[str, object]) -> None:
    agree(text, record)


@given(EXPRESSIONS)
@settings(max_examples=100, deadline=None)
def test_a_tree_is_plain_data(text: str) -> None:
    expression, _ = compile_expression(text, SCOPE)
    for node in walk(expression.tree) if expression else ():
        assert hash(node) == hash(node)
        assert isinstance(node.value, (bool, int, float, str, tuple, type(None)))
        assert 0 <= node.span[0] < node.span[1] <= len(text)


def test_emitted_code_knows_no_names_but_the_runtimes() -> None:
    from builder.expressions.emitter import NAMES

    for text in ("sum(lines.qty) > i and given(t)", "lines.exists(l, l.qty > 4)", 'join("-", source, who, source, m)'):
        code = compiled(text).function.__code__  # type: ignore[attr-defined]  # a lambda
        nested = [const for const in code.co_consts if hasattr(const, "co_names")]
        used = {name for each in (code, *nested) for name in each.co_names}
        used = {name.rstrip("0123456789") if name.startswith("table") else name for name in used}
        assert used <= {*NAMES, "table", "get", "person", "linked", "today", "now", "me", "me_department"}
    assert NAMES["__builtins__"] == {}
