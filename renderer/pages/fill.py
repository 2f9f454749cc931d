"""`/f/T`: fill a form, store a new record."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from renderer.drawing.answers import Answers
from renderer.drawing.sheet import Sheet
from renderer.pages.form import Form, asks, new_key, programs, redraws, sent_key
from renderer.pages.page import announce, html, passing, unsaved
from renderer.visit import actor, house, language, remembered
from workflows.guard.access import rights
from workflows.keep.port import StoreError
from workflows.record import Faults, Invalid, NotFound


def show(ref: str) -> ResponseReturnValue:
    """GET: the form with its defaults. POST: draw it again, or store it and go to the record."""
    if programs():
        return _form(ref).program(programs())
    if request.method != "POST":
        return html(_opened(ref).close({**passing(), "key": new_key()}))
    form = _form(ref)
    answers = form.posted()
    if redraws():
        return _again(ref, form, answers)
    return _store(ref, form, answers)


def _form(ref: str) -> Form:
    """The form without what it opens with: a posted one brings its own answers, and `create` judges who may."""
    template = house().catalogue.current(own(ref), actor().department)
    return Form.of(template, rights(template, house().service.company(), actor(), None), new=True)


def own(ref: str) -> str:
    """The template of a `TEMPLATE[@DEPT]`. Raises NotFound for another department's: its records are made there."""
    template, _, department = ref.partition("@")
    if department and department != actor().department:
        raise NotFound("no-such-template", template=ref)
    return template


def _draw(ref: str) -> tuple[Form, Sheet]:
    blank = house().service.blank(actor(), own(ref))
    form = Form.of(blank.template, blank.rights, new=True)
    return form, form.opened(blank, _slots())


def _opened(ref: str) -> Sheet:
    """The form as it opens: remembered, but where it shows the moment, or the address has a query (`?lang=en`)."""
    form, sheet = _draw(ref) if request.query_string else remembered(_key(ref), lambda: _draw(ref))
    return _draw(ref)[1] if form.plan.timely else sheet


def _key(ref: str) -> tuple[object, ...]:
    return "opened", ref, actor(), language()


def _store(ref: str, form: Form, answers: Answers) -> ResponseReturnValue:
    try:
        done = house().service.create(actor(), own(ref), answers, key=sent_key())
    except Invalid as invalid:
        return _again(ref, form, answers, 422, faults=invalid.faults)
    except StoreError:
        return _again(ref, form, answers, 503, flash=unsaved())
    announce("repeated" if done.repeated else "created")
    return redirect(url_for("record.show", id=done.id), 303)


def _again(
    ref: str, form: Form, answers: Answers, status: int = 200, *, faults: Faults | None = None, **more: Markup
) -> Response:
    seen = house().service.blank(actor(), own(ref), answers)
    if asks():
        return form.reply(seen, answers)
    return form.page(seen, answers, status=status, faults=faults, slots={**_slots(), **more})


def _slots() -> dict[str, Markup]:
    return {"key": new_key(), "back": escape(url_for("home.show"))}
