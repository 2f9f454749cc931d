"""A definition as data, with the place of every key and value beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from builder.diagnostic import Path, Place
from builder.language.events import Mark
from builder.language.source import Source
from builder.language.spelling import spelled_at
from builder.model import BASE

At = Literal["key", "value"]

_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Layer:
    """What one layer says at a place: `name` is "" for the base, else the department's id."""

    name: str
    place: Place
    value: object


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a composed property comes from: the layer's name, its document and the path in that document."""

    name: str
    document: Document
    path: Path


@dataclass(frozen=True)
class Document:
    """One file's data, read by place, or several composed.

    `data` holds dict, list, str, bool, int and float. `broken` names the paths where a mistake was found and what
    stood there was left out or replaced; findings that lean on them only follow from another. `origins` (filled by
    compose) maps composed paths to who said it, newest first; a path not named belongs to the nearest one above it
    that is, and to `source` when none is.
    """

    source: Source
    kind: str
    data: dict[str, object]
    mark: Mark
    text: str  # as parsed: the source after repairs; they keep its lines
    broken: frozenset[Path] = frozenset()
    origins: Mapping[Path, tuple[Origin, ...]] = field(default_factory=dict)

    def place(self, path: Path, at: At = "value", offset: int = 0) -> Place:
        """Where a key or a value stands; of a path that is not there, the nearest key above it.

        `offset` counts code points into the scalar's value, whatever its quoting or folding.
        """
        origins, rest = self._origins(path)
        if origins:
            there = next((o for o in origins if o.document.has((*o.path, *rest))), origins[0])
            return there.document.place((*there.path, *rest), at, offset)
        mark, whole = self._mark(path)
        if not whole or at == "key":
            return self.at(mark.key)
        raw = self.text[mark.start : mark.end]
        return self.at(mark.start + spelled_at(raw, mark.style, value_at(self.data, path), offset))

    def at(self, index: int) -> Place:
        """The place of a code point of the text."""
        line = bisect_right(self._lines, index)
        return Place(self.source.path, line, index - self._lines[line - 1] + 1)

    def has(self, path: Path) -> bool:
        """Whether something stands at a path."""
        return self._mark(path)[1]

    def mark_at(self, path: Path) -> Mark | None:
        """The mark of what stands at a path in this file, or None."""
        mark, whole = self._mark(path)
        return mark if whole else None

    def layers(self, path: Path) -> tuple[Layer, ...]:
        """Who says what at a path, newest first."""
        origins, rest = self._origins(path)
        told = [(o.name, o.document, (*o.path, *rest)) for o in origins] or [(BASE, self, path)]
        return tuple(
            Layer(name, document.place(where), value_at(document.data, where))
            for name, document, where in told
            if document.has(where)
        )

    def layer(self, path: Path) -> str:
        """The name of the newest layer of the definition at a path."""
        origins, _ = self._origins(path)
        return origins[0].name if origins else BASE

    def damaged(self, path: Path) -> bool:
        """Whether a mistake was already found at, under or above a path."""
        if not self.broken:  # as nearly always
            return False
        return any(b[: len(path)] == path or path[: len(b)] == b for b in self.broken)

    def with_(self, **changes: object) -> Document:
        """A copy with some attributes replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]  # replace() is not typed by attribute

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def _mark(self, path: Path) -> tuple[Mark, bool]:
        """The mark at a path and True, or that of the nearest part above it and False."""
        mark = self.mark
        for key in path:
            inner = mark.inner
            found = inner.get(str(key)) if isinstance(inner, dict) else None
            if isinstance(inner, list) and isinstance(key, int) and key < len(inner):
                found = inner[key]
            if found is None:
                return mark, False
            mark = found
        return mark, True

    def _origins(self, path: Path) -> tuple[tuple[Origin, ...], Path]:
        for cut in range(len(path), -1, -1) if self.origins else ():
            if (found := self.origins.get(path[:cut])) is not None:
                return found, path[cut:]
        return (), path


def value_at(data: object, path: Path) -> object:
    """What stands at a path, or None."""
    for key in path:
        if isinstance(data, dict):
            data = data.get(key)
        elif isinstance(data, list) and isinstance(key, int) and key < len(data):
            data = data[key]
        else:
            return None
    return data
