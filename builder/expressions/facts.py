"""What is known where an expression stands: which names are present, and which conditions hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from builder.expressions.tree import ORDERS, REFERENCES, STRICT, Node, linked_names
from builder.expressions.types import Scope, Symbol

NONE: frozenset[Node] = frozenset()


def needed(tree: Node) -> frozenset[Node]:
    """The references that are present whenever the tree is."""
    if tree.kind == "linked":  # so is the link that leads there
        return frozenset((tree,)) | needed(tree.args[0])
    if tree.kind in REFERENCES:
        return frozenset((tree,))
    if tree.kind in STRICT:
        return NONE.union(*map(needed, tree.args))
    return NONE


def present_when(tree: Node, outcome: bool) -> frozenset[Node]:
    """The references that are certainly present when a condition has this outcome (absent counts as false)."""
    kind, args = tree.kind, tree.args
    if kind == "not":
        return present_when(args[0], not outcome)
    if kind in ("and", "or"):
        parts = [present_when(arg, outcome) for arg in args]
        return NONE.union(*parts) if (kind == "and") is outcome else parts[0].intersection(*parts[1:])
    if not outcome:
        return NONE
    if kind in ORDERS or kind in ("eq", "given", "one_of", "overlaps"):
        return NONE.union(*map(needed, args))
    return needed(args[0]) if kind in ("member", "exists") else needed(tree)


def conjuncts(tree: Node, outcome: bool = True) -> Iterable[Node]:
    """The conditions that hold, each, when a condition has this outcome."""
    if tree.kind == "not":
        if tree.args[0].kind in ("not", "and", "or"):
            yield from conjuncts(tree.args[0], not outcome)
        else:
            yield tree if outcome else tree.args[0]
    elif tree.kind == ("and" if outcome else "or"):
        for arg in tree.args:
            yield from conjuncts(arg, outcome)
    else:
        yield tree if outcome else Node("not", tree.type, (tree,))


@dataclass(frozen=True, slots=True)
class Facts:
    """Known of every valid record at one place: names that are present, and conditions that hold."""

    scope: Scope
    present: frozenset[Node] = NONE
    holds: frozenset[Node] = NONE

    def given(self, condition: Node, outcome: bool = True) -> Facts:
        """What is known in addition where a condition has this outcome."""
        present = self.present | present_when(condition, outcome)
        return Facts(self.scope, present, self.holds | {*conjuncts(condition, outcome)}).closed()

    def closed(self) -> Facts:
        """With what follows: a present field is visible, so its own condition holds."""
        facts = self
        for reference in self.present:
            if reference.kind in ("cell", "linked"):  # its condition speaks of its own row or record, nameless here
                continue
            visible = self.symbol(reference).visible
            if visible is not None and not set(conjuncts(visible)) <= facts.holds:
                facts = facts.given(visible)
        return facts

    def symbol(self, reference: Node) -> Symbol:
        """The symbol of a reference."""
        name = str(reference.value)
        if reference.kind == "cell":
            return reference.args[0].type.columns[name]
        if reference.kind in ("local", "linked"):  # what is linked to may always be withheld
            return Symbol(reference.type)
        return self.scope.names[name]

    def assures(self, tree: Node) -> bool:
        """Whether the tree has a value in every valid record, as far as this is known (a number out of range aside)."""
        return not any(True for _ in self.lacking(tree))

    def lacking(self, tree: Node) -> Iterable[Node]:
        """The parts of a tree that may be absent, and make it absent."""
        kind, args = tree.kind, tree.args
        if kind in REFERENCES:
            if not self.has(tree):
                yield tree
        elif kind == "if":
            yield from self.given(args[0]).lacking(args[1])
            yield from self.given(args[0], False).lacking(args[2])
        elif kind in ("min", "max", "avg", "join"):
            yield from self._nothing(args[-1])
        elif kind in STRICT:
            operands = [part for arg in args for part in self.lacking(arg)]
            yield from operands or (() if _total(tree) else (tree,))
        elif kind in ("me", "my_department") or (kind == "const" and tree.value is None):
            yield tree

    def _nothing(self, items: Node) -> Iterable[Node]:
        """What makes a list be without any present item."""
        if items.kind == "gather":
            found = [self._nothing(arg) if arg.type.kind == "list" else self.lacking(arg) for arg in items.args]
            yield from _unless_one_is_there(found)
        elif items.kind == "list":
            yield from _unless_one_is_there([self.lacking(arg) for arg in items.args])
        elif items.kind in ("pluck", "pluck_all"):
            column = items.args[0].type.item
            assured = column is not None and _always(column.columns[str(items.value)])
            yield from self._nothing(items.args[0]) if assured else (items,)
        elif items.kind == "map" and not linked_names(items.args[1]):
            yield from self._nothing(items.args[0])
        elif items.kind in ("filter", "map"):
            yield items
        else:
            yield from self.lacking(items)

    def has(self, reference: Node) -> bool:
        """Whether a reference is present: known, or required where it is visible."""
        if reference in self.present:
            return True
        symbol = self.symbol(reference)
        certain = symbol.present or (bool(symbol.present_if) and all(map(self.implies, symbol.present_if)))
        return certain and (symbol.visible is None or self.implies(symbol.visible))

    def implies(self, condition: Node) -> bool:
        """Whether a condition certainly holds."""
        kind, args = condition.kind, condition.args
        if condition in self.holds or (kind == "const" and condition.value is True):
            return True
        if kind == "and":
            return all(map(self.implies, args))
        if kind == "or":
            return any(map(self.implies, args))
        if kind in ("one_of", "overlaps"):
            same = (held for held in self.holds if held.kind == kind and held.args == args)
            return any(set(_ids(held)) <= set(_ids(condition)) for held in same)
        return kind == "given" and args[0] in self.present


def _unless_one_is_there(parts: list[Iterable[Node]]) -> tuple[Node, ...]:
    """What the first lacks, when each lacks something."""
    found = [tuple(part) for part in parts]
    return found[0] if all(found) else ()


def _ids(condition: Node) -> tuple[object, ...]:
    return condition.value if isinstance(condition.value, tuple) else ()


def _always(symbol: Symbol) -> bool:
    return symbol.present and symbol.visible is None


def _total(tree: Node) -> bool:
    """Whether an operation has a result for all operands that are there."""
    if tree.kind in ("div", "mod"):
        divisor = tree.args[1]
        return divisor.kind == "const" and divisor.value not in (0, None)
    return tree.kind not in ("parse_date", "date")


def undecided(tree: Node, facts: Facts) -> Iterable[Node]:
    """The possibly absent parts that decide a guard: operands of orderings and of arithmetic.

    Equality, membership, `given` and booleans have a plain sense when something is absent, and are not named.
    """
    kind, args = tree.kind, tree.args
    if kind in ("and", "or"):
        for arg in args:
            yield from undecided(arg, facts)
            facts = facts.given(arg, kind == "and")
    elif kind == "if":
        yield from undecided(args[0], facts)
        yield from undecided(args[1], facts.given(args[0]))
        yield from undecided(args[2], facts.given(args[0], False))
    elif kind in ORDERS:
        for arg in args:
            yield from facts.lacking(arg)
    elif kind in ("eq", "one_of", "member"):
        for arg in args:
            if arg.kind not in REFERENCES and arg.kind in STRICT and arg.kind != "label":
                yield from facts.lacking(arg)
    elif kind != "given":
        for arg in args:
            yield from undecided(arg, facts)
