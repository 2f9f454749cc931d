"""Is the journal what was written? Read from its first line, beside the store and without changing anything."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from workflows.keep.diskshelf import DiskShelf
from workflows.keep.line import GENESIS, BadLine, Line, decode
from workflows.keep.mark import read_mark
from workflows.keep.port import Head, Row
from workflows.keep.shelf import FILES
from workflows.keep.snapshot import NAME, read_snapshot

PIECE = 1 << 20  # bytes of a file read at a time


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in which file, from which byte on; `args` fill the catalogue's text of `code`."""

    file: str
    offset: int
    code: str
    args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verification:
    """How many lines the journal has, the end of its chain, and what is wrong with it."""

    lines: int
    head: Head
    problems: tuple[Problem, ...]


def verify(folder: Path, expect: str | None = None) -> Verification:
    """Check segments, lines and chain, the mark and the snapshot against them, and that a replay gives the same rows.

    `expect` is the hash of a head noted earlier: it must still be in the chain. Raises OSError.
    """
    reading = _Reading(folder, expect)
    problems = tuple(reading.problems())
    return Verification(reading.lines, reading.head, problems)


class _Reading:
    """One pass over the journal, and what it came by."""

    def __init__(self, folder: Path, expect: str | None) -> None:
        self.lines, self.head = 0, GENESIS
        self._folder, self._expect = folder, expect
        self._lost = self._gaps = self._sealed = False
        self._rows: dict[str, dict[str, Row]] = {}
        self._met = expect in (None, GENESIS.hash)
        # Before the journal: a store in use goes on meanwhile, so that the lines reach at least as far.
        self._mark, self._snapshot = read_mark(folder / "head"), read_snapshot(folder / NAME)

    def problems(self) -> Iterator[Problem]:
        segments = sorted((self._folder / "journal").glob("*.jsonl"))
        path, size = self._path(1), 0
        if not segments:
            yield Problem(str(path), 0, "kept-segment-missing")
        for path in segments:
            if path != self._path(self.head.seq + 1) and not self._lost:
                yield Problem(str(self._path(self.head.seq + 1)), 0, "kept-segment-missing")
                self._lost = self._gaps = True
            size = yield from self._segment(path, last=path == segments[-1])
        yield from self._reach(str(path), size)
        yield from self._files()
        if not self._met:
            yield Problem(str(path), size, "kept-head-unknown", {"hash": self._expect})

    def _files(self) -> Iterator[Problem]:
        """Is every content there that a record claims or claimed, as it was?"""
        shelf = DiskShelf(self._folder / "files")
        for id in self._rows.get(FILES, ()):
            content = shelf.open(id)
            if content is None:
                yield Problem(str(shelf.path(id)), 0, "kept-file-missing")
            else:
                with content:
                    read = sha256()
                    while piece := content.read(PIECE):
                        read.update(piece)
                if read.hexdigest() != id:
                    yield Problem(str(shelf.path(id)), 0, "kept-file-altered")

    def _path(self, first: int) -> Path:
        return self._folder / "journal" / f"{first:012}.jsonl"

    def _segment(self, path: Path, *, last: bool) -> Generator[Problem, None, int]:
        """Its lines; where its last whole line ends."""
        offset, self._sealed = 0, False
        with path.open("rb") as file:
            for raw in file:
                if self._sealed:
                    yield Problem(str(path), offset, "kept-behind-end")
                if not raw.endswith(b"\n"):
                    break
                self._sealed = raw == b"\n"
                if not self._sealed:
                    yield from self._line(str(path), offset, raw[:-1])
                offset += len(raw)
        if not last and not self._sealed:
            yield Problem(str(path), offset, "kept-segment-cut")
        return offset

    def _line(self, file: str, offset: int, raw: bytes) -> Iterator[Problem]:
        """One line; behind a bad one the chain is taken up again from the next that can be read."""
        self.lines += 1
        try:
            line = decode(raw, None if self._lost else self.head)
        except BadLine as error:
            yield Problem(file, offset, error.code, error.args_)
            self._lost = self._gaps = True
            return
        self._lost = False
        self._take(line)
        yield from self._known(file, offset)

    def _take(self, line: Line) -> None:
        self.head = line.head
        self._met = self._met or line.head.hash == self._expect
        for collection, changes in line.changes.items():
            rows = self._rows.setdefault(collection, {})
            for id, row in changes.items():
                if row is None:
                    rows.pop(id, None)
                else:
                    rows[id] = row

    def _known(self, file: str, offset: int) -> Iterator[Problem]:
        """Does the line just read agree with what the mark and the snapshot say of it?"""
        if self._mark is not None and self._mark.seq == self.head.seq and self._mark != self.head:
            yield Problem(file, offset, "kept-other-line", {"seq": self.head.seq})
        if self._snapshot is None or self._snapshot.head.seq != self.head.seq:
            return
        replayed = {collection: rows for collection, rows in self._rows.items() if rows}
        if self._snapshot.head != self.head:
            yield Problem(file, offset, "kept-other-snapshot", {"seq": self.head.seq})
        elif not self._gaps and replayed != {
            collection: rows for collection, rows in self._snapshot.tables.items() if rows
        }:
            yield Problem(str(self._folder / NAME), 0, "kept-other-rows", {"seq": self.head.seq})

    def _reach(self, file: str, size: int) -> Iterator[Problem]:
        heads = (self._mark, self._snapshot.head if self._snapshot else None)
        acknowledged = max(head.seq if head else 0 for head in heads)
        if self.head.seq < acknowledged and self._sealed:
            yield Problem(str(self._path(self.head.seq + 1)), 0, "kept-segment-missing")
        elif self.head.seq < acknowledged:
            reached = {"seq": self.head.seq, "acknowledged": acknowledged}
            yield Problem(file, size, "kept-journal-short", reached)
        if self._snapshot is None and (self._folder / NAME).exists():
            yield Problem(str(self._folder / NAME), 0, "kept-no-snapshot")
