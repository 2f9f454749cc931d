"""Comparisons of one formula with constants that exclude each other, whatever the formula comes to.

`total > 100 and total < 50` cannot hold, be the total a field, a sum over rows or the days between two dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.expressions import Node
from builder.expressions.facts import conjuncts
from builder.expressions.tree import ORDERS
from builder.proofs.atoms import MIRRORED, OPPOSITE, side
from builder.proofs.limits import WHOLE
from builder.proofs.needs import Among, Need, Other, Within, both
from builder.proofs.ranges import Ranges
from builder.proofs.sometimes import DAYS, REAL


def excluding(holds: Iterable[Node], fails: Iterable[Node], ranges: Ranges) -> bool:
    """Whether some conditions can surely not all hold, nor the others all fail. False: it cannot be told."""
    atoms = [*_atoms(holds, True), *_atoms(fails, False)]
    left: dict[Node, Need] = {}
    for atom, outcome in sorted(atoms, key=lambda each: not each[1]):
        formula, need = _compared(atom, outcome)
        if need is None or (not outcome and not _certain(left.get(formula), need)):
            continue
        met = both(left.get(formula) or _whole(formula, ranges), need)
        if met is None:
            return True
        left[formula] = met
    return False


def _certain(before: Need | None, need: Need) -> bool:
    """Whether a formula is there, so that what does not hold of it is a need that can be met with others."""
    return isinstance(before, Among) or (isinstance(before, Within) and isinstance(need, Within))


def _atoms(trees: Iterable[Node], outcome: bool) -> Iterator[tuple[Node, bool]]:
    for tree in trees:
        for each in conjuncts(tree, outcome):
            yield (each.args[0], False) if each.kind == "not" else (each, True)


def _whole(formula: Node, ranges: Ranges) -> Need:
    """Every value that a formula can have."""
    if formula.type.kind not in (*WHOLE, *REAL):
        return Other()
    low, high = ranges.of(formula)
    return Within(low, high, whole=formula.type.kind in WHOLE)


def _compared(atom: Node, outcome: bool) -> tuple[Node, Need | None]:
    """The formula that a comparison is about, and what it needs to have this outcome; None where it says nothing."""
    if atom.kind == "one_of" and isinstance(atom.value, tuple):
        values = frozenset(atom.value)
        return atom.args[0], Among(values) if outcome else Other(values)
    if atom.kind not in ORDERS:
        return atom, None
    (left, right), kind = atom.args, atom.kind if outcome else OPPOSITE[atom.kind]
    if left.kind == "const":
        left, right, kind = right, left, MIRRORED[kind]
    edge, ordered = right.value, left.type.kind in (*WHOLE, *REAL, *DAYS)
    if right.kind != "const" or not ordered or not isinstance(edge, int | float | str):
        return left, None
    return left, side(kind, edge)
