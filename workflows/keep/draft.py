"""What a transaction means to write: rows by collection and the one event that explains them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workflows.find.plain import plain_row
from workflows.find.query import Page, Query
from workflows.keep.port import Row

Changes = dict[str, dict[str, dict[str, object] | None]]  # collection → id → row, None where it is removed


@dataclass(frozen=True, slots=True)
class Logged:
    """The event of one transaction, before it has a number and a time."""

    kind: str
    record: str
    body: dict[str, object]


class Draft:
    """A `Transaction` of any store: it reads through two functions of the store and collects what is written."""

    def __init__(self, get: Callable[[str, str], Row | None], find: Callable[[Query], Page]) -> None:
        self._get, self._find = get, find
        self.changes: Changes = {}
        self.logged: Logged | None = None

    def get(self, collection: str, id: str) -> Row | None:
        """The row, including what this transaction has put; None when there is none."""
        changed = self.changes.get(collection, {})
        if id not in changed:
            return self._get(collection, id)
        row = changed[id]
        return None if row is None else plain_row(row)

    def find(self, query: Query) -> Page:
        """Rows as stored before this transaction."""
        return self._find(query)

    def put(self, collection: str, id: str, row: Row) -> None:
        """Write one row. Raises TypeError when it is not JSON data."""
        self.changes.setdefault(collection, {})[id] = plain_row(row)

    def delete(self, collection: str, id: str) -> None:
        """Remove one row; nothing happens when there is none."""
        self.changes.setdefault(collection, {})[id] = None

    def log(self, kind: str, record: str, body: Mapping[str, object]) -> None:
        """The one event of this transaction. Raises RuntimeError for a second, TypeError when it is not JSON data."""
        if self.logged is not None:
            raise RuntimeError(f"one event a transaction: {self.logged.kind} is logged, then {kind}")
        self.logged = Logged(kind, record, plain_row(body))

    def event(self) -> Logged | None:
        """What to commit; None when nothing was written. Raises RuntimeError for rows that no event explains."""
        if self.changes and self.logged is None:
            raise RuntimeError(f"rows without an event: {', '.join(self.changes)}")
        return self.logged
