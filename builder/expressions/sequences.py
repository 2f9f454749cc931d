"""Lists of the emitted Python: an absent list is empty, and aggregates skip what is absent in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from builder.expressions.arithmetic import Number, Whole, div, finite, whole
from builder.expressions.texts import present

Row = Mapping[str, Any]


def gather(*items: tuple[bool, Any]) -> list[Any]:
    """One list of all: a pair (whether it is a list, value) each."""
    found: list[Any] = []
    for several, value in items:
        if not several:
            found.append(value)
        elif value is not None:
            found += value
    return found


def pluck(rows: Sequence[Row] | None, column: str) -> list[Any]:
    """The column of every row."""
    return [row.get(column) for row in rows or ()]


def pluck_all(rows: Sequence[Row] | None, column: str) -> list[Any]:
    """The column's lists of every row, joined to one."""
    return [item for row in rows or () for item in row.get(column) or ()]


def linked(id: str | None, look: Callable[[str, str], Row], template: str, name: str) -> Any:
    """What the record linked to has under a name; absent without one."""
    return None if id is None else look(template, id).get(name)


def each(items: Sequence[Any] | None, body: Callable[[Any], Any]) -> list[Any]:
    """The body for each item."""
    return [body(item) for item in items or ()]


def keep(items: Sequence[Any] | None, body: Callable[[Any], Any]) -> list[Any]:
    """The items for which the body holds."""
    return [item for item in items or () if body(item)]


def exists(items: Sequence[Any] | None, body: Callable[[Any], Any]) -> bool:
    """Whether the body holds for one item."""
    return any(body(item) for item in items or ())


def every(items: Sequence[Any] | None, body: Callable[[Any], Any]) -> bool:
    """Whether the body holds for each item."""
    return all(body(item) for item in items or ())


def overlaps(items: Sequence[Any] | None, values: tuple[object, ...]) -> bool:
    """Whether an item is one of the values."""
    return any(item in values for item in items or ())


def member(value: object, items: Sequence[Any] | None) -> bool:
    """Whether a present value is an item."""
    return value is not None and items is not None and value in items


def size(value: Sequence[Any] | None) -> int:
    """Items, or code points; 0 of absent and of white space alone."""
    return len(value) if value is not None and present(value) else 0


def _there(items: Sequence[Any] | None) -> list[Any]:
    return [item for item in items or () if item is not None]


def count(items: Sequence[Any] | None) -> int:
    """How many are present."""
    return sum(1 for item in items or () if present(item))


def _sum(items: Iterable[Any], start: Any, within: Callable[[Any], Any]) -> Any:
    total = start
    for item in items:  # from left to right, one by one: sum() of doubles compensates, and nobody else does
        total = within(total + item)
        if total is None:
            return None
    return total


def sum_whole(items: Sequence[int | None] | None) -> Whole:
    """The sum of the present ones, from left to right; absent where it leaves the range on the way."""
    return _sum(_there(items), 0, whole)  # type: ignore[no-any-return]  # whole() gives int or None


def sum_number(items: Sequence[Number] | None) -> Number:
    """The sum of the present ones, from left to right."""
    return _sum(_there(items), 0.0, finite)  # type: ignore[no-any-return]  # finite() gives float or None


def avg(items: Sequence[Number] | None) -> Number:
    """The sum of the present ones divided by how many they are."""
    there = _there(items)
    return div(sum_number(there), len(there))


def least(items: Sequence[Any] | None) -> Any:
    """The least present one."""
    return min(_there(items), default=None)


def most(items: Sequence[Any] | None) -> Any:
    """The greatest present one."""
    return max(_there(items), default=None)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "gather": gather, "linked": linked, "pluck": pluck, "pluck_all": pluck_all,
    "map": each, "filter": keep, "exists": exists, "all": every,
    "overlaps": overlaps, "member": member, "size": size, "count": count, "sum_whole": sum_whole,
    "sum_number": sum_number, "avg": avg, "min": least, "max": most,
}  # fmt: skip
