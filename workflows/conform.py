"""Values of a record in the terms that another version was compiled against: types as they were, options as known."""

from __future__ import annotations

from collections.abc import Mapping

from builder.expressions import Symbol, Type
from builder.model import Template


def conformed(own: Template, wanted: Mapping[str, Symbol], values: Mapping[str, object]) -> dict[str, object]:
    """The values under the names wanted; what has another type by now is left out, and so is what is absent."""
    names = own.scope.names
    both = ((name, names[name].type, symbol.type) for name, symbol in wanted.items() if name in names)
    found = {name: conform(theirs, type, values.get(name)) for name, theirs, type in both}
    return {name: value for name, value in found.items() if value is not None}


def conform(own: Type, wanted: Type, value: object) -> object:
    """One value of a type in the terms of another; None when that has no word for it."""
    if value is None or own != wanted:
        return None
    if wanted.kind == "choice" and wanted.options:
        return _counted(own, wanted, str(value))
    if wanted.kind == "row" and isinstance(value, Mapping):
        cells = ((k, v) for k, v in value.items() if k in own.columns and k in wanted.columns)
        row = {k: conform(own.columns[k].type, wanted.columns[k].type, v) for k, v in cells}
        return {k: v for k, v in row.items() if v is not None}
    if wanted.item is not None and own.item is not None and isinstance(value, list):
        items = [conform(own.item, wanted.item, item) for item in value]
        known = [item for item in items if item is not None]
        return (list(dict.fromkeys(known)) if wanted.item.kind == "choice" else known) or None
    return value


def _counted(own: Type, wanted: Type, id: str) -> str | None:
    """The option itself where it is known there, else the nearest that it counts as or stands under."""
    return next((each for each in (id, *own.options.above(id)) if each in wanted.options.by_id), None)
