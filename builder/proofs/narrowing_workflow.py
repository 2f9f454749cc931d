"""Narrowing of the workflow: a clone's ways are the base's, perhaps stricter, or detours that the base cannot see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.diagnostic import Path
from builder.model import Template, Transition
from builder.proofs.narrowing_access import people
from builder.proofs.narrowing_fields import wider_fields
from builder.proofs.stricter import covers, same

Found = tuple[str, Path, Mapping[str, object]]
COMMENTS = ("", "optional", "required")  # from the least to the most that is asked


def wider_transitions(base: Template, clone: Template) -> Iterator[Found]:
    """Base transitions that ask less, and added ones that go where no base transition as easy goes.

    An added transition is projected by following `counts_as` at both ends. It may stay where it is (a detour inside one
    base state) or follow a base transition between the same two states that asks no more than it does. So a record's
    path through the clone is always a path through the base, and no added way goes round a base's guard.
    """
    for way in clone.transitions.values():
        if way.id in base.transitions:
            yield from _weaker(base.transitions[way.id], way)
        else:
            yield from _added(base, clone, way)


def _weaker(base: Transition, clone: Transition) -> Iterator[Found]:
    path: Path = ("workflow", "transitions", base.id)
    if not covers(base.by, clone.by):
        yield "wider-people", (*path, "by"), people(f"workflow.transitions.{base.id}.by", base.by, clone.by)
    if lost := sorted(set(base.requires) - set(clone.requires)):
        yield "lost-requires", (*path, "requires"), {"transition": base.id, "fields": ", ".join(lost)}
    if COMMENTS.index(clone.comment) < COMMENTS.index(base.comment):
        yield "wider-comment", (*path, "comment"), {"transition": base.id, "was": base.comment}
    if base.id == clone.id:
        yield from wider_fields(base.fields.values(), clone.fields, (*path, "fields"))


def _added(base: Template, clone: Template, way: Transition) -> Iterator[Found]:
    target = _projected(base, clone, way.target)
    for source in way.sources:
        start = _projected(base, clone, source)
        if start and target and start != target and not _follows(base, start, target, way):
            args = {"transition": way.id, "source": source, "target": way.target, "start": start, "end": target}
            yield "added-way", ("workflow", "transitions", way.id), args


def _projected(base: Template, clone: Template, state: str) -> str:
    """The base's state that a state of the clone stands for; empty when none is named, a finding of its own."""
    counted = state if state in base.states else clone.states[state].counts_as if state in clone.states else ""
    return counted if counted in base.states else ""


def _follows(base: Template, start: str, target: str, way: Transition) -> bool:
    ways = (other for other in base.transitions.values() if start in other.sources and other.target == target)
    return any(_asks_no_less(other, way) for other in ways)


def _asks_no_less(base: Transition, clone: Transition) -> bool:
    return not any(_weaker(base, clone)) and (base.when is None or same(base.when, clone.when))
