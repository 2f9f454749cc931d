"""From the judge's verdict to a filling: what this visitor's form holds, hides, asks for and refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from types import MappingProxyType

from markupsafe import Markup

from builder.model import Field
from renderer.drawing.answers import flat
from renderer.drawing.board import part_name
from renderer.drawing.choosing import Way, asked_by, levels, nearest
from renderer.drawing.display import Reader, show
from renderer.drawing.filling import Choices, Filling, Offer, Typed
from renderer.drawing.levels import draw_nearest
from renderer.drawing.plan import STATE, Plan
from workflows.evaluate import Evaluation


def fill(
    plan: Plan,
    evaluation: Evaluation,
    reader: Reader,
    *,
    answers: Mapping[str, object],
    faults: Mapping[str, str],
    lists: Mapping[str, Choices],
    page: Mapping[str, Markup],
    alike: Mapping[str, Markup] = MappingProxyType({}),
    offering: Callable[[Field, str, object], Offer] = lambda spec, name, answer: Offer(),
) -> Filling:
    """The filling for one visitor. `answers` is what the controls hold: as typed, or stored values.

    `offering` says what is offered around a link's box, by the field, its HTML name and what it holds.
    """
    cells, counts = flat(plan, answers)
    chosen, offered = _levels(plan, cells, evaluation.shut)
    return Filling(
        answers=cells | chosen,
        rows=counts,
        outputs=dict(_outputs(plan, evaluation, reader)),
        hidden=frozenset(_hidden(plan, evaluation.visible, counts)),
        required=evaluation.required,
        faults=faults,
        offers={name: offering(spec, name, cells[name]) for name, spec in _links(plan, counts)},
        lists=lists,
        shut=evaluation.shut,
        levels=offered,
        nearest=dict(_nearest(plan, cells, evaluation.shut)),
        alike=alike,
        page=page,
    )


Shut = Mapping[str, frozenset[str]]


def _asked(plan: Plan, kind: Way, cells: Mapping[str, Typed]) -> Iterator[tuple[Field, str, Typed]]:
    """Each choice on the page that is asked in a way, with its HTML name and its answer."""
    for spec in plan.inputs:
        if asked_by(spec, kind):
            yield spec, spec.id, cells[spec.id]
        for column in spec.asked:
            if asked_by(column, kind):
                names = (f"{spec.id}.{n}.{column.id}" for n in range(len(cells)))
                yield from ((column, name, cells[name]) for name in takewhile(cells.__contains__, names))


def _levels(plan: Plan, cells: Mapping[str, Typed], shut: Shut) -> tuple[dict[str, Typed], dict[str, Choices]]:
    """What is chosen and offered in the lists of the choices that are made level by level."""
    chosen: dict[str, Typed] = {}
    offered: dict[str, Choices] = {}
    for spec, name, answer in _asked(plan, "levels", cells):
        own, lists = levels(spec, name, answer, plan.language, shut.get(name, frozenset()))
        chosen |= own
        offered |= lists
    return chosen, offered


def _nearest(plan: Plan, cells: Mapping[str, Typed], shut: Shut) -> Iterator[tuple[str, Markup]]:
    """What to pick where a typed text is no option's name."""
    for spec, name, answer in _asked(plan, "search", cells):
        found = nearest(spec, answer, plan.language, shut.get(name, frozenset()))
        if found:
            yield name, draw_nearest(name, str(answer), found, plan.language)


def _links(plan: Plan, counts: Mapping[str, int]) -> Iterator[tuple[str, Field]]:
    yield from ((spec.id, spec) for spec in plan.inputs if spec.type == "link")
    for spec in plan.rows:
        links = [column for column in spec.fields if column.type == "link" and column.compute is None]
        yield from ((f"{spec.id}.{n}.{c.id}", c) for n in range(counts.get(spec.id, 0)) for c in links)


def _outputs(plan: Plan, evaluation: Evaluation, reader: Reader) -> Iterator[tuple[str, str]]:
    values = evaluation.values
    yield from ((spec.id, show(spec, values.get(spec.id), reader)) for spec in plan.outputs)
    for spec in plan.rows:
        found = values.get(spec.id)
        rows = found if isinstance(found, (list, tuple)) else ()
        numbers = evaluation.numbers.get(spec.id, ())
        if spec.type == "log":
            stored = len(rows) - len(numbers)
            yield spec.id, show(spec, rows[:stored], reader)
            rows = rows[stored:]
        for number, row in zip(numbers, rows, strict=False):
            computed = (c for c in spec.fields if c.compute is not None)
            yield from ((f"{spec.id}.{number}.{c.id}", show(c, row.get(c.id), reader)) for c in computed)


def _hidden(plan: Plan, visible: frozenset[str], counts: Mapping[str, int]) -> Iterator[str]:
    for part in plan.parts:
        hidden = [f.id for f in part.fields if f.id != STATE and f.id not in visible]
        yield from hidden
        if len(hidden) == len(part.fields):
            yield part_name(part.id)
    for spec in plan.rows:
        yield from _hidden_cells(spec, visible, counts.get(spec.id, 0))


def _hidden_cells(spec: Field, visible: frozenset[str], count: int) -> Iterator[str]:
    """Only a column with a condition can hide."""
    names = (f"{spec.id}.{n}.{c.id}" for n in range(count) for c in spec.asked if c.visible is not None)
    return (name for name in names if name not in visible)
