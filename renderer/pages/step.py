"""`/r/ID/do/ACTION`: take a transition; a page of its own where the step asks for answers or a comment."""

from __future__ import annotations

from flask import Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from renderer.drawing.answers import Answers, opened, parse
from renderer.drawing.board import Board
from renderer.drawing.filling import Ink
from renderer.drawing.plan import Plan
from renderer.drawing.visitor import fill
from renderer.i18n import speech, words
from renderer.pages.form import REV, lists, new_key, posted, reader, redraws, sent_key, sent_rev, spoken, summary
from renderer.pages.linked import offering
from renderer.pages.page import announce, frame, html, unsaved
from renderer.pages.posting import posted_form
from renderer.pages.record import heading
from renderer.pages.searching import found, searched
from renderer.visit import actor, house, language
from workflows.keep.port import StoreError
from workflows.life.engine import Way
from workflows.record import Faults, Invalid, NotFound, NotOpen, Stale
from workflows.view import View

COMMENT = "form-comment"
COMMENT_FAULT = "comment"  # the name under which a missing comment is refused


def show(id: str, action: str) -> ResponseReturnValue:
    """GET: what the step asks for. POST: take it and go back to the record."""
    view = house().service.read(actor(), id)
    way = next((way for way in view.ways if way.transition.action == action), None)
    if request.method == "POST" and not redraws():
        return _take(view, way, action)
    if way is None or not way.open:
        raise NotFound("not-open")
    if searched():
        return found(_plan(view, way), actor().id)
    return _page(view, way, posted(_plan(view, way)) if request.method == "POST" else {})


def _take(view: View, way: Way | None, action: str) -> ResponseReturnValue:
    answers = parse(plan := _plan(view, way), posted_form(plan)) if way else {}
    comment, key = request.form.get(COMMENT, ""), sent_key()
    try:
        house().service.act(actor(), view.record.id, action, data=answers, comment=comment, key=key, rev=sent_rev())
    except (Stale, NotOpen):
        announce("not-open")
    except Invalid as invalid:
        return _refused(view, way, answers, invalid)
    except StoreError:
        return _page(view, way, answers, 503, flash=unsaved()) if way else _back(view)
    else:
        announce("moved")
    return _back(view)


def _refused(view: View, way: Way | None, answers: Answers, invalid: Invalid) -> ResponseReturnValue:
    if way is None:
        raise invalid
    return _page(view, way, answers, 422, faults=invalid.faults)


def _back(view: View) -> ResponseReturnValue:
    return redirect(url_for("record.show", id=view.record.id), 303)


def _plan(view: View, way: Way) -> Plan:
    """The step's own small form: the fields it requires and this person may fill."""
    asked = frozenset(name for name in way.transition.requires if view.rights.writes(name))
    return Plan(template=view.template, language=language(), write=asked, show=frozenset(), new=False)


def _page(
    view: View, way: Way, answers: Answers, status: int = 200, *, faults: Faults | None = None, **more: Markup
) -> Response:
    plan, said = _plan(view, way), spoken(faults or {})
    seen = house().service.preview(actor(), view.record.id, answers).evaluation
    filling = fill(
        plan,
        seen,
        reader(),
        answers=opened(plan, view.evaluation) | answers,
        faults=said,
        lists=lists(plan),
        offering=offering(making=False),
        page=frame(**_slots(view), **summary(plan, said, {COMMENT_FAULT: words(language())("Comment")}), **more),
    )
    ink = Ink(filling)
    text = current_app.jinja_env.get_template("step.html").render(
        pen=ink,
        plan=plan,
        headings=Board(plan, ink, filling).headings(),
        way=way,
        view=view,
        heading=heading(view),
        comment=request.form.get(COMMENT, ""),
        comment_fault=said.get(COMMENT_FAULT, ""),
        signed_in=True,
        **speech(language()),
    )
    return html(text, status)


def _slots(view: View) -> dict[str, Markup]:
    rev = request.form.get(REV) or str(view.record.rev)
    return {"key": new_key(), "rev": escape(rev), "back": escape(url_for("record.show", id=view.record.id))}
