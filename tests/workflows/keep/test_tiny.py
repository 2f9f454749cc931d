"""The TinyDB store keeps the contract, also while its segments rotate, across reopening and between processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.workflows.keep.contract import StoreContract
from tests.workflows.keep.folder import opened, put, rows, segments
from workflows.find.query import Query
from workflows.keep import open_store
from workflows.keep.memory import MemoryStore
from workflows.keep.port import StoreError
from workflows.keep.snapshot import read_snapshot
from workflows.keep.tiny import TinyStore
from workflows.keep.verify import verify


class TestTinyStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[TinyStore]:
        store = opened(tmp_path / "data")
        yield store
        store.close()


class TestTinyStoreRotating(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[TinyStore]:
        store = opened(tmp_path / "data", segment_bytes=1000, snapshot_bytes=1500)
        yield store
        store.close()
        assert verify(tmp_path / "data").problems == ()


class TestTinyStoreAmongOthers(StoreContract):
    """Another store on the same folder writes between: what one acknowledged the other has."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[TinyStore]:
        first, second = opened(tmp_path / "data", segment_bytes=700), opened(tmp_path / "data", segment_bytes=900)
        yield first
        assert second.head() == first.head()
        assert rows(second) == rows(first)
        first.close()
        second.close()


def test_rows_are_in_tinydb_and_an_insert_copies_no_table(tmp_path: Path) -> None:
    store = opened(tmp_path)
    put(store, "a", n=1)
    face = store._face
    assert isinstance(face, TinyDB)
    assert [dict(document) for document in face.table("records")] == [{"id": "a", "n": 1}]
    table = face.storage.read()["records"]  # type: ignore[index]
    put(store, "b", n=2)
    assert face.storage.read()["records"] is table  # type: ignore[index]
    assert set(table) == {"a", "b"}
    store.close()


@pytest.mark.parametrize("limits", [{}, {"segment_bytes": 800}, {"segment_bytes": 800, "snapshot_bytes": 1}])
def test_everything_is_there_after_reopening(tmp_path: Path, limits: dict[str, int]) -> None:
    store = opened(tmp_path, **limits)
    for number in range(20):
        put(store, f"r{number % 7}", n=number, text="行\n")
    head, before = store.head(), rows(store)
    histories = {id: list(store.history(id)) for id in before}
    store.close()
    again = opened(tmp_path, **limits)
    assert again.head() == head
    assert rows(again) == before == {f"r{n % 7}": {"id": f"r{n % 7}", "n": n, "text": "行\n"} for n in range(13, 20)}
    assert {id: list(again.history(id)) for id in before} == histories
    put(again, "r0", n=99)
    assert [event.body["row"]["n"] for event in again.history("r0")] == [0, 7, 14, 99]  # type: ignore[index]
    again.close()
    assert verify(tmp_path).problems == ()
    assert verify(tmp_path).lines == 21


def test_segments_rotate_and_are_never_shortened(tmp_path: Path) -> None:
    store, sizes = opened(tmp_path, segment_bytes=600), dict[Path, int]()
    for number in range(12):
        put(store, "a", n=number)
        now = {path: path.stat().st_size for path in segments(tmp_path)}
        assert all(now[path] >= size for path, size in sizes.items())
        sizes = now
    store.close()
    assert len(sizes) > 3
    assert segments(tmp_path)[0].name == "000000000001.jsonl"


def test_opening_with_a_snapshot_replays_only_what_came_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(tmp_path, segment_bytes=900, snapshot_bytes=2500)
    for number in range(30):
        put(store, f"r{number}", n=number)
    before = rows(store)
    store.close()
    taken: list[int] = []
    take = TinyStore._take
    monkeypatch.setattr(
        TinyStore, "_take", lambda self, line, place: (taken.append(line.event.seq), take(self, line, place))
    )
    again = opened(tmp_path)
    assert rows(again) == before
    assert taken == list(range(31 - len(taken), 31))
    assert len(taken) < 20
    again.close()


def test_a_snapshot_holds_every_row_of_every_collection(tmp_path: Path) -> None:
    store = opened(tmp_path, snapshot_bytes=1)
    for collection, count in (("records", 450), ("users", 1)):
        with store.write(at="t", actor="a") as transaction:
            for number in range(count):
                transaction.put(collection, f"{number:04}", {"id": f"{number:04}"})
            transaction.log("seeded", collection, {"text": "long enough to outgrow the last snapshot" * 2000})
    before = [store.find(Query(collection=collection)) for collection in ("records", "users")]
    assert [page.total for page in before] == [450, 1]
    store.close()
    assert verify(tmp_path).problems == ()
    known = read_snapshot(tmp_path / "snapshot.json")
    assert known is not None
    assert known.head.seq == 2
    again = opened(tmp_path)
    assert [again.find(Query(collection=collection)) for collection in ("records", "users")] == before
    again.close()


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"format":1}\n' + b"0" * 64 + b"\n"])
def test_a_damaged_snapshot_is_rebuilt_from_the_journal(tmp_path: Path, damage: bytes) -> None:
    store = opened(tmp_path, snapshot_bytes=1)
    for number in range(5):
        put(store, f"r{number}", n=number)
    before = rows(store)
    store.close()
    (tmp_path / "snapshot.json").write_bytes(damage)
    again = opened(tmp_path)
    assert rows(again) == before
    again.close()
    assert [problem.file for problem in verify(tmp_path).problems] == [str(tmp_path / "snapshot.json")]


def test_an_erased_body_leaves_the_chain_whole(tmp_path: Path) -> None:
    store = opened(tmp_path)
    put(store, "a", name="王五")
    put(store, "b", name="安娜")
    with store.write(at="later", actor="auditor") as transaction:
        transaction.delete("records", "a")
        transaction.log("erased", "a", {})
    store.close()
    (segment,) = segments(tmp_path)
    first, rest = segment.read_bytes().split(b"\n", 1)
    chained = first[: first.index(b',"salt":')]
    blank = chained + b',"salt":null,"body":null'
    segment.write_bytes(blank.ljust(len(first) - 1) + b"}\n" + rest)
    assert verify(tmp_path).problems == ()
    assert b"\xe7\x8e\x8b" not in segment.read_bytes()
    again = opened(tmp_path)
    assert rows(again) == {"b": {"id": "b", "name": "安娜"}}
    assert [(event.kind, event.body) for event in again.history("a")] == [("changed", {}), ("erased", {})]
    again.close()


WRITER = """
import sys
from pathlib import Path
from tests.workflows.keep.folder import AT, opened
store = opened(Path(sys.argv[1]), segment_bytes=3000, snapshot_bytes=5000)
for number in range(int(sys.argv[3])):
    with store.write(at=AT, actor=sys.argv[2]) as transaction:
        n = (transaction.get("records", "shared") or {"n": 0})["n"] + 1
        transaction.put("records", "shared", {"id": "shared", "n": n})
        transaction.put("records", f"{sys.argv[2]}{number}", {"id": f"{sys.argv[2]}{number}"})
        transaction.log("changed", "shared", {"n": n})
store.close()
"""


def test_processes_lose_no_update_and_see_each_other(tmp_path: Path) -> None:
    here = opened(tmp_path, segment_bytes=3000)
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [subprocess.Popen([*command, name, "40"]) for name in "xy"]
    try:
        for number in range(20):
            put(here, f"here{number}")
            shared = here.get("records", "shared")
            assert shared is None or here.find(Query(collection="records")).total >= int(str(shared["n"]))
        assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    finally:
        for writer in writers:
            writer.kill()
    assert here.get("records", "shared") == {"id": "shared", "n": 80}
    assert [event.body["n"] for event in here.history("shared")] == list(range(1, 81))
    assert set(rows(here)) == {
        "shared",
        *(f"{who}{n}" for who in "xy" for n in range(40)),
        *(f"here{n}" for n in range(20)),
    }
    here.close()
    assert verify(tmp_path).problems == ()
    assert verify(tmp_path).lines == 100


def test_many_may_begin_a_store_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: opened(tmp_path / "data"), range(8)))
    for number, store in enumerate(stores):
        put(store, f"r{number}")
    assert [store.head().seq for store in stores] == [8] * 8
    for store in stores:
        store.close()
    assert verify(tmp_path / "data").problems == ()


def test_the_url_chooses_the_store(tmp_path: Path) -> None:
    memory, tiny = open_store("memory:", tmp_path), open_store("tinydb:data", tmp_path)
    assert isinstance(memory, MemoryStore)
    assert isinstance(tiny, TinyStore)
    assert segments(tmp_path / "data")
    for store in (memory, tiny):
        with store.write(at="t", actor="a") as transaction:
            transaction.log("looked", "x", {})
        assert store.head().seq == 1
        store.close()


@pytest.mark.parametrize("url", ["", "data", "tinydb", "tinydb:", "memory:x", "redis://localhost", ":data"])
def test_a_url_that_names_no_store_says_what_does(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreError, match="write tinydb:DIR or memory:"):
        open_store(url, tmp_path)
    assert list(tmp_path.iterdir()) == []
