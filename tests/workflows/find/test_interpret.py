"""What a query means: the interpreter against the letter of `Query`, and against a slow reading of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.find.index import Index
from workflows.find.interpret import run
from workflows.find.query import Look, Order, Page, Query, Row

ROWS: dict[str, Row] = {
    "r1": {"id": "r1", "state": "new", "owner": "li", "data": {"name": "王五", "budget": 5, "touch": ["web", "fair"]}},
    "r2": {"id": "r2", "state": "won", "owner": "li", "data": {"name": "安娜", "budget": 9}},
    "r3": {"id": "r3", "state": "new", "data": {"name": "王二", "budget": 5, "touch": ["web", "fair"]}},
    "r4": {"id": "r4", "state": "lost", "owner": "wang", "data": {"name": "Zoe"}},
    "r5": {"id": "r5", "state": "new", "owner": "zhao", "data": {}},
}


def ask(**query: Any) -> Page:
    return run(Query(collection="records", **query), reversed(ROWS.items()))


def ids(**query: Any) -> list[object]:
    return [row["id"] for row in ask(**query).rows]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, ["r1", "r2", "r3", "r4", "r5"]),
        ({"state": "new"}, ["r1", "r3", "r5"]),
        ({"state": ("new", "won"), "owner": "li"}, ["r1", "r2"]),
        ({"owner": None}, ["r3"]),
        ({"owner": (None, "zhao")}, ["r3", "r5"]),
        ({"state": ()}, []),
        ({"nowhere": "x"}, []),
    ],
)
def test_where(where: dict[str, object], expected: list[str]) -> None:
    assert ids(where=where) == expected


def test_filter_comes_on_top_of_where() -> None:
    assert ids(where={"state": "new"}, filter=lambda row: "name" in row["data"]) == ["r1", "r3"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((Order("data.name"),), ["r4", "r2", "r3", "r1", "r5"]),
        ((Order("data.name", True),), ["r1", "r3", "r2", "r4", "r5"]),  # absent last either way
        ((Order("data.budget"),), ["r1", "r3", "r2", "r4", "r5"]),  # ties and absent ones by id
        ((Order("data.budget", True),), ["r2", "r1", "r3", "r4", "r5"]),
        ((Order("state"), Order("data.name", True)), ["r4", "r1", "r3", "r5", "r2"]),
        ((Order("data.name.deeper"),), ["r1", "r2", "r3", "r4", "r5"]),
    ],
)
def test_order(order: tuple[Order, ...], expected: list[str]) -> None:
    assert ids(order=order) == expected


def test_pages_count_from_one_and_total_counts_all() -> None:
    assert [ids(page=page, size=2) for page in (1, 2, 3, 4)] == [["r1", "r2"], ["r3", "r4"], ["r5"], []]
    assert ask(page=4, size=2).total == ask(page=1, size=2).total == 5


def test_who_does_not_count_gets_the_same_pages_and_nobody_looks_further() -> None:
    seen: list[object] = []

    def old(row: Row) -> bool:
        seen.append(row["id"])
        return row["state"] != "won"

    def page(number: int, size: int) -> Page:
        return ask(filter=old, order=(Order("data.name"),), page=number, size=size, counted=False)

    assert [[row["id"] for row in page(number, 2).rows] for number in (1, 2, 3)] == [["r4", "r3"], ["r1", "r5"], []]
    assert len(page(1, 0).rows) == 4 and page(1, 0).total == 0
    seen.clear()
    page(1, 1)
    assert seen == ["r4"]


def test_a_group_has_one_row_with_its_count() -> None:
    page = ask(group=("state",), order=(Order("count", True), Order("state")))
    assert page.rows == ({"state": "new", "count": 3}, {"state": "lost", "count": 1}, {"state": "won", "count": 1})
    assert page.total == 3


def test_groups_of_several_columns_absent_ones_and_lists() -> None:
    page = ask(group=("data.touch", "state"), where={"state": ("new", "won")}, order=(Order("count", True),))
    assert page.rows[0] == {"data.touch": ["web", "fair"], "state": "new", "count": 2}
    assert {(str(row["data.touch"]), row["state"], row["count"]) for row in page.rows[1:]} == {
        ("None", "new", 1),
        ("None", "won", 1),
    }
    assert ask(group=("state",), page=2, size=2).total == 3


SCALARS = st.sampled_from(["li", "wang", "", None, 0, 1, True, 2.5])
TABLES = st.dictionaries(
    st.text("abc", min_size=1, max_size=3),
    st.fixed_dictionaries({}, optional={"a": SCALARS, "b": SCALARS | st.lists(SCALARS, max_size=2)}),
    max_size=12,
)
WHERES = st.dictionaries(st.sampled_from("ab"), SCALARS | st.tuples(SCALARS, SCALARS), max_size=2)


def several(value: Any, kind: type) -> Any:
    return value if isinstance(value, kind) else [value]


@given(TABLES, WHERES)
def test_where_against_its_definition(table: dict[str, Row], where: dict[str, object]) -> None:
    found = run(Query(collection="t", where=where), table.items())
    expected = [
        table[id]
        for id in sorted(table)
        if all(
            any(held == value for held in several(table[id].get(name), list) for value in several(wanted, tuple))
            for name, wanted in where.items()
        )
    ]
    assert list(found.rows) == expected


def test_a_row_that_matches_twice_is_found_once() -> None:
    rows: dict[str, Row] = {f"r{n}": {"b": ["x", "y"] if n == 0 else ["z"]} for n in range(20)}
    query = Query(collection="t", where={"b": ("x", "y")})
    assert [id for id, _ in Index().candidates(query, rows)] == ["r0"]


def test_a_row_that_goes_leaves_the_others_found_though_it_says_a_value_twice() -> None:
    rows: dict[str, Row] = {f"r{n}": {"b": "z"} for n in range(20)} | {"twice": {"b": ["x", "x"]}, "once": {"b": "x"}}
    index, query = Index(), Query(collection="t", where={"b": "x"})
    assert len(index.candidates(query, rows)) == 2
    index.follow("t", "twice", rows.pop("twice"), None)
    assert [id for id, _ in index.candidates(query, rows)] == ["once"]


@given(TABLES, st.lists(st.tuples(st.sampled_from(["a", "ab", "abc", "b", "c"]), TABLES), max_size=6), WHERES)
def test_an_index_finds_what_a_scan_finds(
    rows: dict[str, Row], changes: list[tuple[str, dict[str, Row]]], where: dict[str, object]
) -> None:
    index, query = Index(), Query(collection="t", where=where)
    index.candidates(query, rows)
    for id, given_rows in changes:
        new = next(iter(given_rows.values()), None)
        index.follow("t", id, rows.get(id), new)
        rows.pop(id, None)
        if new is not None:
            rows[id] = new
        index.follow("other", id, None, {"a": "li"})
        assert run(query, index.candidates(query, rows)) == run(query, rows.items())


FIRMS = st.sampled_from(["甲乙丙有限公司", "甲乙丙丁 Co., Ltd.", "aaaa"])
NAMES = st.text("甲乙", max_size=9) | st.text("甲乙丙 aA１1.", max_size=5) | FIRMS
CELLS = st.dictionaries(st.sampled_from(["name", "note"]), NAMES | st.none() | st.integers(0, 9), max_size=2)
PAPERS = st.fixed_dictionaries({"t": st.sampled_from(["x", "y"])}, optional={"data": CELLS})
WAYS = st.sampled_from(["holds", "similar"])
LOOKS = st.builds(Look, st.sampled_from(["data", "data.name"]), NAMES, WAYS, st.just("t"))


@given(
    st.dictionaries(st.integers(0, 20).map(str), PAPERS, max_size=15),
    st.lists(st.tuples(st.integers(0, 20).map(str), st.none() | PAPERS), max_size=8),
    LOOKS,
)
def test_an_index_of_texts_finds_what_a_scan_finds(
    rows: dict[str, Row], changes: list[tuple[str, Row | None]], look: Look
) -> None:
    index, query = Index(), Query(collection="t", where={"t": "x"}, look=look)
    index.candidates(query, rows)
    for id, new in changes:
        index.follow("t", id, rows.get(id), new)
        rows.pop(id, None)
        rows |= {} if new is None else {id: new}
        assert run(query, index.candidates(query, rows)) == run(query, rows.items())


def test_an_index_of_texts_reads_few_rows() -> None:
    rows = {f"r{n}": {"t": "x", "data": {"name": f"苏州恒远精密机械{n:03}有限公司"}} for n in range(300)}
    rows["own"] = {"t": "x", "data": {"name": "无锡远大电气"}}
    index = Index()

    def read(text: str, way: Any) -> int:
        look = Look("data.name", text, way, "t")
        return len(index.candidates(Query(collection="t", where={"t": "x"}, look=look), rows))

    assert (read("锡远", "holds"), read("无锡远大电器有限公司", "similar"), read("远大电气", "holds")) == (1, 1, 1)
    assert read("没有这样的名字", "similar") == 0


def test_a_short_name_of_common_signs_is_found_within_a_long_one() -> None:
    rows: dict[str, Row] = {f"r{n}": {"t": "x", "data": {"name": f"精密机械{n:03}"}} for n in range(50)}
    rows["own"] = {"t": "x", "data": {"name": "精密机械"}}
    query = Query(collection="t", where={"t": "x"}, look=Look("data.name", "苏州恒远精密机械厂", "similar", "t"))
    assert [row["data"] for row in run(query, Index().candidates(query, rows)).rows] == [{"name": "精密机械"}]


def test_what_is_just_similar_enough_is_found_by_its_common_signs() -> None:
    common = "甲乙丙丁戊己庚辛"  # 7 pairs of 12 and of 8: 2 * 7 is 0.7 of 20
    rows: dict[str, Row] = {f"r{n}": {"t": "x", "data": {"name": f"{common}{sign}"}} for n, sign in enumerate("辰巳午")}
    query = Query(collection="t", where={"t": "x"}, look=Look("data.name", f"{common}壬癸子丑寅", "similar", "t"))
    assert run(query, Index().candidates(query, rows)).total == run(query, rows.items()).total == 3


def test_an_index_of_texts_that_is_worn_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.find.texts.WORN", 20)
    rows: dict[str, Row] = {"r": {"t": "x", "data": {"name": "甲乙丙丁戊"}}}
    index, query = Index(), Query(collection="t", where={"t": "x"}, look=Look("data.name", "庚辛", "holds", "t"))
    for n in range(60):
        assert index.candidates(query, rows) == []
        new = {"t": "x", "data": {"name": f"己{n}"}}
        index.follow("t", "r", rows["r"], new)
        rows["r"] = new
        [texts] = index._texts.values()
        assert sum(len(places) for places in texts.places.values()) < 40
    rows["r"] = {"t": "x", "data": {"name": "己庚辛"}}
    index.follow("t", "r", new, rows["r"])
    assert [id for id, _ in index.candidates(query, rows)] == ["r"]


def test_an_index_leaves_few_candidates() -> None:
    rows = {f"r{number}": {"key": f"k{number}", "state": "new"} for number in range(100)}
    index = Index()
    assert [id for id, _ in index.candidates(Query(collection="t", where={"state": "new", "key": "k7"}), rows)] == [
        "r7"
    ]
    index.follow("t", "r8", rows["r8"], {"key": "k7"})
    rows["r8"] = {"key": "k7"}
    assert {id for id, _ in index.candidates(Query(collection="t", where={"key": "k7"}), rows)} == {"r7", "r8"}
