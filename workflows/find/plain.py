"""Copies of JSON data: what goes into a store or comes out of it shares nothing with what is kept."""

from __future__ import annotations

from collections.abc import Mapping

_SCALARS = frozenset({str, int, float, bool, type(None)})


def plain(value: object) -> object:
    """The value as fresh dicts, lists and scalars; a mapping becomes a dict, a tuple a list. Else raises TypeError."""
    if type(value) in _SCALARS:
        return value
    if isinstance(value, Mapping):
        return plain_row(value)
    if isinstance(value, (list, tuple)):
        return [item if type(item) in _SCALARS else plain(item) for item in value]
    raise TypeError(f"not JSON data: {value!r}")


def plain_row(row: Mapping[str, object]) -> dict[str, object]:
    """The row as a fresh dict all the way down. Raises TypeError for what JSON cannot say, as a number for a key."""
    if any(type(name) is not str for name in row):
        raise TypeError(f"not a JSON object: {row!r}")
    return {name: value if type(value) in _SCALARS else plain(value) for name, value in row.items()}
