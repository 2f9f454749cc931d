"""The moments a condition is tried at: builder has no clock, so what speaks of today is tried around several days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.expressions import Node, Situation, dates
from builder.expressions.tree import walk

# Builder has no clock: what speaks of today is tried around this day, and holds around any other alike.
SOME_DAY = Situation(today="2026-01-15", now="2026-01-15T08:00:00.000000Z", me="me")
CLOCK = frozenset(("today", "now"))
CALENDAR = frozenset(("month", "year", "date", "parse_date", "date_text"))  # one day is not like another to these
ANYWHERE = ("…", "")  # my department: beside those that a condition names one that none does, or none


def moments(trees: Sequence[Node]) -> tuple[tuple[Situation, ...], bool]:
    """(situations to try some conditions in, whether there is no other that could make a difference)."""
    parts = [part for tree in trees for part in walk(tree)]
    kinds = {part.kind for part in parts}
    around, whole = [SOME_DAY], True
    if kinds & CLOCK:
        days = {str(value)[:10] for part in parts for value in _days(part)}
        whole = not (days or kinds & CALENDAR)
        around += [_on(moved) for day in sorted(days) for step in (-1, 0, 1) if (moved := _moved(day, step))]
    if "me" in kinds:
        around = [replace(each, me=who) for each in around for who in (SOME_DAY.me, "", *_named(parts, "person"))]
    if "my_department" in kinds:
        mine = (*ANYWHERE, *_named(parts, "department"))
        around = [replace(each, me_department=home) for each in around for home in mine]
    return tuple(around), whole


def _named(parts: Sequence[Node], what: str) -> list[str]:
    """The people or departments that some conditions name: who asks may be each of them."""
    asked = (part for part in parts if part.args and what in (part.args[0].type.kind, part.args[0].type.name))
    values = (value for part in asked if isinstance(part.value, tuple) for value in part.value)
    return sorted({value for value in values if isinstance(value, str)})


def _days(part: Node) -> tuple[object, ...]:
    """The days and moments that a part of a condition names."""
    if part.kind == "one_of" and part.args[0].type.kind in ("date", "datetime") and isinstance(part.value, tuple):
        return part.value
    return (part.value,) if part.kind == "const" and part.type.kind in ("date", "datetime") and part.value else ()


def _moved(day: str, step: int) -> str | None:
    return dates.shift(day, (0, step * 86_400), 1)


def _on(day: str) -> Situation:
    return replace(SOME_DAY, today=day, now=day + SOME_DAY.now[10:])
