"""The store that forgets: plain dicts, for tests and trials, and the oracle of the stores that keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock, RLock

from workflows.find.interpret import run
from workflows.find.plain import plain_row
from workflows.find.query import Page, Query
from workflows.keep.draft import Draft
from workflows.keep.line import GENESIS, decode, encode
from workflows.keep.port import Event, Head, Row
from workflows.keep.shelf import MemoryShelf, Shelf


class MemoryStore:
    """A `Store` in one process; its lines are chained like the journal's, and gone when it is closed."""

    def __init__(self, salt: Callable[[], str]) -> None:
        self._salt = salt
        self.files: Shelf = MemoryShelf()
        self._rows: dict[str, dict[str, Row]] = {}
        self._events: list[Event] = []
        self._head = GENESIS
        self._writers, self._face = RLock(), Lock()
        self._writing = False

    def get(self, collection: str, id: str) -> Row | None:
        """The row; None when there is none."""
        row = self._rows.get(collection, {}).get(id)
        return None if row is None else plain_row(row)

    def find(self, query: Query) -> Page:
        """What the query asks for."""
        with self._face:
            items = list(self._rows.get(query.collection, {}).items())
        return run(query, items)

    @contextmanager
    def write(self, *, at: str, actor: str) -> Iterator[Draft]:
        """One transaction; see the port."""
        with self._writers:
            if self._writing:
                raise RuntimeError("a transaction inside a transaction")
            self._writing = True
            try:
                draft = Draft(self.get, self.find)
                yield draft
                self._commit(draft, at, actor)
            finally:
                self._writing = False

    def history(self, record: str) -> Iterator[Event]:
        """The events of one id, oldest first."""
        for event in list(self._events):
            if event.record == record:
                yield replace(event, body=plain_row(event.body))

    def head(self) -> Head:
        """The end of the chain."""
        return self._head

    def close(self) -> None:
        """Nothing is held."""

    def _commit(self, draft: Draft, at: str, actor: str) -> None:
        event = draft.event()
        if event is None:
            return
        body = {"event": event.body, "rows": draft.changes}
        raw = encode(self._head, at=at, actor=actor, kind=event.kind, record=event.record, salt=self._salt(), body=body)
        line = decode(raw, self._head)
        with self._face:
            self._events.append(line.event)
            self._head = line.head
            for collection, rows in line.changes.items():
                table = self._rows.setdefault(collection, {})
                for id, row in rows.items():
                    table.pop(id, None) if row is None else table.update({id: row})
