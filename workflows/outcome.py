"""What comes of one step on a record: the record after it, how it is judged, and what its history says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from builder.model import Transition
from workflows.evaluate import Evaluation
from workflows.guard.masks import guarded_record
from workflows.history import changed_body
from workflows.life.asked import COMMENT, allowed, asked, given, names, outside, own
from workflows.life.engine import closed_reason, leaving, moved, ways
from workflows.record import Forbidden, Invalid, NotOpen, Record, Stale
from workflows.standing import Answers, Standing

Outcome = tuple[Record, Evaluation, str, Mapping[str, object]]  # the record after a step, its event's kind and body


def revised(standing: Standing, data: Answers, rev: int | None) -> Outcome:
    """The record with answers changed; without a revision only rows of logs. Raises Forbidden, Stale, Invalid."""
    if not standing.rights.write:
        raise Forbidden("may-not-write")
    if rev is None and not data.keys() <= set(standing.logs):
        raise Stale(guarded_record(standing.template, standing.rights, standing.stored), data)
    evaluation = standing.accept(data)
    after = standing.after(evaluation)
    return after, evaluation, "changed", changed_body(standing.stored, after, standing.logs)


def at_step(standing: Standing, action: str, answers: Answers) -> tuple[Transition, Standing]:
    """The open transition of an action with these answers, and where he stands who takes it: to the record as it is
    about to be, and its template as the step asks it. Raises Forbidden, NotOpen.
    """
    template, record = standing.template, standing.stored
    judged = standing.judge(standing.own(answers))
    mine = ways(template, standing.company, judged, record, standing.actor, standing.situation)
    way = next((way for way in mine if way.transition.action == action), None)
    if way is None:
        if any(transition.action == action for transition in leaving(template, record.state)):
            raise Forbidden("not-yours", action=action)
        raise NotOpen(closed_reason(template, action), action=action)
    if not way.open:
        raise NotOpen(way.reason, action=action)
    step = way.transition
    target = moved(record, step, standing.at)
    there = replace(standing, template=asked(template, step), rights=allowed(standing.rights, step), record=target)
    return step, there


def asks(standing: Standing, step: Transition) -> tuple[str, ...]:
    """What the form of a step asks, in order: all that it always does, and what else the record lacks where it leads.

    `standing` as of `at_step`. What he may not write he is not asked.
    """
    lacking = (name.partition(".")[0] for name in standing.judge({}).faults)
    fields = standing.template.fields
    more = (name for name in lacking if name in fields and name != COMMENT and standing.rights.writes(name))
    return tuple(dict.fromkeys((*step.requires, *more, *names(step))))


def moved_on(standing: Standing, action: str, answers: Answers, comment: str) -> Outcome:
    """The record after the open transition of an action. Raises Forbidden, NotOpen, Invalid."""
    before = standing.stored
    answers = {name: raw for name, raw in answers.items() if name != "state" or raw != before.state}
    step, there = at_step(standing, action, answers)
    try:
        evaluation = there.accept({**answers, COMMENT: comment} if step.comment else answers)
    except Invalid as invalid:
        raise Invalid(outside(invalid.faults)) from None
    after = there.stored.with_(data=own(standing.template, evaluation.stored), tags=evaluation.tags)
    spoken = evaluation.stored.get(COMMENT, comment)
    said: dict[str, object] = {"action": action, "transition": step.id, "comment": spoken}
    if answered := given(step, evaluation.stored):
        said["answers"] = answered
    body = changed_body(before, after, standing.logs, state=[before.state, after.state], **said)
    return after, evaluation, "moved", body
