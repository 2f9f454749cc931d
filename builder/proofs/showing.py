"""A witness as its author would write the answers: money in units, absent left out."""

from __future__ import annotations

from builder.expressions import Witness
from builder.model import Template


def shown(template: Template, found: Witness) -> dict[str, object]:
    """The answers of a witness by name."""
    scales = {each.path: each.scale for top in template.fields.values() for each in (top, *top.fields)}
    return {name: _plain(value, scales.get(name, 0)) for name, value in found.values.items() if value is not None}


def _plain(value: object, scale: int) -> object:
    """50000 rather than 5000000 cents or 50000.0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    units = value / 10**scale
    return int(units) if units == int(units) else units
