"""Files over HTTP: one is sent before the record that will hold it, and read where the record is."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue as Answer

from builder.model import Field, Template
from renderer.api.door import caller, named
from renderer.api.problem import Problem
from renderer.api.strict import write
from renderer.attachment import attachment
from renderer.uploads import MULTIPART, sent
from renderer.visit import house
from workflows.record import Fault, Invalid

PART = "file"


def take(template: str) -> Answer:
    """POST multipart/form-data with one part `file`: 201 `{id, name, type, size}`, to be named by its id in `data`."""
    asked = named(template, own=True)
    if request.mimetype != MULTIPART:
        raise Problem(415, "media-type-multipart", headers={"Accept-Post": MULTIPART})
    uploads = [upload for upload in request.files.getlist(PART) if upload.filename]
    if len(uploads) != 1:
        raise Problem(400, "one-file", {"name": PART})
    file = house().files.take(caller(), sent(uploads[0]), _taking(asked.definition))
    if isinstance(file, Fault):
        raise Invalid({PART: (file,)})
    response = Response(write({name: file[name] for name in ("id", "name", "type", "size")}), 201)
    response.mimetype = "application/json"
    return response


def fetch(record: str, field: str, file: str) -> Answer:
    """GET: the content of a file that a record's field holds."""
    return attachment(*house().files.fetch(caller(), record, field, file))


def _taking(template: Template) -> list[Field]:
    """The fields and columns that take files. Raises Invalid when there are none."""
    every = [each for field in template.fields.values() for each in (field, *field.fields)]
    found = [each for each in every if each.type == "file"]
    if not found:
        raise Invalid({PART: (Fault("no-file-asked"),)})
    return found
