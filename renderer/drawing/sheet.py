"""A page drawn once, cut into chunks and slots; filling it for a visitor is joining strings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from jinja2 import Environment
from markupsafe import Markup

from renderer.drawing.board import Board
from renderer.drawing.filling import EMPTY, KINDS, OFFERED, Filling, Ink, Slot
from renderer.drawing.plan import DOOR, Plan
from renderer.drawing.said import said
from renderer.i18n import speech


@dataclass(slots=True)
class Sentinels:
    """The pen that leaves a mark in the page for each slot; `mark` is a token that no definition can hold."""

    mark: str
    slots: list[Slot] = field(default_factory=list)

    def __call__(self, kind: str, name: str = "", option: str = "") -> Markup:
        """A mark that survives escaping: letters, digits and hyphens."""
        self.slots.append((kind, name, option))
        return Markup(f"{self.mark}-{len(self.slots) - 1}-")

    def cut(self, drawn: str) -> list[str]:
        """Text, number of a slot, text, number of a slot, …, text."""
        return re.split(rf"{self.mark}-(\d+)-", drawn)


@dataclass(frozen=True, slots=True)
class RowSheet:
    """One row of a table; its slots are named by column, its prefix and number are slots too."""

    parts: tuple[str, ...]
    slots: tuple[Slot, ...]  # the slot at part 1, 3, 5 …

    def fill(self, filling: Filling, rows: str, index: int) -> str:
        """The row as this visitor sees it."""
        parts = list(self.parts)
        parts[1::2] = [self._text(slot, filling, f"{rows}.{index}", index) for slot in self.slots]
        return "".join(parts)

    @staticmethod
    def _text(slot: Slot, filling: Filling, prefix: str, index: int) -> str:
        kind, column, option = slot
        if kind == "prefix":
            return prefix
        return str(index + 1) if kind == "number" else KINDS[kind](filling, f"{prefix}.{column}", option)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole page. `parts` alternate text and slot (what an empty filling puts there); `at` finds the slots."""

    parts: tuple[str, ...]
    at: Mapping[Slot, tuple[int, ...]]
    rows: Mapping[str, RowSheet]

    def fill(self, filling: Filling) -> str:
        """The page as this visitor sees it, byte for byte what `draw` would give."""
        parts = list(self.parts)
        for slot in changed(filling, self.at):
            text = KINDS[slot[0]](filling, slot[1], slot[2])
            for place in self.at[slot]:
                parts[place] = text
        for name, row in self.rows.items():
            lines = "".join(row.fill(filling, name, n) for n in range(filling.rows.get(name, 0)))
            parts[self.at["rows", name, ""][0]] = lines
        return "".join(parts)

    def leave(self, filling: Filling, names: Iterable[str], mark: str) -> OpenSheet:
        """This sheet filled, but for the page slots named: what differs from request to request of one visitor."""
        pen = Sentinels(mark)
        marks = {name: pen("page", name) for name in names}
        cut = pen.cut(self.fill(replace(filling, page={**filling.page, **marks})))
        return OpenSheet(tuple(text.encode() for text in cut[::2]), tuple(pen.slots[int(n)][1] for n in cut[1::2]))


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A page filled for one visitor, in UTF-8, left open for some page slots: `names[n]` comes after `texts[n]`."""

    texts: tuple[bytes, ...]
    names: tuple[str, ...]

    def close(self, page: Mapping[str, str]) -> bytes:
        """The page with what stands in those slots this time; a slot that is not named stays empty."""
        said = {name: text.encode() for name, text in page.items()}
        parts = [b""] * (len(self.texts) + len(self.names))
        parts[::2] = self.texts
        parts[1::2] = [said.get(name, b"") for name in self.names]
        return b"".join(parts)


def cut_sheet(pen: Sentinels, drawn: str, rows: Mapping[str, RowSheet] | None = None) -> Sheet:
    """A drawn page cut at the marks that a pen left in it."""
    cut = pen.cut(drawn)
    slots = [pen.slots[int(number)] for number in cut[1::2]]
    cut[1::2] = [_default(slot) for slot in slots]
    at: dict[Slot, tuple[int, ...]] = {}
    for n, slot in enumerate(slots):
        at[slot] = (*at.get(slot, ()), 2 * n + 1)
    return Sheet(tuple(cut), at, rows or {})


def changed(filling: Filling, at: Mapping[Slot, object]) -> Iterator[Slot]:
    """The slots of a sheet whose text may differ from an empty filling's."""
    return (slot for slot in _touched(filling, at) if slot in at)


def _touched(filling: Filling, at: Mapping[Slot, object]) -> Iterator[Slot]:
    for name, answer in filling.answers.items():
        yield from _answered(name, answer)
    for kind, names in (
        ("hidden", filling.hidden),
        ("required", filling.required),
        ("optional", filling.required),
        ("invalid", filling.faults),
        ("fault", filling.faults),
        ("output", filling.outputs),
        ("level", filling.levels),
        ("closed", filling.levels),
        ("nearest", filling.nearest),
        ("alike", filling.alike),
        ("page", filling.page),
    ):
        yield from ((kind, name, "") for name in names)
    yield from (("shut", name, option) for name, options in filling.shut.items() for option in options)
    yield from (("offer", name, part) for name in filling.offers for part in OFFERED)
    yield from (slot for slot in at if slot[0] in ("choices", "attached"))


def _answered(name: str, answer: object) -> Iterator[Slot]:
    if isinstance(answer, bool):
        yield "ticked", name, ""
    elif isinstance(answer, str):
        yield from (("value", name, ""), ("selected", name, answer), ("checked", name, answer))
    elif isinstance(answer, (list, tuple)):
        yield from (("checked", name, option) for option in answer)


def draw(environment: Environment, plan: Plan, filling: Filling) -> str:
    """The page drawn for one visitor from the start: slow, and what `Sheet.fill` is held to."""
    ink = Ink(filling)
    return _page(environment, plan, Board(plan, ink, filling), ink)


def sheet(environment: Environment, plan: Plan, mark: str) -> Sheet:
    """Draw a plan once. `mark` is a random token of letters and digits."""
    pen = Sentinels(mark)
    drawn = _page(environment, plan, Board(plan, pen), pen)
    return cut_sheet(pen, drawn, {spec.id: _row_sheet(environment, plan, spec.id, mark) for spec in plan.rows})


def _default(slot: Slot) -> str:
    kind, name, option = slot
    return "" if kind == "rows" else KINDS[kind](EMPTY, name, option)


def _row_sheet(environment: Environment, plan: Plan, rows: str, mark: str) -> RowSheet:
    pen = Sentinels(mark)
    prefix, number = pen("prefix"), pen("number")
    row = Board(plan, pen).row(plan.template.fields[rows], str(prefix), number)
    drawn = environment.get_template("row.html").render(row=row, **speech(plan.language))
    cut = pen.cut(drawn)
    slots = [pen.slots[int(n)] for n in cut[1::2]]
    return RowSheet(tuple(cut), tuple((kind, name.rpartition(".")[2], option) for kind, name, option in slots))


def _page(environment: Environment, plan: Plan, board: Board, pen: object) -> str:
    signed_in = plan.page != DOOR
    return environment.get_template(plan.page).render(
        plan=plan,
        headings=board.headings(),
        pen=pen,
        signed_in=signed_in,
        stranger=not signed_in,
        said=said(plan.language, door=not signed_in),
        **speech(plan.language),
    )
