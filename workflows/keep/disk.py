"""The calls a full or failing disk can refuse, in one object, so that a test can make each of them fail."""

from __future__ import annotations

import os
from io import FileIO
from pathlib import Path


class Disk:
    """Unbuffered writing: when a call returns, the bytes are the operating system's, and after `sync` the disk's."""

    def write(self, file: FileIO, at: int, data: bytes) -> None:
        """Write all bytes at an offset; an OSError may leave some of them behind."""
        file.seek(at)
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]

    def sync(self, file: FileIO) -> None:
        """Wait until the file's bytes are durable."""
        os.fsync(file.fileno())

    def truncate(self, file: FileIO, size: int) -> None:
        """Cut the file to a size."""
        file.truncate(size)

    def create(self, path: Path) -> None:
        """An empty file, readable by its owner's group at most; fine when it is there already."""
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o640))

    def replace(self, source: Path, target: Path) -> None:
        """Put one file in the place of another, at once."""
        os.replace(source, target)

    def sync_folder(self, folder: Path) -> None:
        """Make the names in a folder durable."""
        if os.name == "nt":  # Windows keeps names in its own journal and opens no folder
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_at(file: FileIO, at: int, size: int) -> bytes:
    """The bytes at an offset, fewer at the end; by `pread` where there is one, since forks share a file's position."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), size, at)
    file.seek(at)
    return file.read(size)
