"""What comes of one step on a record: the record after it, how it is judged, and what its history says."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.evaluate import Evaluation
from workflows.guard.masks import guarded_record
from workflows.history import changed_body
from workflows.life.engine import closed_reason, leaving, moved, step_faults, ways
from workflows.record import Forbidden, NotOpen, Record, Stale
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


def moved_on(standing: Standing, action: str, answers: Answers, comment: str) -> Outcome:
    """The record after the open transition of an action. Raises Forbidden, NotOpen, Invalid."""
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
    target = moved(record, way.transition, standing.at)
    evaluation = standing.accept(answers, target, lambda e: step_faults(way.transition, e, comment))
    after = target.with_(data=evaluation.stored, tags=evaluation.tags)
    said = {"action": action, "transition": way.transition.id, "comment": comment}
    return (
        after,
        evaluation,
        "moved",
        changed_body(record, after, standing.logs, state=[record.state, after.state], **said),
    )
