"""What numbers a formula can come to, at the widest: intervals, through any arithmetic."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from builder.expressions import Expression, Node
from builder.expressions.tree import ORDERS
from builder.lower.fields import COUNTED
from builder.model import Field

Range = tuple[float, float]
OVER_ROWS = frozenset(("count", "sum", "min", "max", "avg"))
ROUNDING = 1e-9  # of many doubles added up
EXACT = 2.0**53  # whole numbers below are doubles without rounding
ANYTHING: Range = (-math.inf, math.inf)


class Ranges:
    """Asked of many formulas over the fields (and columns) of one template and what is computed of them."""

    def __init__(self, fields: Mapping[str, Field], computed: Mapping[str, Expression]) -> None:
        self.fields, self.computed = fields, computed
        self.known: dict[str, Range] = {}

    def refute(self, tree: Node, outcome: bool = True) -> bool:
        """Whether a condition surely never has this outcome. False: it cannot be told."""
        kind, args = tree.kind, tree.args
        if kind == "not":
            return self.refute(args[0], not outcome)
        if kind in ("and", "or"):
            parts = (self.refute(arg, outcome) for arg in args)
            return any(parts) if (kind == "and") is outcome else all(parts)
        if kind in ("exists", "all") and outcome is (kind == "exists"):  # of no rows, the one fails and the other holds
            return self.refute(of_row(tree), outcome)
        if not outcome or kind not in (*ORDERS, "eq", "one_of"):  # what is absent fails
            return False
        (low, high), (least, most) = self.of(args[0]), self._other(tree)
        apart = {"lt": low >= most, "le": low > most, "gt": high <= least, "ge": high < least}
        return apart.get(kind, low > most or high < least)

    def _other(self, tree: Node) -> Range:
        """What the first operand is compared with."""
        if tree.kind != "one_of":
            return self.of(tree.args[1])
        values = tree.value if isinstance(tree.value, tuple) else ()
        numbers = [value for value in values if isinstance(value, int | float)]
        return (min(numbers), max(numbers)) if numbers and len(numbers) == len(values) else ANYTHING

    def of(self, tree: Node) -> Range:
        """The interval of a formula's value, where it has one."""
        if tree.kind == "const":
            value = tree.value
            return (value, value) if isinstance(value, int | float) else ANYTHING
        if tree.kind == "field":
            return self._field(str(tree.value))
        if tree.kind == "if":
            (low, high), (least, most) = self.of(tree.args[1]), self.of(tree.args[2])
            return min(low, least), max(high, most)
        if tree.kind in OVER_ROWS:
            return self._over_rows(tree)
        if tree.kind == "year" and tree.args[0].kind == "field":
            return self._years(str(tree.args[0].value))
        operation = _OPERATIONS.get(tree.kind)
        return ANYTHING if operation is None else operation(tree, [self.of(arg) for arg in tree.args])

    def _over_rows(self, tree: Node) -> Range:
        """What is counted, summed or picked of a column, each cell of it within its bounds."""
        column = tree.args[0]
        rows = self.fields.get(_rows(column))
        most = rows.max if rows is not None and isinstance(rows.max, int) else math.inf
        if tree.kind == "count":
            return 0.0, most
        low, high = self._cells(column)
        if tree.kind == "sum":
            return _end(min(0.0, low), most, -1), _end(max(0.0, high), most, 1)
        return _end(low, 1, -1), _end(high, 1, 1)

    def _cells(self, column: Node) -> Range:
        """What is in the cells of a column of rows, as they are or each worked on."""
        rows = _rows(column)
        if column.kind == "pluck" and rows:
            return self._field(f"{rows}.{column.value}")
        if column.kind == "map" and column.args[0].kind == "pluck" and rows:
            cell = Node("field", column.args[0].type, value=f"{rows}.{column.args[0].value}")
            return self.of(_put(column.args[1], column.value, cell))
        return ANYTHING

    def _years(self, name: str) -> Range:
        field = self.fields.get(name)
        low, high = (getattr(field, side, None) for side in ("min", "max"))
        return float(low[:4]) if isinstance(low, str) else 1.0, float(high[:4]) if isinstance(high, str) else 9999.0

    def _field(self, name: str) -> Range:
        if name not in self.known:
            self.known[name] = ANYTHING  # for a circle of names
            self.known[name] = self._found(name)
        return self.known[name]

    def _found(self, name: str) -> Range:
        field = self.fields.get(name)
        own = ANYTHING
        if field is not None and field.type not in COUNTED:
            low, high = (bound if isinstance(bound, int | float) else None for bound in (field.min, field.max))
            own = (-math.inf if low is None else low, math.inf if high is None else high)
        if name not in self.computed:
            return own
        return self.of(self.computed[name].tree)  # its own bounds are asked of it, not made true


def of_row(tree: Node) -> Node:
    """The body of `rows.exists(x, …)`, `.all` or `.filter` about any row at all."""
    rows, body = tree.args
    while rows.kind == "filter":
        rows = rows.args[0]
    return _cells(body, tree.value, str(rows.value)) if rows.kind == "field" else body


def _rows(column: Node) -> str:
    """The field that some rows, or a column of them, come from; "" where it is none."""
    while column.kind in ("map", "pluck", "filter"):
        column = column.args[0]
    return str(column.value) if column.kind == "field" else ""


def _put(tree: Node, depth: object, cell: Node) -> Node:
    """A tree with a cell in place of the item that is walked over."""
    if tree.kind == "local" and tree.value == depth:
        return cell
    return replace(tree, args=tuple(_put(arg, depth, cell) for arg in tree.args)) if tree.args else tree


def _cells(tree: Node, depth: object, rows: str) -> Node:
    if tree.kind == "cell" and tree.args[0].kind == "local" and tree.args[0].value == depth:
        return replace(tree, kind="field", args=(), value=f"{rows}.{tree.value}")
    return replace(tree, args=tuple(_cells(arg, depth, rows) for arg in tree.args)) if tree.args else tree


def _end(edge: float, times: float, side: int) -> float:
    """An end of what some cells, none of them beyond an edge, come to when added up or averaged."""
    if edge == 0:
        return 0.0
    end = edge * times
    exact = float(edge).is_integer() and abs(end) < EXACT  # then each sum on the way can be told from the next number
    return end if exact or math.isinf(end) else end + side * abs(end) * ROUNDING


def _product(tree: Node, parts: list[Range]) -> Range:
    (a, b), (c, d) = parts
    ends = [0.0 if 0 in (x, y) else x * y for x in (a, b) for y in (c, d)]
    return min(ends), max(ends)


def _scaled(factor: Callable[[int], float]) -> Callable[[Node, list[Range]], Range]:
    def scaled(tree: Node, parts: list[Range]) -> Range:
        digits = tree.value if isinstance(tree.value, int) else 0
        return parts[0][0] * factor(digits), parts[0][1] * factor(digits)

    return scaled


def _rounded(tree: Node, parts: list[Range]) -> Range:
    return parts[0][0] - 1, parts[0][1] + 1


_OPERATIONS: Mapping[str, Callable[[Node, list[Range]], Range]] = {
    "add": lambda tree, parts: (parts[0][0] + parts[1][0], parts[0][1] + parts[1][1]),
    "sub": lambda tree, parts: (parts[0][0] - parts[1][1], parts[0][1] - parts[1][0]),
    "mul": _product,
    "neg": lambda tree, parts: (-parts[0][1], -parts[0][0]),
    "abs": lambda tree, parts: (0.0, max(abs(parts[0][0]), abs(parts[0][1]))),
    "to_number": lambda tree, parts: parts[0],
    "to_money": _scaled(lambda digits: 10.0**digits),
    "units": _scaled(lambda digits: 10.0**-digits),
    "round": _rounded,
    "size": lambda tree, parts: (0.0, math.inf),
    "month": lambda tree, parts: (1.0, 12.0),
    "year": lambda tree, parts: (1.0, 9999.0),
}
