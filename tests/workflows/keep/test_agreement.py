"""Whatever is done, the TinyDB store answers as the memory store does, while it is reopened and shared."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.workflows.keep.folder import opened
from workflows.find.query import Order, Query
from workflows.keep.memory import MemoryStore
from workflows.keep.verify import verify

COLLECTIONS = st.sampled_from(["records", "users"])
IDS = st.sampled_from(["a", "b", "c", "一"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=3,
)
ROWS = st.dictionaries(st.sampled_from(["state", "owner", "名", "data"]), VALUES, max_size=4)
CHANGES = st.lists(st.tuples(COLLECTIONS, IDS, ROWS | st.none()), max_size=3)
WANTED = st.sampled_from([None, "", 0, 1, True, "x"])


class Agreement(RuleBasedStateMachine):
    """One memory store; two TinyDB stores on one folder, each of which may be closed and opened again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        salts = itertools.count()
        self.memory = MemoryStore(lambda: f"{next(salts):032x}")
        self.tiny = [self.open(), self.open()]

    def open(self):  # type: ignore[no-untyped-def]
        return opened(self.folder, segment_bytes=700, snapshot_bytes=1200)

    @rule(by=st.integers(0, 1), changes=CHANGES, record=IDS, said=ROWS, fails=st.booleans())
    def write(self, by: int, changes: list, record: str, said: dict, fails: bool) -> None:  # type: ignore[type-arg]
        for store in (self.memory, self.tiny[by]):
            try:
                with store.write(at="t", actor="u") as transaction:
                    for collection, id, row in changes:
                        if row is None:
                            transaction.delete(collection, id)
                        else:
                            transaction.put(collection, id, row)
                        assert transaction.get(collection, id) == row
                    transaction.log("changed", record, said)
                    if fails:
                        raise KeyError
            except KeyError:
                assert fails

    @rule(which=st.integers(0, 1))
    def reopen(self, which: int) -> None:
        self.tiny[which].close()
        self.tiny[which] = self.open()

    @rule(which=st.integers(0, 1), wanted=WANTED, column=st.sampled_from(["state", "owner"]))
    def find(self, which: int, wanted: object, column: str) -> None:
        query = Query(collection="records", where={column: wanted}, order=(Order("名"), Order("state", True)), size=3)
        assert self.tiny[which].find(query) == self.memory.find(query)

    @rule(which=st.integers(0, 1), record=IDS)
    def history(self, which: int, record: str) -> None:
        def told(store: object) -> list[object]:
            return [(e.seq, e.at, e.actor, e.kind, e.record, e.body) for e in store.history(record)]  # type: ignore[attr-defined]

        assert told(self.tiny[which]) == told(self.memory)

    @invariant()
    def the_same(self) -> None:
        assert [store.head().seq for store in self.tiny] == [self.memory.head().seq] * 2
        for collection in ("records", "users"):
            query = Query(collection=collection)
            assert self.tiny[0].find(query) == self.tiny[1].find(query) == self.memory.find(query)

    def teardown(self) -> None:
        for store in self.tiny:
            store.close()
        checked = verify(self.folder)
        shutil.rmtree(self.folder)
        assert checked.problems == ()
        assert checked.lines == self.memory.head().seq


Agreement.TestCase.settings = settings(stateful_step_count=20)
TestAgreement = Agreement.TestCase
