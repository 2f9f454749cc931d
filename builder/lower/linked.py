"""What a version keeps of the templates it links to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from builder.lower.access import access_of
from builder.lower.context import Lowering
from builder.lower.fields import lower_fields
from builder.lower.live import live_names
from builder.lower.symbols import fill_symbols
from builder.lower.workflow import part
from builder.model import Access, Linked


def mark_live(run: Lowering) -> None:
    """Mark, in each template linked to, the fields that themselves follow from a link. Once every name is known."""
    for target, parts in run.neighbours.parts.items():
        other = run.neighbour(target)
        if not _links(other) or any(symbol.live for symbol in parts.values()):
            continue
        fill_symbols(other)
        for name in live_names(lower_fields(other)) & parts.keys():
            parts[name] = replace(parts[name], live=True)


def _links(run: Lowering) -> bool:
    fields = (data for data in part(run, "fields").values() if isinstance(data, Mapping))
    columns = (column for data in fields for column in (data, *_columns(data)))
    return any(isinstance(column, Mapping) and column.get("type") == "link" for column in columns)


def _columns(data: Mapping[str, object]) -> list[object]:
    columns = data.get("fields")
    return list(columns.values()) if isinstance(columns, Mapping) else []


def links(run: Lowering) -> dict[str, Linked]:
    """Every template that can be reached by links, by id."""
    return {target: Linked(parts=parts, access=_access(run, target)) for target, parts in run.neighbours.parts.items()}


def _access(run: Lowering, target: str) -> Access:
    other = run.neighbour(target)
    fill_symbols(other)
    return access_of(other, part(other, "fields"))
