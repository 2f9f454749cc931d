"""A full or failing disk: what was acknowledged is there, what was refused is not, and writing goes on."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.workflows.keep.faulty import FaultyDisk, error
from tests.workflows.keep.folder import opened, put, rows
from workflows.keep.port import StoreFailed
from workflows.keep.tiny import TinyStore
from workflows.keep.verify import verify

WRITES = 8
LIMITS = {"segment_bytes": 700, "snapshot_bytes": 900}
NEVER = 10**9


def started(folder: Path, disk: FaultyDisk) -> TinyStore:
    """The store, opened with as many attempts as it needs."""
    for _ in range(10):
        try:
            return opened(folder, disk=disk, **LIMITS)
        except StoreFailed:
            continue
    raise AssertionError("the store never opens")


def submitted(store: TinyStore, id: str) -> int:
    """One row put with as many attempts as it needs; how many were refused. A refused one is nowhere."""
    for refusals in range(10):
        try:
            put(store, id, text="行" * 20)
        except StoreFailed as refusal:
            assert isinstance(refusal.__cause__, OSError)
            assert store.get("records", id) is None
        else:
            assert store.get("records", id) == {"id": id, "text": "行" * 20}
            return refusals
    raise AssertionError("writing never works again")


def calls_of_a_good_run(folder: Path) -> int:
    disk = FaultyDisk(NEVER, 0, error(0))
    store = opened(folder, disk=disk, **LIMITS)
    for number in range(WRITES):
        put(store, f"r{number}", text="行" * 20)
    store.close()
    return disk.calls


def run(folder: Path, disk: FaultyDisk) -> None:
    """Eight writes by the store on the faulty disk while another process's store reads beside it."""
    store = started(folder, disk)
    beside = opened(folder)
    acknowledged: list[str] = []
    for number in range(WRITES):
        submitted(store, f"r{number}")
        acknowledged.append(f"r{number}")
        assert list(rows(store)) == list(rows(beside)) == acknowledged
    assert [len(list(store.history(id))) for id in acknowledged] == [1] * WRITES
    head = store.head()
    store.close()
    beside.close()
    checked = verify(folder)
    assert (checked.lines, checked.head, checked.problems) == (WRITES, head, ())
    again = opened(folder)
    assert list(rows(again)) == acknowledged
    again.close()


CALLS = {"write", "sync", "truncate", "create", "replace", "sync_folder"}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("lasts", [1, 3])
@pytest.mark.parametrize("step", [11, pytest.param(1, marks=pytest.mark.slow)])
def test_each_call_may_fail(tmp_path: Path, number: int, lasts: int, step: int) -> None:
    failed: set[str] = set()
    for first in range(1, calls_of_a_good_run(tmp_path / "good") + 1, step):
        disk = FaultyDisk(first, lasts, error(number))
        run(tmp_path / str(first), disk)
        assert disk.failed
        failed.update(disk.failed)
    assert step > 1 or failed == CALLS


def test_a_refused_line_that_could_not_be_cut_is_cut_by_the_next_writer(tmp_path: Path) -> None:
    beside = opened(tmp_path)
    put(beside, "a")
    # The line and its fsync, then nothing: the newline, the cut and the mark all fail.
    store = opened(tmp_path, disk=FaultyDisk(3, NEVER, error(errno.EIO)))
    with pytest.raises(StoreFailed):
        put(store, "b", text="longer than what comes after" * 9)
    assert list(rows(store)) == list(rows(beside)) == ["a"]
    put(beside, "c")
    assert list(rows(store)) == list(rows(beside)) == ["a", "c"]
    store.close()
    beside.close()
    assert verify(tmp_path).lines == 2


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_refused_line_does_not_come_back_when_the_store_is_opened_again(tmp_path: Path, call: int) -> None:
    store = opened(tmp_path)
    put(store, "a")
    store.close()
    store = opened(tmp_path, disk=FaultyDisk(call, 1, error(errno.EIO)))  # the line, its fsync, its newline
    with pytest.raises(StoreFailed):
        put(store, "b")
    store.close()
    again = opened(tmp_path)
    assert list(rows(again)) == ["a"]
    again.close()


def test_a_full_disk_refuses_all_and_loses_nothing(tmp_path: Path) -> None:
    store = opened(tmp_path)
    put(store, "a")
    store.close()
    disk = FaultyDisk(1, NEVER, error(errno.ENOSPC))
    store = opened(tmp_path, disk=disk)
    for _ in range(3):
        with pytest.raises(StoreFailed, match="No space left"):
            put(store, "b")
        assert list(rows(store)) == ["a"]
    disk._failing = range(0)
    put(store, "b")
    assert list(rows(store)) == ["a", "b"]
    store.close()
    assert verify(tmp_path).problems == ()


def test_a_disk_that_refuses_the_folder_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file is in the way")
    with pytest.raises(StoreFailed, match="cannot be opened"):
        opened(tmp_path / "data")
