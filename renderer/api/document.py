"""The API's own description, cut to who asks: OpenAPI 3.1 of the templates he may make or read records of."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue as Answer

from builder.emit.openapi import openapi_of
from builder.model import Field, Template, say
from renderer.api.door import caller, language, service
from renderer.api.strict import write
from workflows.guard.access import Level, ever_levels


def show() -> Answer:
    """GET: a field that the caller never sees is left out; one that he never sees in clear is said to come masked."""
    actor, spoken = caller(), language()

    def sight(template: Template, field: Field) -> frozenset[Level]:
        return ever_levels(template, actor, field)

    title = say(service().company().name, spoken)
    found = openapi_of(service().templates(actor), spoken, title=title, sight=sight)
    response = Response(write(found), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = spoken
    return response
