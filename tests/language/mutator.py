"""Breaks a good definition in one place, and knows which: every reference, type, option, bound and key once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from builder.diagnostic import Path
from builder.language import Document, Source, load
from builder.language.shape import Shape, shape

_NAME = re.compile(r"[^\W\d]\w*")
_LITERAL = re.compile(r"[\"']([^\"']+)[\"']")
_CALL = re.compile(r"([a-z]+)\(")
_ANSWERS = {"given", "values", "errors", "data", "set", "capture", "link"}  # maps whose keys name fields
_ANSWERED = {("cases",), ("entries",)}
_SYSTEM = {"state", "owner", "creator", "completeness", "me"}  # names that no template defines
_NUMERIC = {"boolean", "integer", "number", "duration", "moment", "version"}  # what is read as no word of its own
_PLAIN = re.compile(r"[^,\[\]{}#:'&*!|>%@`][^,\[\]{}#:']*")


@dataclass(frozen=True)
class Mutation:
    """One broken place: the text it makes, where it stands, and the word that a suggestion should name ("" if none)."""

    kind: str
    text: str
    line: int
    column: int
    meant: str
    written: str


def mutations(text: str) -> Iterator[Mutation]:
    """Every mutation of a template's text, each of one place."""
    document, findings = load(Source("t.yaml", text, "template"))
    assert document is not None
    assert not findings
    mutator = _Mutator(document, text)
    yield from mutator.walk(document.data, shape("template"), ())


def misspell(word: str, taken: set[str]) -> str:
    """The word with two neighbours swapped, a letter dropped or one too many; never another known word."""
    middle = len(word) // 2
    swaps = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in (middle, middle - 1) if 0 <= i < len(word) - 1]
    drops = [word[:middle] + word[middle + 1 :]] if len(word) > 3 else []
    return next(w for w in (*swaps, *drops, word + "x", word + "xx") if w != word and w not in taken and w)


class _Mutator:
    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.lines = text.removeprefix("\ufeff").splitlines(keepends=True)
        self.fields = set(self.part("fields"))
        columns = (field.get("fields", {}) for field in self.part("fields").values())
        self.columns = {name for inner in columns for name in inner}
        self.tags = set(self.part("tags"))
        self.options = {str(o) for path in self.option_maps() for o in path}
        self.states = set(self.part("workflow").get("states", {}))
        self.known = self.fields | self.columns | self.tags | self.options | self.states

    def part(self, key: str) -> dict[str, Any]:
        found: Any = self.document.data.get(key, {})
        return dict(found)

    def option_maps(self) -> Iterator[Any]:
        for group in (*self.part("fields").values(), *self.part("tags").values()):
            yield group.get("options", {})
        yield from self.part("vocabularies").values()

    def walk(self, data: Any, place: Shape, path: Path) -> Iterator[Mutation]:
        """The mutations at a path and under it."""
        if isinstance(data, dict):
            for key, value in data.items():
                yield from self.key(key, place, path)
                inner = place.keys.get(key) or place.other
                if inner is not None:
                    yield from self.walk(value, inner, (*path, key))
        elif isinstance(data, list):
            for i, item in enumerate(data):
                yield from self.walk(item, place.items or Shape(), (*path, i))
        elif isinstance(data, str | bool | int | float):
            yield from self.scalar(data, place, path)

    def key(self, key: str, place: Shape, path: Path) -> Iterator[Mutation]:
        spot = self.document.place((*path, key), "key")
        if key in place.keys:
            yield from self.at("key", spot.line, spot.column, key, misspell(key, set(place.keys) | self.known))
        elif path == ("access",) or (path[:1] in _ANSWERED and path[-1] in _ANSWERS and key in self.fields):
            yield from self.at("reference", spot.line, spot.column, key, misspell(key, self.known))

    def scalar(self, value: object, place: Shape, path: Path) -> Iterator[Mutation]:
        kind = place.scalar
        if kind in ("expression", "required") and isinstance(value, str):
            yield from self.expression(value, path)
            yield from self.contradiction(value, path)
        elif kind == "word" and isinstance(value, str):
            yield from self.word("type" if path[-1] == "type" else "value", value, path)
        elif kind in ("name", "person") and isinstance(value, str) and path[-1] != "action":  # which defines a name
            yield from self.word("reference", value, path)
        elif kind in _NUMERIC:
            written = str(value).lower() if isinstance(value, bool) else str(value)
            yield from self.word("number", written, path, "many")
        elif kind == "value" and isinstance(value, str) and not value.startswith("="):
            yield from self.value(value, path)
        elif kind == "value" and isinstance(value, str):
            yield from self.expression(value[1:], path, 1)

    def value(self, value: str, path: Path) -> Iterator[Mutation]:
        """Bounds, and options where one is fixed: as a default, or by an entry."""
        if path[-1] in ("min", "max"):
            yield from self.word("bound", value, path, "many")
        elif value in self.options and (path[-1] == "default" or path[:1] == ("entries",)):
            yield from self.word("option", value, path)

    def expression(self, text: str, path: Path, behind: int = 0) -> Iterator[Mutation]:
        """Each name of a field and of the system, each function and each option of a condition."""
        for found in _LITERAL.finditer(text):
            if found[1] in self.options | self.states:
                spot = self.document.place(path, offset=behind + found.start())
                quoted = found[0][0] + misspell(found[1], self.known) + found[0][0]
                yield from self.at("option", spot.line, spot.column, found[0], quoted, found[1])
        bare = _LITERAL.sub(lambda match: " " * len(match[0]), text)
        for found in _NAME.finditer(bare):
            if found[0] in self.fields | self.tags | self.columns | _SYSTEM:
                yield from self.word("reference", found[0], path, offset=behind + found.start())
        for found in _CALL.finditer(bare):
            if len(found[1]) > 2:
                yield from self.word("function", found[1], path, offset=behind + found.start())

    def contradiction(self, text: str, path: Path) -> Iterator[Mutation]:
        """A field's own condition that can hold no more: said of it, and of nothing that only follows."""
        if path[:1] == ("fields",) and path[-1] == "visible" and _PLAIN.fullmatch(text) and "\n" not in text:
            spot = self.document.place(path)
            yield from self.at("contradiction", spot.line, spot.column, text, f"({text}) and not ({text})", "")

    def word(self, kind: str, value: str, path: Path, broken: str = "", offset: int = 0) -> Iterator[Mutation]:
        spot = self.document.place(path, offset=offset)
        meant = value.lstrip("-")  # which turns a sort round
        new, meant = (broken, "") if broken else (misspell(value, self.known), meant)
        yield from self.at(kind, spot.line, spot.column, value, new, meant)

    def at(self, kind: str, line: int, column: int, old: str, new: str, meant: str | None = None) -> Iterator[Mutation]:
        """The mutation of one place, unless the word is spelled there with quotes or escapes."""
        written = self.lines[line - 1]
        quote = 1 if written[column - 1 : column] in "\"'" and not old.startswith(written[column - 1]) else 0
        start = column - 1 + quote
        if written[start : start + len(old)] != old:
            return
        lines = [*self.lines]
        lines[line - 1] = written[:start] + new + written[start + len(old) :]
        yield Mutation(kind, "".join(lines), line, column, old if meant is None else meant, new)
