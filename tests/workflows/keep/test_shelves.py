"""Both shelves against their contract; the one on disk beside faults, kill -9 and other processes."""

from __future__ import annotations

import errno
import os
import secrets
import signal
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from tests.workflows.keep.faulty import FaultyDisk, error
from tests.workflows.keep.shelves import EARLY, KEY, LATE, ShelfContract, bring, digest, read
from workflows.keep.diskshelf import DiskShelf
from workflows.keep.port import StoreFailed
from workflows.keep.shelf import FILES, MemoryShelf, Shelf
from workflows.keep.tiny import TinyStore
from workflows.keep.verify import verify

STEPS = 16  # more calls to the disk than bringing one content takes


class TestMemory(ShelfContract):
    @pytest.fixture
    def shelf(self) -> Shelf:
        return MemoryShelf()


class TestDisk(ShelfContract):
    @pytest.fixture
    def shelf(self, tmp_path: Path) -> Shelf:
        return DiskShelf(tmp_path / "files")


def contents(folder: Path) -> dict[str, bytes]:
    """What lies under an id."""
    return {path.parent.name + path.name: path.read_bytes() for path in folder.glob("[0-9a-f][0-9a-f]/*")}


def test_only_the_owner_may_read_what_lies_there(tmp_path: Path) -> None:
    shelf = DiskShelf(tmp_path / "files")
    id = bring(shelf, b"personal")
    assert stat.S_IMODE(shelf.path(id).stat().st_mode) == 0o600
    folders = [path for path in (tmp_path / "files").rglob("*") if path.is_dir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "files", *folders]} == {0o700}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("step", range(1, STEPS))
def test_a_disk_that_refuses_leaves_nothing_half_written_and_nothing_lost(
    tmp_path: Path, step: int, number: int
) -> None:
    before = bring(DiskShelf(tmp_path), b"there before")
    disk = FaultyDisk(step, 1, error(number))
    shelf = DiskShelf(tmp_path, disk)
    try:
        acknowledged = [bring(shelf, b"hello" * 1000)]
    except StoreFailed:
        acknowledged = []
        assert disk.failed
    assert list((tmp_path / "incoming").iterdir()) == []
    assert all(sha256(content).hexdigest() == id for id, content in contents(tmp_path).items())
    assert {before, *acknowledged} <= contents(tmp_path).keys()
    assert bring(DiskShelf(tmp_path), b"hello" * 1000) == digest(b"hello" * 1000)


def test_a_full_disk_keeps_no_small_picture_and_says_nothing(tmp_path: Path) -> None:
    shelf = DiskShelf(tmp_path, FaultyDisk(1, 100, error(errno.ENOSPC)))
    shelf.remember(digest(b"x"), b"small")
    assert shelf.recall(digest(b"x")) is None


CLIENT = """
import os, signal, sys
from pathlib import Path
from random import Random
from tests.workflows.keep.faulty import FaultyDisk
from tests.workflows.keep.shelves import bring
from workflows.keep.diskshelf import DiskShelf

folder, seed, die_at = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
disk = FaultyDisk(die_at, 1, lambda: os.kill(os.getpid(), signal.SIGKILL))
shelf, chance = DiskShelf(folder / "files", disk), Random(seed)
with (folder / "receipts").open("a") as receipts:
    while True:
        id = bring(shelf, chance.randbytes(chance.randint(1, 50_000)), f"{chance.getrandbits(256):064x}")
        print(id, file=receipts, flush=True)
"""


@pytest.mark.parametrize("runs", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_killed_at_random_points(root: Path, tmp_path: Path, runs: int) -> None:
    chance = Random(runs)
    for _ in range(runs):
        argv = [sys.executable, "-c", CLIENT, str(tmp_path), str(chance.getrandbits(30)), str(chance.randint(20, 200))]
        assert subprocess.run(argv, cwd=root, timeout=60).returncode == -signal.SIGKILL
    receipts = (tmp_path / "receipts").read_text().split()
    found = contents(tmp_path / "files")
    assert len(receipts) > runs and set(receipts) <= found.keys()
    assert all(sha256(content).hexdigest() == id for id, content in found.items())
    shelf = DiskShelf(tmp_path / "files")
    assert shelf.sweep(LATE, lambda id: False) == len(found)  # each has a note, so that nothing lies there for ever
    assert contents(tmp_path / "files") == {}


def test_what_was_left_half_received_long_ago_is_swept(tmp_path: Path) -> None:
    shelf = DiskShelf(tmp_path)
    shelf.receive([b"left"])
    (left,) = (tmp_path / "incoming").iterdir()
    os.utime(left, (0, 0))
    shelf.receive([b"coming in now"])
    shelf.sweep(EARLY, lambda id: False)
    assert left not in (tmp_path / "incoming").iterdir()
    assert len([*(tmp_path / "incoming").iterdir()]) == 1


def store_with(folder: Path, *contents: bytes) -> list[Path]:
    """A store in which records claim some contents; where those lie."""
    store = TinyStore(folder, lambda: secrets.token_hex(4))
    ids = [bring(store.files, content) for content in contents]
    with store.write(at=EARLY, actor="staff") as tx:
        for id in ids:
            tx.put(FILES, id, {"id": id})
        tx.log("created", "r1", {})
    store.close()
    return [DiskShelf(folder / "files").path(id) for id in ids]


def test_verify_finds_what_is_missing_and_what_was_changed(tmp_path: Path) -> None:
    whole, missing, changed = store_with(tmp_path, b"whole", b"missing", b"changed")
    assert verify(tmp_path).problems == ()
    missing.unlink()
    changed.write_bytes(b"charged")
    found = {problem.file: problem.code for problem in verify(tmp_path).problems}
    assert found == {str(missing): "kept-file-missing", str(changed): "kept-file-altered"}
    assert str(whole) not in found


def test_a_note_without_its_content_is_none(tmp_path: Path) -> None:
    shelf = DiskShelf(tmp_path)
    shelf.path(bring(shelf, b"gone")).unlink()
    assert shelf.note(KEY) is None
    assert read(shelf, digest(b"gone")) is None


def test_no_id_leads_out_of_the_folder(tmp_path: Path) -> None:
    shelf = DiskShelf(tmp_path / "files")
    bring(shelf, b"inside")
    (tmp_path / "secret").write_bytes(b"outside")
    assert shelf.open("..secret") is None
    with pytest.raises(ValueError, match=r"\.\.secret"):
        shelf.path("..secret")
