"""From a posted form to answers, and from answers to what stands in the controls."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from builder.model import Field
from renderer.drawing.board import bind
from renderer.drawing.choosing import asked_by, named, typed_choice, typed_names
from renderer.drawing.control import Meta
from renderer.drawing.filling import Typed
from renderer.drawing.plan import STATE, Plan
from renderer.drawing.typed import typed
from workflows.evaluate import Evaluation

DIGITS = 6  # of a row's number, at most
Answers = dict[str, Any]  # field id → as typed; rows: a list of dicts


def parse(plan: Plan, form: MultiDict[str, str]) -> Answers:
    """The answers of a posted form, as typed, for every field of the plan that can be filled.

    Names that the plan does not have are not looked at. Rows keep their order; the numbers in their names need no order
    and may have holes.
    """
    return _simple(plan, form) | {spec.id: _rows(plan, spec, form) for spec in plan.rows}


def _simple(plan: Plan, form: MultiDict[str, str]) -> Answers:
    """Binding the controls costs more than reading with them, so bound ones wait at the plan for the next request."""
    try:
        bound = plan.bound.pop()
    except IndexError:
        bound = bind((f for f in plan.inputs if not f.tabular), plan.language, Meta())
    bound.process(form)
    found = {field.short_name: field.data for field in bound}
    plan.bound.append(bound)
    return found


def _rows(plan: Plan, spec: Field, form: MultiDict[str, str]) -> list[Answers]:
    pattern = re.compile(rf"{re.escape(spec.id)}\.(\d{{1,{DIGITS}}})\.", re.ASCII)
    numbers = sorted({int(found[1]) for name in form if (found := pattern.match(name))})
    return [_row(plan, spec, form, f"{spec.id}.{number}.") for number in numbers]


def _row(plan: Plan, spec: Field, form: MultiDict[str, str], prefix: str) -> Answers:
    row = bind((c for c in spec.asked if c.compute is None), plan.language, Meta(), prefix)
    row.process(form)
    return {field.short_name: field.data for field in row}


def edit_rows(answers: Answers, pressed: Mapping[str, str]) -> Answers:
    """The answers after the buttons of `ROWS`: “add a row” names the field, the others a row (`contacts.0`)."""
    changed = {id: list(rows) for id, rows in answers.items() if isinstance(rows, list)}
    for button, row in pressed.items():
        name, _, number = row.rpartition(".")
        if button == ADD and row in changed:
            changed[row].append({})
        elif name in changed and number.isdecimal() and int(number[:DIGITS]) < len(changed[name]):
            ROWS[button](changed[name], int(number[:DIGITS]))
    return answers | changed


def _swap(rows: list[Answers], first: int) -> None:
    """The row and the next one change places; the last one has none."""
    rows[first : first + 2] = rows[first : first + 2][::-1]


ADD: Final = "form-add"
# Buttons under a table: name → what it does to the rows, at a row.
ROWS: Final[Mapping[str, Callable[[list[Answers], int], None]]] = {
    ADD: lambda rows, at: None,
    "form-remove": lambda rows, at: rows.__delitem__(at),
    "form-up": lambda rows, at: _swap(rows, at - 1) if at else None,
    "form-down": _swap,
}


def flat(plan: Plan, values: Mapping[str, object]) -> tuple[dict[str, Typed], dict[str, int]]:
    """What stands in each control, by HTML name, and how many rows each table has."""
    cells = {f.id: _typed(plan, f, values.get(f.id)) for f in plan.inputs if not f.tabular}
    counts: dict[str, int] = {}
    for spec in plan.rows:
        rows = values.get(spec.id)
        listed = rows if isinstance(rows, (list, tuple)) else ()
        counts[spec.id] = len(listed)
        for number, row in enumerate(listed):
            inputs = (c for c in spec.asked if c.compute is None)
            cells |= {f"{spec.id}.{number}.{c.id}": _typed(plan, c, row.get(c.id)) for c in inputs}
    return cells, counts


def _typed(plan: Plan, spec: Field, value: object) -> Typed:
    if asked_by(spec, "search"):
        return typed_choice(spec, value, plan.language)
    if named(spec):
        return typed_names(spec, value, plan.language)
    return typed(spec, value)


def opened(plan: Plan, evaluation: Evaluation) -> Answers:
    """What a form opens with: what is stored or computed, the state, and an empty row in a table that must have one.

    A log holds no entries here: those that are stored are not typed again.

    What is hidden but kept stands in its hidden control: a row is sent back whole.
    """
    rows: Answers = {spec.id: [{}] for spec in plan.rows if spec.required is True}
    present = {name: value for name, value in evaluation.values.items() if value is not None}
    entries = {spec.id: _first_entry(spec, evaluation) for spec in plan.rows if spec.type == "log"}
    return rows | present | dict(evaluation.stored) | entries | {STATE: evaluation.state}


def _first_entry(spec: Field, evaluation: Evaluation) -> list[Answers]:
    return [{}] if spec.required is True and not evaluation.values.get(spec.id) else []


def as_sent(cells: Mapping[str, Typed]) -> list[tuple[str, str]]:
    """The controls' content as name and value pairs, as a browser would send them."""
    pairs: list[tuple[str, str]] = []
    for name, value in cells.items():
        if isinstance(value, bool):
            pairs += [(name, "yes")] if value else []
        elif isinstance(value, str):
            pairs.append((name, value))
        else:
            pairs += [(name, one) for one in value]
    return pairs
