"""What functions are built from: the shape of a builder, a finding about one argument, arguments of given types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from builder.expressions.syntax import Syntax
from builder.expressions.tree import Node
from builder.expressions.types import UNKNOWN, Type, describe

if TYPE_CHECKING:
    from builder.expressions.checker import Checker

Build = Callable[["Checker", Syntax, "Type | None"], Node]


def wrong(run: Checker, tree: Syntax, arg: Syntax, found: Node, expected: str, suggestion: str = "") -> Node:
    if found.type is UNKNOWN or found.type.item is UNKNOWN:
        return Node("const", UNKNOWN)
    fitting = expected.split(", ")
    columns = found.type.item.columns if found.type.item is not None else {}
    column = next((name for name, symbol in columns.items() if symbol.type.kind in fitting), "")
    return run.fail("wrong-argument", arg, suggestion, function=tree.value, expected=expected,
                    found=describe(found.type), column=f"{run.source(arg)}.{column}" if column else "")  # fmt: skip


def typed(kinds: tuple[str, ...], type: Type, kind: str) -> Build:
    """A function whose arguments are of these kinds, each."""

    def build(run: Checker, tree: Syntax, hint: Type | None) -> Node:
        found = [run.check(arg) for arg in tree.args]
        for arg, part, wanted in zip(tree.args, found, kinds, strict=True):
            if part.type.kind != wanted:
                return wrong(run, tree, arg, part, wanted, its_day(run, arg, part) if wanted == "date" else "")
        return run.made(kind, type, tree, *found)

    return build


def its_day(run: Checker, arg: Syntax, part: Node) -> str:
    """The day of what is a datetime where a date is wanted."""
    return f"date({run.source(arg)})" if part.type.kind == "datetime" else ""
