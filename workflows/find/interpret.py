"""The one interpreter of a `Query`, over dicts: shared by the stores in memory, the oracle for every other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from workflows.find.collation import sort_key
from workflows.find.plain import plain_row
from workflows.find.query import Order, Page, Query, Row

Item = tuple[str, Row]  # id and row


def run(query: Query, items: Iterable[Item]) -> Page:
    """The page a query asks for; its rows are copies, so that nobody changes the store through them.

    Items are (id, row) in any order; without `order` the rows come by id. A group's row holds its columns and `count`.
    """
    found = [item for item in items if matches(query, item[1])]
    if query.group:
        found = _groups(query.group, found)
    ordered = _ordered(found, query.order)
    start = (query.page - 1) * query.size
    shown = ordered[start : start + query.size] if query.size else ordered
    return Page(tuple(plain_row(row) for _, row in shown), len(ordered))


def matches(query: Query, row: Row) -> bool:
    """Does the row satisfy `where` and `filter`?"""
    for name, wanted in query.where.items():
        if row.get(name) not in wanted_values(wanted):
            return False
    return query.filter is None or query.filter(row)


def wanted_values(wanted: object) -> tuple[object, ...]:
    """The values of one equality of `where`, any of which matches."""
    return wanted if isinstance(wanted, tuple) else (wanted,)


def column(row: Row, name: str) -> object:
    """The value of a column; `data.name` leads inside, None when it is absent."""
    if "." not in name:
        return row.get(name)
    value: object = row
    for step in name.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _ordered(items: list[Item], orders: tuple[Order, ...]) -> list[Item]:
    """By the orders, then by id: sorting is stable, so the one that decides last is sorted by first."""
    items = sorted(items, key=lambda item: item[0])
    for order in reversed(orders):
        valued = [(column(item[1], order.column), item) for item in items]
        present = [(sort_key(value), item) for value, item in valued if value is not None]
        present.sort(key=lambda pair: pair[0], reverse=order.descending)
        items = [item for _, item in present] + [item for value, item in valued if value is None]
    return items


def _groups(names: tuple[str, ...], items: list[Item]) -> list[Item]:
    """One row a group; its key is its values as JSON, since a value may be a list."""
    values = [{name: column(row, name) for name in names} for _, row in items]
    keys = [json.dumps(list(value.values()), ensure_ascii=False, sort_keys=True) for value in values]
    counts = Counter(keys)
    return [(key, {**value, "count": counts[key]}) for key, value in dict(zip(keys, values, strict=True)).items()]
