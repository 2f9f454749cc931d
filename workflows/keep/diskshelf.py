"""A shelf of files: `FOLDER/ab/cdef…` by content, unreadable to others, beside the journal and outside any web root.

`incoming/` holds what is being received, `notes/` who brought what, `small/` what can be worked out again. A content
is written and synced under a name of chance, then renamed: under its sha256 there is all of it, or nothing.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from io import FileIO
from pathlib import Path
from typing import BinaryIO, Final

from workflows.keep.disk import Disk
from workflows.keep.port import StoreFailed
from workflows.keep.shelf import Note, Received

MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
ABANDONED: Final = 24 * 3600  # seconds after which what is being received is no longer expected
NAME: Final = re.compile(r"[0-9a-f]{64}")


class DiskShelf:
    """A `Shelf` in a folder, made at its first use."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.folder, self._disk = folder, disk or Disk()

    def path(self, id: str) -> Path:
        """Where a content lies. Raises ValueError for what is no sha256: an id never names another place."""
        if not NAME.fullmatch(id):
            raise ValueError(id)
        return self.folder / id[:2] / id[2:]

    def receive(self, pieces: Iterable[bytes]) -> Received:
        """Take a content in, durably. Raises StoreFailed: then nothing of it is left."""
        digest, size, place = sha256(), 0, Path()
        try:
            handle, name = tempfile.mkstemp(dir=self._made("incoming"))  # mode 0600
            place = Path(name)
            with FileIO(handle, "r+") as file:
                for piece in pieces:
                    self._disk.write(file, size, piece)
                    digest.update(piece)
                    size += len(piece)
                self._disk.sync(file)
        except OSError as error:
            _remove(place)
            raise StoreFailed(f"the file was not stored: {error}") from error
        except BaseException:
            _remove(place)  # the sender broke off
            raise
        return Received(digest.hexdigest(), size, place)

    def place(self, received: Received, key: str, note: Note) -> None:
        """The note first: a content without one would never be swept. Raises StoreFailed."""
        target, waits = self.path(received.id), received.waits
        assert isinstance(waits, Path)
        try:
            self._write(self._made("notes") / f"{key}.json", json.dumps(note, ensure_ascii=False).encode())
            self._made(target.parent.name)
            if target.is_file() and target.stat().st_size == received.size:
                _remove(waits)  # it is there already; on Windows one that is being read could not be replaced
            else:
                self._disk.replace(waits, target)
                self._disk.sync_folder(target.parent)
        except OSError as error:
            _remove(waits)
            raise StoreFailed(f"the file was not stored: {error}") from error

    def note(self, key: str) -> Note | None:
        """The note under a key, if its content is there."""
        found = _read(self.folder / "notes" / f"{key}.json") if NAME.fullmatch(key) else None
        return found if found and self.path(str(found["id"])).is_file() else None

    def notes(self) -> Iterator[Note]:
        """All notes."""
        return (found for path in self._notes() if (found := _read(path)))

    def open(self, id: str) -> BinaryIO | None:
        """A placed content."""
        try:
            return self.path(id).open("rb")
        except (FileNotFoundError, ValueError):
            return None

    def sweep(self, before: str, claimed: Callable[[str], bool]) -> int:
        """Remove old notes, unclaimed contents that lost their last one, and what was left half received."""
        notes = {path: found for path in self._notes() if (found := _read(path))}
        old = [path for path, note in notes.items() if str(note["at"]) < before]
        noted = {str(note["id"]) for path, note in notes.items() if path not in old}
        gone = {id for path in old if (id := str(notes[path]["id"])) not in noted and not claimed(id)}
        removed = sum(_remove(self.path(id)) for id in gone)
        for id in gone:
            _remove(self._small(id))
        for path in (*old, *self._abandoned()):  # a note goes after its content: a crash leaves nothing unnoted
            _remove(path)
        return removed

    def recall(self, id: str) -> bytes | None:
        """What was worked out of a content earlier."""
        try:
            return self._small(id).read_bytes()
        except FileNotFoundError:
            return None

    def remember(self, id: str, worked_out: bytes) -> None:
        """Keep what was worked out of a content; a full disk is no reason to fail."""
        with suppress(OSError):
            self._made("small", id[:2])
            self._write(self._small(id), worked_out)

    def _write(self, target: Path, content: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self._made("incoming"))
        try:
            with FileIO(handle, "r+") as file:
                self._disk.write(file, 0, content)
                self._disk.sync(file)
            self._disk.replace(Path(name), target)
        except OSError:
            _remove(Path(name))
            raise

    def _small(self, id: str) -> Path:
        return self.folder / "small" / id[:2] / id

    def _made(self, *parts: str) -> Path:
        folder = self.folder
        for part in ("", *parts):
            folder = folder / part
            if not folder.is_dir():
                folder.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
                self._disk.sync_folder(folder.parent)
        return folder

    def _notes(self) -> Iterator[Path]:
        return (self.folder / "notes").glob("*.json")

    def _abandoned(self) -> Iterator[Path]:
        """What was left in `incoming/` long before the newest there, or the folder itself, was touched."""
        folder = self.folder / "incoming"
        if folder.is_dir():
            now = os.stat(folder).st_mtime  # the disk's own clock: making a file here moves it on
            yield from (path for path in folder.iterdir() if path.stat().st_mtime < now - ABANDONED)


def _read(path: Path) -> Note | None:
    try:
        found: Note = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found


def _remove(path: Path) -> bool:
    """Whether it was there and is gone."""
    try:
        path.unlink()
    except OSError:
        return False
    return True
