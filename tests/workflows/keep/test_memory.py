"""The memory store keeps the contract."""

from __future__ import annotations

import itertools

import pytest

from tests.workflows.keep.contract import StoreContract
from workflows.keep.memory import MemoryStore


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self) -> MemoryStore:
        salts = itertools.count()
        return MemoryStore(lambda: f"{next(salts):032x}")
