"""`tinydb:DIR`: TinyDB as the in-memory face of the journal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from sys import intern
from threading import Thread
from typing import Any

from tinydb import TinyDB
from tinydb.storages import MemoryStorage
from tinydb.table import Table

from workflows.find.index import Index
from workflows.find.interpret import run
from workflows.find.plain import plain_row
from workflows.find.query import Page, Query
from workflows.keep.disk import Disk
from workflows.keep.diskshelf import DiskShelf
from workflows.keep.draft import Draft
from workflows.keep.journal import Journal
from workflows.keep.line import GENESIS, Line, encode
from workflows.keep.port import Event, Head, Row, StoreDamaged, StoreError, StoreFailed
from workflows.keep.shelf import Shelf
from workflows.keep.snapshot import NAME, Snapshot, read_snapshot, write_snapshot
from workflows.keep.trail import Trail

SEGMENT_BYTES = 16 << 20
SNAPSHOT_BYTES = 1 << 20  # the least the journal grows from one snapshot to the next

Spawn = Callable[[Callable[[], None]], Callable[[], None]]  # starts some work and returns how to wait for it

_log = logging.getLogger(__name__)


class Rows(Table):
    """A TinyDB table by text id whose writes are O(1): stock TinyDB copies the whole table at each of them."""

    document_id_class = str  # type: ignore[assignment]  # documented as any class; annotated by its default only
    default_query_cache_capacity = 0

    def _read_table(self) -> dict[str, Mapping[str, object]]:
        return self._tables().get(self.name, {})

    def _update_table(self, updater: Callable[[dict[Any, Any]], None]) -> None:
        updater(self._tables().setdefault(self.name, {}))

    def _tables(self) -> dict[str, dict[str, Any]]:
        tables = self._storage.read()
        assert tables is not None  # `Face` gave them
        return tables

    def live(self) -> Mapping[str, Row]:
        """The rows themselves, to be read only."""
        return self._read_table()

    def replace(self, id: str, row: Row) -> None:
        """Put a row whole; TinyDB's own `upsert` would merge it."""
        self._update_table(lambda table: table.update({id: row}))


class Face(TinyDB):
    """TinyDB over rows that are already in memory."""

    table_class = Rows

    def __init__(self, tables: dict[str, dict[str, Any]]) -> None:
        super().__init__(storage=MemoryStorage)
        self.storage.write(tables)

    def rows(self, collection: str) -> Rows:
        """The table of a collection."""
        table = self.table(collection, cache_size=0)
        assert isinstance(table, Rows)
        return table


class TinyStore:
    """A `Store` in a folder, for any number of threads and processes on one host."""

    def __init__(
        self,
        folder: Path,
        salt: Callable[[], str],
        *,
        disk: Disk | None = None,
        segment_bytes: int = SEGMENT_BYTES,
        snapshot_bytes: int = SNAPSHOT_BYTES,
        spawn: Spawn | None = None,
    ) -> None:
        self._salt, self._disk, self._spawn = salt, disk or Disk(), spawn or _beside
        self.files: Shelf = DiskShelf(folder / "files", disk)
        self._path, self._snapshot_bytes = folder / NAME, snapshot_bytes
        self._face, self._index, self._trail = Face({}), Index(), Trail()
        self._snapshot_at, self._snapshot_size, self._writing = 0, 0, False
        self._wait: Callable[[], None] = lambda: None
        self._journal = Journal(folder, self._disk, segment_bytes, self._take)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._journal.open(self._resume())
        except OSError as error:
            self._journal.close()
            raise StoreFailed(f"the store cannot be opened: {error}") from error
        except StoreError:
            self._journal.close()
            raise

    def get(self, collection: str, id: str) -> Row | None:
        """The row as acknowledged by now, by any process; None when there is none."""
        self._catch_up()
        return self._get(collection, id)

    def find(self, query: Query) -> Page:
        """What the query asks for; one consistent state, read beside the writers."""
        self._catch_up()
        return self._find(query)

    @contextmanager
    def write(self, *, at: str, actor: str) -> Iterator[Draft]:
        """One transaction; see the port."""
        with self._journal.locked():
            if self._writing:
                raise RuntimeError("a transaction inside a transaction")
            self._writing = True
            try:
                self._journal.catch_up()
                draft = Draft(self._get, self._find)
                yield draft
                self._commit(draft, at, actor)
            finally:
                self._writing = False

    def history(self, record: str) -> Iterator[Event]:
        """The events of one id, oldest first; an erased one has an empty body."""
        self._catch_up()
        with self._journal.reading:
            spans = self._trail.spans(record, self._journal.end)
        for start, stop in spans:
            yield self._journal.line(start, stop).event

    def head(self) -> Head:
        """The end of the chain."""
        self._catch_up()
        return self._journal.head

    def close(self) -> None:
        """Release files and locks, after a snapshot that is being written."""
        self._wait()
        self._journal.close()

    def _get(self, collection: str, id: str) -> Row | None:
        row = self._face.rows(collection).get(doc_id=id)  # type: ignore[call-overload]  # ids are text here
        return None if row is None else plain_row(row)

    def _find(self, query: Query) -> Page:
        with self._journal.reading:
            items = self._index.candidates(query, self._face.rows(query.collection).live())
        return run(query, items)

    def _commit(self, draft: Draft, at: str, actor: str) -> None:
        event = draft.event()
        if event is None:
            return
        body = {"event": event.body, "rows": draft.changes}
        about = {"at": at, "actor": actor, "kind": event.kind, "record": event.record}
        self._journal.append(encode(self._journal.head, **about, salt=self._salt(), body=body))

        if self._journal.end - self._snapshot_at > max(self._snapshot_bytes, self._snapshot_size):
            self._snapshot_at = self._journal.end
            self._wait = self._spawn(self._snapshot)

    def _resume(self) -> Head:
        """Begin with the snapshot where the journal still bears it out; how far the journal must reach."""
        known = read_snapshot(self._path)
        if known is None:
            return GENESIS
        if self._journal.resume(known.head, known.seals):
            self._face = Face({collection: dict(rows) for collection, rows in known.tables.items()})
            self._trail.restore(*known.trail)
            self._snapshot_at, self._snapshot_size = self._journal.end, self._path.stat().st_size
        return known.head

    def _snapshot(self) -> None:
        """Rows are never changed in place, so that a shallow copy is one state, to be written beside the writers."""
        with self._journal.reading:
            tables = {name: dict(self._face.rows(name).live()) for name in self._face.tables()}
            known = Snapshot(self._journal.head, self._journal.seals(), self._trail.state(), tables)
        try:
            with self._journal.alone("snapshot.lock"):
                self._snapshot_size = write_snapshot(self._path, known, self._disk)
        except OSError as error:  # nothing is lost, the journal has it all; another is tried when it has grown
            _log.warning("no snapshot was written: %s", error)

    def _catch_up(self) -> None:
        try:
            self._journal.catch_up()
        except StoreDamaged:  # a line that is being replaced may look torn; under the writers' lock it is the truth
            with self._journal.locked():
                self._journal.catch_up()

    def _take(self, line: Line, place: int) -> None:
        self._trail.add(line.event.record, place)
        for collection, changes in line.changes.items():
            rows = self._face.rows(collection)
            for id, row in changes.items():
                self._index.follow(collection, id, rows.live().get(id), row)
                if row is None:
                    rows.remove(doc_ids=[id])  # type: ignore[list-item]  # ids are text here
                else:
                    rows.replace(id, _with_shared_names(row))


def _beside(work: Callable[[], None]) -> Callable[[], None]:
    thread = Thread(target=work, name="formwright-snapshot")
    thread.start()
    return thread.join


def _with_shared_names(row: Mapping[str, object]) -> dict[str, object]:
    """The row with one string for each column name in the whole process: names would be half of its memory."""
    named = {intern(name): value for name, value in row.items()}
    return {name: _with_shared_names(value) if isinstance(value, dict) else value for name, value in named.items()}
