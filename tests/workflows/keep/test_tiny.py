"""The TinyDB store keeps the contract, also while its segments rotate, across reopening and between processes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workflows.keep.contract import StoreContract
from workflows.keep.tiny import TinyStore


def opened(folder: Path, **limits: int) -> TinyStore:
    """A store with salts that count instead of being random."""
    salts = itertools.count()
    return TinyStore(folder, lambda: f"{next(salts):032x}", **limits)  # type: ignore[arg-type]


class TestTinyStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[TinyStore]:
        store = opened(tmp_path / "data")
        yield store
        store.close()


class TestTinyStoreRotating(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[TinyStore]:
        store = opened(tmp_path / "data", segment_bytes=1000)
        yield store
        store.close()
