"""The ladder integer → money → number: who meets whom, and what has to be made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from builder.expressions.syntax import Syntax
from builder.expressions.tree import Node, node
from builder.expressions.types import INTEGER, NUMBER, UNKNOWN, Type

if TYPE_CHECKING:
    from builder.expressions.checker import Checker

NUMERIC = ("integer", "money", "number")
LARGEST = 2**53 - 1
KINDS = {"+": "add", "-": "sub", "*": "mul", "/": "div", "%": "mod"}


def common(nodes: Iterable[Node]) -> Type | None:
    """The type that all can be converted to, or None: integers become money or numbers, money becomes numbers."""
    nodes = [each for each in nodes if each.kind != "const" or each.value is not None]
    types = [each.type for each in nodes]
    if not types or UNKNOWN in types:
        return UNKNOWN
    if all(type == types[0] for type in types):
        return types[0]
    if any(type.kind not in NUMERIC for type in types):
        return None
    return _common_money(nodes) if any(type.scale is not None for type in types) else NUMBER


def _common_money(nodes: list[Node]) -> Type | None:
    moneys = {(each.type.scale, each.type.currency) for each in nodes if each.type.scale is not None}
    if len(moneys) > 1:
        return None
    ((scale, currency),) = moneys
    money = Type("money", scale, currency)
    whole = any(each.type.kind == "money" for each in nodes) and all(convert(each, money) is not None for each in nodes)
    return money if whole else Type("number", scale, currency)


def convert(tree: Node, type: Type) -> Node | None:
    """The tree as this type, or None when that is not possible without a decision of the author's."""
    if tree.type == type or tree.type is UNKNOWN or type is UNKNOWN:
        return tree
    if tree.kind == "const" and tree.value is None:
        return replace(tree, type=type)
    if tree.kind == "if":
        yes, no = (convert(arg, type) for arg in tree.args[1:])
        return None if yes is None or no is None else _as(tree, "if", type, tree.args[0], yes, no)
    if tree.type.kind not in NUMERIC or type.kind not in NUMERIC:
        return None
    return {"integer": _to_integer, "money": _to_money, "number": _to_number}[type.kind](tree, type)


def _as(tree: Node, kind: str, type: Type, *args: Node, value: object = None) -> Node:
    return node(kind, type, args, value, span=tree.span)


def _to_number(tree: Node, type: Type) -> Node:
    if tree.type.kind == "number":
        return tree
    if tree.type.kind == "money":
        return _as(tree, "units", type, tree, value=tree.type.scale)
    if tree.kind == "const":
        return _as(tree, "const", type, value=float(tree.value))  # type: ignore[arg-type]  # an integer literal
    return _as(tree, "to_number", type, tree)


def _to_money(tree: Node, type: Type) -> Node | None:
    scale = type.scale or 0
    if tree.kind == "const" and tree.type.kind != "money":
        exact = Decimal(repr(tree.value)).scaleb(scale)
        fits = exact == exact.to_integral_value() and abs(exact) <= LARGEST
        return _as(tree, "const", type, value=int(exact)) if fits else None
    if tree.type.kind == "integer":
        return _as(tree, "to_money", type, tree, value=scale)
    if tree.kind == "round" and isinstance(tree.value, int) and tree.value <= scale:
        return _as(tree, "round_to", type, *tree.args, value=(tree.value, scale))
    return None


def _to_integer(tree: Node, type: Type) -> Node | None:
    if tree.kind == "round_to" and isinstance(tree.value, tuple) and tree.value[0] <= 0:
        return _as(tree, "round_to", type, *tree.args, value=(tree.value[0], 0))
    return None


def calculate(run: Checker, tree: Syntax, left: Node, right: Node) -> Node:
    """`+ - * / %` of two numbers of any kind."""
    if tree.kind == "*":
        return _product(run, tree, left, right)
    if tree.kind == "/":
        return _quotient(run, tree, left, right)
    both = common((left, right))
    if both is None:
        return mixed(run, tree)
    return _apply(run, tree, both, left, right)


def mixed(run: Checker, tree: Syntax) -> Node:
    """The finding about two currencies in one calculation."""
    return run.fail("two-currencies", tree)


def _apply(run: Checker, tree: Syntax, type: Type, left: Node, right: Node) -> Node:
    args = [convert(arg, type) for arg in (left, right)]
    assert None not in args, "common() promised it"
    return run.made(KINDS[tree.kind], type, tree, *(arg for arg in args if arg is not None))


def _product(run: Checker, tree: Syntax, left: Node, right: Node) -> Node:
    amounts = [each for each in (left, right) if each.type.scale is not None]
    if len(amounts) == 2:
        return run.fail("money-times-money", tree)
    if not amounts:
        return _apply(run, tree, common((left, right)) or NUMBER, left, right)
    amount = amounts[0]
    if {left.type.kind, right.type.kind} == {"money", "integer"}:
        return run.made("mul", amount.type, tree, left, right)
    return _apply(run, tree, Type("number", amount.type.scale, amount.type.currency), left, right)


def _quotient(run: Checker, tree: Syntax, left: Node, right: Node) -> Node:
    if left.type == right.type and left.type.kind in ("integer", "money"):
        return run.made("div", NUMBER, tree, left, right)
    if left.type.scale is not None and right.type.scale is not None and common((left, right)) is None:
        return mixed(run, tree)
    share = left.type.scale is not None and right.type.scale is None
    type = Type("number", left.type.scale, left.type.currency) if share else NUMBER
    return _apply(run, tree, type, left, right)


def fit(run: Checker, tree: Syntax, found: Node, expected: Type) -> Node:
    """A numeric tree as the number that is expected, or the finding that names `round`."""
    fitting = convert(found, expected)
    if fitting is not None:
        return fitting
    source, digits = run.source(tree), expected.scale or 0
    if expected.kind == "money" and found.type.kind == "number":
        return run.fail("round-money", tree, f"round({source}, {digits})", digits=digits)
    if expected.kind == "integer" and found.type.kind == "number":
        return run.fail("round-integer", tree, f"round({source})")
    if expected.kind == found.type.kind == "money":
        return mixed(run, tree)
    return run.fail("wrong-type", tree, expected=expected.kind, found=found.type.kind)


__all__ = ["INTEGER", "NUMERIC", "calculate", "common", "convert", "fit", "mixed"]
