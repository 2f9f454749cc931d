"""`/f/T`: fill a form, store a new record."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from renderer.drawing.answers import Answers, opened
from renderer.pages.form import KEY, Form, new_key, redraws
from renderer.pages.page import unsaved
from renderer.visit import actor, house
from workflows.keep.port import StoreError
from workflows.record import Faults, Invalid


def show(ref: str) -> ResponseReturnValue:
    """GET: the form with its defaults. POST: draw it again, or store it and go to the record."""
    blank = house().service.blank(actor(), ref)
    form = Form.of(blank.template, blank.rights, new=True)
    if request.method != "POST":
        return form.page(blank.evaluation, opened(form.plan, blank.evaluation), slots=_slots())
    answers = form.posted()
    if redraws():
        return _again(ref, form, answers)
    return _store(ref, form, answers)


def _store(ref: str, form: Form, answers: Answers) -> ResponseReturnValue:
    try:
        done = house().service.create(actor(), ref, answers, key=request.form.get(KEY, ""))
    except Invalid as invalid:
        return _again(ref, form, answers, 422, faults=invalid.faults)
    except StoreError:
        return _again(ref, form, answers, 503, flash=unsaved())
    flash("repeated" if done.repeated else "created")
    return redirect(url_for("record.show", id=done.id), 303)


def _again(
    ref: str, form: Form, answers: Answers, status: int = 200, *, faults: Faults | None = None, **more: Markup
) -> Response:
    seen = house().service.blank(actor(), ref, answers)
    return form.page(seen.evaluation, answers, status=status, faults=faults, slots={**_slots(), **more})


def _slots() -> dict[str, Markup]:
    return {"key": new_key(), "back": escape(url_for("home.show"))}
