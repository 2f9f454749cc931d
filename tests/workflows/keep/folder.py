"""Stores in folders, as the tests open them: salts count, limits are small, snapshots are written at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from workflows.find.query import Query
from workflows.keep.disk import Disk
from workflows.keep.port import Row
from workflows.keep.tiny import TinyStore

AT = "2026-03-01T08:00:00.000000Z"


def at_once(work: Callable[[], None]) -> Callable[[], None]:
    """A snapshot in the writer's own thread, so that a test knows when it is there."""
    work()
    return lambda: None


def opened(
    folder: Path, *, disk: Disk | None = None, segment_bytes: int = 16 << 20, snapshot_bytes: int = 1 << 20
) -> TinyStore:
    """A store with salts that count instead of being random."""
    salts = itertools.count()
    return TinyStore(
        folder,
        lambda: f"{next(salts):032x}",
        disk=disk,
        segment_bytes=segment_bytes,
        snapshot_bytes=snapshot_bytes,
        spawn=at_once,
    )


def put(store: TinyStore, id: str, **row: object) -> None:
    """One transaction that puts one row into `records`."""
    with store.write(at=AT, actor="staff") as transaction:
        transaction.put("records", id, {"id": id, **row})
        transaction.log("changed", id, {"row": row})


def rows(store: TinyStore) -> dict[str, Row]:
    """All records by id."""
    return {str(row["id"]): row for row in store.find(Query(collection="records")).rows}


def segments(folder: Path) -> list[Path]:
    """The journal's files, oldest first."""
    return sorted((folder / "journal").glob("*.jsonl"))
