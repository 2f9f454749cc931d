"""`/find/T`: the records that a typed text finds, for a box that offers them while somebody types."""

from __future__ import annotations

import json
from typing import Final

from flask import Response, request
from flask.typing import ResponseReturnValue

from builder.model import say
from renderer.drawing.offers import MOST, titled
from renderer.visit import actor, house, language
from workflows.guard.access import may_list
from workflows.record import NotFound

LONGEST: Final = 100


def find(ref: str) -> ResponseReturnValue:
    """POST `q`: `{items: [{id, title, about}]}`, the best first. What is searched for stands in no address."""
    template = house().catalogue.current(ref, actor().department)
    if not may_list(template, actor()):
        raise NotFound("no-such-template", template=ref)
    found = house().service.links(actor()).search(template.id, request.form.get("q", "")[:LONGEST], MOST)
    items = [{"id": m.id, "title": titled(m.title, language()), "about": say(m.state, language())} for m in found]
    response = Response(json.dumps({"items": items}, ensure_ascii=False), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
