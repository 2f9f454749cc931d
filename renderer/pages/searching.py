"""The entries of a long list, found while somebody types: asked of the page with the box, under that page's rights.

What is typed may become an answer, so it travels in the body of a POST: it stands in no address, history or log.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from flask import Response, abort, current_app, jsonify, request

from renderer.api.budget import Budget
from renderer.drawing.choosing import asked_by, typed_choice
from renderer.drawing.plan import Plan
from renderer.visit import house
from workflows.find.entries import look_up
from workflows.record import NotFound

OPTIONS, QUERY = "form-options", "form-query"  # with a hyphen: no field of a template can be called so
MOST: Final = 20  # offered at once
LONGEST: Final = 80  # characters that are searched for
SEARCHES: Final = "formwright-searches"
PER_MINUTE: Final = 300  # one caller types no faster


def searched() -> str:
    """The path of the field whose options are asked for (`channel`, `touches.channel`); "" when the page itself is."""
    return request.form.get(OPTIONS, "") if request.method == "POST" else ""


def found(plan: Plan, caller: str) -> Response:
    """The options nearest to what is typed, with the words that stand for each. Raises NotFound for another field."""
    spec = next((each for top in plan.inputs for each in (top, *top.asked) if each.path == searched()), None)
    if spec is None or not asked_by(spec, "search"):
        raise NotFound("no-such-field")
    _hold_back(caller)
    query = request.form.get(QUERY, "")[:LONGEST]
    items = [
        {"id": option.id, "title": typed_choice(spec, option.id, plan.language), "about": ""}
        for option in look_up(spec.options, query, MOST)
    ]
    response = jsonify(items=items)
    response.headers["Cache-Control"] = "no-store"
    return response


def _hold_back(caller: str) -> None:
    settings = house().settings
    budget: Budget = current_app.extensions.setdefault(SEARCHES, Budget(PER_MINUTE))
    if budget.wait(caller, datetime.fromisoformat(settings.clock()).timestamp()):
        abort(429)
