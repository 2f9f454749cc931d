"""A good answer: JSON that nobody keeps, with the revision of a record as its ETag."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response

from renderer.api.strict import write


def reply(body: Mapping[str, object], *, rev: int | None = None) -> Response:
    """The answer with this body."""
    response = Response(write(body), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    if rev is not None:
        response.headers["ETag"] = f'"{rev}"'
    return response
