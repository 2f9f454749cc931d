"""Checks that fail because another field is empty, and so refuse answers that are all right (absent is false)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.diagnostic import Diagnostic, Path, Related
from builder.expressions import Node
from builder.expressions.facts import Facts, undecided
from builder.expressions.tree import ORDERS, STRICT
from builder.model import Field
from builder.proofs.answers import answered
from builder.proofs.conditions import checks, field_path
from builder.proofs.limits import given
from builder.proofs.world import World

FALSE_WITHOUT = frozenset((*ORDERS, "eq", "one_of", "overlaps", "member", "given"))


def absences(world: World) -> Iterator[Diagnostic]:
    """Finding `check-fails-without`, once for each field whose absence alone fails a check."""
    for field in world.fields.values():
        for path, tree in checks(world, field):
            if world.own(path):
                yield from _of_check(world, field, path, tree)


def _of_check(world: World, field: Field, path: Path, tree: Node) -> Iterator[Diagnostic]:
    here = answered(world, field)
    facts = Facts(world.scope)
    for condition in here:
        facts = facts.given(condition)
    for reference in dict.fromkeys(part for part in undecided(tree, facts) if part.kind == "field"):
        other = world.fields.get(str(reference.value))
        if other is None or other.path == field.path or without(tree, reference).value is not False:
            continue
        if not world.never(path, here, [given(reference)]) and not world.never(path, [*here, tree]):  # else told itself
            place = world.document.place((*path, "check"))
            args = {"field": field.id, "label": field.label, "name": other.id, "other": other.label}
            home = Related(world.document.place(field_path(other), "key"), "empty-here")
            witness = world.example(here, [given(reference)])
            yield Diagnostic("check-fails-without", place, args, (home,), witness)


def without(tree: Node, reference: Node) -> Node:
    """What is left of a tree when a reference is absent: a constant where that alone decides it."""
    if tree == reference:
        return replace(tree, kind="const", value=None)
    if not tree.args:
        return tree
    args = tuple(without(arg, reference) for arg in tree.args)
    if tree.kind in ("and", "or"):
        return _joined(tree, args)
    if tree.kind == "not" and args[0].kind == "const":
        return _constant(tree, args[0].value is not True)
    if tree.kind == "if" and args[0].kind == "const":
        return args[1] if args[0].value is True else args[2]
    absent = any(arg.kind == "const" and arg.value is None for arg in args)
    if absent and tree.kind in STRICT:
        return _constant(tree, None)
    return _constant(tree, False) if absent and tree.kind in FALSE_WITHOUT else replace(tree, args=args)


def _joined(tree: Node, args: Sequence[Node]) -> Node:
    """`and` and `or` without what decides nothing; an absent operand is false."""
    decisive = tree.kind == "or"
    left = [arg for arg in args if arg.kind != "const" or (arg.value is True) is decisive]
    if any(arg.kind == "const" for arg in left):
        return _constant(tree, decisive)
    return replace(tree, args=tuple(left)) if left else _constant(tree, not decisive)


def _constant(tree: Node, value: object) -> Node:
    return replace(tree, kind="const", args=(), value=value)
