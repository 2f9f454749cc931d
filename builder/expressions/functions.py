"""The functions: how many arguments of which types, and the node they become."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from builder.expressions import lists, numbers
from builder.expressions.arguments import Build, typed, wrong
from builder.expressions.calendar import day, days
from builder.expressions.facts import present_when
from builder.expressions.syntax import Syntax
from builder.expressions.tree import Node, node
from builder.expressions.types import BOOLEAN, DATE, DATETIME, INTEGER, TEXT, UNKNOWN, Type
from builder.nearest import nearest

if TYPE_CHECKING:
    from builder.expressions.checker import Checker

MANY = 200
MOST_DIGITS = 15
# What other programs call it.
ALIASES = {
    "len": "size", "length": "size", "average": "avg", "mean": "avg", "total": "sum", "iif": "if",
    "exists": "given", "filled": "given",
    "isblank": "not given", "isempty": "not given", "isnull": "not given",
    "lowercase": "lower", "startswith": "starts", "includes": "contains",
}  # fmt: skip

# What Excel has a function for and we write otherwise.
ELSEWHERE = {
    "countif": 'size(lines.filter(r, r.kind == "a"))', "sumif": 'sum(lines.filter(r, r.kind == "a").amount)',
    "iferror": "if(given(x), x, 0)", "mod": "x % y", "edate": "day + 3mo", "power": "x * x", "int": "round(x - 0.5)",
    **dict.fromkeys(("concat", "concatenate"), 'join("", a, b)'), "textjoin": 'join(", ", a, b)',
    **dict.fromkeys(("datedif", "datediff"), "days(from, to)"), "ifs": 'if(x == "a", 1, if(x == "b", 2, 3))',
    "roundup": "round(x + 0.5)", "rounddown": "round(x - 0.5)", "switch": 'if(x == "a", 1, if(x == "b", 2, 3))',
}  # fmt: skip
EXAMPLES = {"if": 'if(amount > 5万, "a", "b")', "given": "given(name)", "size": "size(lines)"}


@dataclass(frozen=True, slots=True)
class Function:
    """How many arguments it takes, and how its node is built from a call."""

    least: int
    most: int
    build: Build


def call(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    """A call of one of the functions; its name is written in lower case."""
    name = str(tree.value)
    function = FUNCTIONS.get(name)
    end = tree.start + len(name)
    written = run.text[tree.start : end]
    if name in ELSEWHERE:
        return run.fail_at("other-function", tree.start, end, name=written, example=ELSEWHERE[name])
    if function is None:
        better = ALIASES.get(name) or nearest(name, FUNCTIONS)
        return run.fail_at("unknown-function", tree.start, end, better, name=written)
    if written.lower() == name != written:
        run.fail_at("word-case", tree.start, end, name, found=written, write=name)
    if not function.least <= len(tree.args) <= function.most:
        exact = function.least if function.least == function.most else None
        return run.fail("argument-count", tree, function=name, least=function.least, most=function.most,
                        exact=exact, found=len(tree.args), example=EXAMPLES.get(name))  # fmt: skip
    return function.build(run, tree, hint)


def _given(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    part = run.check(tree.args[0])
    return part if part.type is UNKNOWN else run.made("given", BOOLEAN, tree, part)


def _if(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    condition = run.condition(tree.args[0])
    with run.knowing(present_when(condition, True)):
        yes = run.check(tree.args[1], hint)
    with run.knowing(present_when(condition, False)):
        no = run.check(tree.args[2], hint or _option_of(yes))
    if tree.args[1].kind == "text" and no.type.kind in ("choice", "person") and yes.type.kind == "text":
        yes = run.check(tree.args[1], no.type)
    if condition.type is UNKNOWN:
        return condition
    type = lists.together(run, tree, [yes, no])
    yes_, no_ = numbers.convert(yes, type), numbers.convert(no, type)
    if type is UNKNOWN or yes_ is None or no_ is None:
        return Node("const", UNKNOWN)
    return run.made("if", type, tree, condition, yes_, no_)


def _option_of(yes: Node) -> Type | None:
    return yes.type if yes.type.kind in ("choice", "person") else None


def _size(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    part = run.check(tree.args[0])
    if part.type.kind not in ("text", "list"):
        return wrong(run, tree, tree.args[0], part, "text, list")
    return run.made("size", INTEGER, tree, part)


def _counted(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    found = [run.check(arg) for arg in tree.args]
    if any(part.type is UNKNOWN for part in found):
        return Node("const", UNKNOWN)
    items = found[0] if len(found) == 1 and found[0].type.kind == "list" else run.made(
        "gather", Type("list", item=UNKNOWN), tree, *found)  # fmt: skip
    return run.made("count", INTEGER, tree, items)


def _aggregate(kind: str, allowed: tuple[str, ...]) -> Build:
    """`sum min max avg` over arguments and lists of them."""

    def build(run: Checker, tree: Syntax, hint: Type | None) -> Node:
        found = [run.check(arg) for arg in tree.args]
        for arg, part in zip(tree.args, found, strict=True):
            item = part.type.item if part.type.kind == "list" else part.type
            if item is None or item.kind not in allowed:
                return wrong(run, tree, arg, part, ", ".join(allowed))
        items = lists.gathered(run, tree, found)
        if items.type.item is None:
            return Node("const", UNKNOWN)
        return _aggregated(run, tree, kind, items, items.type.item)

    return build


def _aggregated(run: Checker, tree: Syntax, kind: str, items: Node, item: Type) -> Node:
    if kind != "avg":
        return run.made(kind, item, tree, items)
    number = Type("number", item.scale, item.currency)
    if item.kind == "number":
        return run.made("avg", number, tree, items)
    as_number = lists.each_as(run, items, lambda part: numbers.convert(part, number) or part)
    return run.made("avg", number, tree, as_number)


def _join(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    separator, *rest = tree.args
    literal = separator.kind == "text"  # white space alone separates, too
    between = run.made("const", TEXT, separator, value=separator.value) if literal else run.check(separator)
    if between.type.kind != "text":
        return wrong(run, tree, separator, between, "text")
    texts: list[Node] = []
    for arg in rest:
        if arg.kind == "text" and not str(arg.value).strip():
            run.fail("blank-joined", arg, found=arg.value)
            continue
        part = run.check(arg)
        item = part.type.item if part.type.kind == "list" else part.type
        if item is None or item.kind not in WRITTEN:
            wrong(run, tree, arg, part, ", ".join(WRITTEN))
        else:
            texts.append(lists.each_as(run, part, partial(written, run.scope.zone)))
    if len(texts) < len(rest):
        return Node("const", UNKNOWN)
    return run.made("join", TEXT, tree, between, run.made("gather", Type("list", item=TEXT), tree, *texts))


def written(zone: str, part: Node) -> Node:
    """A value as `join` writes it."""
    kind = WRITTEN[part.type.kind]
    value: object = None
    if not kind:
        return part
    if kind == "label":
        value = tuple((each.id, each.text) for each in part.type.options)
    elif kind in ("money_text", "moment_text"):
        value = part.type.scale if kind == "money_text" else zone
    return node(kind, TEXT, (part,), value, span=part.span)


WRITTEN = {
    "text": "", "choice": "label", "person": "person_name", "integer": "number_text", "number": "number_text",
    "money": "money_text", "date": "date_text", "time": "date_text",
    "datetime": "moment_text",
}  # fmt: skip


def _abs(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    part = run.check(tree.args[0])
    if part.type.kind not in numbers.NUMERIC:
        return wrong(run, tree, tree.args[0], part, ", ".join(numbers.NUMERIC))
    return run.made("abs", part.type, tree, part)


def _round(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    part = run.check(tree.args[0])
    digits = _digits(tree.args[1]) if len(tree.args) == 2 else 0
    if digits is None or abs(digits) > MOST_DIGITS:
        return run.fail("digits-literal", tree.args[1], most=MOST_DIGITS)
    if part.type.kind not in numbers.NUMERIC:
        return wrong(run, tree, tree.args[0], part, ", ".join(numbers.NUMERIC))
    return _rounded(run, tree, part, digits)


def _digits(tree: Syntax) -> int | None:
    negative = tree.kind == "neg"
    value = tree.args[0].value if negative else tree.value
    if (tree.args[0].kind if negative else tree.kind) != "number" or not isinstance(value, int):
        return None
    return -value if negative else value


def _rounded(run: Checker, tree: Syntax, part: Node, digits: int) -> Node:
    scale = part.type.scale
    if part.type.kind != "number":  # integers and money are whole numbers already
        dropped = (scale or 0) - digits
        return run.made("round_off", part.type, tree, part, value=dropped) if dropped > 0 else part
    if scale is not None and digits <= scale:
        return run.made("round_to", Type("money", scale, part.type.currency), tree, part, value=(digits, scale))
    if digits <= 0:
        return run.made("round_to", INTEGER, tree, part, value=(digits, 0))
    return run.made("round", part.type, tree, part, value=digits)


_AGGREGABLE = (*numbers.NUMERIC, "date", "datetime", "time")
FUNCTIONS: dict[str, Function] = {
    "given": Function(1, 1, _given),
    "if": Function(3, 3, _if),
    "size": Function(1, 1, _size),
    "count": Function(1, MANY, _counted),
    "sum": Function(1, MANY, _aggregate("sum", numbers.NUMERIC)),
    "min": Function(1, MANY, _aggregate("min", _AGGREGABLE)),
    "max": Function(1, MANY, _aggregate("max", _AGGREGABLE)),
    "avg": Function(1, MANY, _aggregate("avg", numbers.NUMERIC)),
    "join": Function(2, MANY, _join),
    "lower": Function(1, 1, typed(("text",), TEXT, "lower")),
    "trim": Function(1, 1, typed(("text",), TEXT, "trim")),
    "starts": Function(2, 2, typed(("text", "text"), BOOLEAN, "starts")),
    "contains": Function(2, 2, typed(("text", "text"), BOOLEAN, "contains")),
    "abs": Function(1, 1, _abs),
    "round": Function(1, 2, _round),
    "today": Function(0, 0, typed((), DATE, "today")),
    "now": Function(0, 0, typed((), DATETIME, "now")),
    "days": Function(2, 2, days(("date", "datetime"), "days")),
    "months": Function(2, 2, days(("date",), "months")),
    "date": Function(1, 3, day),
    "month": Function(1, 1, typed(("date",), INTEGER, "month")),
    "year": Function(1, 1, typed(("date",), INTEGER, "year")),
}
