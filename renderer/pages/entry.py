"""`/r/ID/add/LOG`: a new entry of a record's log, on a page of its own: what is asked on the phone after a visit."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from builder.model import Field, say
from renderer.drawing.answers import Answers, opened
from renderer.drawing.cabinet import Door
from renderer.drawing.plan import PART
from renderer.i18n import words
from renderer.pages.form import Form, redraws, sent_key
from renderer.pages.page import announce, unsaved
from renderer.pages.record import logs, slots_of
from renderer.visit import actor, house, language
from workflows.keep.port import StoreError
from workflows.record import Fault, Faults, Invalid, NotFound
from workflows.view import View


def show(id: str, name: str) -> ResponseReturnValue:
    """GET: an empty entry above those there are. POST: add it and go back to the record; nothing is overwritten."""
    view = house().service.read(actor(), id)
    log = next((spec for spec in logs(view) if spec.id == name), None)
    if log is None:
        raise NotFound("not-open")
    form = Form.of(view.template, view.rights, new=False, door=Door(asked=(name,), page=PART))
    if aside := form.aside(actor().id):
        return aside
    if request.method != "POST":
        return _again(view, form, log, {name: [{}]})
    answers = form.posted()
    return _again(view, form, log, answers) if redraws() else _add(view, form, log, answers)


def _add(view: View, form: Form, log: Field, answers: Answers) -> ResponseReturnValue:
    id = view.record.id
    try:
        done = house().service.revise(actor(), id, answers, rev=None, key=sent_key())
    except Invalid as invalid:
        return _again(view, form, log, answers, 422, faults=invalid.faults)
    except StoreError:
        return _again(view, form, log, answers, 503, flash=unsaved())
    if done.rev == view.record.rev and not done.repeated:
        return _again(view, form, log, answers, 422, faults={log.id: (Fault("log-empty"),)})
    announce("changed")
    return redirect(url_for("record.show", id=id), 303)


def _again(
    view: View,
    form: Form,
    log: Field,
    answers: Answers,
    status: int = 200,
    *,
    faults: Faults | None = None,
    **more: Markup,
) -> Response:
    _ = words(language())
    seen = house().service.preview(actor(), view.record.id, answers)
    slots = {**slots_of(view), "heading": escape(say(log.label, language())), "send": escape(_("Save")), **more}
    return form.again(seen, opened(form.plan, view.evaluation) | answers, status, faults=faults, slots=slots)
