"""`/r/ID/add/LOG`: a new entry of a record's log, on a page of its own: what is asked on the phone after a visit."""

from __future__ import annotations

from flask import Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from builder.model import Field, say
from renderer.drawing.answers import Answers, opened
from renderer.drawing.board import Board
from renderer.drawing.filling import Ink
from renderer.drawing.plan import Plan
from renderer.drawing.visitor import fill
from renderer.i18n import speech
from renderer.pages.form import lists, new_key, posted, reader, redraws, sent_key, spoken, summary
from renderer.pages.linked import offering
from renderer.pages.page import announce, frame, html, unsaved
from renderer.pages.record import heading, logs
from renderer.visit import actor, house, language
from workflows.keep.port import StoreError
from workflows.record import Fault, Faults, Invalid, NotFound
from workflows.view import View

NOTHING: Faults = {}


def show(id: str, name: str) -> ResponseReturnValue:
    """GET: an empty entry above those there are. POST: add it and go back to the record; nothing is overwritten."""
    view = house().service.read(actor(), id)
    log = next((spec for spec in logs(view) if spec.id == name), None)
    if log is None:
        raise NotFound("not-open")
    plan = Plan(template=view.template, language=language(), write=frozenset({name}), show=frozenset(), new=False)
    if request.method != "POST":
        return _page(view, plan, log, {name: [{}]})
    answers = posted(plan)
    return _page(view, plan, log, answers) if redraws() else _add(view, plan, log, answers)


def _add(view: View, plan: Plan, log: Field, answers: Answers) -> ResponseReturnValue:
    id = view.record.id
    try:
        done = house().service.revise(actor(), id, answers, rev=None, key=sent_key())
    except Invalid as invalid:
        return _page(view, plan, log, answers, 422, faults=invalid.faults)
    except StoreError:
        return _page(view, plan, log, answers, 503, flash=unsaved())
    if done.rev == view.record.rev and not done.repeated:
        return _page(view, plan, log, answers, 422, faults={log.id: (Fault("log-empty"),)})
    announce("changed")
    return redirect(url_for("record.show", id=id), 303)


def _page(
    view: View,
    plan: Plan,
    log: Field,
    answers: Answers,
    status: int = 200,
    *,
    faults: Faults = NOTHING,
    **more: Markup,
) -> Response:
    said = spoken(faults)
    back = escape(url_for("record.show", id=view.record.id))
    seen = house().service.preview(actor(), view.record.id, answers).evaluation
    filling = fill(
        plan,
        seen,
        reader(),
        answers=opened(plan, view.evaluation) | answers,
        faults=said,
        lists=lists(plan),
        offering=offering(making=False),
        page=frame(key=new_key(), back=back, **summary(plan, said), **more),
    )
    ink = Ink(filling)
    text = current_app.jinja_env.get_template("entry.html").render(
        pen=ink,
        plan=plan,
        headings=Board(plan, ink, filling).headings(),
        heading=heading(view),
        title=say(log.label, language()),
        signed_in=True,
        **speech(language()),
    )
    return html(text, status)
