"""The shelf: contents of files, each under the sha256 of what is in it, and notes on those that nobody has claimed.

A content comes in two steps. `receive` makes it durable under a name of its own, where nobody looks. `place` puts it
under its sha256 together with a note of who brought it; that, like `sweep`, is done under the store's writers' lock.
A record refers to a content only when it is placed, in the very line that claims it; what is claimed is never swept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO, Protocol

FILES = "files"  # the rows that claim contents: id → {id, type, size}; none is ever removed
Note = Mapping[str, object]  # what was said of a content when it was brought, `id` and `at` (UTC, as the store's) too


@dataclass(frozen=True, slots=True)
class Received:
    """A durable content that is not placed yet: its sha256 and size in bytes, and where it waits."""

    id: str
    size: int
    waits: object


class Shelf(Protocol):
    """Every store has one beside its rows."""

    def receive(self, pieces: Iterable[bytes]) -> Received:
        """Take a content in. Raises StoreFailed: then nothing of it is left."""
        ...

    def place(self, received: Received, key: str, note: Note) -> None:
        """Put it where it is found, with a note under a key; call it locked. Raises StoreFailed: then it is not."""
        ...

    def note(self, key: str) -> Note | None:
        """The note under a key, if its content is there."""
        ...

    def notes(self) -> Iterator[Note]:
        """All notes."""
        ...

    def open(self, id: str) -> BinaryIO | None:
        """A placed content, to be read; None when there is none."""
        ...

    def sweep(self, before: str, claimed: Callable[[str], bool]) -> int:
        """Remove notes from before a moment, and the contents that no note is left of and nobody claims; how many.

        Call it locked.
        """
        ...

    def recall(self, id: str) -> bytes | None:
        """What was worked out of a content earlier; None when it must be worked out again."""
        ...

    def remember(self, id: str, worked_out: bytes) -> None:
        """Keep what was worked out of a content; it may be lost at any time."""
        ...


class MemoryShelf:
    """A shelf that forgets: for tests and trials."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}
        self._notes: dict[str, Note] = {}
        self._worked_out: dict[str, bytes] = {}

    def receive(self, pieces: Iterable[bytes]) -> Received:
        """Take a content in."""
        content = b"".join(pieces)
        return Received(sha256(content).hexdigest(), len(content), content)

    def place(self, received: Received, key: str, note: Note) -> None:
        """Put it where it is found."""
        assert isinstance(received.waits, bytes)
        self._contents[received.id] = received.waits
        self._notes[key] = dict(note)

    def note(self, key: str) -> Note | None:
        """The note under a key."""
        found = self._notes.get(key)
        return found if found and found["id"] in self._contents else None

    def notes(self) -> Iterator[Note]:
        """All notes."""
        return iter([*self._notes.values()])

    def open(self, id: str) -> BinaryIO | None:
        """A placed content."""
        content = self._contents.get(id)
        return None if content is None else BytesIO(content)

    def sweep(self, before: str, claimed: Callable[[str], bool]) -> int:
        """Remove what was brought before a moment and is not claimed."""
        old = {key: str(note["id"]) for key, note in self._notes.items() if str(note["at"]) < before}
        self._notes = {key: note for key, note in self._notes.items() if key not in old}
        noted = {note["id"] for note in self._notes.values()}
        gone = {id for id in old.values() if id not in noted and not claimed(id)} & self._contents.keys()
        for id in gone:
            del self._contents[id]
            self._worked_out.pop(id, None)
        return len(gone)

    def recall(self, id: str) -> bytes | None:
        """What was worked out earlier."""
        return self._worked_out.get(id)

    def remember(self, id: str, worked_out: bytes) -> None:
        """Keep what was worked out."""
        self._worked_out[id] = worked_out
