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
    if field.type == "rows" and isinstance(value, list):
        columns = {column.id: column for column in field.fields}
        return [{key: _outward(columns[key], cell) for key, cell in row.items() if key in columns} for row in value]
    return value


def money_text(value: int, scale: int) -> str:
    """A scaled integer in currency units, exactly: 1250 at scale 2 is `12.50`."""
    return format(Decimal(value).scaleb(-scale), "f")


def same(field: Field, raw: object, value: object) -> bool:
    """Whether an answer as sent says what is there already."""
    if absent(raw) or absent(value):
        return absent(raw) and absent(value)
    if raw == value or raw == _outward(field, value):
        return True
    return field.type != "rows" and reader(field)(raw, ANYONE, value if isinstance(value, list) else (value,)) == value
