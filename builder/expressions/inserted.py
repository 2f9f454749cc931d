"""Texts with values in them: `{field}` is written as `join` writes it, and absent it leaves nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from builder.expressions.expression import Expression, Situation
from builder.expressions.functions import WRITTEN, written
from builder.expressions.texts import WHITE
from builder.expressions.tree import Node, names, node
from builder.expressions.types import TEXT, Scope, Type, list_of

HOLE: Final = re.compile(r"\{([^{}]+)\}")  # where a text inserts a value: the id of a field or column in braces


def filled(
    words: Mapping[str, str | Expression], values: Mapping[str, object], situation: Situation, row: Mapping[str, object]
) -> dict[str, str]:
    """Words in each language, with what their values are now."""
    return {
        tongue: str(each(values, situation, row)) if isinstance(each, Expression) else each
        for tongue, each in words.items()
    }


def insertable(type: Type) -> bool:
    """Whether a value of this type can stand in a text."""
    return type.kind in WRITTEN


def insert(text: str, scope: Scope) -> Expression:
    """The text as an expression, with the values of the names in it; other braces stay as written."""
    parts: list[Node] = []
    end = 0
    for hole in HOLE.finditer(text):
        known = scope.resolve(hole[1])
        if known is not None and insertable(scope.names[known].type):
            parts += [_words(text, end, hole.start()), _value(known, scope, hole.span())]
            end = hole.end()
    tree = _joined([part for part in (*parts, _words(text, end, len(text))) if part.value != ""])
    return Expression(text, tree, TEXT, names(tree), names(tree, "row"), False)


def _words(text: str, start: int, end: int) -> Node:
    return node("const", TEXT, value=text[start:end], span=(start, end))


def _value(known: str, scope: Scope, span: tuple[int, int]) -> Node:
    kind = "row" if known in scope.row else "field"
    return written(scope.zone, node(kind, scope.names[known].type, value=known, span=span))


def _joined(parts: Sequence[Node]) -> Node:
    """All behind one another. White space alone, which is nothing to `join`, parts what is there on both its sides."""
    for i, part in enumerate(parts):
        if part.kind == "const" and not str(part.value).strip(WHITE):
            return _join(part, _joined(parts[:i]), _joined(parts[i + 1 :]))
    return _join(node("const", TEXT, value=""), *parts)


def _join(between: Node, *parts: Node) -> Node:
    return node("join", TEXT, (between, node("list", list_of(TEXT), parts)))
