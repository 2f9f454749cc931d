"""`/r/ID/files/FIELD/FILE`: a file of a record, for whoever may read the field in clear; `?thumb`: its picture."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from renderer.attachment import attachment, thumbnail
from renderer.visit import actor, house


def show(id: str, field: str, file: str) -> ResponseReturnValue:
    """GET: the file to keep, or its picture to show."""
    desk = house().files
    if "thumb" in request.args:
        return thumbnail(file, desk.small(actor(), id, field, file))
    return attachment(*desk.fetch(actor(), id, field, file))
