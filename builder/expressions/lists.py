"""Lists: written out, walked over by `.exists`, `.all` and `.filter`, gathered as the arguments of a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from builder.expressions import numbers
from builder.expressions.syntax import Syntax
from builder.expressions.tree import Node, node
from builder.expressions.types import BOOLEAN, UNKNOWN, Type, list_of
from builder.nearest import nearest

if TYPE_CHECKING:
    from builder.expressions.checker import Checker

METHODS = ("exists", "all", "filter")
LISTED = ("text", *numbers.NUMERIC, "choice", "person", "date", "datetime", "time", "boolean")


def literal(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    """`[a, b]`: items of one type."""
    if not tree.args:
        return run.fail("empty-list", tree)
    wanted = hint.item if hint is not None else None
    items = [run.check(arg, wanted) for arg in tree.args]
    type = together(run, tree, items)
    if type is UNKNOWN:
        return Node("const", UNKNOWN)
    if type.kind not in LISTED:
        return run.fail("not-listed", tree, found=type.kind)
    return run.made("list", list_of(type), tree, *(each for each in (numbers.convert(i, type) for i in items) if each))


def together(run: Checker, tree: Syntax, items: list[Node]) -> Type:
    """The one type of several trees; UNKNOWN after a finding."""
    type = numbers.common(items)
    if type is not None:
        return type
    kinds = {item.type.kind for item in items}
    if kinds <= set(numbers.NUMERIC):
        numbers.mixed(run, tree)
    else:
        run.fail("types-differ", tree, found=", ".join(dict.fromkeys(item.type.kind for item in items)))
    return UNKNOWN


def method(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    """`list.exists(x, condition)`, `.all`, `.filter`."""
    whole, written = tree.args[0], str(tree.value)
    if written not in METHODS:
        return _no_method(run, tree, whole, written)
    items = run.check(whole)
    if items.type.kind == "unknown":
        return items
    if items.type.kind != "list":
        return run.fail("not-a-list", whole, found=items.type.kind, method=written)
    if len(tree.args) != 3 or tree.args[1].kind != "name":
        better = f"{run.source(whole)}.{written}(x, …)"
        return run.fail("needs-name", tree, function=written, example=better)
    body = inside(run, str(tree.args[1].value), items.type.item or UNKNOWN, lambda: run.condition(tree.args[2]))
    if body.type is UNKNOWN:
        return body
    type = items.type if written == "filter" else BOOLEAN
    return run.made(written, type, tree, items, body, value=len(run.locals))


def inside(run: Checker, name: str, item: Type, check: Callable[[], Node]) -> Node:
    """What a body means while a name stands for each item."""
    run.locals.append((name, item))
    with run.knowing(frozenset()):
        body = check()
    run.locals.pop()
    return body


def _no_method(run: Checker, tree: Syntax, whole: Syntax, written: str) -> Node:
    from builder.expressions.functions import FUNCTIONS  # it gathers its arguments here

    if written in FUNCTIONS:
        args = ", ".join(run.source(arg) for arg in tree.args)
        return run.fail("function-not-method", tree, f"{written}({args})", function=written)
    start = whole.end + 1 + run.text[whole.end + 1 :].find(written)
    better = nearest(written, METHODS)
    return run.fail_at("unknown-function", start, start + len(written), better, name=written)


def gathered(run: Checker, tree: Syntax, items: list[Node]) -> Node:
    """Arguments, single ones and lists, as one list of one type; of unknown type after a finding."""
    samples = [_sample(run, item) for item in items]
    type = together(run, tree, samples)
    if type is UNKNOWN:
        return Node("const", UNKNOWN)
    found = [each_as(run, item, lambda part: numbers.convert(part, type) or part) for item in items]
    if len(found) == 1 and found[0].type.kind == "list":
        return found[0]
    return run.made("gather", list_of(type), tree, *found)


def _sample(run: Checker, item: Node) -> Node:
    """Something of the type of an argument's items."""
    return item_of(run, item) if item.type.kind == "list" else item


def item_of(run: Checker, items: Node) -> Node:
    """Any item of a list, as the body of a walk over it sees it."""
    return Node("local", items.type.item or UNKNOWN, (), len(run.locals), items.span)


def each_as(run: Checker, item: Node, change: Callable[[Node], Node]) -> Node:
    """A value changed, or a list with each of its items changed."""
    if item.type.kind != "list":
        return change(item)
    before = item_of(run, item)
    after = change(before)
    if after is before:
        return item
    return node("map", list_of(after.type), (item, after), len(run.locals), span=item.span)
