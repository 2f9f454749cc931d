"""Disks that refuse: the k-th call fails, a write after half of its bytes."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import FileIO
from pathlib import Path

from workflows.keep.disk import Disk


class FaultyDisk(Disk):
    """Calls from number `first` on fail, `lasts` of them; `fail` is what a failing call does."""

    def __init__(self, first: int, lasts: int, fail: Callable[[], None]) -> None:
        self.calls, self.failed = 0, list[str]()
        self._failing, self._fail = range(first, first + lasts), fail

    def write(self, file: FileIO, at: int, data: bytes) -> None:
        if self._fails():
            super().write(file, at, data[: len(data) // 2])
            self._refuse("write")
        super().write(file, at, data)

    def sync(self, file: FileIO) -> None:
        if self._fails():
            self._refuse("sync")
        super().sync(file)

    def truncate(self, file: FileIO, size: int) -> None:
        if self._fails():
            self._refuse("truncate")
        super().truncate(file, size)

    def create(self, path: Path) -> None:
        if self._fails():
            self._refuse("create")
        super().create(path)

    def replace(self, source: Path, target: Path) -> None:
        if self._fails():
            self._refuse("replace")
        super().replace(source, target)

    def sync_folder(self, folder: Path) -> None:
        if self._fails():
            self._refuse("sync_folder")
        super().sync_folder(folder)

    def _fails(self) -> bool:
        self.calls += 1
        return self.calls in self._failing

    def _refuse(self, call: str) -> None:
        self.failed.append(call)
        self._fail()


def error(number: int) -> Callable[[], None]:
    """Fail with this errno."""

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail
