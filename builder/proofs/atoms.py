"""What one comparison needs of the names in it, to hold or to fail."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from builder.expressions import Node
from builder.expressions.tree import ORDERS
from builder.lower.symbols import TEXTUAL
from builder.proofs.limits import admits
from builder.proofs.moments import SOME_DAY
from builder.proofs.needs import ANY, Absent, Among, Holding, Need, Needs, Other, Settled, Within, added, both, times

if TYPE_CHECKING:
    from builder.proofs.sometimes import Sometimes

MIRRORED = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le"}
OPPOSITE = {"lt": "ge", "ge": "lt", "gt": "le", "le": "gt"}
# What is on which side of an edge, the first and the second.
_SIDES: Mapping[str, Sequence[tuple[str, str]]] = {
    "lt": (("lt", "ge"), ("le", "gt")), "le": (("le", "ge"),), "gt": (("gt", "le"), ("ge", "lt")),
    "ge": (("ge", "le"),), "eq": (("eq", "eq"),),
}  # fmt: skip
FIXED = {"today": SOME_DAY.today, "now": SOME_DAY.now, "me": SOME_DAY.me}


def span(run: Sometimes, tree: Node, needs: Needs) -> Within | None:
    """The interval of what is computed from numbers, each of them used once: any value in it can come about."""
    if tree.kind == "field":
        name = str(tree.value)
        found = None if name in needs else run.base(name, needs)
        needs[name] = Settled()
        return found if isinstance(found, Within) else None
    if tree.kind == "const" and isinstance(tree.value, int | float):
        return Within(tree.value, tree.value, whole=isinstance(tree.value, int))
    parts = [span(run, arg, needs) for arg in tree.args if tree.kind in _CALCULATED]
    left, right = (*parts, None, None)[:2]
    if left is None or (right is None) is not (len(tree.args) == 1):
        return None
    return _calculated(tree, left, right)


_CALCULATED = frozenset(("add", "sub", "mul", "neg", "to_number", "to_money", "units", "round"))


def _calculated(tree: Node, left: Within, right: Within | None) -> Within | None:
    if right is not None and tree.kind in ("add", "sub"):
        return added(left, right, 1 if tree.kind == "add" else -1)
    if right is not None:
        fixed, other = (left, right) if left.low == left.high else (right, left)
        return times(other, float(fixed.low)) if fixed.low == fixed.high and not isinstance(fixed.low, str) else None
    digits = tree.value if isinstance(tree.value, int) else 0
    return times(left, {"neg": -1.0, "to_money": 10.0**digits, "units": 10.0**-digits}.get(tree.kind, 1.0))


def _boolean(run: Sometimes, tree: Node, outcome: bool, needs: Needs) -> bool:
    return run.note(str(tree.value), Among(frozenset((outcome,))), needs)


def _given(run: Sometimes, tree: Node, outcome: bool, needs: Needs) -> bool:
    arg = tree.args[0]
    if arg.kind != "field":
        return False
    return run.note(str(arg.value), _there(arg) if outcome else Absent(), needs)


def _there(reference: Node) -> Need:
    return Holding() if reference.type.kind == "list" else ANY


def _one_of(run: Sometimes, tree: Node, outcome: bool, needs: Needs) -> bool:
    name, factor = _named(tree.args[0])
    values = tree.value if isinstance(tree.value, tuple) else ()
    if tree.args[0].kind == "size":
        return len(values) == 1 and _sized(run, "eq", tree.args[0], values[0], outcome, needs)
    if not name or factor != 1:
        return False
    field = run.fields.get(name)
    if field is not None and field.type in TEXTUAL and outcome:
        values = tuple(value for value in values if admits(field, str(value)))
    if outcome:
        return bool(values) and run.note(name, Among(frozenset(values)), needs)
    return run.note(name, Other(frozenset(values)), needs) or (name not in needs and run.note(name, Absent(), needs))


def _overlaps(run: Sometimes, tree: Node, outcome: bool, needs: Needs) -> bool:
    name, _ = _named(tree.args[0])
    item = tree.args[0].type.item
    if not name or item is None or item.kind != "choice":
        return False
    options = frozenset(tree.value if isinstance(tree.value, tuple) else ())
    known = options & {option.id for option in item.options}
    return run.note(name, Holding((frozenset(known),)) if outcome else Holding((), options), needs)


def _order(run: Sometimes, tree: Node, outcome: bool, needs: Needs) -> bool:
    left, right = tree.args
    kind = tree.kind if outcome else OPPOSITE[tree.kind]
    if _fixed(left) is not None:
        left, right, kind = right, left, MIRRORED[kind]
    edge = _fixed(right)
    if edge is None:
        return _apart(run, kind, left, right, needs) or _paired(run, left, right, needs)
    if left.kind in ("size", "count"):
        return _sized(run, kind, left, edge, True, needs)
    name, factor = _named(left)
    if not name:
        return left.kind in ("days", "months") and _paired(run, left.args[0], left.args[1], needs)
    if not isinstance(edge, int | float | str) or left.type.kind == "text":
        return False
    return run.note(name, side(kind, edge * factor if not isinstance(edge, str) else edge), needs)


def side(kind: str, edge: float | str) -> Within:
    """What lies on one side of an edge: `lt le gt ge`; `eq`: the edge alone."""
    if kind == "eq":
        return Within(edge, edge)
    ends: tuple[float | str, float | str] = ("", "~") if isinstance(edge, str) else (-math.inf, math.inf)
    if kind in ("gt", "ge"):
        return Within(edge, ends[1], above=kind == "gt")
    return Within(ends[0], edge, below=kind == "lt")


def _equal(run: Sometimes, tree: Node, outcome: bool, needs: Needs) -> bool:
    left, right = tree.args
    if _fixed(left) is not None:
        left, right = right, left
    edge, (name, _) = _fixed(right), _named(left)
    if edge is None or left.kind != "field":
        ways = ("eq",) if outcome else ("lt", "gt")
        return any(_apart(run, way, left, right, needs) for way in ways) or _paired(run, left, right, needs)
    one = frozenset((edge,))
    return run.note(name, Among(one) if outcome else Other(one), needs)


def _apart(run: Sometimes, kind: str, left: Node, right: Node, needs: Needs) -> bool:
    """Two numbers or days in order: on the two sides of an edge that leaves something of each."""
    if not (left.kind == right.kind == "field" and left.type == right.type):
        return False
    pair = (str(left.value), str(right.value))
    for edge in _edges(run, pair, needs):
        for ways in _SIDES[kind]:
            before = dict(needs)
            if all(run.note(name, side(way, edge), needs) for name, way in zip(pair, ways, strict=True)):
                return True
            needs.clear()
            needs.update(before)
    return False


def _edges(run: Sometimes, pair: tuple[str, str], needs: Needs) -> list[float | str]:
    """The ends of what is known of two names, where that is an interval, and something between no ends at all."""
    known = [needs.get(name) or (None if name in run.computed else run.base(name, needs)) for name in pair]
    ends = [end for each in known if isinstance(each, Within) for end in (each.low, each.high)]
    numbers: list[float | str] = [end for end in ends if not isinstance(end, str) and math.isfinite(end)]
    days: list[float | str] = [end for end in ends if isinstance(end, str) and end[:1].isdigit()]
    middle: list[float | str] = [SOME_DAY.today if isinstance(ends[0], str) else 0] if ends else []
    return numbers + days + middle


def _paired(run: Sometimes, left: Node, right: Node, needs: Needs) -> bool:
    """Two names compared with each other: where nothing else is known of them, they can be in any relation."""
    for side in (left, right):
        if side.kind in FIXED:
            continue
        name = str(side.value)
        if side.kind != "field" or name in needs or not _free(run, name):
            return False
        needs[name] = Settled()
    return True


def _free(run: Sometimes, name: str) -> bool:
    field = run.fields.get(name)
    bare = field is None or (field.min is None and field.max is None and not field.pattern and not field.refuse)
    plain = name not in run.computed and name not in run.waits
    return bare and plain and run.names[name].type.kind not in ("boolean", "list")


def _part(run: Sometimes, tree: Node, outcome: bool, needs: Needs) -> bool:
    """`contains` and `starts` with a text of the author's."""
    text, part = tree.args
    if text.kind != "field" or part.kind != "const" or str(text.value) in needs or not _free(run, str(text.value)):
        return False
    needs[str(text.value)] = Settled()
    return True


def _sized(run: Sometimes, kind: str, size: Node, edge: object, outcome: bool, needs: Needs) -> bool:
    name, key = str(size.args[0].value), f"#{size.args[0].value}"
    if size.args[0].kind != "field" or size.kind != "size" or not isinstance(edge, int | float):
        return False
    if not outcome:
        return any(_sized(run, way, size, edge, True, needs) for way in ("lt", "gt"))
    if name in needs and not isinstance(needs[name], Other | Holding):
        return False
    own = run.length(name)
    need = side(kind, edge)
    before = needs.get(key, own)
    met = both(before, need) if before is not None else None
    if met is None or not run.note(name, _there(size.args[0]), needs):
        return False
    needs[key] = met
    return True


def _fixed(tree: Node) -> object:
    return tree.value if tree.kind == "const" else FIXED.get(tree.kind)


def _named(tree: Node) -> tuple[str, float]:
    """The field behind a reference, and what its constants are to be multiplied by; "" where it is none."""
    if tree.kind == "field":
        return str(tree.value), 1
    if tree.kind == "to_number" and tree.args[0].kind == "field":
        return str(tree.args[0].value), 1
    if tree.kind == "units" and tree.args[0].kind == "field" and isinstance(tree.value, int):
        return str(tree.args[0].value), 10**tree.value
    return "", 1


ATOMS: Mapping[str, Callable[[Sometimes, Node, bool, Needs], bool]] = {
    "field": _boolean, "given": _given, "one_of": _one_of, "overlaps": _overlaps, "eq": _equal,
    "contains": _part, "starts": _part, **dict.fromkeys(ORDERS, _order),
}  # fmt: skip
