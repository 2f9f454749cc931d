"""A department's record as its base sees it: added fields left out, added options and states as what they count as."""

from __future__ import annotations

from collections.abc import Mapping

from builder.expressions import Options
from builder.model import Field, Option, Template


def project(clone: Template, base: Template, data: Mapping[str, object]) -> dict[str, object]:
    """Stored answers of the clone in the base's terms; `state` among them is projected too.

    What the base has no field for is left out; an option it does not know becomes the one it counts as, or is left out.
    """
    projected = {
        name: projected_value(clone.fields[name], base.fields[name], value)
        for name, value in data.items()
        if name in base.fields and name in clone.fields
    }
    kept = {name: value for name, value in projected.items() if value is not None}
    return {**kept, "state": projected_state(clone, base, str(data["state"]))} if data.get("state") else kept


def projected_value(own: Field, theirs: Field, value: object) -> object:
    """One value in the base's terms; None when the base has no word for it."""
    if own.type == "choice":
        return counted(own.options, theirs.options, value)
    if own.type == "choices" and isinstance(value, list):
        known = {counted(own.options, theirs.options, item) for item in value}
        return [option.id for option in theirs.options if option.id in known] or None
    if own.tabular and isinstance(value, list):
        return [_row(own, theirs, row) for row in value]
    return value


def _row(own: Field, theirs: Field, row: Mapping[str, object]) -> dict[str, object]:
    known = {column.id: column for column in theirs.fields}
    cells = {
        column.id: projected_value(column, known[column.id], row[column.id])
        for column in own.fields
        if column.id in known and column.id in row
    }
    return {name: cell for name, cell in cells.items() if cell is not None}


def projected_state(clone: Template, base: Template, state: str) -> str:
    """The state in the base's terms, "" when it counts as none of them."""
    for _ in range(len(clone.states) + 1):
        if state in base.states:
            return state
        own = clone.states.get(state)
        state = own.counts_as if own is not None else ""
    return ""


def counted(own: Options[Option], theirs: Options[Option], id: object) -> object:
    """The id itself where it is known there, else the nearest it counts as or stands under that is, else None."""
    meanings = (str(id), *own.above(str(id)))
    return next((meaning for meaning in meanings if meaning in theirs.by_id), None)
