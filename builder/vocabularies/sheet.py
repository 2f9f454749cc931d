"""The rows of a CSV as Excel saves it: which column is which, where a cell stands, what is wrong with the shape."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from builder.language.ids import id_fault
from builder.language.punctuation import half_width
from builder.nearest import nearest

LARGEST = 8_000_000  # bytes of UTF-8
MOST_LINES = 100_000
COLUMNS = ("id", "label", "parent", "synonyms", "counts_as", "retired", "help", "color")
IN_LANGUAGES = ("label", "help")  # also as label_en, help_en …
BETWEEN = (",", ";", "\t")


class Spot(NamedTuple):
    """A cell: its line from 1, and the number of its column from 0."""

    line: int
    cell: int = 0


@dataclass(frozen=True, slots=True)
class Flaw:
    """A mistake: a catalogue code, where, what fills the message, and perhaps a second place with its note."""

    code: str
    spot: Spot
    args: Mapping[str, object] = field(default_factory=dict)
    related: Spot | None = None


class Row(NamedTuple):
    """One line: its number, and its cells by column; a column that is not there is not in it."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns in written order ("" one that is not known) and the rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    flaws: tuple[Flaw, ...]

    def spot(self, row: Row, column: str) -> Spot:
        """Where a row has a column."""
        return Spot(row.line, self.columns.index(column) if column in self.columns else 0)


def read_sheet(text: str, spoken: Sequence[str] = ()) -> Sheet:
    """The rows of a CSV's text; empty lines are passed over, and columns in a language that is not spoken."""
    if len(text.encode()) > LARGEST or text.count("\n") > MOST_LINES:
        flaw = Flaw("table-too-large", Spot(1), {"lines": MOST_LINES, "megabytes": LARGEST // 1_000_000})
        return Sheet((), (), (flaw,))
    found: list[Flaw] = []
    lines = _lines(text, found)
    columns = tuple(_columns(next(lines, (1, []))[1], spoken, found))
    if not columns:
        return Sheet(columns, (), tuple(found))
    rows = tuple(_rows(columns, lines, found))
    if not rows and not found:
        found.append(Flaw("vocabulary-empty", Spot(1)))
    return Sheet(columns, rows, tuple(found))


def _lines(text: str, found: list[Flaw]) -> Iterator[tuple[int, list[str]]]:
    """Each record that says something, with the line it begins on."""
    head = text.partition("\n")[0]
    between = next((sign for sign in BETWEEN if sign in head), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    before = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            found.append(Flaw("table-quotes", Spot(before + 1)))
            return
        if cells is None:
            return
        line, before = before + 1, reader.line_num
        if any(cell.strip() for cell in cells):
            yield line, [cell.strip() for cell in cells]


# What people call the columns.
_SAID = {
    **dict.fromkeys(("编号", "代码", "编码", "code", "key"), "id"),
    **dict.fromkeys(("名称", "名字", "name", "title", "text"), "label"),
    **dict.fromkeys(("英文", "英文名", "英文名称"), "label_en"),
    **dict.fromkeys(("上级", "上级编号", "父级"), "parent"),
    **dict.fromkeys(("同义词", "别名", "简称"), "synonyms"), **dict.fromkeys(("说明", "备注"), "help"),
    "归入": "counts_as", "停用": "retired", "颜色": "color",
}  # fmt: skip


def _columns(head: list[str], spoken: Sequence[str], found: list[Flaw]) -> Iterator[str]:
    """The columns' names; one that is not known, and one that stands twice, is told and left out."""
    known = [name.lower() for name in head]
    missing = [name for name in ("id", "label") if name not in known]
    if missing and len(head) == 1 and len(head[0].split("，")) > 1:
        found.append(Flaw("table-wide-commas", Spot(1), {"written": half_width(head[0])}))
        return
    if missing:
        others = ", ".join(name for name in COLUMNS if name not in ("id", "label"))
        meant = [_SAID.get(name, name) for name in known]
        better = ",".join(meant) if set(missing) <= set(meant) else ""
        args = {"missing": ", ".join(missing), "known": others, "suggestion": better}
        found.append(Flaw("table-needs-columns", Spot(1), args))
        return
    for number, name in enumerate(known):
        if not is_column(name):
            args = {"name": head[number], "known": ", ".join(COLUMNS), "suggestion": nearest(name, COLUMNS)}
            found.append(Flaw("table-unknown-column", Spot(1, number), args))
        elif name in known[:number]:
            found.append(Flaw("table-column-twice", Spot(1, number), {"name": name}, Spot(1, known.index(name))))
        elif (language := name.partition("_")[2]) and name not in COLUMNS and spoken and language not in spoken:
            args = {"name": language, "known": ", ".join(spoken), "suggestion": nearest(language, spoken)}
            found.append(Flaw("unknown-language", Spot(1, number), args))
            name = ""
        yield name if is_column(name) and name not in known[:number] else ""


def is_column(name: str) -> bool:
    """Whether a table may have a column of this name: one of COLUMNS, or a text in a language (`label_en`)."""
    kind, _, language = name.partition("_")
    return name in COLUMNS or (kind in IN_LANGUAGES and bool(language) and not id_fault(language, "language"))


def _rows(columns: tuple[str, ...], lines: Iterator[tuple[int, list[str]]], found: list[Flaw]) -> Iterator[Row]:
    for line, cells in lines:
        extra = next((n for n, cell in enumerate(cells) if n >= len(columns) and cell), None)
        if extra is not None:
            args = {"columns": len(columns), "cells": len(cells)}
            found.append(Flaw("table-too-many-cells", Spot(line, extra), args))
        yield Row(line, {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell})


def column_of(text_line: str, cell: int) -> int:
    """The column (from 1) at which a cell of a line begins."""
    quoted, at = False, 0
    between = next((b for b in BETWEEN if b in text_line), ",")
    for index, sign in enumerate(text_line):
        if at == cell:
            return index + 1
        if sign == '"':
            quoted = not quoted
        elif sign == between and not quoted:
            at += 1
    return len(text_line) + 1 if at == cell else 1
