"""The power fails: only what was synced is on the disk, and of the rest any part; what was acknowledged is there."""

from __future__ import annotations

import random
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

import pytest

from tests.workflows.keep.folder import opened, put, rows
from workflows.keep.disk import Disk
from workflows.keep.verify import verify

WRITES = 8


@dataclass
class Inode:
    """A file: what the disk surely has, and what the operating system would write some time."""

    durable: bytes = b""
    volatile: bytes = b""


class PowerDisk(Disk):
    """Remembers what is durable after each call."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.names: dict[Path, Inode] = {}  # what the operating system shows
        self.durable_names: dict[Path, Inode] = {}  # what the disk has
        self.moments: list[tuple[int, dict[Path, tuple[bytes, bytes]]]] = []
        self.acknowledged = 0

    def write(self, file: FileIO, at: int, data: bytes) -> None:
        super().write(file, at, data)
        self._node(file).volatile = Path(str(file.name)).read_bytes()
        self._remember()

    def truncate(self, file: FileIO, size: int) -> None:
        super().truncate(file, size)
        self._node(file).volatile = Path(str(file.name)).read_bytes()
        self._remember()

    def sync(self, file: FileIO) -> None:
        super().sync(file)
        self._node(file).durable = self._node(file).volatile
        self._remember()

    def create(self, path: Path) -> None:
        super().create(path)
        self.names.setdefault(path, Inode())
        self._remember()

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self.names[target] = self.names.pop(source)
        self._remember()

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        self.durable_names = {path: node for path, node in self.durable_names.items() if path.parent != folder} | {
            path: node for path, node in self.names.items() if path.parent == folder
        }
        self._remember()

    def _node(self, file: FileIO) -> Inode:
        return self.names[Path(str(file.name))]

    def _remember(self) -> None:
        self.moments.append(
            (self.acknowledged, {path: (node.durable, node.volatile) for path, node in self.durable_names.items()})
        )


def restored(target: Path, source: Path, files: dict[Path, tuple[bytes, bytes]], chance: random.Random) -> None:
    """The folder as found when the power is back: of what was not synced, a part."""
    for path, (durable, volatile) in files.items():
        content = durable
        if volatile.startswith(durable):
            content = volatile[: chance.randint(len(durable), len(volatile))]
        found = target / path.relative_to(source)
        found.parent.mkdir(parents=True, exist_ok=True)
        found.write_bytes(content)


@pytest.mark.parametrize("seeds", [1, pytest.param(10, marks=pytest.mark.slow)])
def test_power_may_fail_after_any_call(tmp_path: Path, seeds: int) -> None:
    source = tmp_path / "data"
    disk = PowerDisk(source)
    store = opened(source, disk=disk, segment_bytes=700, snapshot_bytes=900)
    for number in range(WRITES):
        put(store, f"r{number}", text="行" * 20)
        disk.acknowledged += 1
    disk._remember()
    store.close()
    for seed in range(seeds):
        for number, (acknowledged, files) in enumerate(disk.moments):
            found = tmp_path / f"{seed}-{number}"
            found.mkdir()
            restored(found, source, files, random.Random(seed))
            again = opened(found)
            expected = [f"r{count}" for count in range(WRITES)]
            assert list(rows(again)) in (expected[:acknowledged], expected[: acknowledged + 1]), number
            put(again, "after")
            again.close()
            assert verify(found).problems == ()
