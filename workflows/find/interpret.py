"""The one interpreter of a `Query`, over dicts: shared by the stores in memory, the oracle for every other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any

from workflows.find.collation import sort_key, text_key
from workflows.find.likeness import WAYS
from workflows.find.plain import plain_row
from workflows.find.query import Order, Page, Query, Row

Item = tuple[str, Row]  # id and row


def run(query: Query, items: Iterable[Item]) -> Page:
    """The page a query asks for; its rows are copies, so that nobody changes the store through them.

    Items are (id, row) in any order; without `order` the rows come by id. A group's row holds its columns and `count`.
    """
    found, passes = _equal(query, items), _passes(query)
    start, end = (query.page - 1) * query.size, query.page * query.size if query.size else None
    if not query.counted and not query.group:
        return _page(islice(filter(passes, _ordered(query, found)), start, end), 0)
    found = list(filter(passes, found))
    if query.group:
        found = _groups(query.group, found)
    return _page(_ordered(query, found)[start:end], len(found))


def _page(items: Iterable[Item], total: int) -> Page:
    return Page(tuple(plain_row(row) for _, row in items), total)


def _equal(query: Query, items: Iterable[Item]) -> list[Item]:
    """The items that satisfy `where`."""
    found = list(items)
    for name, wanted in query.where.items():
        values, read = wanted_values(wanted), reader(name)
        found = [item for item in found if _matches(read(item[1]), values)]
    return found


def _passes(query: Query) -> Callable[[Item], bool]:
    """Whether an item satisfies `look` and `filter`."""
    look, keep = query.look, query.filter or (lambda row: True)
    if look is None:
        return lambda item: keep(item[1])
    read, way = reader(look.column), WAYS[look.way]
    return lambda item: any(way(text, look.text) for text in texts(read(item[1]))) and keep(item[1])


def _ordered(query: Query, items: list[Item]) -> list[Item]:
    found = sorted(items, key=itemgetter(0))
    for order in reversed(query.order):  # sorting is stable: the order that decides first is sorted by last
        found = _sorted(order, found)
    return found


def _matches(value: object, values: tuple[object, ...]) -> bool:
    return any(item in values for item in value) if isinstance(value, list) else value in values


def wanted_values(wanted: object) -> tuple[object, ...]:
    """The values of one equality of `where`, any of which matches."""
    return wanted if isinstance(wanted, tuple) else (wanted,)


def texts(value: object) -> list[str]:
    """What a text is looked for in: a text, those of a map; nothing of anything else."""
    if isinstance(value, str):
        return [value]
    return [each for each in value.values() if isinstance(each, str)] if isinstance(value, Mapping) else []


@lru_cache(maxsize=1024)
def reader(column: str) -> Callable[[Row], object]:
    """How to read a column of a row: `data.name` leads inside; None when it is absent."""
    first, dot, rest = column.partition(".")
    if not dot:
        return lambda row: row.get(first)
    read_rest = reader(rest)

    def read(row: Row) -> object:
        inside = row.get(first)
        return read_rest(inside) if isinstance(inside, Mapping) else None

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
