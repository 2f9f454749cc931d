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
ANYWHERE = ("…", "")  # my department: one that no definition names, or none


def moments(trees: Sequence[Node]) -> tuple[tuple[Situation, ...], bool]:
    """(situations to try some conditions in, whether there is no other that could make a difference)."""
    parts = [part for tree in trees for part in walk(tree)]
    kinds = {part.kind for part in parts}
    around, whole = [SOME_DAY], True
    if kinds & CLOCK:
        days = {str(part.value)[:10] for part in parts if _is_day(part)}
        whole = not (days or kinds & CALENDAR)
        around += [_on(moved) for day in sorted(days) for step in (-1, 0, 1) if (moved := _moved(day, step))]
    if "me" in kinds:
        around += [replace(each, me="") for each in around]
    if "my_department" in kinds:
        around = [replace(each, me_department=mine) for each in around for mine in ANYWHERE]
    return tuple(around), whole


def _is_day(part: Node) -> bool:
    return part.kind == "const" and part.type.kind in ("date", "datetime") and part.value is not None


def _moved(day: str, step: int) -> str | None:
    return dates.shift(day, (0, step * 86_400), 1)


def _on(day: str) -> Situation:
    return replace(SOME_DAY, today=day, now=day + SOME_DAY.now[10:])
