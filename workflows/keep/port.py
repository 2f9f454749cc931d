"""The store's port: small enough to hold in the head; every store inherits one contract suite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from workflows.find.query import Page, Query
from workflows.keep.shelf import Shelf

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the history: what happened to a record (or to a person, a version, a session), by whom and when."""

    seq: int
    at: str
    actor: str
    kind: str  # created changed moved published user session token …
    record: str  # the id it happened to
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: the last line's number and hash."""

    seq: int
    hash: str


class Transaction(Protocol):
    """Reads see what is stored now, under the writers' lock; writes become visible and durable as one or not at all."""

    def get(self, collection: str, id: str) -> Row | None:
        """The row, including what this transaction has put; None when there is none."""
        ...

    def find(self, query: Query) -> Page:
        """Rows as stored before this transaction."""
        ...

    def put(self, collection: str, id: str, row: Row) -> None:
        """Write one JSON-able row."""
        ...

    def delete(self, collection: str, id: str) -> None:
        """Remove one row; nothing happens when there is none."""
        ...

    def log(self, kind: str, record: str, body: Mapping[str, object]) -> None:
        """The history event of this transaction; exactly one is written with all the puts, in one line."""
        ...


class Store(Protocol):
    """Rows in named collections, written with the event that explains them, and contents on a shelf beside them."""

    files: Shelf

    def get(self, collection: str, id: str) -> Row | None:
        """The row as acknowledged by now, by any process; None when there is none."""
        ...

    def find(self, query: Query) -> Page:
        """What the query asks for."""
        ...

    def write(self, *, at: str, actor: str) -> AbstractContextManager[Transaction]:
        """Hold the writers' lock; commit on a clean exit, change nothing on an exception.

        Raises StoreFailed (OSError underneath) when the line could not be made durable: then nothing was written.
        """
        ...

    def history(self, record: str) -> Iterator[Event]:
        """The events of one id, oldest first."""
        ...

    def head(self) -> Head:
        """The end of the chain."""
        ...

    def close(self) -> None:
        """Release files and locks."""
        ...


class StoreError(Exception):
    """The store could not do what was asked."""


class StoreFailed(StoreError):
    """A write was refused by the disk (full, failing); nothing was acknowledged and writes may be tried again."""


class StoreDamaged(StoreError):
    """What is on disk is not what was written: names the file and the byte offset. The store does not open.

    `code` is a catalogue code that says what is wrong, `args_` fill it.
    """

    def __init__(self, file: str, offset: int, code: str, **args: object) -> None:
        super().__init__(f"{file}: {code} at byte {offset}")
        self.file, self.offset, self.code, self.args_ = file, offset, code, args


class NoSuchStore(StoreError):
    """A URL that names no store."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url!r} names no store; write tinydb:DIR or memory:")
        self.url = url
