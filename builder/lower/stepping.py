"""What transitions ask by themselves: each a small form of its own, whose answers only the step's history keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from builder.diagnostic import Path
from builder.lower.context import Lowering
from builder.lower.fields import lower_fields
from builder.lower.order import settle_columns
from builder.lower.symbols import symbol
from builder.lower.workflow import TRANSITIONS, part
from builder.model import Field, Transition

# A history is read by all who read the record, is never changed, and holds no contents of files.
TYPES: Final = ("file", "log")
KEYS: Final = ("personal", "mask", "readonly", "serial", "duplicates", "when_hidden")


def lower_own_forms(run: Lowering, transitions: Mapping[str, Transition]) -> dict[str, Transition]:
    """The transitions with the fields that only they ask."""
    return {key: replace(each, fields=_own(run, key)) for key, each in transitions.items()}


def _own(run: Lowering, transition: str) -> dict[str, Field]:
    path: Path = (*TRANSITIONS, transition, "fields")
    written = {key: data for key, data in part(run, *path).items() if isinstance(data, Mapping)}
    taken = {name.casefold() for name in run.symbols}
    for key, data in written.items():
        if key.casefold() in taken:
            run.find("step-name-taken", (*path, key), at="key", name=key)
        _check(run, data, (*path, key))
    own = {key: symbol(run, data, (*path, key), key) for key, data in written.items()}
    inner = replace(run, symbols={**run.symbols, **own})
    fields = {key: replace(each, anew=True) for key, each in lower_fields(inner, path).items()}
    settle_columns(run, path[:-1], [*fields.values()])  # a circle is told here
    return fields


def _check(run: Lowering, data: Mapping[str, object], path: Path) -> None:
    """A finding for what the answers of a step cannot be."""
    if data.get("type") in TYPES:
        run.find("not-in-a-step", (*path, "type"), what=data["type"])
    for key in KEYS:
        if key in data:
            run.find("not-in-a-step", (*path, key), at="key", what=key)
