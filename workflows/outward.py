"""Kept answers on their way out: as a person would send them again."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from builder.model import Field, Template
from workflows.reading import ANYONE, absent, reader


def outward(template: Template, data: Mapping[str, object]) -> dict[str, object]:
    """Kept answers as a person would send them: money in currency units (text), all else as it is."""
    return {key: _outward(template.fields[key], value) for key, value in data.items() if key in template.fields}


def _outward(field: Field, value: object) -> object:
    if field.type == "money" and isinstance(value, int):
        return money_text(value, field.scale)
    if field.tabular and isinstance(value, list):
        return [row_outward(field, row) for row in value]
    return value


def row_outward(field: Field, row: Mapping[str, object]) -> dict[str, object]:
    """One row of a field, likewise."""
    columns = {column.id: column for column in field.fields}
    return {key: _outward(columns[key], cell) for key, cell in row.items() if key in columns}


def money_text(value: int, scale: int) -> str:
    """A scaled integer in currency units, exactly: 1250 at scale 2 is `12.50`."""
    return format(Decimal(value).scaleb(-scale), "f")


def same(field: Field, raw: object, value: object) -> bool:
    """Whether an answer as sent says what is there already."""
    if absent(raw) or absent(value):
        return absent(raw) and absent(value)
    if raw == value or raw == _outward(field, value):
        return True
    if field.tabular:
        return _same_rows(field, raw, value)
    return reader(field)(raw, ANYONE, value if isinstance(value, list) else (value,)) == value


def _same_rows(field: Field, raw: object, rows: object) -> bool:
    if not (isinstance(raw, list) and isinstance(rows, list)) or len(raw) != len(rows):
        return False
    return all(same_row(field, cells, row) for cells, row in zip(raw, rows, strict=True))


def same_row(field: Field, cells: object, row: Mapping[str, object]) -> bool:
    """Whether a row as sent says what is in a row already, in every column."""
    columns = {column.id: column for column in field.fields}
    if not isinstance(cells, Mapping) or not cells.keys() <= columns.keys():
        return False
    return all(same(column, cells.get(name), row.get(name)) for name, column in columns.items())
