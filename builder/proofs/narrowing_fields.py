"""Narrowing of fields: a clone's answer is one that the base would take as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.diagnostic import Path
from builder.expressions import Expression
from builder.model import Field, Value
from builder.proofs.stricter import implied, inside, multiple, same

Found = tuple[str, Path, Mapping[str, object]]
MASKS = ("middle", "last4", "all")  # from the one that shows most to the one that shows nothing


def wider_fields(base: Iterable[Field], clone: Mapping[str, Field], path: Path) -> Iterator[Found]:
    """Whatever the clone's fields (or the columns of its rows) let through and the base's do not."""
    for field in base:
        for rule in RULES:
            yield from rule(field, clone[field.id], (*path, field.id))
        columns = {column.id: column for column in clone[field.id].fields}
        yield from wider_fields(field.fields, columns, (*path, field.id, "fields"))


def _required(base: Field, clone: Field, path: Path) -> Iterator[Found]:
    if not implied(base.required, clone.required):
        yield "wider-required", (*path, "required"), {"field": base.path}


def _visible(base: Field, clone: Field, path: Path) -> Iterator[Found]:
    """`visible` itself is sealed; moving a field into a section with a condition of its own comes to the same."""
    if not same(base.visible, clone.visible):
        yield "moved-out-of-sight", path, {"field": base.path}


def _flags(base: Field, clone: Field, path: Path) -> Iterator[Found]:
    for name, was, now in (("personal", base.personal, clone.personal), ("readonly", base.readonly, clone.readonly)):
        if was and not now:
            yield "wider-flag", (*path, name), {"field": base.path, "property": name}


def _mask(base: Field, clone: Field, path: Path) -> Iterator[Found]:
    if MASKS.index(clone.mask) < MASKS.index(base.mask):
        yield "wider-mask", (*path, "mask"), {"field": base.path, "was": base.mask, "now": clone.mask}


def _bounds(base: Field, clone: Field, path: Path) -> Iterator[Found]:
    for name, was, now in (("min", base.min, clone.min), ("max", base.max, clone.max)):
        if not inside(was, now, low=name == "min"):
            args = {"field": base.path, "bound": name, "was": _written(was), "now": _written(now)}
            yield "wider-bound", (*path, name), args
    if not multiple(base.step, clone.step):
        args = {"field": base.path, "bound": "step", "was": _written(base.step), "now": _written(clone.step)}
        yield "wider-bound", (*path, "step"), args


def _written(bound: Value | Expression) -> str:
    return f"={bound.text}" if isinstance(bound, Expression) else str(bound)


def _kinds(base: Field, clone: Field, path: Path) -> Iterator[Found]:
    """A kind of files that the base does not take."""
    if wider := [kind for kind in clone.kinds if kind not in base.kinds]:
        args = {"field": base.path, "kinds": ", ".join(wider), "known": ", ".join(base.kinds)}
        yield "wider-kinds", (*path, "kinds"), args


def _shapes(base: Field, clone: Field, path: Path) -> Iterator[Found]:
    for name, was, now in (("pattern", base.pattern, clone.pattern), ("format", base.format, clone.format)):
        if was and now != was:
            yield "other-pattern", (*path, name), {"field": base.path, "property": name, "was": was, "now": now}


def _checks(base: Field, clone: Field, path: Path) -> Iterator[Found]:
    for check in base.valid:
        if not any(same(check.check, kept.check) for kept in clone.valid):
            yield "lost-check", (*path, "valid"), {"field": base.path, "was": check.check.text}
    refused = frozenset[str]().union(*(refusal.values for refusal in clone.refuse))
    if lost := sorted(frozenset[str]().union(*(refusal.values for refusal in base.refuse)) - refused):
        yield "lost-refusal", (*path, "refuse"), {"field": base.path, "values": ", ".join(lost)}


def _rows(base: Field, clone: Field, path: Path) -> Iterator[Found]:
    """A row in which only added columns are filled is none to the base: some column of the base is always filled."""
    added = [column for column in clone.fields if all(column.id != known.id for known in base.fields)]
    kept = [column for column in clone.fields if column not in added]
    if added and not any(column.required is True and column.visible is None for column in kept):
        args = {"field": base.path, "column": added[0].id, "columns": ", ".join(column.id for column in kept)}
        yield "row-of-its-own", (*path, "fields", added[0].id), args


RULES = (_required, _visible, _flags, _mask, _bounds, _kinds, _shapes, _checks, _rows)
