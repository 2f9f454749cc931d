"""Transitions: which ways are open for an actor, why the others are not, and what a step makes of a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.expressions import Situation
from builder.model import Company, Template, Transition
from workflows.evaluate import Evaluation
from workflows.guard.people import matches, subject_of
from workflows.record import Actor, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A transition this actor may know of. `reason` is "" when it is open, else the code that says why it is not.

    `missing` names the `requires` fields (visible, absent) that the step will ask for; they do not close it.
    """

    transition: Transition
    reason: str = ""
    missing: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the actor may take it now."""
        return not self.reason


def ways(
    template: Template, company: Company, evaluation: Evaluation, record: Record, actor: Actor, situation: Situation
) -> tuple[Way, ...]:
    """One way for each action that leads on from the record's state and is the actor's, in the template's order.

    The evaluation must be whole (no rights cut away): guards are judged on what is, not on what the actor sees.
    """
    subject = subject_of(record, actor)
    mine = [t for t in leaving(template, record.state) if matches(t.by, company, actor, subject)]
    by_action: dict[str, list[Transition]] = {}
    for transition in mine:
        by_action.setdefault(transition.action, []).append(transition)
    values = names(evaluation, record)
    return tuple(_way(template, candidates, values, evaluation, situation) for candidates in by_action.values())


def open_transitions(
    template: Template, company: Company, evaluation: Evaluation, record: Record, actor: Actor, situation: Situation
) -> tuple[Transition, ...]:
    """The transitions this actor may take now, at most one an action."""
    found = ways(template, company, evaluation, record, actor, situation)
    return tuple(way.transition for way in found if way.open)


def leaving(template: Template, state: str) -> Iterator[Transition]:
    """The transitions out of a state, in the template's order."""
    return (t for t in template.transitions.values() if state in t.sources)


def names(evaluation: Evaluation, record: Record) -> Mapping[str, object]:
    """What a guard or a list's filter reads: the answers, and what the system knows of the record."""
    return {
        **evaluation.values,
        "id": record.id,
        "state": record.state or None,
        "owner": record.owner or record.creator,
        "creator": record.creator,
        "department": record.department or None,
        "entry": record.entry or None,
        "created": record.created,
        "updated": record.updated,
        "entered": record.entered,
        "completeness": evaluation.completeness,
    }


def _way(
    template: Template,
    candidates: Sequence[Transition],
    values: Mapping[str, object],
    evaluation: Evaluation,
    situation: Situation,
) -> Way:
    """The first of an action's transitions, by `order`, whose guard holds; else the first one, closed."""
    ordered = sorted(candidates, key=lambda transition: transition.order)
    holds = next((t for t in ordered if t.when is None or t.when.function(values, situation, {}) is True), None)
    if holds is None:
        return Way(transition=ordered[0], reason="guard-not-met")
    return Way(transition=holds, missing=missing(template, holds, evaluation))


def missing(template: Template, transition: Transition, evaluation: Evaluation) -> tuple[str, ...]:
    """The fields a transition asks for that are visible and absent; a box left unticked is absent."""
    fields = (template.fields[name] for name in transition.requires if name in evaluation.visible)
    values = ((field, evaluation.values.get(field.id)) for field in fields)
    return tuple(f.id for f, value in values if (value is not True if f.type == "boolean" else value is None))


def closed_reason(template: Template, action: str) -> str:
    """Why an action that is none of the actor's ways cannot be taken: it leads from elsewhere, or there is none."""
    known = any(transition.action == action for transition in template.transitions.values())
    return "not-from-this-state" if known else "no-such-action"


def moved(record: Record, transition: Transition, at: str) -> Record:
    """The record in the transition's target; what it holds is the judge's affair."""
    return record.with_(state=transition.target, entered=at, updated=at, rev=record.rev + 1)
