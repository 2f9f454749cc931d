"""The one judge of a record: one pass in dependency order, then what is wrong, the tags and the completeness.

Per field: visible? no → absent to every expression; yes → the answer, or at creation the default → compute → normalise.
Defaults fill what is absent at creation only: on a stored record an emptied answer stays empty.
Law: evaluating what was stored changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from builder.expressions import Expression, Situation
from builder.model import TagGroup, Template
from workflows.judge import shut
from workflows.logs import STORED
from workflows.plan import FieldPlan, plan_of
from workflows.reading import ANYONE, Directory
from workflows.record import Fault, Faults, Record
from workflows.settling import NO_ROW, Settling, present, rows_of
from workflows.tagging import Tags

NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a record means.

    `values`: every field and tag group of the template, absent ones None; in rows every column. `stored`: what to keep.
    `visible` and `required`: field ids, and columns as `lines.0.total`; rows are numbered as they were given, those
    that were dropped because nothing was said in them among the visible: what shows of one is where somebody begins.
    `faults` by HTML name, in the form's order. `tags` maps group → {option: reason}. `completeness`: percent of the
    checklist. `state`: the record's, at creation the chosen initial one. `shut`: by HTML name, the options of visible
    choices that cannot be chosen with these answers. `numbers`: rows field → the number under which each of its rows
    was given; of a log only its last ones, which are new.
    """

    values: Mapping[str, object]
    stored: Mapping[str, object]
    visible: frozenset[str]
    required: frozenset[str]
    faults: Faults
    tags: Tags
    completeness: int
    state: str
    shut: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)


def evaluate(
    template: Template,
    given: Mapping[str, object],
    situation: Situation,
    *,
    record: Record | None = None,
    entry: str = "",
    directory: Directory = ANYONE,
    about: Mapping[str, object] = NOTHING,
) -> Evaluation:
    """Judge answers as sent, laid over a record's stored ones; without a record, as a new one by `situation.me`.

    A new one comes in by `entry`, whose `set` goes before defaults; `about` says what expressions know of it otherwise
    than of its maker's own (`owner`, `department` …).

    Fields unknown to the template are passed over; an answer that cannot be read is a fault and counts as absent.
    """
    plan = plan_of(template)
    run = _Pass(plan, given, situation, record, entry, directory, about)
    for step in plan.steps:
        if step is None:
            run.complete()
        elif isinstance(step, TagGroup):
            run.tag(step)
        else:
            run.field(step)
    run.judge()
    return run.evaluation()


class _Pass(Settling):
    """A settled record under judgement."""

    __slots__ = ()

    def judge(self) -> None:
        """Everything wrong with what could be read: asked but absent, bounds and formats, checks and refusals."""
        rows = ((name, rows_of(self.present[name])) for name in self.numbers if name in self.present)
        stored = {**self.present, **{name: [present(row) for row in found] for name, found in rows}}
        for path, fault in self.plan.schema.faults(stored):
            if not self._kept_entry(path):
                self._fault(self._name(path), fault)
        for plan in self.plan.judged:
            if plan.id in self.present:
                self._judge(plan, plan.id, self.values[plan.id], NO_ROW)
            elif plan.required and plan.id in self.visible:
                self._ask(plan, plan.id, NO_ROW)
            if plan.columns:
                self._judge_rows(plan)

    def _judge_rows(self, plan: FieldPlan) -> None:
        rows = rows_of(self.present.get(plan.id))
        for row, number, shown in zip(rows, self.numbers.get(plan.id, ()), self.columns.get(plan.id, ()), strict=False):
            if number == STORED:
                continue
            for name, column in plan.columns.items():
                if column.judged and name in shown:
                    self._judge(column, f"{plan.id}.{number}.{name}", row.get(name), row)

    def _judge(self, plan: FieldPlan, name: str, value: object, row: Mapping[str, object]) -> None:
        if plan.required:
            self._ask(plan, name, row, value)
        if value is None:
            return
        for judge in plan.judges:
            fault = judge(value, self.values, self.situation, row)
            if fault is not None:
                self._fault(name, fault)

    def _ask(self, plan: FieldPlan, name: str, row: Mapping[str, object], value: object = None) -> None:
        """Note that a field is required here, and that it is missing (a required boolean must be yes)."""
        required = plan.required
        if isinstance(required, Expression) and required.function(self.values, self.situation, row) is not True:
            return
        self.required.append(name)
        boolean = plan.field.type == "boolean"
        if name not in self.faults and (value is not True if boolean else value is None):
            self.faults[name] = [Fault("must-be-yes" if boolean else "required")]

    def _fault(self, name: str, fault: Fault) -> None:
        self.faults.setdefault(name, []).append(fault)

    def _kept_entry(self, path: tuple[str | int, ...]) -> bool:
        """Whether a path leads into a row of a log that was there before: it was judged when it was written."""
        numbers = self.numbers.get(str(path[0]), [])
        return len(path) > 1 and isinstance(path[1], int) and path[1] < len(numbers) and numbers[path[1]] == STORED

    def _name(self, path: tuple[str | int, ...]) -> str:
        """The HTML name of a path into what is stored: rows are numbered as they were given."""
        rows = self.numbers.get(str(path[0]))
        if rows is None or len(path) < 2 or not isinstance(path[1], int):
            return str(path[0])
        return ".".join(map(str, (path[0], rows[path[1]], *path[2:3])))

    def evaluation(self) -> Evaluation:
        """The result."""
        stored = {**self.kept, **self.present}
        for name in self.plan.unkept:
            stored.pop(name, None)
        for name in self.numbers:
            if name in stored:
                stored[name] = self.bare(name, stored[name])
        shown = (
            f"{rows}.{number}.{column}"
            for rows, numbers in self.numbers.items()
            for number, columns in zip(numbers, self.columns[rows], strict=True)
            if number != STORED
            for column in columns
        )
        return Evaluation(
            values={name: self.values[name] for name in self.plan.absent},
            stored=stored,
            visible=frozenset((*self.visible, *shown, *chain.from_iterable(self.begun.values()))),
            required=frozenset(self.required),
            faults=self._ordered_faults() if self.faults else {},
            tags=self.tags,
            completeness=self.completeness,
            state=str(self.values["state"]),
            shut=dict(self._shut()) if self.plan.conditional else {},
            numbers={name: [n for n in given if n != STORED] for name, given in self.numbers.items()},
        )

    def _shut(self) -> Iterator[tuple[str, frozenset[str]]]:
        """The options that are not offered, of each visible choice that has conditions."""
        for plan in self.plan.conditional:
            if plan.id in self.visible:
                yield plan.id, shut(plan.field.options, self.values, self.situation, NO_ROW)
            rows = rows_of(self.values[plan.id]) if plan.columns else []
            for row, number in zip(rows, self.numbers.get(plan.id, ()), strict=False):
                for name, column in plan.columns.items() if number != STORED else ():
                    found = shut(column.field.options, self.values, self.situation, row)
                    yield f"{plan.id}.{number}.{name}", found

    def _ordered_faults(self) -> Faults:
        def place(name: str) -> tuple[int, int]:
            field, _, rest = name.partition(".")
            number = rest.partition(".")[0]
            return self.plan.places.get(field, -1), int(number) if number.isdecimal() else -1

        return {name: tuple(self.faults[name]) for name in sorted(self.faults, key=place)}
