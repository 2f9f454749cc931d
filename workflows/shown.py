"""What an actor is shown of where he stands: the form to fill, or the record; each cut to his rights."""

from __future__ import annotations

from workflows.evaluate import Evaluation
from workflows.guard.masks import guarded, guarded_evaluation, guarded_record
from workflows.life.engine import ways
from workflows.standing import Standing
from workflows.view import Blank, View


def shown_form(standing: Standing, evaluation: Evaluation, step: str = "", asks: tuple[str, ...] = ()) -> Blank:
    """The form that his answers are laid into, whole or as a step asks it."""
    template, allowed, record = standing.template, standing.rights, standing.record
    return Blank(
        template=template,
        rights=allowed,
        evaluation=guarded_evaluation(template, allowed, evaluation),
        situation=standing.situation,
        system=standing.system,
        base=guarded(template, allowed, record.data) if record else {},
        step=step,
        asks=asks,
    )


def shown_record(standing: Standing, evaluation: Evaluation) -> View:
    """The record with these answers, and its ways on."""
    template, record, allowed = standing.template, standing.stored, standing.rights
    return View(
        record=guarded_record(template, allowed, record),
        template=template,
        rights=allowed,
        evaluation=guarded_evaluation(template, allowed, evaluation),
        ways=ways(template, standing.company, evaluation, record, standing.actor, standing.situation),
        situation=standing.situation,
        system=standing.system,
    )
