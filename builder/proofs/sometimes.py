"""Told from their shape alone: conditions that surely hold in some record, or fail in one.

Nearly all conditions compare each name with constants. What they need of each name is noted, and what the name's own
visibility needs; where no two needs exclude each other there is such a record, and it need not be searched for. That
keeps proofs cheap. Whatever is not understood here is searched for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from builder.expressions import Expression, Node, Scope, Symbol
from builder.expressions.tree import STRICT
from builder.lower.fields import COUNTED
from builder.model import Field
from builder.proofs.atoms import ATOMS, span
from builder.proofs.limits import WHOLE
from builder.proofs.needs import Absent, Among, Holding, Need, Needs, Other, Within, both

MANY = 200  # of so many options there is always another one
MOST_NAMES = 64  # behind one question
Waits = Mapping[str, Mapping[str, Sequence[Node]]]  # choice → option → what it waits for
REAL, DAYS = ("number",), ("date", "datetime", "time")


class Sometimes:
    """Asked of many conditions over one scope."""

    def __init__(
        self, scope: Scope, fields: Mapping[str, Field], computed: Mapping[str, Expression], waits: Waits
    ) -> None:
        self.names, self.fields, self.computed, self.waits = scope.names, fields, computed, waits
        self.bases: dict[str, Need] = {}

    def can(self, holds: Sequence[Node], fails: Sequence[Node] = ()) -> bool:
        """Whether surely some record lets all of `holds` hold and all of `fails` fail. False: it cannot be told."""
        needs: Needs = {}
        if not all(self._be(tree, True, needs) for tree in holds) or not all(self._be(t, False, needs) for t in fails):
            return False
        met = 0
        while met < len(needs):  # what is needed of one name may need others
            due = [*needs][met:]
            met = len(needs)
            if met > MOST_NAMES or not all(self._possible(name, needs) for name in due):
                return False
        return True

    def _possible(self, name: str, needs: Needs) -> bool:
        """Note what a name needs of others to be there, or not to be."""
        symbol = self.names.get(name)
        if symbol is None:  # a size
            return True
        if not isinstance(needs[name], Absent):
            shows = symbol.visible is None or self._be(symbol.visible, True, needs)
            return shows and self._offered(name, needs)
        if name in self.computed:  # whose operand is absent already
            return True
        if symbol.present_if:
            return self._be(symbol.present_if[0], False, needs)
        return not symbol.present or (symbol.visible is not None and self._be(symbol.visible, False, needs))

    def _offered(self, name: str, needs: Needs) -> bool:
        """Let a choice be answered with options that wait for nothing, else note what one of them waits for."""
        waits, need = self.waits.get(name), needs[name]
        if waits is None:
            return True
        if isinstance(need, Holding) and f"#{name}" not in needs:
            free = frozenset[object](option.id for option in self.fields[name].options) - waits.keys() - need.without
            some = tuple(group & free for group in need.some or (free,))
            needs[name] = Holding(some, need.without | waits.keys())
            return all(some)
        if not isinstance(need, Among):
            return False
        if need.values - waits.keys():
            needs[name] = Among(need.values - waits.keys())
            return True
        for option in sorted(map(str, need.values)):
            needs[name] = Among(frozenset((option,)))
            if self._tried(waits[option], True, needs):
                return True
        return False

    def _be(self, tree: Node, outcome: bool, needs: Needs) -> bool:
        """Note what a condition needs to have this outcome."""
        kind, args = tree.kind, tree.args
        if kind == "not":
            return self._be(args[0], not outcome, needs)
        if kind in ("and", "or"):
            if (kind == "and") is outcome:  # what must be there first: else it might be told to be absent
                return all(self._be(arg, outcome, needs) for arg in sorted(args, key=_not_given))
            return any(self._tried((arg,), outcome, needs) for arg in args)
        if kind == "const":
            return tree.value is outcome
        if not outcome and self._missing(tree, needs):
            return True
        atom = ATOMS.get(kind)
        return atom is not None and atom(self, tree, outcome, needs)

    def _missing(self, tree: Node, needs: Needs) -> bool:
        """Whether a condition can fail because a field it compares is not there, which needs nothing else."""
        if tree.kind not in ATOMS:
            return False
        compared = tree.args or (tree,)
        return any(arg.kind == "field" and self._absent(str(arg.value), needs) for arg in compared)

    def _absent(self, name: str, needs: Needs) -> bool:
        """Note that an optional field is absent; of a computed one, something that it is computed from."""
        if name in needs:
            return isinstance(needs[name], Absent)
        if name in self.computed:
            tree = self.computed[name].tree
            parts = (part for part in tree.args if tree.kind in STRICT and part.kind == "field")
            found = any(self._absent(str(part.value), needs) for part in parts)
        else:
            symbol = self.names.get(name)
            found = symbol is not None and not (symbol.present or symbol.present_if)
        if found:
            needs[name] = Absent()
        return found

    def _tried(self, trees: Sequence[Node], outcome: bool, needs: Needs) -> bool:
        """Note what some conditions need, all of it or nothing."""
        before = dict(needs)
        if all(self._be(tree, outcome, needs) for tree in trees):
            return True
        needs.clear()
        needs.update(before)
        return False

    def note(self, name: str, need: Need, needs: Needs) -> bool:
        """Add a need of a name to those it has; False where they exclude each other or it cannot be told."""
        before = needs.get(name)
        if before is None:
            before = self.base(name, needs)
            if before is None:
                return False
            if isinstance(need, Absent) and name not in self.computed:
                needs[name] = need
                return True
        met = both(before, need)
        if met is not None:
            needs[name] = met
        return met is not None

    def base(self, name: str, needs: Needs) -> Need | None:
        """What the name's type and bounds need; None where that is more than can be told here."""
        if name in self.computed:
            return span(self, self.computed[name].tree, needs)
        base = self.bases.get(name)
        if base is None and name in self.names:
            base = _of_type(self.names[name], self.fields.get(name))
            if base is not None:
                self.bases[name] = base
        return base

    def length(self, name: str) -> Need | None:
        """How many signs or items the field's own bounds ask for."""
        field, symbol = self.fields.get(name), self.names[name]
        low, high = (field.min, field.max) if field else (None, None)
        many = len(symbol.type.item.options) if symbol.type.item and symbol.type.item.kind == "choice" else math.inf
        if name in self.computed or name in self.waits or (field and field.pattern):
            return None
        return Within(low if isinstance(low, int) else 1, high if isinstance(high, int) else many, whole=True)


def _not_given(tree: Node) -> bool:
    return tree.kind != "given"


def _of_type(symbol: Symbol, field: Field | None) -> Need | None:
    kind = symbol.type.kind
    if kind == "boolean":
        return Among(frozenset((True, False)))
    if kind == "choice" and 0 < len(symbol.type.options) <= MANY:
        return Among(frozenset(option.id for option in symbol.type.options))
    if kind == "list":
        return Holding()
    if field is None or field.type in COUNTED or (field.min is None and field.max is None):
        return Other() if kind not in (*WHOLE, *REAL, *DAYS) else _everything(kind)
    edges = [None if bound is None else bound if isinstance(bound, int | float | str) else math.nan
             for bound in (field.min, field.max)]  # fmt: skip
    if math.nan in edges:  # a bound that is computed
        return None
    return both(_everything(kind), _between(kind, edges[0], edges[1]))


def _everything(kind: str) -> Within:
    return _between(kind, None, None)


def _between(kind: str, low: float | str | None, high: float | str | None) -> Within:
    ends: tuple[float | str, float | str] = ("", "~") if kind in DAYS else (-math.inf, math.inf)
    return Within(ends[0] if low is None else low, ends[1] if high is None else high, whole=kind in WHOLE)
