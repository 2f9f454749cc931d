"""The one interpreter of a `Query`, over dicts: shared by the stores in memory, the oracle for every other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from workflows.find.collation import sort_key, text_key
from workflows.find.plain import plain_row
from workflows.find.query import Order, Page, Query, Row

Item = tuple[str, Row]  # id and row


def run(query: Query, items: Iterable[Item]) -> Page:
    """The page a query asks for; its rows are copies, so that nobody changes the store through them.

    Items are (id, row) in any order; without `order` the rows come by id. A group's row holds its columns and `count`.
    """
    found = matching(query, items)
    if query.group:
        found = _groups(query.group, found)
    found.sort(key=itemgetter(0))
    for order in reversed(query.order):  # sorting is stable: the order that decides first is sorted by last
        found = _sorted(order, found)
    start = (query.page - 1) * query.size
    shown = found[start : start + query.size] if query.size else found
    return Page(tuple(plain_row(row) for _, row in shown), len(found))


def matching(query: Query, items: Iterable[Item]) -> list[Item]:
    """The items that satisfy `where` and `filter`."""
    found = list(items)
    for name, wanted in query.where.items():
        values = wanted_values(wanted)
        found = [item for item in found if _matches(item[1].get(name), values)]
    if query.filter is None:
        return found
    keep = query.filter
    return [item for item in found if keep(item[1])]


def _matches(value: object, values: tuple[object, ...]) -> bool:
    return any(item in values for item in value) if isinstance(value, list) else value in values


def wanted_values(wanted: object) -> tuple[object, ...]:
    """The values of one equality of `where`, any of which matches."""
    return wanted if isinstance(wanted, tuple) else (wanted,)


def reader(column: str) -> Callable[[Row], object]:
    """How to read a column of a row: `data.name` leads inside; None when it is absent."""
    first, dot, rest = column.partition(".")
    if not dot:
        return lambda row: row.get(first)
    read_rest = reader(rest)

    def read(row: Row) -> object:
        inside = row.get(first)
        return read_rest(inside) if isinstance(inside, dict) else None

    return read


def _sorted(order: Order, items: list[Item]) -> list[Item]:
    read = order.key or reader(order.column)
    valued = [(read(item[1]), item) for item in items]
    present = [pair for pair in valued if pair[0] is not None]
    key: Callable[[Any], Any] = text_key if all(type(value) is str for value, _ in present) else sort_key
    present.sort(key=lambda pair: key(pair[0]), reverse=order.descending)
    return [item for _, item in present] + [item for value, item in valued if value is None]


def _groups(columns: tuple[str, ...], items: list[Item]) -> list[Item]:
    """One row a group; its key is its values as JSON, since a value may be a list."""
    readers = [(column, reader(column)) for column in columns]
    values = [{column: read(row) for column, read in readers} for _, row in items]
    keys = [json.dumps(list(value.values()), ensure_ascii=False, sort_keys=True) for value in values]
    counts = Counter(keys)
    return [(key, {**value, "count": counts[key]}) for key, value in dict(zip(keys, values, strict=True)).items()]
