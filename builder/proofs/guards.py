"""No two transitions of one action are open at once without an order, and none leaves answers without a way on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from builder.diagnostic import Diagnostic, Path, Related
from builder.expressions import Expression, Situation
from builder.expressions.witness import Undecided, Witness, witness
from builder.language import Document
from builder.model import Template, Transition

# Builder has no clock: a guard that speaks of today is tried around this day, and holds around any other alike.
SOME_DAY = Situation(today="2026-01-15", now="2026-01-15T08:00:00.000000Z", me="me")


def guards(template: Template, document: Document) -> Iterator[Diagnostic]:
    """Findings `transitions-overlap`, `transitions-gap` and `transitions-undecided`, each with its witness."""
    told: set[tuple[str, ...]] = set()
    for (action, state), group in forks(template.transitions.values()).items():
        names = tuple(transition.id for transition in group)
        if names in told:  # the same fork from another state: one cause, one finding
            continue
        told.add(names)
        for first, second in combinations(group, 2):
            if first.order == second.order:
                yield from _overlap(template, document, action, state, first, second)
        yield from _gap(template, document, action, state, group)


def forks(transitions: Iterable[Transition]) -> Mapping[tuple[str, str], Sequence[Transition]]:
    """The transitions of one action out of one state, where there are several."""
    groups: dict[tuple[str, str], list[Transition]] = {}
    for transition in transitions:
        for source in transition.sources:
            groups.setdefault((transition.action, source), []).append(transition)
    return {key: group for key, group in groups.items() if len(group) > 1}


def _overlap(
    template: Template, document: Document, action: str, state: str, first: Transition, second: Transition
) -> Iterator[Diagnostic]:
    found = _witness(template, [t.when for t in (first, second) if t.when], [])
    if found is None:
        return
    args = {"action": action, "state": state, "first": first.id, "second": second.id}
    related = (Related(document.place(_guard(first)), "also-from-here"),)
    place = document.place(_guard(second))
    if isinstance(found, Witness):
        yield Diagnostic("transitions-overlap", place, args, related, shown(template, found))
    else:
        yield Diagnostic("transitions-undecided", place, args, related)


def _gap(
    template: Template, document: Document, action: str, state: str, group: Sequence[Transition]
) -> Iterator[Diagnostic]:
    conditions = [transition.when for transition in group if transition.when]
    if len(conditions) < len(group):  # one without a guard is always open
        return
    found = _witness(template, [], conditions)
    if isinstance(found, Witness):
        related = tuple(Related(document.place(_guard(other)), "also-from-here") for other in group[:-1])
        args = {"action": action, "state": state}
        yield Diagnostic("transitions-gap", document.place(_guard(group[-1])), args, related, shown(template, found))


def _witness(
    template: Template, holds: Sequence[Expression], fails: Sequence[Expression]
) -> Witness | Undecided | None:
    computed = {field.id: field.compute for field in template.fields.values() if field.compute}
    return witness(holds, fails, scope=template.scope, situation=SOME_DAY, computed=computed)


def _guard(transition: Transition) -> Path:
    return ("workflow", "transitions", transition.id, *(("when",) if transition.when else ()))


def shown(template: Template, found: Witness) -> dict[str, object]:
    """A witness as its author would write the answers: money in units, absent left out."""
    scales = {name: field.scale for name, field in template.fields.items()}
    return {name: _plain(value, scales.get(name, 0)) for name, value in found.values.items() if value is not None}


def _plain(value: object, scale: int) -> object:
    """50000 rather than 5000000 cents or 50000.0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    units = value / 10**scale
    return int(units) if units == int(units) else units
