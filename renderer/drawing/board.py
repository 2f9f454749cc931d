"""What the page template is given: the form's parts with one item a field, each with its control bound to a pen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from wtforms.form import BaseForm

from builder.expressions import Expression
from builder.model import TABULAR, Field, say
from renderer.drawing.choosing import asked_by
from renderer.drawing.control import Control, Meta
from renderer.drawing.controls import control, is_group
from renderer.drawing.display import currency
from renderer.drawing.filling import Filling
from renderer.drawing.plan import Plan

Pen = Callable[..., Markup]
BLANK_ROW = "new"  # stands for the number in the names of a row that is not there yet: no answer is called so
KINDS: Mapping[str, str] = {"boolean": "tick", "link": "search"}  # types with a macro of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One field as the page shows it.

    `kind` is control, group (a fieldset), tick, search, rows, log or output; `required` is yes, no or maybe;
    `meanings` are label and help of the options that have one.
    """

    spec: Field
    name: str
    kind: str
    label: str
    help: str
    example: str
    unit: str
    meanings: tuple[tuple[str, str], ...]
    required: str
    depended: bool
    wide: bool
    compared: bool  # with records that may be of the same thing
    pen: Pen
    control: Control | None
    lines: tuple[Row, ...] | None  # of rows; None: a slot stands for them
    blank: Row | None  # of rows: the one that a script adds

    @property
    def single(self) -> bool:
        """Whether it is a group of which one is chosen: then the group itself says what is required and wrong."""
        return asked_by(self.spec, "radio")

    @property
    def searched(self) -> bool:
        """Whether its options are too many to list: a box finds them."""
        return asked_by(self.spec, "search")

    @property
    def drawn(self) -> Markup:
        """The control, with the states that assistive technology reads."""
        if self.control is None:
            return Markup("")
        states = {"maybe": lambda: self.pen("required", self.name), "yes": lambda: Markup("true")}
        required = states[self.required]() if self.required in states else None
        return self.control.draw(self.pen("invalid", self.name), required)


CHOSEN = frozenset(("boolean", "choice", "choices", "file"))  # drawn as boxes to tick, or sent as files


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: its field (`contacts`), its prefix (`contacts.0`), the number people count by, and its cells.

    Of a `mute` one a browser may send nothing: none of its controls is sent unless something is chosen.
    """

    home: str
    prefix: str
    number: object
    items: tuple[Item, ...]
    entry: bool = False  # of a log
    mute: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A part of the form with its items; `name` is what its hidden slot goes by (no field can have a hyphen)."""

    name: str
    title: str
    help: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The items of one plan: drawn with slots, or for one filling."""

    plan: Plan
    pen: Pen
    filling: Filling | None = None

    def headings(self) -> tuple[Heading, ...]:
        """The parts in the order they are drawn."""
        form = self._form((f for f in self.plan.inputs if not f.tabular), "")
        return tuple(
            Heading(
                name=part_name(part.id),
                title=say(part.title, self.plan.language),
                help=say(part.help, self.plan.language),
                items=tuple(self._item(spec, spec.id, form) for spec in part.fields),
            )
            for part in self.plan.parts
        )

    def row(self, rows: Field, prefix: str, number: object) -> Row:
        """One row, drawn under a prefix."""
        inputs = [column for column in rows.asked if column.compute is None]
        form = self._form(inputs, prefix + ".")
        items = tuple(self._item(column, f"{prefix}.{column.id}", form) for column in rows.asked)
        mute = all(column.type in CHOSEN for column in inputs)
        return Row(home=rows.id, prefix=prefix, number=number, items=items, entry=rows.type == "log", mute=mute)

    def _form(self, specs: Iterable[Field], prefix: str) -> BaseForm:
        meta = Meta(filling=self.filling) if self.filling else Meta(self.pen)
        form = bind(specs, self.plan.language, meta, prefix)
        if self.filling:
            form.process(data={f.short_name: self.filling.answers.get(f.name) for f in form})
        return form

    def _item(self, spec: Field, name: str, form: BaseForm) -> Item:
        language, depended = self.plan.language, self.plan.depended
        return Item(
            spec=spec,
            name=name,
            kind=self._kind(spec, form),
            label=say(spec.label, language),
            help=say(spec.help, language),
            example=say(spec.example, language),
            unit=say(spec.unit, language) or currency(spec.currency, language),
            meanings=tuple((say(o.label, language), say(o.help, language)) for o in spec.options if o.help),
            required=_required(spec),
            depended=spec.path.split(".")[0] in depended or asked_by(spec, "levels"),
            compared=name == spec.id and self.plan.compared(spec),
            wide=spec.type in (*TABULAR, "choices", "file") or spec.lines > 1,
            pen=self.pen,
            control=form._fields.get(spec.id),
            lines=self._lines(spec),
            blank=self.row(spec, f"{spec.id}.{BLANK_ROW}", "") if spec in self.plan.rows else None,
        )

    def _kind(self, spec: Field, form: BaseForm) -> str:
        if spec.id in form:
            return KINDS.get(spec.type) or ("group" if is_group(spec) else "control")
        return spec.type if spec in self.plan.rows else "output"

    def _lines(self, spec: Field) -> tuple[Row, ...] | None:
        if not self.filling or spec not in self.plan.rows:
            return None
        return tuple(self.row(spec, f"{spec.id}.{n}", n + 1) for n in range(self.filling.rows.get(spec.id, 0)))


def bind(specs: Iterable[Field], language: str, meta: Any, prefix: str = "") -> BaseForm:
    """A WTForms form over these fields; names come from YAML, so never a class with them as attributes."""
    controls = [(s.id, control(s, language, _described(s, prefix + s.id))) for s in specs]
    return BaseForm(controls, prefix=prefix, meta=meta)


def part_name(part_id: str) -> str:
    """What a part's hidden slot goes by."""
    return f"{part_id}-part"


def _described(spec: Field, name: str) -> str:
    """Ids of the words beside a control, in reading order: what to write, an example, what is wrong."""
    return " ".join([*(f"{name}-help" for _ in [1] if spec.help or spec.example), f"{name}-fault"])


def _required(spec: Field) -> str:
    return "maybe" if isinstance(spec.required, Expression) else "yes" if spec.required else "no"
