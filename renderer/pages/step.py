"""`/r/ID/do/ACTION`: take a transition; a page of its own where the step asks for answers or a comment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from builder.model import say
from renderer.drawing.answers import Answers, opened, parse
from renderer.drawing.cabinet import Door
from renderer.drawing.plan import PART, Plan
from renderer.pages.form import Form, redraws, sent_key, sent_rev
from renderer.pages.page import NOTE, announce, unsaved
from renderer.pages.posting import posted_form
from renderer.pages.record import slots_of
from renderer.sentences import sentence
from renderer.visit import actor, house, language
from workflows.keep.port import StoreError
from workflows.life.asked import COMMENT, asked, names
from workflows.record import Forbidden, Invalid, NotFound, NotOpen, Stale
from workflows.view import Blank, View

STEP: Final = "form-step"  # which transition's form was filled; a button on the record's page sends none
UNMET: Final = "guard-not-met"


@dataclass(frozen=True, slots=True)
class Taking:
    """Somebody takes a step of a record: its action, and the form of what it asks."""

    view: View
    action: str
    opens: Blank

    @property
    def form(self) -> Form:
        """The form, drawn at its first use."""
        door = Door(asked=self.opens.asks, page=PART)
        return Form.of(self.opens.template, self.opens.rights, new=False, door=door)

    def again(self, answers: Answers, status: int = 200, **more: Markup) -> Response:
        """The form with these answers and, where it was refused, what is wrong with them."""
        seen = house().service.asked(actor(), self.view.record.id, self.action, answers)
        kept = opened(self.form.plan, self.opens.evaluation) | answers
        faults = seen.evaluation.faults if status == REFUSED else None
        return self.form.again(seen, kept, status, faults=faults, slots={**self.slots(), **more})

    def slots(self) -> dict[str, Markup]:
        """What the page says of the step."""
        step = self.opens.template.transitions[self.opens.step]
        label = escape(say(step.label, language()) or step.action)
        carried = HIDDEN.format(STEP, step.id)
        return {**slots_of(self.view), "heading": label, "send": label, "carried": carried}


REFUSED: Final = 422
HIDDEN: Final = Markup('<input type="hidden" name="{}" value="{}">')


def show(id: str, action: str) -> ResponseReturnValue:
    """GET: what the step asks for. POST: take it and go back to the record."""
    view = house().service.read(actor(), id)
    sends = request.method == "POST" and not redraws()
    try:
        taking = Taking(view, action, house().service.asked(actor(), id, action))
    except (NotOpen, Forbidden) as closed:
        if sends:
            return _late(view, action)
        raise NotFound("not-open") from closed
    if aside := taking.form.aside(actor().id):
        return aside
    answers = taking.form.posted() if STEP in request.form else {}
    return _take(taking, answers) if sends else taking.again(answers)


def _take(taking: Taking, answers: Answers) -> ResponseReturnValue:
    try:
        _act(taking.view, taking.action, answers)
    except (Stale, NotOpen) as closed:
        if closed.code == UNMET:  # by these answers: as the record is, it was open
            said = NOTE.format("bad", sentence(closed.code, language(), closed.args_))
            return taking.again(answers, REFUSED, flash=said)
        return _back(taking.view, "not-open")
    except Invalid:
        return taking.again(answers, REFUSED)
    except StoreError:
        return taking.again(answers, 503, flash=unsaved())
    return _back(taking.view, "moved")


def _late(view: View, action: str) -> ResponseReturnValue:
    """The step is not open any more: this very request took it before, or somebody else changed the record."""
    step = view.template.transitions.get(request.form.get(STEP, ""))
    answers: Answers = {}
    if step is not None:
        form, fields = asked(view.template, step), names(step)
        plan = Plan(template=form, language=language(), write=frozenset(fields), show=frozenset(), asked=fields)
        answers = parse(plan, posted_form(plan))
    try:
        _act(view, action, answers)
    except (Stale, NotOpen):
        return _back(view, "not-open")
    return _back(view, "moved")


def _act(view: View, action: str, answers: Answers) -> None:
    """Raises what the service raises."""
    data = {name: raw for name, raw in answers.items() if name != COMMENT}
    comment = request.form.get(COMMENT, "")
    house().service.act(actor(), view.record.id, action, data=data, comment=comment, key=sent_key(), rev=sent_rev())


def _back(view: View, word: str) -> ResponseReturnValue:
    announce(word)
    return redirect(url_for("record.show", id=view.record.id), 303)
