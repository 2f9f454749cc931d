"""The records that a case finds there already: what they hold, in the terms of the templates its answers link to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.case import Prior
from builder.diagnostic import Path
from builder.expressions import Symbol, Type
from builder.expressions.types import describe
from builder.lower.context import Lowering
from builder.lower.symbols import parts
from builder.lower.values import NotOfType, read_value
from builder.model import Field
from builder.nearest import nearest


def lower_priors(
    run: Lowering, data: Mapping[str, object], path: Path, fields: Mapping[str, Field]
) -> dict[str, Prior]:
    """The records of one case by the name that its answers use.

    A name that nobody links to is a finding, and so is a link to no name.
    """
    written = data.get("records")
    records = {str(key): value for key, value in written.items()} if isinstance(written, Mapping) else {}
    told = len(run.findings)
    targets = dict(_targets(run, data, path, fields, records))
    for name in records:
        if name not in targets and len(run.findings) == told:  # else it is the one that was misspelt
            run.find("record-unlinked", (*path, "records", name), at="key", name=name)
    read = run.neighbours.documents  # the templates that can be read: of the others a link has told already
    known = {name: target for name, target in targets.items() if name in records and target in read}
    return {
        name: Prior(template=target, data=dict(_values(run, target, records[name], (*path, "records", name))))
        for name, target in known.items()
    }


def _targets(run: Lowering, data: Mapping[str, object], path: Path, fields: Mapping[str, Field],
             records: Mapping[str, object]) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Name of a record → the template that an answer says it belongs to."""
    for where, target, name in [*_named(data, path, fields), *_among(run, data, path, fields, records)]:
        if name in records:
            yield name, target
        elif target in run.neighbours.documents:
            run.find("unknown-record", where, name=name, known=", ".join(records), suggestion=nearest(name, records))


def _named(data: Mapping[str, object], path: Path, fields: Mapping[str, Field]) -> Iterator[tuple[Path, str, str]]:
    """The links that a case's answers make: place, template, name."""
    steps = data.get("steps")
    places: list[tuple[object, Path]] = [(data.get("given"), (*path, "given"))]
    for i, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, Mapping):
            places += [(step.get(key), (*path, "steps", i, key)) for key in ("data", "set")]
    for answers, place in places:
        yield from _answers(answers, place, fields)


def _answers(answers: object, path: Path, fields: Mapping[str, Field]) -> Iterator[tuple[Path, str, str]]:
    for key, value in answers.items() if isinstance(answers, Mapping) else ():
        field = fields.get(str(key))
        if field is not None and field.type == "link" and isinstance(value, str) and value.strip():
            yield (*path, key), field.to, value
        elif field is not None and field.fields and isinstance(value, list):
            columns = {column.id: column for column in field.fields}
            for i, row in enumerate(value):
                yield from _answers(row, (*path, key, i), columns)


def _among(run: Lowering, data: Mapping[str, object], path: Path, fields: Mapping[str, Field],
           records: Mapping[str, object]) -> Iterator[tuple[Path, str, str]]:  # fmt: skip
    """The links that these records make to each other, as far as an answer leads to them."""
    waiting = [(name, target) for _, target, name in _named(data, path, fields)]
    for name, target in waiting:  # the list grows while it is walked
        known = parts(run, target) if target in run.neighbours.documents else {}
        answers = records.get(name)
        for key, value in answers.items() if isinstance(answers, Mapping) else ():
            symbol = known.get(str(key))
            if symbol is not None and symbol.type.kind == "link" and isinstance(value, str):
                yield (*path, "records", name, str(key)), symbol.type.target, value
                if (value, symbol.type.target) not in waiting:
                    waiting.append((value, symbol.type.target))


def _values(run: Lowering, target: str, answers: object, path: Path) -> Iterator[tuple[str, object]]:
    known = parts(run, target)
    for key, raw in answers.items() if isinstance(answers, Mapping) else ():
        symbol = known.get(str(key))
        if symbol is None:
            called = next((name for name, each in known.items() if key in each.label.values()), "")
            run.find("unknown-field", (*path, key), at="key", name=key, known=", ".join([*known][:12]),
                     suggestion=called or nearest(str(key), known))  # fmt: skip
            continue
        try:
            yield str(key), _value(symbol.type, raw)
        except NotOfType:
            run.find("not-of-type", (*path, key), value=str(raw), type=describe(symbol.type), field=key)


def _value(type: Type, raw: object) -> object:
    """What is written for a value of a type, neutral. Raises NotOfType."""
    if type.kind == "list" and type.item is not None:
        return [_value(type.item, each) for each in (raw if isinstance(raw, list) else [raw])]
    if type.kind == "row":
        return _row(type.columns, raw)
    if type.kind == "choice" and type.options:
        return _option(type, str(raw))
    return read_value(type.kind, raw, scale=type.scale or 0)


def _row(columns: Mapping[str, Symbol], raw: object) -> object:
    if not isinstance(raw, Mapping) or any(key not in columns for key in raw):
        raise NotOfType("rows")
    return {key: _value(columns[key].type, value) for key, value in raw.items()}


def _option(type: Type, written: str) -> str:
    found = type.options.by_id.get(written) or next((each for each in type.options if written in each.words), None)
    if found is None:
        raise NotOfType("choice")
    return found.id
