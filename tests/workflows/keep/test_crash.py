"""kill -9 at random points of a submit loop: nothing acknowledged is lost, nothing is doubled, the chain verifies."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.workflows.keep.folder import opened, rows
from workflows.keep.verify import verify


def crash(root: Path, folder: Path, chance: random.Random) -> None:
    """Two processes of two client threads each, both killed at a random call to the disk, one long before the other."""
    deaths = {"a": chance.randint(1, 120), "b": chance.randint(120, 300)}
    command = [sys.executable, "-m", "tests.workflows.keep.client", str(folder)]
    clients = [subprocess.Popen([*command, name, str(die_at)], cwd=root) for name, die_at in deaths.items()]
    try:
        assert [client.wait(timeout=120) for client in clients] == [-signal.SIGKILL] * 2
    finally:
        for client in clients:
            client.kill()


def receipts(folder: Path) -> list[str]:
    """Every key the clients were told is stored."""
    return [key for path in sorted(folder.glob("receipts-*")) for key in path.read_text().splitlines()]


def check(folder: Path) -> None:
    """The store against the receipts; opening it settles what the last crash left."""
    store = opened(folder / "data")
    stored = Counter(str(row["key"]) for row in rows(store).values())
    created = Counter(str(event.body["key"]) for id in rows(store) for event in store.history(id))
    lines = store.head().seq
    assert store.get("counts", "all") in ({"n": lines}, None)
    store.close()
    assert set(receipts(folder)) <= set(stored)
    assert set(stored.values()) | set(created.values()) <= {1}
    assert created == stored
    assert lines == stored.total()
    assert verify(folder / "data").problems == ()


@pytest.mark.parametrize(
    "runs", [2, pytest.param(20, marks=pytest.mark.slow), pytest.param(200, marks=pytest.mark.prove)]
)
def test_killed_at_random_points(root: Path, tmp_path: Path, runs: int) -> None:
    chance = random.Random(runs)
    for _ in range(runs):
        crash(root, tmp_path, chance)
        check(tmp_path)
    assert len(receipts(tmp_path)) > runs
    assert len(list((tmp_path / "data" / "journal").glob("*.jsonl"))) > 1
    assert (tmp_path / "data" / "snapshot.json").exists()
