"""Which values of a name can make a difference to some conditions: few enough to try, and whether they are all."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from builder.expressions import dates
from builder.expressions.expression import Situation
from builder.expressions.tree import ORDERS, Node, walk
from builder.expressions.types import Type

LONGEST_LIST = 100
MOST_OPTIONS = 6  # of these, every subset of a list is tried
# Operations that leave the order of their operand as it is; what they are compared with is read back through them.
_MONOTONE = frozenset(("to_number", "units"))
# Where it only matters whether there is a value; and what is looked at one step further out.
_SEEN = frozenset(("given", "and", "or", "not", *_MONOTONE, "size", "count"))


@dataclass
class Use:
    """How conditions use a name: the constants it is compared with, and whether it is used in any other way."""

    constants: list[object] = field(default_factory=list)
    groups: list[frozenset[object]] = field(default_factory=list)
    otherwise: bool = False


def use(name: str, trees: Iterable[Node], situation: Situation) -> Use:
    """The use of a field in some trees."""
    found = Use()
    for tree in trees:
        if _is(tree, name):
            continue  # the whole condition: true or not
        for part in walk(tree):
            for arg in part.args:
                _note(found, part, arg, name, situation)
    return found


def _note(found: Use, part: Node, arg: Node, name: str, situation: Situation) -> None:
    if arg.kind in (*_MONOTONE, "size", "count") and _is(arg.args[0], name):
        scale = arg.value if arg.kind == "units" and isinstance(arg.value, int) else 0
        found.otherwise |= not _compared(found, part, arg, situation, 10**scale)
    elif _is(arg, name) and part.kind not in _SEEN and not (part.kind == "if" and part.args[0] is arg):
        found.otherwise |= not _compared(found, part, arg, situation, 1)


def _is(tree: Node, name: str) -> bool:
    return tree.kind == "field" and tree.value == name


def _compared(found: Use, part: Node, arg: Node, situation: Situation, factor: int) -> bool:
    """Note a comparison with constants; False when it is another operation."""
    if part.kind in ("one_of", "overlaps") and isinstance(part.value, tuple):
        found.constants += _scaled(part.value, factor)
        found.groups.append(frozenset(part.value))
        return True
    other = next((each for each in part.args if each is not arg), arg)
    fixed = {"const": other.value, "today": situation.today, "now": situation.now, "me": situation.me or None}
    if part.kind not in (*ORDERS, "eq") or other.kind not in fixed:
        return False
    found.constants += _scaled((fixed[other.kind],), factor)
    return True


def _scaled(values: Sequence[object], factor: int) -> list[object]:
    if factor == 1:
        return list(values)
    return [edge for value in values if isinstance(value, int | float)
            for edge in {math.floor(value * factor), math.ceil(value * factor)}]  # fmt: skip


def domain(type: Type, used: Use, trees: Sequence[Node], situation: Situation) -> tuple[tuple[object, ...], bool]:
    """(values of a type, simplest first, without absent; whether no other value could make a difference)."""
    constants = [value for value in used.constants if value is not None]
    if type.kind == "boolean":
        return (True, False), True
    if type.kind == "choice" and type.options:
        return _options(type, used), True
    if type.kind == "list":
        return _lists(type, used, constants)
    if used.otherwise:
        constants += _everywhere(type, trees, situation)
    make = _POINTS.get(type.kind, _words)
    return tuple(dict.fromkeys(make(constants, situation))), not used.otherwise


def _options(type: Type, used: Use) -> tuple[object, ...]:
    """One option of each group that conditions cannot tell apart; all, where they are used otherwise."""
    ids = [option.id for option in type.options]
    if used.otherwise:
        return tuple(ids)
    groups = [*used.groups, *(frozenset((value,)) for value in used.constants if not used.groups)]
    alike: dict[tuple[bool, ...], object] = {}
    for each in ids:
        alike.setdefault(tuple(each in group for group in groups), each)
    return tuple(alike.values())


def _lists(type: Type, used: Use, constants: list[object]) -> tuple[tuple[object, ...], bool]:
    item = type.item
    if item is not None and item.kind == "choice":
        ids = _options(item, used)
        if len(ids) <= MOST_OPTIONS and not used.otherwise:
            subsets = (itertools.combinations(ids, n) for n in range(len(ids) + 1))
            return tuple(list(each) for each in itertools.chain.from_iterable(subsets)), True
        return ([], *([each] for each in ids), list(ids)), False
    lengths = {0, 1} | {n for c in constants if isinstance(c, int) for n in (c - 1, c, c + 1) if 0 <= n <= LONGEST_LIST}
    beyond = any(isinstance(c, int | float) and c > LONGEST_LIST for c in constants)
    filler: object = {} if item is not None and item.kind == "row" else None
    return tuple([filler] * n for n in sorted(lengths)), not (beyond or used.otherwise)


def _everywhere(type: Type, trees: Sequence[Node], situation: Situation) -> Iterator[object]:
    """Constants from anywhere in the conditions that could matter through arithmetic."""
    parts = [part for tree in trees for part in walk(tree)]
    if type.kind in ("date", "datetime"):
        moments = [situation.today if type.kind == "date" else situation.now]
        moments += [str(p.value) for p in parts if p.kind == "const" and p.type.kind == type.kind]
        spans = [p.value for p in parts if p.kind == "const" and p.type.kind == "duration"]
        yield from moments
        yield from (dates.shift(m, by, sign) for m in moments for by in spans for sign in (1, -1))  # type: ignore[arg-type]  # pairs
        return
    for part in parts:
        for value in part.value if isinstance(part.value, tuple) else (part.value,):
            if isinstance(value, str) and type.kind == "text":
                yield from (value, value + "…")
            elif isinstance(value, int | float) and type.kind in ("integer", "money", "number"):
                yield from (value + step if type.kind == "number" else round(value) + step for step in (0, 3, -3))


def _whole(constants: list[object], situation: Situation) -> Iterator[object]:
    yield from (0, 1)
    for c in sorted(c for c in constants if isinstance(c, int | float)):
        yield from (math.floor(c), math.floor(c) - 1, math.floor(c) + 1)


def _numbers(constants: list[object], situation: Situation) -> Iterator[object]:
    edges = sorted({float(c) for c in constants if isinstance(c, int | float)}) or [0.0]
    yield from edges
    yield from (edges[0] - 1, edges[-1] + 1)
    yield from ((a + b) / 2 for a, b in itertools.pairwise(edges))


def _moments(constants: list[object], situation: Situation) -> Iterator[object]:
    for c in sorted(str(c) for c in constants) or [situation.today]:
        yield c
        yield from (moved for sign in (-1, 1) if (moved := dates.shift(c, (0, 86_400), sign)) is not None)


def _instants(constants: list[object], situation: Situation) -> Iterator[object]:
    yield from _moments(constants or [situation.now], situation)


def _people(constants: list[object], situation: Situation) -> Iterator[object]:
    yield from (*constants, *((situation.me,) if situation.me else ()), "…")


def _words(constants: list[object], situation: Situation) -> Iterator[object]:
    """The constants, and texts before, between and after them in the order of code points."""
    yield from constants
    yield from (f"{c}…" for c in constants)
    yield from ("…", "!")


_POINTS = {
    "integer": _whole, "money": _whole, "number": _numbers, "date": _moments, "datetime": _instants, "person": _people,
}  # fmt: skip
