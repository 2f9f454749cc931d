"""The dependency order: after what is read, else as written; cycles by name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.expressions import dependency_order

NAMES = [f"f{i}" for i in range(8)]
GRAPHS = st.lists(st.sampled_from(NAMES), unique=True).flatmap(
    lambda names: st.fixed_dictionaries(
        {name: st.frozensets(st.sampled_from([*NAMES, "state"]), max_size=3) for name in names}
    )
)


def test_written_order_is_kept_among_the_free() -> None:
    reads = {
        "total": frozenset({"price", "qty"}),
        "note": frozenset(),
        "qty": frozenset(),
        "price": frozenset(),
        "a": frozenset({"note"}),
    }
    assert dependency_order(reads) == (("note", "qty", "price", "total", "a"), ())


def test_names_from_outside_do_not_matter() -> None:
    assert dependency_order({"a": frozenset({"state", "b"}), "b": frozenset({"owner"})}) == (("b", "a"), ())


def test_a_cycle_is_named_in_reading_order() -> None:
    reads = {
        "a": frozenset({"b"}),
        "b": frozenset({"c"}),
        "c": frozenset({"a"}),
        "d": frozenset({"a"}),
        "e": frozenset(),
    }
    assert dependency_order(reads) == (("e",), (("a", "b", "c"),))


def test_a_field_that_reads_itself_is_a_cycle() -> None:
    assert dependency_order({"a": frozenset({"a"})}) == ((), (("a",),))


def test_each_tangle_gives_one_shortest_cycle() -> None:
    reads = {
        "a": frozenset({"b", "c"}),
        "b": frozenset({"c"}),
        "c": frozenset({"a"}),
        "x": frozenset({"y"}),
        "y": frozenset({"x"}),
    }
    assert dependency_order(reads)[1] == (("a", "c"), ("x", "y"))


@given(GRAPHS)
def test_laws(reads: dict[str, frozenset[str]]) -> None:
    order, cycles = dependency_order(reads)
    assert len(set(order)) == len(order)
    for i, name in enumerate(order):  # everything after what it reads
        assert {other for other in reads[name] if other in reads} <= set(order[:i])
    stuck = set(reads) - set(order)
    assert bool(stuck) == bool(cycles)
    for name in stuck:  # whoever is left out needs somebody who is left out
        assert reads[name] & stuck
    for cycle in cycles:
        assert all(after in reads[name] for name, after in zip(cycle, (*cycle[1:], cycle[0]), strict=True))


@given(GRAPHS)
def test_the_order_is_the_first_by_place(reads: dict[str, frozenset[str]]) -> None:
    """Always the first written of those whose readings are done: by selection, the slow way."""
    expected: list[str] = []
    while True:
        free = [n for n in reads if n not in expected and {o for o in reads[n] if o in reads} <= set(expected)]
        if not free:
            break
        expected.append(free[0])
    assert dependency_order(reads)[0] == tuple(expected)
