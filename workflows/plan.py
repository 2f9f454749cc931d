"""A template prepared for judging: parsers, conditions and checks looked up once, then used for every record."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from builder.emit.schema import LARGEST
from builder.expressions import Expression, Situation
from builder.model import Field, TagGroup, Template, conditions
from workflows.judge import Judge, SchemaJudge, judges_of
from workflows.kept import Kept
from workflows.logs import STAMPS
from workflows.reading import Read, clean_text, reader

T = TypeVar("T")
Tidy = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """One field or column, prepared: `columns` in dependency order, `judges` for what the JSON Schema cannot say."""

    field: Field
    id: str
    visible: Expression | None
    compute: Expression | None
    default: object
    required: bool | Expression
    keep: bool
    read: Read | None
    tidy: Tidy
    judges: tuple[Judge, ...]
    columns: Mapping[str, FieldPlan]
    log: bool = False
    entry: bool = False  # a column of a log: its rows are always new ones
    stamp: Callable[[Situation], object] | None = None  # a column that the server writes

    @property
    def unkept(self) -> bool:
        """Whether it is worked out anew for whoever reads, and never stored."""
        return self.field.live and self.compute is not None

    @property
    def judged(self) -> bool:
        """Whether anything beside the JSON Schema judges it or its columns."""
        return bool(self.judges or self.required or any(column.judged for column in self.columns.values()))


@dataclass(frozen=True, slots=True)
class Plan:
    """A template, prepared: fields, tag groups and completeness in dependency order, and the compiled JSON Schema."""

    template: Template
    steps: tuple[FieldPlan | TagGroup | None, ...]  # None: completeness
    judged: tuple[FieldPlan, ...]
    conditional: tuple[FieldPlan, ...]  # with options that are not always offered, in themselves or in a column
    places: Mapping[str, int]
    absent: Mapping[str, object]
    checklist: frozenset[str]
    unkept: frozenset[str]
    unkept_cells: Mapping[str, frozenset[str]]
    initial: Mapping[str, str]
    first: str
    schema: SchemaJudge


def _field(field: Field) -> FieldPlan:
    ordered = _in_order(field.order, {column.id: column for column in field.fields})
    return FieldPlan(
        field=field,
        id=field.id,
        visible=field.visible,
        compute=field.compute,
        default=field.default,
        required=field.required,
        keep=field.when_hidden == "keep" or (field.live and field.compute is None),
        read=None if field.tabular else reader(field),
        tidy=_TIDY.get(field.type, _as_is),
        judges=judges_of(field),
        columns={column.id: _column(field, column) for column in ordered},
        log=field.type == "log",
    )


def _column(table: Field, column: Field) -> FieldPlan:
    """A column; the stamps of a log are written by the server, whatever a row says."""
    entry = table.type == "log"
    return replace(_field(column), stamp=STAMPS.get(column.id) if entry else None, entry=entry)


def _in_order(order: tuple[str, ...], named: Mapping[str, T]) -> list[T]:
    """The named things in an order, then those it leaves out."""
    return [named[name] for name in (*order, *(n for n in named if n not in order)) if name in named]


def _as_is(value: object) -> object:
    return value


def _tidy_text(value: object) -> object:
    return (clean_text(value, lines=True) or None) if isinstance(value, str) else value


def _tidy_list(value: object) -> object:
    return value or None


def _tidy_whole(value: object) -> object:
    return value if isinstance(value, int) and abs(value) <= LARGEST else None


_TIDY: Mapping[str, Tidy] = {
    "text": _tidy_text,
    "choices": _tidy_list,
    "integer": _tidy_whole,
    "money": _tidy_whole,
}


def _conditional(field: Field) -> bool:
    return any(conditions(each.options) for each in (field, *field.fields))


def _initial(template: Template) -> dict[str, str]:
    """What may be sent for the initial state: its id, or its label where only one has it → its id."""
    states = [state for state in template.states.values() if state.initial]
    labels = [unicodedata.normalize("NFC", label) for state in states for label in set(state.label.values())]
    spoken = {label: state.id for state in states for label in state.label.values() if labels.count(label) == 1}
    return {**spoken, **{state.id: state.id for state in states}}


def _plan(template: Template) -> Plan:
    named: dict[str, FieldPlan | TagGroup] = {field.id: _field(field) for field in template.fields.values()}
    fields = tuple(plan for plan in named.values() if isinstance(plan, FieldPlan))
    ordered: dict[str, FieldPlan | TagGroup | None] = {**named, **template.tags, "completeness": None}
    steps = tuple(_in_order(template.order, ordered))
    initial = _initial(template)
    return Plan(
        template=template,
        steps=steps,
        judged=tuple(plan for plan in fields if plan.judged),
        conditional=tuple(plan for plan in fields if _conditional(plan.field)),
        places={field: place for place, field in enumerate(template.fields)},
        absent=dict.fromkeys((*template.fields, *template.tags)),
        checklist=frozenset(template.checklist),
        unkept=frozenset(plan.id for plan in fields if plan.unkept),
        unkept_cells={plan.id: frozenset(c.id for c in plan.columns.values() if c.unkept) for plan in fields},
        initial=initial,
        first=next((s.id for s in template.states.values() if s.initial), next(iter(template.states), "")),
        schema=SchemaJudge(template),
    )


_plans: Kept[Plan] = Kept()


def plan_of(template: Template) -> Plan:
    """The prepared template; made at first use."""
    return _plans.of(template, lambda: _plan(template))
