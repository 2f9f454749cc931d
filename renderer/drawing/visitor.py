"""From the judge's verdict to a filling: what this visitor's form holds, hides, asks for and refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from builder.model import Field
from renderer.drawing.answers import flat
from renderer.drawing.board import part_name
from renderer.drawing.display import Reader, show
from renderer.drawing.filling import Choices, Filling
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
) -> Filling:
    """The filling for one visitor. `answers` is what the controls hold: as typed, or stored values."""
    cells, counts = flat(plan, answers)
    return Filling(
        answers=cells,
        rows=counts,
        outputs=dict(_outputs(plan, evaluation.values, reader)),
        hidden=frozenset(_hidden(plan, evaluation.visible, counts)),
        required=evaluation.required,
        faults=faults,
        lists=lists,
        page=page,
    )


def _outputs(plan: Plan, values: Mapping[str, object], reader: Reader) -> Iterator[tuple[str, str]]:
    yield from ((spec.id, show(spec, values.get(spec.id), reader)) for spec in plan.outputs)
    for spec in plan.rows:
        rows = values.get(spec.id)
        for number, row in enumerate(rows if isinstance(rows, (list, tuple)) else ()):
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
    """Only a column with a condition can hide: rows the judge has not seen show all others."""
    names = (f"{spec.id}.{n}.{c.id}" for n in range(count) for c in spec.fields if c.visible is not None)
    return (name for name in names if name not in visible)
