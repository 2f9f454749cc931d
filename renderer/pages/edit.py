"""`/r/ID/edit`: change a record; whoever comes from a stale tab chooses between both values, field by field."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from builder.model import Field
from renderer.drawing.answers import Answers, as_sent, flat, opened
from renderer.drawing.display import show as shown
from renderer.pages.alike import alike
from renderer.pages.form import (
    Form,
    reader,
    redraws,
    sent_key,
    sent_rev,
)
from renderer.pages.page import announce, render, unsaved
from renderer.pages.record import heading, slots_of
from renderer.visit import actor, house
from workflows.keep.port import StoreError
from workflows.record import Faults, Forbidden, Invalid, Stale
from workflows.view import View

PICK = "pick-"  # pick-FIELD: mine | theirs


def show(id: str) -> ResponseReturnValue:
    """GET: the form with the stored answers. POST: draw it again, or store the changes and go to the record."""
    view = house().service.read(actor(), id)
    form = Form.of(view.template, view.rights, new=False)
    if not form.plan.inputs:
        raise Forbidden("not-yours")
    if aside := form.aside(actor().id):
        return aside
    if request.method != "POST":
        return form.page(view, opened(form.plan, view.evaluation), slots=slots_of(view))
    answers = form.posted()
    if redraws():
        return _again(view, form, answers)
    return _store(view, form, _picked(answers))


def _picked(answers: Answers) -> Answers:
    """The answers without those where the stored value was chosen."""
    return {name: value for name, value in answers.items() if request.form.get(PICK + name) != "theirs"}


def _store(view: View, form: Form, answers: Answers, rev: int = 0) -> ResponseReturnValue:
    """Store the answers; where somebody was faster and nothing differs but what is added to logs, on top of his."""
    id, key = view.record.id, sent_key()
    try:
        house().service.revise(actor(), id, answers, rev=rev or sent_rev(), key=key)
    except Stale:
        differing = _differing(view, form, answers)
        return (
            _both(view, form, answers, differing) if differing or rev else _store(view, form, answers, view.record.rev)
        )
    except Invalid as invalid:
        return _again(view, form, answers, 422, faults=invalid.faults)
    except StoreError:
        return _again(view, form, answers, 503, flash=unsaved())
    announce("changed")
    return redirect(url_for("record.show", id=id), 303)


def _again(
    view: View, form: Form, answers: Answers, status: int = 200, *, faults: Faults | None = None, **more: Markup
) -> Response:
    seen = house().service.preview(actor(), view.record.id, answers)
    kept = opened(form.plan, view.evaluation) | answers
    return form.again(seen, kept, status, faults=faults, alike=alike(seen), slots={**slots_of(view), **more})


def _differing(view: View, form: Form, answers: Answers) -> list[Field]:
    """The fields that say something else now than these answers; to a log both have added."""
    mine = house().service.preview(actor(), view.record.id, answers).evaluation.values
    theirs = view.evaluation.values
    mutable = (f for f in form.plan.inputs if f.type != "log" and f.id in answers)
    return [f for f in mutable if mine.get(f.id) != theirs.get(f.id)]


def _both(view: View, form: Form, answers: Answers, differing: list[Field]) -> Response:
    """Both values of every field that differs; the answers travel on as they were typed.

    Where only the other one changed a field, what is stored is chosen beforehand: an untouched answer undoes nothing.
    """
    mine = house().service.preview(actor(), view.record.id, answers).evaluation.values
    theirs, told = view.evaluation.values, reader()
    then = {**theirs, **house().service.replaced(actor(), view.record.id, sent_rev())}
    cells, _ = flat(form.plan, answers)
    lines = [
        (f, shown(f, mine.get(f.id), told), shown(f, theirs.get(f.id), told), mine.get(f.id) != then.get(f.id))
        for f in differing
    ]
    return render(
        "stale.html",
        409,
        lines=lines,
        sent=as_sent(cells),
        view=view,
        heading=heading(view),
        key=house().settings.chance(16).hex(),
    )
