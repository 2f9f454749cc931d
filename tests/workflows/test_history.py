"""A history replays to the record, and no sequence of acts leaves what the definition allows (design.md, law 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.test_laws import answers
from tests.workflows.test_service import FORM, GIVEN
from tests.workflows.world import PEOPLE, STAFF, compiled, service, situation
from workflows.evaluate import evaluate
from workflows.filing import RECORDS, record_of
from workflows.history import applied, difference, replay
from workflows.record import Actor, Record, Refused
from workflows.service import Service

BUILT = compiled(FORM)
assert BUILT.template is not None
TEMPLATE = BUILT.template

ACTIONS = sorted({transition.action for transition in TEMPLATE.transitions.values()})
TAGS = [("level", "vip"), ("level", "cold"), ("level", "high"), ("touch", "fair"), ("touch", "call")]
DATA = answers(TEMPLATE.fields)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.one_of(
            st.tuples(st.just("revise"), DATA),
            st.tuples(st.just("act"), st.sampled_from(ACTIONS), DATA | st.just({}), st.sampled_from(["", "好"])),
            st.tuples(st.just("act"), st.sampled_from(ACTIONS), st.just({}), st.just("好")),
            st.tuples(st.just("tag"), st.sampled_from(TAGS)),
            st.tuples(st.just("untag"), st.sampled_from(TAGS)),
        ),
    ),
    max_size=12,
)


def stored(desk: Service, id: str) -> Record:
    row = desk.store.get(RECORDS, id)
    assert row is not None
    return record_of(row)


def take(desk: Service, id: str, actor: Actor, step: tuple[Any, ...]) -> None:
    verbs: Mapping[str, Callable[..., object]] = {
        "revise": lambda data: desk.revise(actor, id, data, rev=stored(desk, id).rev),
        "act": lambda action, data, comment: desk.act(actor, id, action, data=data, comment=comment),
        "tag": lambda tag: desk.tag(actor, id, *tag),
        "untag": lambda tag: desk.untag(actor, id, *tag),
    }
    verbs[step[0]](*step[1:])


def allowed(before: Record, after: Record) -> bool:
    """Whether the definition leads from one state to the other."""
    ways = TEMPLATE.transitions.values()
    return before.state == after.state or any(before.state in t.sources and t.target == after.state for t in ways)


@given(STEPS)
def test_whatever_is_done_the_record_is_sound_and_its_history_adds_up(
    steps: list[tuple[Actor, tuple[Any, ...]]],
) -> None:
    desk = service(BUILT)
    id = desk.create(STAFF, "customer", GIVEN).id
    for actor, step in steps:
        before, head = stored(desk, id), desk.store.head()
        try:
            take(desk, id, actor, step)
        except Refused:
            assert stored(desk, id) == before and desk.store.head() == head
        after = stored(desk, id)
        assert allowed(before, after) and after.rev - before.rev == (desk.store.head() != head)
        assert evaluate(TEMPLATE, {}, situation(), record=after).faults == {}
        assert replay(id, desk.store.history(id)) == after


MAPS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3) | st.lists(st.integers(0, 1), max_size=2))


@given(MAPS, MAPS)
def test_a_difference_leads_from_one_to_the_other(old: dict[str, object], new: dict[str, object]) -> None:
    changes = difference(old, new)
    assert applied(old, changes) == new
    assert applied(new, {name: (after, before) for name, (before, after) in changes.items()}) == old


def test_a_history_without_a_beginning_is_no_record() -> None:
    assert replay("r", []) is None
