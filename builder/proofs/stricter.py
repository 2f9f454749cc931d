"""Orders of strictness: whether one condition, bound, people list or term is at least as strict as another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.expressions import Expression, Node
from builder.model import People, Value, Who

STAFF = Who("word", "staff")
PUBLIC = Who("word", "public")
# Whoever these words mean has signed in: who comes by a public door is nobody they could mean.
SIGNED_IN = frozenset({"creator", "owner", "department", "superior", "me"})

TERM = re.compile(r"([0-9]+)(min|h|d|w|mo|y|wh|wd)")
MONTHS = {"mo": 1, "y": 12}
# The fewest and the most days that a unit can last; working time depends on the calendar and has none.
DAYS = {"min": (1 / 1440, 1 / 1440), "h": (1 / 24, 1 / 24), "d": (1, 1), "w": (7, 7), "mo": (28, 31), "y": (365, 366)}


def same(base: object, clone: object) -> bool:
    """Whether two conditions or values mean the same.

    Written alike is enough: under a clone the tree of an untouched expression may differ, for it also names the added
    options that count as the base's.
    """
    if isinstance(base, Expression) and isinstance(clone, Expression):
        return base == clone or base.text == clone.text
    return base == clone


def implied(base: bool | Expression, clone: bool | Expression) -> bool:
    """Whether the clone's condition holds wherever the base's does: always, the same, or the base's `or` another."""
    if base is False or clone is True or same(base, clone):
        return True
    if not isinstance(base, Expression) or not isinstance(clone, Expression):
        return False
    return any(base.tree == node or base.text == clone.text[slice(*node.span)] for node in _alternatives(clone.tree))


def _alternatives(tree: Node) -> Iterator[Node]:
    yield tree
    for node in tree.args if tree.kind == "or" else ():
        yield from _alternatives(node)


def inside(base: Value | Expression, clone: Value | Expression, *, low: bool) -> bool:
    """Whether a lower (or upper) bound lets through no more than the base's."""
    if base is None or same(base, clone):
        return True
    if isinstance(base, int | float) and isinstance(clone, int | float):
        return clone >= base if low else clone <= base
    if isinstance(base, str) and isinstance(clone, str):  # days, YYYY-MM-DD
        return clone >= base if low else clone <= base
    return False


def multiple(base: float | None, clone: float | None) -> bool:
    """Whether every multiple of the clone's step is one of the base's."""
    return base is None or (clone is not None and (clone / base).is_integer())


def covers(broad: People, narrow: People) -> bool:
    """Whether everybody of the second list is certainly in the first."""
    return all(any(_includes(some, one) for some in broad) for one in narrow)


def _includes(some: Who, one: Who) -> bool:
    if some in (one, PUBLIC):
        return True
    if some == STAFF:
        return one.kind in ("role", "role_at") or (one.kind == "word" and one.name in SIGNED_IN)
    return some.kind == "role" and one.kind == "role_at" and some.name == one.name


def shorter(base: str, clone: str) -> bool:
    """Whether a term is certainly no longer than the base's: `1y` within `12mo`, `30d` not within `1mo`."""
    was, now = TERM.fullmatch(base), TERM.fullmatch(clone)
    if base == clone or not was or not now:
        return base == clone
    units = {was[2], now[2]}
    if len(units) == 1:
        return int(now[1]) <= int(was[1])
    if units <= MONTHS.keys():
        return int(now[1]) * MONTHS[now[2]] <= int(was[1]) * MONTHS[was[2]]
    return units <= DAYS.keys() and int(now[1]) * DAYS[now[2]][1] <= int(was[1]) * DAYS[was[2]][0]
