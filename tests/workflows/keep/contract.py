"""What every store promises: a suite that each backend's test class inherits by giving a `store` fixture."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest

from workflows.find.likeness import Way
from workflows.find.query import Look, Order, Query
from workflows.keep.port import Store, Transaction

AT = "2026-03-01T08:00:00.000000Z"
LEAD = {"id": "a", "name": "张三", "rev": 1, "data": {"lines": [{"n": 1}, {"n": 2}], "open": True, "ratio": 0.5}}


def put(store: Store, id: str, row: dict[str, object], *, actor: str = "staff", kind: str = "changed") -> None:
    """One transaction that puts one row into `records`."""
    with store.write(at=AT, actor=actor) as transaction:
        transaction.put("records", id, row)
        transaction.log(kind, id, {"row": row})


def ids(store: Store, **query: object) -> list[object]:
    """The ids of the rows a query over `records` finds."""
    return [row["id"] for row in store.find(Query(collection="records", **query)).rows]  # type: ignore[arg-type]


class StoreContract:
    """Inherited by a class with a fixture `store`: an empty store."""

    # ---- rows ----------------------------------------------------------------------------------------------------

    def test_what_was_put_is_got(self, store: Store) -> None:
        put(store, "a", LEAD)
        put(store, "b", {"id": "b", "half": "\ud83d", "line": "a\nb\u2028c", "none": None})
        assert store.get("records", "a") == LEAD
        assert store.get("records", "b") == {"id": "b", "half": "\ud83d", "line": "a\nb\u2028c", "none": None}

    def test_no_row_is_none(self, store: Store) -> None:
        put(store, "a", LEAD)
        assert store.get("records", "b") is None
        assert store.get("users", "a") is None

    def test_a_put_replaces_the_whole_row(self, store: Store) -> None:
        put(store, "a", LEAD)
        put(store, "a", {"id": "a", "rev": 2})
        assert store.get("records", "a") == {"id": "a", "rev": 2}

    def test_deleted_rows_are_gone_and_deleting_nothing_is_fine(self, store: Store) -> None:
        put(store, "a", LEAD)
        put(store, "b", {"id": "b"})
        with store.write(at=AT, actor="staff") as transaction:
            transaction.delete("records", "a")
            transaction.delete("records", "never")
            transaction.log("deleted", "a", {})
        assert store.get("records", "a") is None
        assert ids(store) == ["b"]

    def test_callers_cannot_change_the_store_through_what_they_gave_or_got(self, store: Store) -> None:
        given = {"id": "a", "data": {"lines": [{"n": 1}]}}
        put(store, "a", given)
        given["data"]["lines"][0]["n"] = 2  # type: ignore[index]
        for row in (store.get("records", "a"), store.find(Query(collection="records")).rows[0]):
            row["data"]["lines"][0]["n"] = 3  # type: ignore[index]
            row["data"]["lines"].append("x")  # type: ignore[index]
        for event in store.history("a"):
            event.body["row"]["data"]["lines"][0]["n"] = 4  # type: ignore[index]
            event.body["row"]["data"]["lines"].append("x")  # type: ignore[index]
        assert store.get("records", "a") == {"id": "a", "data": {"lines": [{"n": 1}]}}
        assert [event.body for event in store.history("a")] == [{"row": {"id": "a", "data": {"lines": [{"n": 1}]}}}]

    # ---- questions -------------------------------------------------------------------------------------------------

    def test_where_follows_every_put_and_delete(self, store: Store) -> None:
        for id, owner in (("a", "li"), ("b", "wang"), ("c", "li")):
            put(store, id, {"id": id, "owner": owner})
        assert ids(store, where={"owner": "li"}) == ["a", "c"]
        put(store, "a", {"id": "a", "owner": "wang"})
        put(store, "d", {"id": "d", "owner": "li"})
        put(store, "e", {"id": "e"})
        with store.write(at=AT, actor="staff") as transaction:
            transaction.delete("records", "c")
            transaction.log("deleted", "c", {})
        assert ids(store, where={"owner": "li"}) == ["d"]
        assert ids(store, where={"owner": ("li", "wang")}) == ["a", "b", "d"]
        assert ids(store, where={"owner": None}) == ["e"]

    def test_where_asks_a_list_for_any_of_its_items(self, store: Store) -> None:
        for id, links in (("a", ["x", "y"]), ("b", ["y"]), ("c", [])):
            put(store, id, {"id": id, "links": links})
        put(store, "d", {"id": "d"})
        assert ids(store, where={"links": "y"}) == ["a", "b"]
        put(store, "a", {"id": "a", "links": ["x"]})
        assert ids(store, where={"links": "y"}) == ["b"]
        assert ids(store, where={"links": ("x", "y")}) == ["a", "b"]
        assert ids(store, where={"links": None}) == ["d"]

    def test_where_leads_inside(self, store: Store) -> None:
        for id, phone in (("a", "1"), ("b", "2"), ("c", "1")):
            put(store, id, {"id": id, "data": {"phone": phone}})
        assert ids(store, where={"data.phone": "1"}) == ["a", "c"]
        put(store, "a", {"id": "a", "data": {"phone": "2"}})
        put(store, "d", {"id": "d", "data": {}})
        assert ids(store, where={"data.phone": "2"}) == ["a", "b"]
        assert ids(store, where={"data.phone": None}) == ["d"]

    def test_a_look_follows_every_put_and_delete(self, store: Store) -> None:
        def found(text: str, column: str = "data.name", way: Way = "similar") -> list[object]:
            return ids(store, where={"template": "firm"}, look=Look(column, text, way, "template"))

        def firm(id: str, name: str, template: str = "firm") -> None:
            put(store, id, {"id": id, "template": template, "data": {"name": name, "note": "靠近车站", "n": 1}})

        firm("a", "苏州恒远精密机械有限公司")
        firm("b", "无锡远大电气")
        firm("c", "苏州恒远精密机械", template="other")
        assert found("恒远精密机械") == ["a"]
        assert found("车站", "data", "holds") == ["a", "b"]
        assert found("远", way="holds") == ["a", "b"]
        assert found("远精", way="holds") == ["a"]
        assert found("") == found("…") == found("　", "data", "holds") == []
        firm("b", "恒远精密机械（苏州）有限公司")
        firm("d", "ＨＹ Precision Co., Ltd.")
        assert found("恒远精密机械") == ["a", "b"]
        assert found("hy-precision") == found("h y PREC", "data", "holds") == ["d"]
        with store.write(at=AT, actor="staff") as transaction:
            transaction.delete("records", "a")
            transaction.log("deleted", "a", {})
        assert found("恒远精密机械") == ["b"]
        assert found("无锡远大") == []

    def test_filter_order_and_page(self, store: Store) -> None:
        for number in range(7):
            put(store, f"r{number}", {"id": f"r{number}", "size": -number})
        query = Query(
            collection="records", filter=lambda row: row["size"] != -3, order=(Order("size"),), page=2, size=4
        )
        page = store.find(query)
        assert [row["id"] for row in page.rows] == ["r1", "r0"]
        assert page.total == 6

    # ---- transactions ------------------------------------------------------------------------------------------------

    def test_a_transaction_reads_what_it_put_and_finds_what_was_stored(self, store: Store) -> None:
        put(store, "a", LEAD)
        with store.write(at=AT, actor="staff") as transaction:
            transaction.put("records", "b", {"id": "b"})
            transaction.delete("records", "a")
            assert transaction.get("records", "b") == {"id": "b"}
            assert transaction.get("records", "a") is None
            assert [row["id"] for row in transaction.find(Query(collection="records")).rows] == ["a"]
            assert store.get("records", "b") is None
            transaction.log("moved", "b", {})
        assert ids(store) == ["b"]

    def test_rows_of_several_collections_come_with_one_event(self, store: Store) -> None:
        with store.write(at=AT, actor="staff") as transaction:
            transaction.put("records", "a", LEAD)
            transaction.put("users", "li", {"id": "li"})
            transaction.log("created", "a", {"n": 1})
        assert store.head().seq == 1
        assert store.get("users", "li") == {"id": "li"}

    def test_an_exception_changes_nothing(self, store: Store) -> None:
        put(store, "a", LEAD)
        before = store.head()
        with pytest.raises(KeyError), store.write(at=AT, actor="staff") as transaction:
            transaction.put("records", "a", {"id": "a", "rev": 9})
            transaction.log("changed", "a", {})
            raise KeyError("a guard said no")
        assert store.head() == before
        assert store.get("records", "a") == LEAD
        put(store, "b", {"id": "b"})
        assert store.head().seq == 2

    def test_a_transaction_that_writes_nothing_leaves_no_line(self, store: Store) -> None:
        with store.write(at=AT, actor="staff") as transaction:
            transaction.get("records", "a")
        assert store.head().seq == 0

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, {1: "a number for a key"}, object()])
    def test_what_json_cannot_say_is_our_bug_and_changes_nothing(self, store: Store, value: object) -> None:
        with pytest.raises((TypeError, ValueError)):
            put(store, "a", {"id": "a", "value": value})
        assert store.head().seq == 0
        assert store.get("records", "a") is None

    def test_rows_without_an_event_and_two_events_are_our_bug(self, store: Store) -> None:
        def silent(transaction: Transaction) -> None:
            transaction.put("records", "a", LEAD)

        def twice(transaction: Transaction) -> None:
            transaction.log("created", "a", {})
            transaction.log("changed", "a", {})

        for bug in (silent, twice):
            with pytest.raises(RuntimeError), store.write(at=AT, actor="staff") as transaction:
                bug(transaction)
        assert store.head().seq == 0

    def test_a_transaction_inside_a_transaction_is_our_bug(self, store: Store) -> None:
        with store.write(at=AT, actor="staff") as transaction:
            with pytest.raises(RuntimeError), store.write(at=AT, actor="staff"):
                pass
            transaction.put("records", "a", LEAD)
            transaction.log("created", "a", {})
        assert store.head().seq == 1

    # ---- history -----------------------------------------------------------------------------------------------------

    def test_history_is_of_one_id_oldest_first(self, store: Store) -> None:
        put(store, "a", {"id": "a", "rev": 1}, actor="li", kind="created")
        put(store, "b", {"id": "b"})
        put(store, "a", {"id": "a", "rev": 2}, actor="wang", kind="moved")
        told = [(event.seq, event.at, event.actor, event.kind, event.record) for event in store.history("a")]
        assert told == [(1, AT, "li", "created", "a"), (3, AT, "wang", "moved", "a")]
        assert [event.body for event in store.history("a")] == [{"row": {"id": "a", "rev": n}} for n in (1, 2)]
        assert list(store.history("never")) == []

    def test_every_line_moves_the_head_and_no_two_are_alike(self, store: Store) -> None:
        heads = [store.head()]
        for _ in range(3):
            put(store, "a", LEAD)
            heads.append(store.head())
        assert [head.seq for head in heads] == [0, 1, 2, 3]
        assert len({head.hash for head in heads}) == 4

    # ---- threads -----------------------------------------------------------------------------------------------------

    def test_threads_lose_no_update(self, store: Store) -> None:
        put(store, "a", {"id": "a", "n": 0, "twice": 0})

        def count() -> None:
            for _ in range(25):
                with store.write(at=AT, actor="staff") as transaction:
                    row = transaction.get("records", "a") or {}
                    n = int(str(row["n"])) + 1
                    transaction.put("records", "a", {"id": "a", "n": n, "twice": 2 * n})
                    transaction.log("changed", "a", {})

        threads = [Thread(target=count) for _ in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(200):
            row = store.get("records", "a") or {}
            assert row["twice"] == 2 * int(str(row["n"]))
        for thread in threads:
            thread.join()
        assert store.get("records", "a") == {"id": "a", "n": 100, "twice": 200}
        assert [event.seq for event in store.history("a")] == list(range(1, 102))

    def test_threads_read_while_others_insert(self, store: Store) -> None:
        def insert(name: str) -> None:
            for number in range(30):
                put(store, f"{name}{number}", {"id": f"{name}{number}", "by": name})

        def watch() -> None:
            seen = 0
            for _ in range(100):
                now = store.find(Query(collection="records", where={"by": ("x", "y")})).total
                assert now >= seen
                seen = now

        with ThreadPoolExecutor(4) as pool:
            watchers = [pool.submit(watch) for _ in range(2)]
            for done in [pool.submit(insert, name) for name in "xy"]:
                done.result()
            for watcher in watchers:
                watcher.result()
        assert store.find(Query(collection="records", where={"by": ("x", "y")})).total == 60
