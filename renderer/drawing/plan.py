"""What a form shows to whom: the key under which a drawn sheet is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from wtforms.form import BaseForm

from builder.expressions import Expression, Options
from builder.expressions.tree import names
from builder.model import Field, Option, Template, Text
from renderer.drawing.choosing import asked_by
from renderer.i18n import words

MOMENTS = frozenset(("created", "updated", "entered"))  # of a record that is being made: now
FORM = "form.html"  # the page of a form for people of the company
DOOR = "door.html"  # the page of a form for whoever comes by a link
PART = "part.html"  # the page of a form that asks a part of a record: a step, an entry of a log
STATE = "state"  # the reserved word under which a chosen initial state travels


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with the fields under it; `id` is "" for the one part of a form without sections."""

    id: str
    title: Text
    help: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Which fields of a template one kind of visitor may fill (`write`) and which he only sees (`show`, some `masked`).

    `new` asks for the initial state where there are several. Where a form asks only some of the fields (an entry, a
    step), `asked` are those, in that order, under the template's headings with `headed`; nobody chooses a state then.
    `page` is the Jinja template drawn.
    """

    template: Template
    language: str
    write: frozenset[str]
    show: frozenset[str]
    masked: frozenset[str] = frozenset()
    new: bool = True
    asked: tuple[str, ...] | None = None
    headed: bool = False
    page: str = FORM
    bound: list[BaseForm] = field(default_factory=list, compare=False, repr=False)  # controls that no request is using

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What tells one drawn sheet from another."""
        door = (self.asked, self.headed, self.page)
        rights = (self.write, self.show, self.masked)
        return (self.template.hash, self.template.ref, self.language, *rights, self.new, *door)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The sections in order, or one part with all fields in the template's order; empty ones are left out."""
        parts = tuple(part for part in (self._headed() or (self._whole(),)) if part.fields)
        return self._with_state(parts)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All that is drawn, in order."""
        return tuple(f for part in self.parts for f in part.fields)

    @cached_property
    def inputs(self) -> tuple[Field, ...]:
        """The fields that can be filled."""
        return tuple(f for f in self.fields if self.fillable(f))

    @cached_property
    def outputs(self) -> tuple[Field, ...]:
        """The fields that are only shown."""
        return tuple(f for f in self.fields if not self.fillable(f))

    @cached_property
    def uploads(self) -> bool:
        """Whether files are asked for, in a field or a column."""
        return any(spec.type == "file" for f in self.inputs for spec in (f, *f.fields))

    @cached_property
    def rows(self) -> tuple[Field, ...]:
        """The fillable fields that hold rows."""
        return tuple(f for f in self.inputs if f.tabular)

    @cached_property
    def searches(self) -> bool:
        """Whether something is searched for: a record to link to, an option of a long list."""
        asked = [f for spec in self.inputs for f in (spec, *spec.fields)]
        return any(f.type == "link" or asked_by(f, "search") for f in asked)

    def compared(self, spec: Field) -> bool:
        """Whether this visitor is told of records that are alike by a field: nobody who comes by a link is."""
        return bool(spec.duplicates) and self.page == FORM and self.fillable(spec)

    @cached_property
    def depended(self) -> frozenset[str]:
        """Ids of fields whose answer changes what else this form shows, asks or computes, through what it hides too."""
        fields, drawn = self.template.fields, frozenset(f.id for f in self.fields)
        parts = (s for s in self.template.sections if s.visible is not None and not drawn.isdisjoint(s.fields))
        found: frozenset[str] = frozenset()
        ahead = found.union(*(s.visible.reads for s in parts if s.visible), *map(reads, self.fields))
        while ahead:
            found |= ahead
            ahead = frozenset().union(*(reads(fields[name]) for name in ahead - drawn if name in fields)) - found
        return found

    @cached_property
    def timely(self) -> bool:
        """Whether what the form opens with depends on the moment, not only on the day."""
        found = (each for spec in self.template.fields.values() for each in _expressions(spec))
        return any(each.reads & MOMENTS or names(each.tree, "now") for each in found)

    def fillable(self, spec: Field) -> bool:
        """Whether this visitor types the answer."""
        return spec.id == STATE or (spec.id in self.write and spec.compute is None and not spec.readonly)

    def _headed(self) -> tuple[Part, ...]:
        sections = self.template.sections if self.headed or self.asked is None else ()
        return tuple(Part(s.id, s.title, s.help, self._drawn(self._ordered(s.fields))) for s in sections)

    def _whole(self) -> Part:
        return Part("", {}, {}, self._drawn(self._ordered(self.template.fields)))

    def _ordered(self, names: Iterable[str]) -> Iterator[Field]:
        """The fields of these names, in the order in which an entry asks for them."""
        among = frozenset(names)
        chosen = names if self.asked is None else (name for name in self.asked if name in among)
        return (self.template.fields[name] for name in chosen)

    def _drawn(self, fields: Iterable[Field]) -> tuple[Field, ...]:
        return tuple(f for f in fields if f.id in self.write or f.id in self.show)

    def _with_state(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """The initial state is asked last, as no part of a section: the form has this answer from the start."""
        spec = self._state()
        if spec is None or not parts:
            return parts
        if self.template.sections:
            return (*parts, Part(STATE, {}, {}, (spec,)))
        return (*parts[:-1], replace(parts[-1], fields=(*parts[-1].fields, spec)))

    def _state(self) -> Field | None:
        initial = [Option(id=s.id, label=s.label) for s in self.template.states.values() if s.initial]
        if not self.new or self.asked is not None or len(initial) < 2:
            return None
        _ = words(self.language)
        label = {self.language: _("Status")}
        return Field(id=STATE, path=STATE, type="choice", label=label, options=Options(initial), required=True)


def _expressions(spec: Field) -> Iterator[Expression]:
    """Everything that decides what a field shows, its columns' included."""
    own = (spec.visible, spec.required, spec.compute, spec.default)
    yield from (each for each in own if isinstance(each, Expression))
    for column in spec.fields:
        yield from _expressions(column)


def reads(spec: Field) -> frozenset[str]:
    """Ids that the field's conditions and computation read, its columns' included."""
    own = (e.reads for e in (spec.visible, spec.required, spec.compute) if isinstance(e, Expression))
    return frozenset().union(*own, *(_column_reads(spec, column) for column in spec.fields))


def _column_reads(rows: Field, column: Field) -> frozenset[str]:
    """A column that reads anything reads, perhaps, its own row: then the whole table is listened to."""
    found = reads(column)
    return found | {rows.id} if found or column.compute else found
