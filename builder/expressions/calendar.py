"""The functions of days: `date days months`."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from builder.expressions.arguments import Build, its_day, wrong
from builder.expressions.syntax import Syntax, unparse
from builder.expressions.tree import Node
from builder.expressions.types import DATE, INTEGER, Type

if TYPE_CHECKING:
    from builder.expressions.checker import Checker


def days(kinds: tuple[str, ...], kind: str) -> Build:
    def build(run: Checker, tree: Syntax, hint: Type | None) -> Node:
        first, second = run.check(tree.args[0]), run.check(tree.args[1])
        for arg, part in zip(tree.args, (first, second), strict=True):
            if part.type.kind not in kinds:
                better = f"date({unparse(arg)})" if part.type.kind == "text" and arg.literal else ""
                if first.type != second.type:
                    better = better or its_day(run, arg, part)
                return wrong(run, tree, arg, part, ", ".join(kinds), better)
        if first.type != second.type:
            place = 0 if first.type.kind == "datetime" else 1
            arg, part = tree.args[place], (first, second)[place]
            return wrong(run, tree, arg, part, "date", its_day(run, arg, part))
        return run.made(kind, INTEGER, tree, first, second)

    return build


def _date(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    found = [run.check(arg) for arg in tree.args]
    wanted = "text" if len(found) == 1 else "integer"
    if len(found) == 2:
        return run.fail("argument-count", tree, function="date", least=1, most=3, found=2)
    for arg, part in zip(tree.args, found, strict=True):
        if part.type.kind != wanted:
            return wrong(run, tree, arg, part, wanted)
    if all(part.kind == "const" for part in found):
        return _constant_date(run, tree, [part.value for part in found])
    return run.made("parse_date" if wanted == "text" else "date", DATE, tree, *found)


def day(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    """`date` of a datetime is its day on the company's clock."""
    if len(tree.args) == 1 and tree.args[0].kind != "text":
        part = run.check(tree.args[0])
        if part.type.kind == "datetime":
            return run.made("local_date", DATE, tree, part, value=run.scope.zone)
        if part.type.kind not in ("text", "unknown"):
            return wrong(run, tree, tree.args[0], part, "text, datetime")
    return _date(run, tree, hint)


def _constant_date(run: Checker, tree: Syntax, parts: list[object]) -> Node:
    try:
        day = datetime.date(*parts) if len(parts) == 3 else datetime.date.fromisoformat(str(parts[0]))  # type: ignore[arg-type]  # three integers
    except (ValueError, OverflowError):
        return run.fail("no-such-date", tree, value=run.source(tree))
    if len(parts) == 1 and day.isoformat() != parts[0]:  # other spellings of ISO 8601, such as 20260131
        return run.fail("no-such-date", tree, f'date("{day.isoformat()}")', value=run.source(tree))
    return run.made("const", DATE, tree, value=day.isoformat())
