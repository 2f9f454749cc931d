"""No two transitions of one action are open at once without an order, and none leaves answers without a way on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from builder.diagnostic import Diagnostic, Path, Related
from builder.expressions import BOOLEAN, Node, Witness
from builder.expressions.tree import names
from builder.model import Transition
from builder.proofs.showing import shown
from builder.proofs.world import World

STATE = "state"


def guards(world: World) -> Iterator[Diagnostic]:
    """Findings `transitions-overlap`, `transitions-gap` and `transitions-undecided`, each with its witness."""
    stored = replace(world, loose=(), freed={})  # a record that takes a step has all that the system knows
    told: set[tuple[str, ...]] = set()
    for (action, state), group in forks(world.template.transitions.values()).items():
        ids = tuple(transition.id for transition in group)
        if ids in told:  # the same fork from another state: one cause, one finding
            continue
        for found in _of_fork(stored, action, state, group):
            told.add(ids)
            yield found


def forks(transitions: Iterable[Transition]) -> Mapping[tuple[str, str], Sequence[Transition]]:
    """The transitions of one action out of one state, where there are several."""
    groups: dict[tuple[str, str], list[Transition]] = {}
    for transition in transitions:
        for source in transition.sources:
            groups.setdefault((transition.action, source), []).append(transition)
    return {key: group for key, group in groups.items() if len(group) > 1}


def _of_fork(world: World, action: str, state: str, group: Sequence[Transition]) -> Iterator[Diagnostic]:
    for first, second in combinations(group, 2):
        if first.order == second.order:
            yield from _overlap(world, action, state, first, second)
    if all(transition.when for transition in group):  # one without a guard is always open
        yield from _gap(world, action, state, group)


def _overlap(world: World, action: str, state: str, first: Transition, second: Transition) -> Iterator[Diagnostic]:
    both = [each.when.tree for each in (first, second) if each.when]
    found = world.shown([*_here(world, state, both), *both])
    if found is None:
        return
    args = {"action": action, "state": state, "first": first.id, "second": second.id}
    related = (Related(world.document.place(_guard(first)), "also-from-here"),)
    place = world.document.place(_guard(second))
    if isinstance(found, Witness):
        yield Diagnostic("transitions-overlap", place, args, related, shown(world.template, found))
    else:
        yield Diagnostic("transitions-undecided", place, args, related)


def _gap(world: World, action: str, state: str, group: Sequence[Transition]) -> Iterator[Diagnostic]:
    conditions = [each.when.tree for each in group if each.when]
    found = world.shown(_here(world, state, conditions), conditions)
    if isinstance(found, Witness):
        related = tuple(Related(world.document.place(_guard(other)), "also-from-here") for other in group[:-1])
        args, place = {"action": action, "state": state}, world.document.place(_guard(group[-1]))
        yield Diagnostic("transitions-gap", place, args, related, shown(world.template, found))


def _here(world: World, state: str, guards: Iterable[Node]) -> list[Node]:
    """That the record is in this state, where some guards speak of it."""
    if not any(STATE in names(tree) for tree in guards):
        return []
    reference = Node("field", world.scope.names[STATE].type, value=STATE)
    return [Node("one_of", BOOLEAN, (reference,), (state,))]


def _guard(transition: Transition) -> Path:
    return ("workflow", "transitions", transition.id, *(("when",) if transition.when else ()))
