"""A snapshot: all rows as they were after one line, so that opening need not replay the journal from its first.

Two lines: the state as one JSON value, and its digest. It is written beside and then put in place; a torn or altered
one is passed over, since the journal, which keeps all its segments, can rebuild everything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import FileIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workflows.keep.disk import Disk
from workflows.keep.line import compact
from workflows.keep.port import Head, Row
from workflows.keep.segment import Seal

if TYPE_CHECKING:
    from hashlib import _Hash as Sha256

FORMAT = 1
NAME = "snapshot.json"

_DIGEST = 66  # the digest between two newlines
_BATCH = 200  # rows encoded at a time: other threads get a turn between two batches

Trailed = tuple[list[int], list[int], dict[str, int]]
Tables = Mapping[str, Mapping[str, Row]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state after line `head`: the segments up to there, the trail and the rows by collection."""

    head: Head
    seals: tuple[Seal, ...]
    trail: Trailed
    tables: Tables


def write_snapshot(path: Path, snapshot: Snapshot, disk: Disk) -> int:
    """Put the snapshot in place, durably and at once; its size in bytes. Raises OSError: then the former one stands."""
    beside, digest, size = path.with_suffix(".tmp"), sha256(), 0
    disk.create(beside)
    with FileIO(beside, "r+") as file:
        disk.truncate(file, 0)
        for chunk in _chunks(snapshot):
            disk.write(file, size, chunk)
            digest.update(chunk)
            size += len(chunk)
        disk.write(file, size, _digest_line(digest))
        disk.sync(file)
    disk.replace(beside, path)
    disk.sync_folder(path.parent)
    return size


def read_snapshot(path: Path) -> Snapshot | None:
    """The snapshot; None when there is none or it is not what was written."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    state, digest = content[:-_DIGEST], content[-_DIGEST:]
    if digest != _digest_line(sha256(state)):
        return None
    known: dict[str, Any] = json.loads(state)
    if known["format"] != FORMAT:
        return None
    seals = tuple((first, end, checksum) for first, end, checksum in known["segments"])
    return Snapshot(Head(*known["head"]), seals, known["trail"], known["rows"])


def _digest_line(digest: Sha256) -> bytes:
    return f"\n{digest.hexdigest()}\n".encode()


def _chunks(snapshot: Snapshot) -> Iterator[bytes]:
    known = {"format": FORMAT, "head": [snapshot.head.seq, snapshot.head.hash], "segments": snapshot.seals}
    yield compact(known | {"trail": snapshot.trail})[:-1] + b',"rows":{'
    for number, (collection, rows) in enumerate(snapshot.tables.items()):
        yield (b"," if number else b"") + compact(collection) + b":{"
        rest = iter(rows.items())
        separator = b""
        while batch := dict(islice(rest, _BATCH)):
            yield separator + compact(batch)[1:-1]
            separator = b","
        yield b"}"
    yield b"}}"
