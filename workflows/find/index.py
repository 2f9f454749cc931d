"""Ids by the value of a column or the signs of a text, once somebody asked for it; it narrows a scan, never decides."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.find.interpret import reader, wanted_values
from workflows.find.likeness import Way
from workflows.find.query import Look, Query, Row
from workflows.find.texts import Texts

Looked = tuple[str, str, str, str, Way]  # collection, the equality's column and value, the texts' column, the way
Bucket = set[str] | tuple[str, ...]  # most values of a key column have one id: a tuple is a quarter of a set


class Index:
    """Built on the first question about a column, then followed row by row."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, str], dict[object, Bucket]] = {}
        self._texts: dict[Looked, Texts] = {}

    def candidates(self, query: Query, rows: Mapping[str, Row]) -> list[tuple[str, Row]]:
        """The collection's rows among which all matches are: those that a look may mean, else the fewest that any one
        equality of `where` leaves."""
        look = query.look
        value = query.where.get(look.among) if look else None
        if look is None or not isinstance(value, str):
            return self._equal(query, rows)
        found = self._looked((query.collection, look.among, value), look, rows).find(look.text)
        return [(id, rows[id]) for id in found if id in rows]

    def _equal(self, query: Query, rows: Mapping[str, Row]) -> list[tuple[str, Row]]:
        choices = [self._buckets(query.collection, name, wanted, rows) for name, wanted in query.where.items()]
        known = [buckets for buckets in choices if buckets is not None]
        fewest = min(known, key=_size, default=None)
        if fewest is None or _size(fewest) * 4 > len(rows):  # a scan in order is faster than that many look-ups
            return list(rows.items())
        found = dict.fromkeys(id for bucket in fewest for id in bucket)  # a list may be in several
        return [(id, rows[id]) for id in found]

    def follow(self, collection: str, id: str, old: Row | None, new: Row | None) -> None:
        """A row was put (old None: inserted) or removed (new None)."""
        for (of, name), column in self._columns.items():
            if of == collection:
                for value in _values(old, name):
                    _remove(column, value, id)
                for value in _values(new, name):
                    _add(column, value, id)
        for (of, among, value, *_), texts in self._texts.items():
            if of == collection:
                texts.follow(id, _one_of(old, among, value), _one_of(new, among, value))

    def _looked(self, rows_of: tuple[str, str, str], look: Look, rows: Mapping[str, Row]) -> Texts:
        key = (*rows_of, look.column, look.way)
        texts = self._texts.get(key)
        if texts is None or texts.worn:
            own = {id: row for id, row in rows.items() if row.get(look.among) == rows_of[-1]}
            texts = self._texts[key] = Texts(look.column, look.way, own)
        return texts

    def _buckets(self, collection: str, name: str, wanted: object, rows: Mapping[str, Row]) -> list[Bucket] | None:
        values = wanted_values(wanted)
        if any(isinstance(value, (list, dict)) for value in values):
            return None
        column = self._columns.get((collection, name))
        if column is None:
            column = self._columns[collection, name] = _build(name, rows)
        return [column.get(value, ()) for value in dict.fromkeys(values)]


def _one_of(row: Row | None, column: str, value: str) -> Row | None:
    return row if row is not None and row.get(column) == value else None


def _values(row: Row | None, name: str) -> list[object]:
    """What a row is found by: its value, each item of a list; nothing of a map."""
    value = None if row is None else reader(name)(row)
    if isinstance(value, list):
        return [item for item in value if not isinstance(item, (list, dict))]
    return [] if row is None or isinstance(value, dict) else [value]


def _size(buckets: list[Bucket]) -> int:
    return sum(map(len, buckets))


def _build(name: str, rows: Mapping[str, Row]) -> dict[object, Bucket]:
    column: dict[object, Bucket] = {}
    for id, row in rows.items():
        for value in _values(row, name):
            _add(column, value, id)
    return column


def _add(column: dict[object, Bucket], value: object, id: str) -> None:
    bucket = column.setdefault(value, (id,))
    if isinstance(bucket, set):
        bucket.add(id)
    elif id not in bucket:
        column[value] = {*bucket, id}


def _remove(column: dict[object, Bucket], value: object, id: str) -> None:
    """Leave the value's other ids alone: a list may hold a value twice, which is removed with the first."""
    bucket = column.get(value, ())
    if isinstance(bucket, set) and len(bucket) > 1:
        bucket.discard(id)
    elif id in bucket:
        del column[value]
