"""The journal: append-only segments of chained lines, one fsynced line a transaction.

A line's newline is written after its fsync succeeded: the newline is the acknowledgement. Readers take whole lines
only, so nobody sees a line that may still be refused, and what stands behind the last newline was never acknowledged.
An empty line seals a segment; the next one, named by the number of its first line, goes on.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from io import FileIO
from pathlib import Path
from threading import Lock, RLock

from filelock import FileLock

from workflows.keep.disk import Disk, read_at
from workflows.keep.line import GENESIS, BadLine, Line, decode
from workflows.keep.mark import read_mark, write_mark
from workflows.keep.port import Head, StoreDamaged, StoreFailed
from workflows.keep.segment import Seal, Segment, borne_out

PATIENCE = 30.0  # seconds a writer waits for the others before it gives up
POLL = 0.001


class Journal:
    """One process's view of `folder/journal/`; each whole line is given to `take(line, place)` once, in order.

    `reading` guards the view (and what `take` fills) between threads; it is never held while a disk is waited for.
    """

    def __init__(self, folder: Path, disk: Disk, segment_bytes: int, take: Callable[[Line, int], None]) -> None:
        self.reading = Lock()
        self.head, self.sealed, self.segments = GENESIS, False, [Segment(1, 0)]
        self._folder, self._disk, self._limit, self._take = folder, disk, segment_bytes, take
        self._writers = RLock()
        self._lock = FileLock(folder / "lock", timeout=PATIENCE, poll_interval=POLL, thread_local=False)
        self._file: FileIO | None = None
        self._current, self._last = str(self.path(1)), 0
        self._mark: FileIO | None = None

    @property
    def end(self) -> int:
        """The place behind the last whole line."""
        return self.segments[-1].base + self.segments[-1].end

    def path(self, first: int) -> Path:
        """The segment that starts with this line."""
        return self._folder / "journal" / f"{first:012}.jsonl"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """The only writer among all threads and processes. Raises StoreFailed when the others do not let go."""
        with self._writers:
            try:
                self._lock.acquire()
            except OSError as error:  # filelock's Timeout is one
                raise StoreFailed(f"the store's lock cannot be had: {error}") from error
            try:
                yield
            finally:
                self._lock.release()

    def catch_up(self) -> None:
        """Take the lines written since, by any process; one stat and no lock if there are none. Raises StoreDamaged."""
        if self._size() == self.segments[-1].end and not self.sealed:
            return
        with self.reading:
            self._take_tail()
            while self.sealed and self._enter(self.head.seq + 1):
                self._take_tail()

    def append(self, raw: bytes) -> None:
        """Make one line durable and take it; call it locked. Raises StoreFailed: then it is not written."""
        try:
            self._cut_tail()
            if self.sealed or self.segments[-1].end >= self._limit:
                self._rotate()
            self._write(raw)
        except OSError as error:
            with suppress(OSError):  # if this fails as well, the next writer cuts
                self._cut_tail()
            raise StoreFailed(f"nothing was written: {error}") from error
        self.catch_up()
        with suppress(OSError):  # the mark may lag
            self._set_mark()

    def line(self, start: int, stop: int) -> Line:
        """The line between two places. Raises StoreDamaged when it is not what it was when it was taken."""
        segment = self.segments[bisect_right(self.segments, start, key=lambda segment: segment.base) - 1]
        with self.path(segment.first).open("rb", buffering=0) as file:
            raw = read_at(file, start - segment.base, stop - start).rstrip(b"\n")
        try:
            return decode(raw, None)
        except BadLine as error:
            raise StoreDamaged(str(self.path(segment.first)), start - segment.base, error.code, **error.args_) from None

    def alone(self, name: str) -> AbstractContextManager[object]:
        """A lock of the folder that is had at once or not at all. Raises OSError when somebody has it."""
        return FileLock(self._folder / name, timeout=0)

    def seals(self) -> tuple[Seal, ...]:
        """The segments as far as they were read."""
        return tuple(segment.seal() for segment in self.segments)

    def close(self) -> None:
        """Release the files."""
        with self.reading:
            for file in (self._file, self._mark):
                if file is not None:
                    file.close()
            self._file = self._mark = None

    def _take_tail(self) -> None:
        segment, size = self.segments[-1], self._size()
        if size < segment.end:
            raise self._damage("kept-file-short", size, written=segment.end)
        if size > segment.end:
            data = read_at(self._opened(), segment.end, size - segment.end)
            *lines, torn = data.split(b"\n")
            for raw in lines:
                self._take_line(segment, raw)
            if torn and self.sealed:
                raise self._damage("kept-behind-end")

    def _take_line(self, segment: Segment, raw: bytes) -> None:
        if self.sealed:
            raise self._damage("kept-behind-end")
        if raw:
            try:
                line = decode(raw, self.head)
            except BadLine as error:
                raise self._damage(error.code, **error.args_) from None
            self._take(line, self.end)
            self.head, self._last = line.head, segment.end
        self.sealed = not raw
        segment.sum.update(raw + b"\n")
        segment.end += len(raw) + 1

    def _enter(self, first: int) -> bool:
        """Open a segment if it is there; a new one becomes the last."""
        try:
            file = FileIO(self.path(first), "r+")
        except FileNotFoundError:
            return False
        if self._file is not None:
            self._file.close()
        self._file, self._current = file, str(self.path(first))
        if first != self.segments[-1].first:
            self.segments.append(Segment(first, self.end))
            self.sealed = False
        return True

    def _write(self, raw: bytes) -> None:
        file, end = self._opened(), self.segments[-1].end
        if end == 0:
            self._disk.sync_folder(self.path(0).parent)
        self._disk.write(file, end, raw)
        self._disk.sync(file)
        self._disk.write(file, end + len(raw), b"\n")

    def _rotate(self) -> None:
        """Seal the segment and begin the next; either may be done already by a writer that failed half-way."""
        self._disk.write(self._opened(), self.segments[-1].end - self.sealed, b"\n")
        self._disk.sync(self._opened())
        self._disk.create(self.path(self.head.seq + 1))
        self.catch_up()

    def _cut_tail(self) -> None:
        """Cut what stands behind the last newline: it was never acknowledged."""
        self.catch_up()
        end = self.segments[-1].end
        if self._size() > end:
            self._disk.truncate(self._opened(), end)
            if end:  # the last newline once more: a failed fsync may have dropped its page
                self._disk.write(self._opened(), end - 1, b"\n")

    def _set_mark(self) -> None:
        if self._mark is None:
            self._disk.create(self._folder / "head")
            self._mark = FileIO(self._folder / "head", "r+")
        write_mark(self._mark, self.head, self._disk)

    def _opened(self) -> FileIO:
        if self._file is None:
            raise ValueError("the store is closed")
        return self._file

    def _size(self) -> int:
        """By name, not by file: a thread beside may be moving on to the next one, and closing this."""
        try:
            return os.stat(self._current).st_size
        except FileNotFoundError:
            raise StoreDamaged(self._current, 0, "kept-segment-missing") from None

    def _damage(self, code: str, offset: int | None = None, /, **args: object) -> StoreDamaged:
        return StoreDamaged(self._current, self.segments[-1].end if offset is None else offset, code, **args)

    # ---- opening -------------------------------------------------------------------------------------------------

    def resume(self, head: Head, seals: tuple[Seal, ...]) -> bool:
        """Go on behind a snapshot, if the segments still bear it out; else from the first line."""
        known = borne_out(seals, self.path)
        if known is None:
            return False
        self.head, (self.segments, self.sealed) = head, known
        return True

    def open(self, reached: Head) -> None:
        """Read to the end, which lies at least where it was known to reach, and settle what a crash left there.

        Raises StoreDamaged: it never starts empty beside traces of a journal.
        """
        mark = read_mark(self._folder / "head")  # before the lines: then they reach at least as far
        known = max(mark or GENESIS, reached, key=lambda head: head.seq)
        if not self._enter(self.segments[-1].first):
            self._begin()
        with suppress(StoreDamaged):  # a line being replaced may look torn; under the lock, below, it is the truth
            self.catch_up()
        with self.locked():
            self.catch_up()
            self._check_segments()
            self._settle(known)
        self._check_reach(known)

    def _begin(self) -> None:
        with self.locked():
            if self._enter(1):  # somebody else began meanwhile
                return
            traces = [path for path in self._folder.iterdir() if path.name in ("head", "snapshot.json")]
            if traces or any(self.path(0).parent.glob("*.jsonl")):
                raise StoreDamaged(str(self.path(1)), 0, "kept-segment-missing")
            self.path(1).parent.mkdir(exist_ok=True)
            self._disk.create(self.path(1))
            for folder in (self._folder, self._folder.parent):
                self._disk.sync_folder(folder)
            self._enter(1)

    def _check_segments(self) -> None:
        later = [path for path in self.path(0).parent.glob("*.jsonl") if int(path.stem) > self.segments[-1].first]
        if later and self.sealed:
            raise StoreDamaged(str(self.path(self.head.seq + 1)), 0, "kept-segment-missing")
        if later:
            raise self._damage("kept-segment-cut")

    def _settle(self, known: Head) -> None:
        """A whole last line without its newline is taken (power failed between the two), a part of one is cut."""
        end = self.segments[-1].end
        tail = read_at(self._opened(), end, self._size() - end)
        if not tail:
            return
        line = tail.rstrip(b"\0")
        try:
            reached = decode(line, self.head).head
        except BadLine:
            line, reached = b"", self.head
        if reached.seq < known.seq:
            raise self._damage("kept-segment-cut")
        self._disk.truncate(self._opened(), end + len(line))
        self._disk.sync(self._opened())
        if line:
            self._disk.write(self._opened(), end + len(line), b"\n")
        self.catch_up()

    def _check_reach(self, known: Head) -> None:
        if self.head.seq < known.seq and self.sealed:
            raise StoreDamaged(str(self.path(self.head.seq + 1)), 0, "kept-segment-missing")
        if self.head.seq < known.seq:
            raise self._damage("kept-journal-short", seq=self.head.seq, acknowledged=known.seq)
        if self.head.seq == known.seq and self.head.hash != known.hash:
            raise self._damage("kept-other-line", self._last, seq=known.seq)
