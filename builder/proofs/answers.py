"""What a field can be answered with: bounds, step, pattern and checks together leave something, and the default too."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from builder.diagnostic import Diagnostic, Path, Related
from builder.emit.schema import NAMED, PATTERNS
from builder.entry import Entry
from builder.expressions import BOOLEAN, INTEGER, Expression, Node
from builder.expressions.tree import walk
from builder.language.document import value_at
from builder.lower.fields import COUNTED
from builder.lower.symbols import TEXTUAL
from builder.model import Field
from builder.proofs.conditions import checks, field_path, reference
from builder.proofs.limits import WHOLE, admits, bounds, given, matches, negated, refuses
from builder.proofs.widths import width
from builder.proofs.world import World


def answers(world: World) -> Iterator[Diagnostic]:
    """Findings about the answers of each field and column, and about what entries set."""
    for entry in world.template.entries.values():
        yield from _set(world, entry)
    for field in world.fields.values():
        yield from _bounded(world, field)
        yield from _stepped(world, field)
        yield from _shaped(world, field)
        yield from _together(world, field)
        yield from _default(world, field)
        yield from _example(world, field)


def _bounded(world: World, field: Field) -> Iterator[Diagnostic]:
    """Between a `min` and a `max` of which one is worked out there must be a value, with some answers."""
    path, bounds = field_path(field), (field.min, field.max)
    if None in bounds or not any(isinstance(bound, Expression) for bound in bounds):
        return
    place = next((*path, key) for key in ("max", "min") if isinstance(getattr(field, key), Expression))
    here, low, high = world.around(field), *(_limit(world, field, bound) for bound in bounds)
    if low is None or high is None or not world.own(place):
        return
    apart = Node("gt", BOOLEAN, (low, high))
    if world.never(place, here, [apart]) and not world.never(place, here):
        args = {"field": field.id, **{key: value_at(world.document.data, (*path, key)) for key in ("min", "max")}}
        yield Diagnostic("bounds-exclude-everything", world.document.place(place), args)


def _limit(world: World, field: Field, bound: object) -> Node | None:
    """A bound as an operand; None where it is no value of the field's own type."""
    type = reference(world, field).type
    if not isinstance(bound, Expression):
        return Node("const", type, value=bound)
    return world.lifted(field, bound.tree) if bound.tree.type.kind == type.kind else None


def _stepped(world: World, field: Field) -> Iterator[Diagnostic]:
    """Between `min` and `max` there must be a multiple of `step`."""
    low, high, step = field.min, field.max, field.step
    if not step or not isinstance(low, int | float) or not isinstance(high, int | float) or low > high:
        return
    size = step * 10**field.scale
    if field.type in WHOLE and size != int(size):  # such a step is not asked for
        return
    if math.floor(high / size + 1e-9) < math.ceil(low / size - 1e-9):
        path = (*field_path(field), "step")
        args = {**_named(field), "step": f"{step:g}", "min": _units(low, field), "max": _units(high, field)}
        yield Diagnostic("step-excludes-everything", world.document.place(path), args)


def _shaped(world: World, field: Field) -> Iterator[Diagnostic]:
    """What the pattern or the format asks for must fit between `min` and `max`, and within each other."""
    bounds = {key: bound for key, bound in (("min", field.min), ("max", field.max)) if isinstance(bound, int)}
    if field.type not in TEXTUAL or not bounds:
        return
    path = field_path(field)
    asked = {"pattern": width(field.pattern) if field.pattern else None,
             "format": width(NAMED[field.format]) if field.format in NAMED else None,
             "type": width(PATTERNS[field.type]) if field.type in PATTERNS else None}  # fmt: skip
    for key, found in asked.items():
        for side, bound in bounds.items():
            if found is not None and (bound > found[1] if side == "min" else bound < found[0]):
                args = {**_named(field), "key": key, "side": side, "bound": bound, "least": found[0],
                        "most": "" if math.isinf(found[1]) else int(found[1])}  # fmt: skip
                related = (Related(world.document.place((*path, key), "key"), "shape-here"),)
                yield Diagnostic("shape-excludes-everything", world.document.place((*path, side)), args, related)
                return


def _together(world: World, field: Field) -> Iterator[Diagnostic]:
    """All checks of a field at once, within its bounds; one alone is told as a condition that never holds."""
    found = list(checks(world, field))
    home = (*field_path(field), "valid")
    if len(found) < 2 or not world.own(home):
        return
    here = answered(world, field)
    if world.never(home, [*here, *(tree for _, tree in found)]) and not any(
        world.never(path, [*here, tree]) for path, tree in found
    ):
        related = tuple(Related(world.document.place((*path, "check")), "check-here") for path, _ in found[1:])
        yield Diagnostic("no-answer-passes", world.document.place((*found[0][0], "check")), _named(field), related)


def _default(world: World, field: Field) -> Iterator[Diagnostic]:
    """A default that the field itself refuses, whatever else is answered."""
    path, default = (*field_path(field), "default"), field.default
    if default is None or not world.own(path):
        return
    if isinstance(default, Expression):
        wrong = _formula_refused(world, field, default.tree)
    else:
        wrong = _refused(world, field, default)
    if wrong:
        home = (*field_path(field), wrong)
        related = (Related(world.document.place(home, "key"), "refused-by"),)
        value = f"={default.text}" if isinstance(default, Expression) else _units(default, field)
        args = {**_named(field), "value": value}
        yield Diagnostic("default-refused", world.document.place(path), args, related)


def _formula_refused(world: World, field: Field, formula: Node) -> str:
    """The property of a field that refuses whatever a formula comes to; "" when none does."""
    own, formula = reference(world, field), world.lifted(field, formula)
    here = [*world.around(field), given(formula)]
    valid = (_about(tree, own, formula) for _, tree in checks(world, field))
    sides = {side: _within(field, formula, side) for side in ("min", "max")}
    rules: Mapping[str, Iterator[Node]] = {**sides, "refuse": _kept(field, formula), "valid": valid}
    for name, trees in rules.items():
        lifted = [world.lifted(field, tree) for tree in trees]
        if lifted and world.never((), [*here, *lifted], done=False) and not world.never((), here, done=False):
            return name
    return ""


def _within(field: Field, formula: Node, side: str) -> Iterator[Node]:
    """`min` or `max` as a condition about what a formula comes to, which is there."""
    own = replace(field, max=None) if side == "min" else replace(field, min=None)
    bound = own.min if side == "min" else own.max
    if isinstance(bound, int | float | str):
        size = Node("size", INTEGER, (formula,)) if field.type in COUNTED else formula
        yield Node("ge" if side == "min" else "le", BOOLEAN, (size, Node("const", size.type, value=bound)))
    else:
        yield from bounds(own, formula)


def _kept(field: Field, formula: Node) -> Iterator[Node]:
    """The condition that a formula comes to none of its own texts that the field refuses."""
    words = {part.value for part in walk(formula) if part.kind == "const" and isinstance(part.value, str)}
    refused = tuple(sorted(word for word in words if refuses(field, word))) if field.type in TEXTUAL else ()
    if refused:
        yield negated(Node("one_of", BOOLEAN, (formula,), refused))


def _about(tree: Node, reference: Node, formula: Node) -> Node:
    """A condition about a field as one about what fills it."""
    if tree.kind == reference.kind and tree.value == reference.value:
        return formula
    return replace(tree, args=tuple(_about(arg, reference, formula) for arg in tree.args)) if tree.args else tree


def _set(world: World, entry: Entry) -> Iterator[Diagnostic]:
    """What an entry sets, and its own field refuses."""
    for name, value in entry.set.items():
        path: Path = ("entries", entry.id, "set", name)
        field = world.fields.get(name)
        if field is None or isinstance(value, Expression) or not world.own(path):
            continue
        wrong = _refused(world, field, value)
        if wrong:
            related = (Related(world.document.place((*field_path(field), wrong), "key"), "refused-by"),)
            args = {**_named(field), "value": _units(value, field), "entry": entry.id}
            yield Diagnostic("set-refused", world.document.place(path), args, related)


def _refused(world: World, field: Field, value: object) -> str:
    """The property of a field that refuses a value; "" when none does."""
    if isinstance(value, str) and field.type in TEXTUAL and not admits(field, value):
        shape = "pattern" if field.pattern else "format" if field.format else "type"
        return "refuse" if refuses(field, value) else shape if not matches(field, value) else _beyond(field, len(value))
    if field.type not in TEXTUAL and (side := _beyond(field, len(value) if isinstance(value, list) else value)):
        return side
    if field.step and isinstance(value, int | float):
        parts = value / (field.step * 10**field.scale)
        if abs(parts - round(parts)) > 1e-9:
            return "step"
    return "valid" if _fails(world, field, value) else ""


def _beyond(field: Field, measure: object) -> str:
    """The bound that a value, a length or a number of items lies beyond."""
    for side, bound in (("min", field.min), ("max", field.max)):
        if _before(measure, bound) if side == "min" else _before(bound, measure):
            return side
    return ""


def _before(one: object, other: object) -> bool:
    """Whether one day or number lies before another; what is neither lies nowhere."""
    if isinstance(one, str) and isinstance(other, str):
        return one < other
    return isinstance(one, int | float) and isinstance(other, int | float) and one < other


def _fails(world: World, field: Field, value: object) -> bool:
    """Whether a check of the field refuses a value whatever else is answered."""
    if isinstance(value, list):
        return False
    same = Node("one_of", world.scope.names["id"].type, (reference(world, field),), (value,))
    return any(world.never(path, [same, tree]) for path, tree in checks(world, field))


def _example(world: World, field: Field) -> Iterator[Diagnostic]:
    """An example that staff would copy and have refused."""
    for language, text in field.example.items():
        if refuses(field, text):
            path: Path = (*field_path(field), "example")
            inner = (*path, language) if world.document.has((*path, language)) else path
            yield Diagnostic("example-refused", world.document.place(inner), {**_named(field), "value": text})


def answered(world: World, field: Field) -> list[Node]:
    """The conditions under which a check is asked: the field shows, and there is an answer."""
    return [*world.around(field), given(reference(world, field))]


def _named(field: Field) -> dict[str, object]:
    return {"field": field.id, "label": field.label}


def _units(value: object, field: Field) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return f"{value / 10**field.scale:g}"
