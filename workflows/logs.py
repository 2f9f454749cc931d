"""Logs: rows that are only ever added to. What is sent are the new ones; the server writes when and by whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from builder.expressions import Situation
from builder.model import Field, Template
from workflows.outward import same_row
from workflows.reading import absent

Row = Mapping[str, object]
STORED: Final = -1  # the number of a row that was there before: nobody typed it, so nothing in it can be wrong
STAMPS: Final[Mapping[str, Callable[[Situation], object]]] = {"at": lambda s: s.now, "by": lambda s: s.me or None}


def log_names(template: Template) -> tuple[str, ...]:
    """The fields of a template that are logs."""
    return tuple(field.id for field in template.fields.values() if field.type == "log")


def stamped(cells: object) -> bool:
    """Whether a row that was sent says when or by whom: then it is no new one."""
    return isinstance(cells, Mapping) and any(not absent(cells.get(name)) for name in STAMPS)


def known(field: Field, cells: object, before: Collection[Row]) -> bool:
    """Whether a row that was sent is a stored one, cell by cell: what came from the server may be sent back to it."""
    return any(same_row(field, cells, row) for row in before)


def added(before: Mapping[str, object], after: Mapping[str, object], logs: Collection[str]) -> dict[str, list[object]]:
    """The rows that logs gained: field → the new ones, in order; of logs that gained none, nothing."""
    lengths = {name: len(rows) if isinstance(rows := before.get(name), list) else 0 for name in logs}
    grown = {name: rows[lengths[name] :] for name in logs if isinstance(rows := after.get(name), list)}
    return {name: rows for name, rows in grown.items() if rows}
