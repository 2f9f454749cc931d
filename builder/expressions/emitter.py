"""The typed tree as a Python function: one lambda, no builtins, no name that is not listed here.

What is surely present is compared directly; elsewhere the operand is bound once (`:=`) and asked; what can leave its
range, and what is rare, is a call into the runtime.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from builder.expressions import arithmetic, dates, sequences, texts
from builder.expressions.tree import Node

if TYPE_CHECKING:
    from builder.expressions.expression import Situation

VALUES, SITUATION, ROW = "values", "situation", "row"
NAMES: dict[str, Any] = {
    "__builtins__": {},
    **arithmetic.FUNCTIONS,
    **sequences.FUNCTIONS,
    **texts.FUNCTIONS,
    **dates.FUNCTIONS,
}
_ORDERS = {"lt": ast.Lt, "le": ast.LtE, "gt": ast.Gt, "ge": ast.GtE}
# Calculations that differ between whole numbers and doubles.
_BY_DOMAIN = frozenset(("add", "sub", "mul", "mod", "sum"))
_WALKS = frozenset(("map", "filter", "exists", "all"))


def emit(tree: Node) -> Callable[[Mapping[str, Any], Situation, Mapping[str, Any]], Any]:
    """A function of (values, situation, row) that computes the tree."""
    run = _Emitter()
    body = ast.Expression(_function((VALUES, SITUATION, ROW), run.value(tree)))
    code = compile(ast.fix_missing_locations(body), "<expression>", "eval")
    known = {**NAMES, **run.tables} if run.tables else NAMES
    made: Callable[[Mapping[str, Any], Situation, Mapping[str, Any]], Any] = eval(code, known)  # of our own tree only
    return made


class _Emitter:
    def __init__(self) -> None:
        self.bound = 0
        self.tables: dict[str, dict[str, str]] = {}

    def value(self, tree: Node) -> ast.expr:
        """Code whose value is the tree's, None when absent."""
        special = _SPECIAL.get(tree.kind)
        if special is not None:
            return special(self, tree)
        if tree.kind in _WALKS:
            return self.walk(tree)
        return _call(_runtime_name(tree), *map(self.value, tree.args), *_constants(tree))

    def raw(self, tree: Node) -> ast.expr:
        """Code for a comparison with what is no white space: a blank text may stay as it is."""
        return _lookup(tree) if tree.kind in ("field", "row") else self.value(tree)

    def reference(self, tree: Node) -> ast.expr:
        found = self.cell(tree) if tree.kind == "cell" else _lookup(tree)
        return found if tree.present or tree.type.kind != "text" else _call("text", found)

    def cell(self, tree: Node) -> ast.expr:
        return _method(self.value(tree.args[0]), "get", _constant(tree.value))

    def linked(self, tree: Node) -> ast.expr:
        template, name = _tuple(tree)
        found = _call("linked", self.value(tree.args[0]), _attribute("linked"), _constant(template), _constant(name))
        return _call("text", found) if tree.type.kind == "text" else found

    def given(self, tree: Node) -> ast.expr:
        (arg,) = tree.args
        if arg.present and arg.type.kind != "list":
            return ast.Constant(True)
        if arg.type.kind == "text" or arg.type.kind == "list":
            return _call("present", self.raw(arg))
        return _compare(self.value(arg), ast.IsNot(), ast.Constant(None))

    def negation(self, tree: Node) -> ast.expr:
        return ast.UnaryOp(ast.Not(), self.value(tree.args[0]))

    def logic(self, tree: Node) -> ast.expr:
        operator = ast.And() if tree.kind == "and" else ast.Or()
        found = ast.BoolOp(operator, [self.value(arg) for arg in tree.args])
        if all(arg.present for arg in tree.args):
            return found
        return _compare(found, ast.Is(), ast.Constant(True))

    def choice(self, tree: Node) -> ast.expr:
        condition, yes, no = map(self.value, tree.args)
        return ast.IfExp(condition, yes, no)

    def equal(self, tree: Node) -> ast.expr:
        left, right = tree.args
        if left.present or right.present:
            return _compare(self.value(left), ast.Eq(), self.value(right))
        return self.asked(tree, ast.Eq())

    def one_of(self, tree: Node) -> ast.expr:
        values = _tuple(tree)
        found = self.raw(tree.args[0])
        if len(values) == 1:
            return _compare(found, ast.Eq(), _constant(values[0]))
        return _compare(found, ast.In(), _constant(values))

    def order(self, tree: Node) -> ast.expr:
        return self.asked(tree, _ORDERS[tree.kind]())

    def asked(self, tree: Node, operator: ast.cmpop) -> ast.expr:
        """Both operands compared, once it is known that they are there."""
        checks: list[ast.expr] = []
        sides: list[ast.expr] = []
        for arg in tree.args:
            found = self.value(arg)
            if not arg.present:
                name = self.bind()
                bound = ast.NamedExpr(ast.Name(name, ast.Store()), found)
                checks.append(_compare(bound, ast.IsNot(), ast.Constant(None)))
                found = ast.Name(name, ast.Load())
            sides.append(found)
        comparison = _compare(sides[0], operator, sides[1])
        return ast.BoolOp(ast.And(), [*checks, comparison]) if checks else comparison

    def bind(self) -> str:
        self.bound += 1
        return f"t{self.bound}"

    def walk(self, tree: Node) -> ast.expr:
        items, body = tree.args
        return _call(tree.kind, self.value(items), _function((f"item{tree.value}",), self.value(body)))

    def items(self, tree: Node) -> ast.expr:
        return ast.List([self.value(arg) for arg in tree.args], ast.Load())

    def gather(self, tree: Node) -> ast.expr:
        if all(arg.type.kind != "list" for arg in tree.args):
            return self.items(tree)
        pairs = [ast.Tuple([ast.Constant(a.type.kind == "list"), self.value(a)], ast.Load()) for a in tree.args]
        return _call("gather", *pairs)

    def label(self, tree: Node) -> ast.expr:
        name = f"table{len(self.tables)}"
        self.tables[name] = dict(_tuple(tree))
        return _call("label", self.value(tree.args[0]), ast.Name(name, ast.Load()))

    def person(self, tree: Node) -> ast.expr:
        return _call("named", _attribute("person"), self.value(tree.args[0]))


def _runtime_name(tree: Node) -> str:
    kind = tree.kind
    if kind in _BY_DOMAIN:
        return f"{kind}_number" if tree.type.kind == "number" else f"{kind}_whole"
    return "neg_duration" if kind == "neg" and tree.type.kind == "duration" else kind


def _constants(tree: Node) -> list[ast.expr]:
    """What a node holds, as last arguments: a pair is two, a table is one."""
    if tree.value is None:
        return []
    if tree.kind in ("round_to", "shift_local"):
        return [ast.Constant(part) for part in _tuple(tree)]
    return [_constant(tree.value)]


def _constant(value: Any) -> ast.expr:
    return ast.Constant(value)


def _tuple(tree: Node) -> tuple[Any, ...]:
    return tree.value if isinstance(tree.value, tuple) else (tree.value,)


def _lookup(tree: Node) -> ast.expr:
    if tree.kind == "local":
        return ast.Name(f"item{tree.value}", ast.Load())
    name = ast.Constant(str(tree.value))
    if tree.kind == "row":  # a row holds what was answered in it
        return _method(ast.Name(ROW, ast.Load()), "get", name)
    return ast.Subscript(ast.Name(VALUES, ast.Load()), name, ast.Load())


def _function(args: tuple[str, ...], body: ast.expr) -> ast.Lambda:
    return ast.Lambda(ast.arguments([], [ast.arg(name) for name in args], None, [], [], None, []), body)


def _call(name: str, *args: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])


def _method(of: ast.expr, name: str, *args: ast.expr) -> ast.expr:
    return ast.Call(ast.Attribute(of, name, ast.Load()), list(args), [])


def _attribute(name: str) -> ast.expr:
    return ast.Attribute(ast.Name(SITUATION, ast.Load()), name, ast.Load())


def _compare(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    return ast.Compare(left, [operator], [right])


def _or_absent(name: str) -> Callable[[_Emitter, Node], ast.expr]:
    return lambda run, tree: ast.BoolOp(ast.Or(), [_attribute(name), ast.Constant(None)])


_SPECIAL: dict[str, Callable[[_Emitter, Node], ast.expr]] = {
    "const": lambda run, tree: _constant(tree.value),
    **dict.fromkeys(("field", "row", "local", "cell"), _Emitter.reference),
    "linked": _Emitter.linked,
    "today": lambda run, tree: _attribute("today"),
    "now": lambda run, tree: _attribute("now"),
    "me": _or_absent("me"),
    "my_department": _or_absent("me_department"),
    "given": _Emitter.given,
    "not": _Emitter.negation,
    **dict.fromkeys(("and", "or"), _Emitter.logic),
    "if": _Emitter.choice,
    "eq": _Emitter.equal,
    "one_of": _Emitter.one_of,
    **dict.fromkeys(_ORDERS, _Emitter.order),
    "list": _Emitter.items,
    "gather": _Emitter.gather,
    "date_text": lambda run, tree: run.value(tree.args[0]),
    "label": _Emitter.label,
    "person_name": _Emitter.person,
}
