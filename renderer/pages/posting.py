"""The answers of a posted form, with the files that came in it: those are laid ready, and stand in it as lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from builder.model import Field
from renderer.drawing.answers import DIGITS
from renderer.drawing.attached import line
from renderer.drawing.plan import Plan
from renderer.uploads import sent
from renderer.visit import bearer, house
from workflows.files.bringing import looked_at
from workflows.keep.port import StoreError
from workflows.record import Fault

CELL: Final = re.compile(rf"(\w+)\.\d{{1,{DIGITS}}}\.(\w+)")


def posted_form(plan: Plan) -> MultiDict[str, str]:
    """The posted form; take it once a request, for it takes the files in."""
    if not request.files:
        return request.form
    form: MultiDict[str, str] = MultiDict(request.form)
    for name, uploads in request.files.lists():
        spec = file_field(plan.inputs, name)
        chosen = [upload for upload in uploads if upload.filename]
        if spec is not None and chosen:
            before = [] if spec.max == 1 else form.getlist(name)  # where one is all, the newly chosen one it is
            form.setlist(name, [*before, *_taken(spec, chosen)])
    return form


def file_field(fields: Iterable[Field], name: str) -> Field | None:
    """The field, or the column, of files that an HTML name stands for."""
    named = {f"{spec.id}.{column.id}": column for spec in fields for column in spec.fields}
    named |= {spec.id: spec for spec in fields}
    cell = CELL.fullmatch(name)
    found = named.get(f"{cell[1]}.{cell[2]}" if cell else name)
    return found if found is not None and found.type == "file" else None


def _taken(spec: Field, uploads: Iterable[FileStorage]) -> list[str]:
    lines: list[str] = []
    for upload in uploads:
        file: Any = sent(upload)
        try:
            found = house().files.take(bearer(), file, (spec,))
        except StoreError:
            found = Fault("file-not-taken")
        lines.append(line(looked_at(file) if isinstance(found, Fault) else found))  # the judge says what is wrong
    return lines
