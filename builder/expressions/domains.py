"""Which values of a name can make a difference to some conditions: few enough to try, and whether they are all."""

from __future__ import annotations

import itertools
import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.expressions import dates
from builder.expressions.expression import Situation
from builder.expressions.tree import ORDERS, Node, walk
from builder.expressions.types import Type

LONGEST_LIST = 100
LONGEST_TEXT = 10_000
MOST_OPTIONS = 6  # of these, every subset of a list is tried
MOST_ROWS = 8
FAR = 1_000_000  # a number that is probably beyond whatever it is compared with
MOST_DAYS = 100_000  # what a count of days is at most taken for
# Operations that leave the order of their operand as it is; what they are compared with is read back through them.
_MONOTONE = frozenset(("to_number", "units"))
# Where it only matters whether there is a value; and what is looked at one step further out.
_SEEN = frozenset(("given", "and", "or", "not", *_MONOTONE, "size", "count"))


@dataclass
class Use:
    """How conditions use a name.

    `constants` it is compared with, `groups` of them, `lengths` its size is compared with; `peers`: how many names of
    its kind are compared with one another, itself among them; `otherwise`: used in any other way too.
    """

    constants: list[object] = field(default_factory=list)
    groups: list[frozenset[object]] = field(default_factory=list)
    lengths: list[int | float] = field(default_factory=list)
    peers: int = 0
    otherwise: bool = False


def uses(types: Mapping[str, Type], trees: Iterable[Node], situation: Situation) -> dict[str, Use]:
    """The use of some names in some trees; what is compared with one of its peers may be compared with all."""
    parts = [part for tree in trees for part in walk(tree)]
    found = {name: _use(name, parts, situation, types) for name in types}
    for kind in {types[name].kind for name, each in found.items() if each.peers}:
        alike = [each for name, each in found.items() if types[name].kind == kind]
        peers = sum(1 for each in alike if each.peers)
        pool = [constant for each in alike for constant in each.constants]
        for each in alike:
            if each.peers:
                each.peers, each.constants = peers, list(pool)
    return found


def _use(name: str, parts: Iterable[Node], situation: Situation, free: Container[str]) -> Use:
    found = Use()
    for part in parts:  # a whole condition that is the name itself is true or not
        for arg in part.args:
            _note(found, part, arg, name, situation, free)
    return found


def _note(found: Use, part: Node, arg: Node, name: str, situation: Situation, free: Container[str]) -> None:
    if arg.kind in ("size", "count") and _is(arg.args[0], name):
        found.otherwise |= not _measured(found, part, arg)
    elif arg.kind in _MONOTONE and _is(arg.args[0], name):
        scale = arg.value if arg.kind == "units" and isinstance(arg.value, int) else 0
        found.otherwise |= not _compared(found, part, arg, situation, free, 10**scale)
    elif _is(arg, name) and part.kind not in _SEEN and not (part.kind == "if" and part.args[0] is arg):
        found.otherwise |= not _compared(found, part, arg, situation, free, 1)


def _is(tree: Node, name: str) -> bool:
    return tree.kind == "field" and tree.value == name


def _measured(found: Use, part: Node, arg: Node) -> bool:
    """Note a comparison of a size with constants; False when it is another operation."""
    other = next((each for each in part.args if each is not arg), arg)
    values = part.value if part.kind == "one_of" and isinstance(part.value, tuple) else (other.value,)
    if part.kind not in (*ORDERS, "eq", "one_of") or (part.kind != "one_of" and other.kind != "const"):
        return False
    found.lengths += [value for value in values if isinstance(value, int | float)]
    return True


def _compared(found: Use, part: Node, arg: Node, situation: Situation, free: Container[str], factor: int) -> bool:
    """Note a comparison with constants; False when it is another operation."""
    if part.kind in ("one_of", "overlaps") and isinstance(part.value, tuple):
        found.constants += _scaled(part.value, factor)
        found.groups.append(frozenset(part.value))
        return True
    other = next((each for each in part.args if each is not arg), arg)
    if part.kind in (*ORDERS, "eq") and _peers(arg, other, part.kind) and other.value in free:
        found.peers += 1
        return True
    fixed = {"const": other.value, "today": situation.today, "now": situation.now, "me": situation.me or None}
    if part.kind not in (*ORDERS, "eq") or other.kind not in fixed:
        return False
    found.constants += _scaled((fixed[other.kind],), factor)
    return True


def _peers(arg: Node, other: Node, kind: str) -> bool:
    """Whether two names are compared with each other, in a way that a few values of each can settle."""
    same = arg.kind == other.kind == "field" and arg.type.kind == other.type.kind
    return same and (arg.type.kind in _ORDERED or (kind == "eq" and arg.type.kind in ("text", "person")))


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
        return _lists(type, used, trees, situation)
    lengths = used.lengths
    if used.otherwise:
        constants += _everywhere(type, trees, situation)
        lengths = [*lengths, *_counts(trees)] if type.kind == "text" else lengths
    make, peers = _POINTS.get(type.kind, _words), max(used.peers, 1)
    values = [*make(constants, situation, peers), *_long(lengths, constants)]
    too_long = any(length > LONGEST_TEXT for length in used.lengths)
    return tuple(dict.fromkeys(values)), not (used.otherwise or too_long)


def _counts(trees: Sequence[Node]) -> Sequence[int]:
    """Numbers that a size may come to be compared with."""
    said = {value for _, value in _said(trees) if isinstance(value, int) and 0 < value <= LONGEST_LIST}
    return sorted(said)[:MOST_ROWS]


def _long(lengths: Sequence[int | float], constants: Sequence[object]) -> Iterator[object]:
    """Texts around each of some lengths: unlike the constants, before them all, and next to each."""
    around = sorted({math.floor(n) + step for n in lengths for step in (-1, 0, 1, 2)})
    for n in (n for n in around if 0 < n <= LONGEST_TEXT):
        yield "…" * n
        if constants:
            yield "!" * n
            yield from (f"{c}!".ljust(n, "…") for c in constants if len(str(c)) < n)


def _options(type: Type, used: Use) -> tuple[object, ...]:
    """One option of each group that conditions cannot tell apart; all, where they are used otherwise."""
    if used.otherwise:
        return tuple(option.id for option in type.options)
    return tuple(alike[0] for alike in _alike(type, used))


def _alike(type: Type, used: Use) -> Iterable[list[object]]:
    """The options, each with those that conditions cannot tell it from."""
    groups = [*used.groups, *(frozenset((value,)) for value in used.constants if not used.groups)]
    found: dict[tuple[bool, ...], list[object]] = {}
    for option in type.options:
        found.setdefault(tuple(option.id in group for group in groups), []).append(option.id)
    return found.values()


def _lists(type: Type, used: Use, trees: Sequence[Node], situation: Situation) -> tuple[tuple[object, ...], bool]:
    item = type.item
    if item is not None and item.kind == "choice":
        return _subsets(item, used)
    lengths = {0, 1} | {n for c in used.lengths for n in _around(c) if 0 <= n <= LONGEST_LIST}
    beyond = any(c > LONGEST_LIST for c in used.lengths)
    fillers: tuple[object, ...] = (None,)
    if used.otherwise:  # what is counted through a column is not seen as the list's own length
        counts = [p.value for t in trees for p in walk(t) if p.kind == "const" and p.type.kind == "integer"]
        lengths |= {n for c in counts if isinstance(c, int) and 0 < c <= MOST_ROWS for n in (c, c + 1)}
    if item is not None and item.kind == "row":
        fillers = _rows(item, trees, situation) if used.otherwise else ({},)
    lists = [[filler] * n for n in sorted(lengths) for filler in fillers[: None if n else 1]]
    return (*lists, list(fillers)), not (beyond or used.otherwise)


def _around(length: int | float) -> Iterator[int]:
    yield from range(math.floor(length) - 1, math.floor(length) + 3)


def _subsets(item: Type, used: Use) -> tuple[tuple[object, ...], bool]:
    """Lists of the options that conditions can tell apart, of each kind as many as its size is asked for."""
    enough = max((math.floor(n) + 2 for n in used.lengths), default=1)
    ids = [each for alike in _alike(item, used) for each in alike[:enough]]
    if len(ids) <= MOST_OPTIONS and not used.otherwise:
        subsets = (itertools.combinations(ids, n) for n in range(len(ids) + 1))
        return tuple(list(each) for each in itertools.chain.from_iterable(subsets)), True
    first = (ids[:n] for n in range(2, len(ids) + 1))
    return ([], *([each] for each in ids), *first), False


def _rows(item: Type, trees: Sequence[Node], situation: Situation) -> tuple[object, ...]:
    """Some rows: in each column what conditions compare anything with, and something else."""
    columns = {name: _cells(symbol.type, trees, situation) for name, symbol in item.columns.items()}
    most = min(max(map(len, columns.values()), default=0), MOST_ROWS)
    return ({}, *({name: cells[i % len(cells)] for name, cells in columns.items() if cells} for i in range(most)))


def _cells(type: Type, trees: Sequence[Node], situation: Situation) -> Sequence[object]:
    if type.kind == "boolean":
        return [True, False]
    if type.kind == "choice" and type.options:
        return [option.id for option in type.options]
    if type.kind in ("date", "datetime"):
        return list(dict.fromkeys(_everywhere(type, trees, situation)))
    said = [*_said(trees)]
    if type.kind in ("integer", "money", "number"):
        numbers = {v for _, v in said if isinstance(v, int | float) and not isinstance(v, bool)}
        factor = 10 ** (type.scale or 0)
        return [step for v in sorted(numbers) for step in (v * factor, v * factor + factor, v * factor - factor)] + [1]
    return [v for kind, v in dict.fromkeys(said) if kind == type.kind] + (["…"] if type.kind == "text" else [])


def _said(trees: Sequence[Node]) -> Iterator[tuple[str, object]]:
    """The constants of some conditions, each with the kind it is, or is compared with."""
    for part in (part for tree in trees for part in walk(tree)):
        if part.kind in ("one_of", "overlaps") and isinstance(part.value, tuple):
            compared = part.args[0].type.item or part.args[0].type
            yield from ((compared.kind, value) for value in part.value)
        elif part.kind == "const":
            yield part.type.kind, part.value


def _everywhere(type: Type, trees: Sequence[Node], situation: Situation) -> Iterator[object]:
    """Constants from anywhere in the conditions that could matter through arithmetic."""
    parts = [part for tree in trees for part in walk(tree)]
    if type.kind in ("date", "datetime"):
        moments = [situation.today if type.kind == "date" else situation.now]
        moments += [str(p.value) for p in parts if p.kind == "const" and p.type.kind == type.kind]
        spans = [p.value for p in parts if p.kind == "const" and p.type.kind == "duration"]
        counts = {p.value for p in parts if p.kind == "const" and p.type.kind in ("integer", "number")}
        spans += [(0, (round(n) + step) * 86_400) for n in counts if isinstance(n, int | float) and abs(n) < MOST_DAYS
                  for step in (0, 1)]  # fmt: skip
        yield from moments
        moved = (dates.shift(m, by, sign) for m in moments for by in spans for sign in (1, -1))  # type: ignore[arg-type]  # pairs
        yield from (each for each in moved if each is not None)
        return
    for part in parts:
        for value in part.value if isinstance(part.value, tuple) else (part.value,):
            if isinstance(value, str) and type.kind == "text":
                yield from (value, value + "…")
            elif isinstance(value, int | float) and type.kind in ("integer", "money", "number"):
                yield from (value + step if type.kind == "number" else round(value) + step for step in (0, 3, -3))
    if type.kind in ("integer", "money", "number"):
        yield from (FAR, -FAR)


def _whole(constants: list[object], situation: Situation, peers: int) -> Iterator[object]:
    yield from range(peers + 1)
    for c in sorted(c for c in constants if isinstance(c, int | float)):
        yield math.floor(c)
        yield from (math.floor(c) + sign * step for step in range(1, peers + 1) for sign in (-1, 1))


def _numbers(constants: list[object], situation: Situation, peers: int) -> Iterator[object]:
    edges = sorted({float(c) for c in constants if isinstance(c, int | float)}) or [0.0]
    yield from edges
    yield from (end for step in range(1, peers + 1) for end in (edges[0] - step, edges[-1] + step))
    yield from (a + (b - a) * step / (peers + 1) for a, b in itertools.pairwise(edges) for step in range(1, peers + 1))


def _moments(constants: list[object], situation: Situation, peers: int) -> Iterator[object]:
    for c in sorted(str(c) for c in constants) or [situation.today]:
        yield c
        days = (sign * step * 86_400 for step in range(1, peers + 1) for sign in (-1, 1))
        yield from (moved for seconds in days if (moved := dates.shift(c, (0, seconds), 1)) is not None)


def _instants(constants: list[object], situation: Situation, peers: int) -> Iterator[object]:
    yield from _moments(constants or [situation.now], situation, peers)


def _people(constants: list[object], situation: Situation, peers: int) -> Iterator[object]:
    yield from (*constants, *((situation.me,) if situation.me else ()), *("…" * n for n in range(1, peers + 1)))


def _words(constants: list[object], situation: Situation, peers: int) -> Iterator[object]:
    """The constants, and texts before, between and after them in the order of code points."""
    yield from constants
    yield from (f"{c}…" for c in constants)
    yield from (*("…" * n for n in range(1, peers + 1)), "!")


_ORDERED = ("integer", "money", "number", "date", "datetime")
_POINTS = {
    "integer": _whole, "money": _whole, "number": _numbers, "date": _moments, "datetime": _instants, "person": _people,
}  # fmt: skip
