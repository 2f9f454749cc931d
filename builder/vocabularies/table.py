"""A CSV as a vocabulary: its rows as options, each after its parent.

50,000 options take room, so a table is made once a process for each text and shared by all templates and versions.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from builder.diagnostic import Diagnostic, Place, Related
from builder.expressions import JOINT, Options
from builder.language.document import Document
from builder.language.events import Mark
from builder.language.grammar import deref, grammar
from builder.language.ids import id_fault, valid_id
from builder.language.punctuation import half_width
from builder.language.read import Misread, boolean
from builder.language.source import Source
from builder.lower.options import DEEPEST
from builder.model import Option
from builder.nearest import nearest
from builder.vocabularies.sheet import Flaw, Row, Sheet, Spot, column_of, read_sheet

BETWEEN = re.compile(r"[;；、|，,]")  # the synonyms in one cell
NO_TEXT: Mapping[str, str] = {}  # one for all: 50,000 empty maps take 3 MB
MOST_FLAWS = 100  # of one table, so many are told
SEARCHED = 5000  # among so many ids a nearest one is looked for


@dataclass(eq=False)
class Table:
    """The options of one text, the line of each, and what is wrong with the text."""

    options: Options[Option]
    lines: array[int]
    flaws: tuple[Flaw, ...]

    def diagnostics(self, source: Source) -> Iterator[Diagnostic]:
        """What is wrong, where it stands in a file."""
        written = source.text.splitlines()
        for flaw in self.flaws[:MOST_FLAWS]:
            related = (Related(_place(source, written, flaw.related), "first-here"),) if flaw.related else ()
            yield Diagnostic(flaw.code, _place(source, written, flaw.spot), flaw.args, related)
        if len(self.flaws) > MOST_FLAWS:
            place = _place(source, written, self.flaws[MOST_FLAWS].spot)
            yield Diagnostic("table-more-findings", place, {"count": len(self.flaws) - MOST_FLAWS})

    def document(self, source: Source) -> Document:
        """The table as a vocabulary's YAML would say it, for a layer to change: with the line of each option."""
        begin = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", source.text)), len(source.text)]
        data: dict[str, Any] = {}
        marks: dict[str, Mark] = {}
        homes: dict[str, tuple[dict[str, Any], dict[str, Mark]]] = {"": (data, marks)}
        for option, line in zip(self.options, self.lines, strict=True):
            above, above_marks = homes[option.parent]
            start, end = begin[line - 1], begin[line]
            inner: dict[str, Mark] = {}
            above[option.id] = written = _written(option)
            above_marks[option.id] = Mark(start, start, end, "m", inner)
            if option.id in self.options.children:
                homes[option.id] = ({}, {})
                written["options"], under = homes[option.id]
                inner["options"] = Mark(start, start, end, "m", under)
        whole = Mark(0, 0, len(source.text), "m", {"options": Mark(0, 0, len(source.text), "m", marks)})
        return Document(source, source.kind, {"options": data}, whole, source.text)


def _written(option: Option) -> dict[str, Any]:
    told = {"label": dict(option.label), "help": dict(option.help), "color": option.color,
            "synonyms": list(option.synonyms), "counts_as": option.counts_as, "retired": option.retired}  # fmt: skip
    return {key: value for key, value in told.items() if value}


def _place(source: Source, written: list[str], spot: Spot) -> Place:
    line = written[spot.line - 1] if spot.line <= len(written) else ""
    return Place(source.path, spot.line, column_of(line, spot.cell))


_tables: WeakValueDictionary[tuple[str, str, tuple[str, ...]], Table] = WeakValueDictionary()


def table(text: str, language: str, spoken: tuple[str, ...] = ()) -> Table:
    """The table of a text whose plain `label` is in a language; the same one as long as anybody holds it.

    `spoken` are the workspace's languages: a column in another is a mistake. () where they are not known.
    """
    key = (text, language, spoken)
    found = _tables.get(key)
    if found is None:
        found = _tables[key] = _Making(read_sheet(text, spoken), language).table()
    return found


class _Making:
    """One table being made."""

    def __init__(self, sheet: Sheet, language: str) -> None:
        self.sheet, self.language = sheet, language
        self.flaws: list[Flaw] = list(sheet.flaws)
        self.rows: dict[str, Row] = {}

    def table(self) -> Table:
        """The options, as far as they are sound."""
        self._take_ids()
        children: dict[str, list[str]] = {}
        for id, row in self.rows.items():
            children.setdefault(self._parent(id, row), []).append(id)
        found: dict[str, Option] = {}
        waiting = [(id, 1) for id in reversed(children.get("", ()))]
        while waiting:
            id, depth = waiting.pop()
            found[id] = self._option(id, self.rows[id], found.get(self.rows[id].cells.get("parent", "")))
            under = children.get(id, ())
            if depth == DEEPEST:
                self.flaws += [self._flaw("options-too-deep", self.rows[i], "id", id=i, most=DEEPEST) for i in under]
            else:
                waiting += [(inner, depth + 1) for inner in reversed(under)]
        self._tell_circles(found, children)
        lines = array("I", (self.rows[id].line for id in found))
        return Table(Options(found.values()), lines, tuple(sorted(self.flaws, key=lambda flaw: flaw.spot)))

    def _flaw(self, code: str, row: Row, at: str, related: Spot | None = None, **args: object) -> Flaw:
        return Flaw(code, self.sheet.spot(row, at), args, related)

    def _take_ids(self) -> None:
        """The rows by id; what has none, or one that cannot be, or one that was there, is told and left out."""
        folded: dict[str, Row] = {}
        for row in self.sheet.rows:
            id = row.cells.get("id", "")
            fault = id_fault(id, "option") if id else ""
            before = folded.get(id.casefold()) if id else None
            if not id:
                self.flaws.append(self._flaw("table-empty", row, "id", column="id"))
            elif fault and len(row.cells) == 1 and len(id.split("，")) > 1:
                self.flaws.append(self._flaw("table-wide-commas", row, "id", written=half_width(id)))
            elif fault:
                self.flaws.append(self._flaw(fault, row, "id", id=id, suggestion=valid_id(id)))
            elif before is not None:
                self.flaws.append(self._flaw("option-twice", row, "id", self.sheet.spot(before, "id"), id=id))
            else:
                self.rows[id] = folded[id.casefold()] = row

    def _parent(self, id: str, row: Row) -> str:
        """The row's parent; one that is not there is told, and the row stands at the first level."""
        parent = row.cells.get("parent", "")
        if parent in self.rows or not parent:
            return parent
        meant = next((i for i, other in self.rows.items() if other.cells.get("label") == parent), "")
        self.flaws.append(self._flaw("table-unknown-parent", row, "parent", name=parent,
                                     suggestion=meant or self._nearest(parent)))  # fmt: skip
        self.rows[id] = Row(row.line, {key: cell for key, cell in row.cells.items() if key != "parent"})
        return ""

    def _nearest(self, word: str) -> str:
        return nearest(word, self.rows) if len(self.rows) <= SEARCHED else ""

    def _tell_circles(self, found: Mapping[str, Option], children: Mapping[str, list[str]]) -> None:
        """Rows that no first level leads to stand under themselves."""
        deep = {i for ids in children.values() for i in ids} - found.keys() - self._too_deep(found, children)
        for id in sorted(deep, key=lambda i: self.rows[i].line)[:1]:
            row = self.rows[id]
            self.flaws.append(self._flaw("table-parent-circle", row, "parent", id=id, parent=row.cells["parent"]))

    def _too_deep(self, found: Mapping[str, Option], children: Mapping[str, list[str]]) -> set[str]:
        left = [i for id in found for i in children.get(id, ()) if i not in found]
        for id in left:
            left += children.get(id, ())
        return set(left)

    def _option(self, id: str, row: Row, above: Option | None) -> Option:
        cells = row.cells
        label = self._text(row, "label")
        if not label:
            self.flaws.append(self._flaw("table-empty", row, "label", column="label"))
        own = label.get(self.language) or next(iter(label.values()), id)
        return Option(
            id=id,
            label=label or {self.language: id},
            counts_as=self._counted(id, row),
            synonyms=tuple(word for word in map(str.strip, BETWEEN.split(cells.get("synonyms", ""))) if word),
            written=f"{above.text}{JOINT}{own}" if above else own,
            parent=above.id if above else "",
            help=self._text(row, "help"),
            color=self._color(row),
            retired=self._retired(row) or (above is not None and above.retired),
        )

    def _text(self, row: Row, column: str) -> Mapping[str, str]:
        plain = {self.language: row.cells[column]} if column in row.cells else {}
        start = f"{column}_"
        found = plain | {name.removeprefix(start): cell for name, cell in row.cells.items() if name.startswith(start)}
        return found or NO_TEXT

    def _counted(self, id: str, row: Row) -> str:
        name = row.cells.get("counts_as", "")
        if not name or (name in self.rows and name != id):
            return name
        self.flaws.append(self._flaw("table-unknown-parent", row, "counts_as", name=name,
                                     suggestion=self._nearest(name)))  # fmt: skip
        return ""

    def _color(self, row: Row) -> str:
        color = row.cells.get("color", "")
        if not color or color in _colors():
            return color
        self.flaws.append(self._flaw("table-bad-word", row, "color", column="color", value=color,
                                     known=", ".join(_colors()), suggestion=nearest(color, _colors())))  # fmt: skip
        return ""

    def _retired(self, row: Row) -> bool:
        word = row.cells.get("retired", "")
        try:
            return bool(word) and boolean({"1": "true", "0": "false"}.get(word, word))
        except Misread as misread:
            self.flaws.append(self._flaw("table-bad-word", row, "retired", column="retired", value=word,
                                         known="true, false", suggestion=misread.suggestion))  # fmt: skip
            return False


def _colors() -> list[str]:
    root = grammar("template")
    bodies = (deref(branch, root) for branch in root["$defs"]["option"]["anyOf"])
    return next(list(body["properties"]["color"]["enum"]) for body in bodies if "properties" in body)
