"""`== != < <= > >= in`: which two things can be compared, and what was meant when they cannot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from builder.expressions import lookup
from builder.expressions.numbers import NUMERIC, common, convert
from builder.expressions.syntax import Syntax
from builder.expressions.tree import Node
from builder.expressions.types import BOOLEAN, UNKNOWN, Type

if TYPE_CHECKING:
    from builder.expressions.checker import Checker

ORDERED = (*NUMERIC, "date", "datetime", "time", "text")
EQUAL = (*ORDERED, "choice", "person", "link", "boolean")
KINDS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def operands(run: Checker, tree: Syntax) -> tuple[Node, Node]:
    """Both sides; the one that says what it is goes first, so that a literal or a bare word is read against it."""
    left, right = tree.args
    if (left.literal or not lookup.knows(run, left)) and lookup.knows(run, right):
        second = run.check(right)
        return run.check(left, second.type), second
    first = run.check(left)
    return first, run.check(right, first.type)


def equality(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    """`==`, and `!=` as exactly not `==`."""
    blank = next((i for i, arg in enumerate(tree.args) if arg.kind == "text" and not str(arg.value).strip()), None)
    if blank is not None:
        asked = f"given({run.source(tree.args[1 - blank])})"
        return run.fail("blank-compared", tree, f"not {asked}" if tree.kind == "==" else asked)
    found = _equal(run, tree, *operands(run, tree))
    return found if tree.kind == "==" or found.type is UNKNOWN else run.made("not", BOOLEAN, tree, found)


def _equal(run: Checker, tree: Syntax, left: Node, right: Node) -> Node:
    if left.type is UNKNOWN or right.type is UNKNOWN:
        return Node("const", UNKNOWN)
    if left.type.kind == "list" or right.type.kind == "list":
        return _list_compared(run, tree, left, right)
    pair = _alike(run, tree, left, right, EQUAL)
    if pair is None:
        return Node("const", UNKNOWN)
    left, right = pair
    constant, other = (left, right) if left.kind == "const" else (right, left)
    if constant.kind != "const":
        return run.made("eq", BOOLEAN, tree, left, right)
    return run.made("one_of", BOOLEAN, tree, other, value=ids((constant,)))


def _list_compared(run: Checker, tree: Syntax, left: Node, right: Node) -> Node:
    if left.type.kind == right.type.kind:
        return run.fail("lists-compared", tree)
    several, one = (0, 1) if left.type.kind == "list" else (1, 0)
    item = (left, right)[several].type.item
    if item is not None and item.kind == "file":  # no text is a file: `in` would not help
        return run.fail("not-comparable", tree, found="file", operator=tree.kind)
    written = f"{run.source(tree.args[one])} in {run.source(tree.args[several])}"
    return run.fail("list-compared", tree, written if tree.kind == "==" else f"not {written}",
                    list=run.source(tree.args[several]))  # fmt: skip


def order(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    """`<`, `<=`, `>`, `>=`."""
    left, right = operands(run, tree)
    if left.type is UNKNOWN or right.type is UNKNOWN:
        return Node("const", UNKNOWN)
    if left.type.kind == "list" or right.type.kind == "list":
        return run.fail("no-order", tree, found="list", operator=tree.kind)
    pair = _alike(run, tree, left, right, ORDERED)
    return Node("const", UNKNOWN) if pair is None else run.made(KINDS[tree.kind], BOOLEAN, tree, *pair)


def _alike(run: Checker, tree: Syntax, left: Node, right: Node, allowed: tuple[str, ...]) -> tuple[Node, Node] | None:
    """Both as one type, or None after a finding."""
    type = common((left, right))
    kinds = (left.type.kind, right.type.kind)
    if type is None and set(kinds) <= set(NUMERIC):
        run.fail("two-currencies", tree)
    elif type is None and kinds == ("link", "link"):
        run.fail("links-apart", tree, left=left.type.target, right=right.type.target)
    elif type is None or (kinds[0] == "choice" and not _share(left.type, right.type)):
        run.fail(
            "incomparable", tree, _counted(run, tree) or _same_day(run, tree, kinds), left=kinds[0], right=kinds[1]
        )
    elif type.kind not in allowed:
        code = "no-order" if type.kind in EQUAL else "not-comparable"
        run.fail(code, tree, found=type.kind, operator=tree.kind)
    else:
        first, second = convert(left, type), convert(right, type)
        if first is not None and second is not None:
            return first, second
    return None


def _counted(run: Checker, tree: Syntax) -> str:
    """`total <= 3d` as the comparison of counts it was meant to be."""
    left, right = tree.args
    if right.kind != "duration" or left.kind == "duration":
        return ""
    count = right.value[0] if isinstance(right.value, tuple) else ""
    return f"{run.source(left)} {tree.kind} {count}" if run.check(left).type.kind in NUMERIC else ""


def _same_day(run: Checker, tree: Syntax, kinds: tuple[str, str]) -> str:
    """`at < day` as the comparison of days it was meant to be."""
    if set(kinds) != {"date", "datetime"}:
        return ""
    sides = (f"date({run.source(arg)})" if kind == "datetime" else run.source(arg)
             for kind, arg in zip(kinds, tree.args, strict=True))  # fmt: skip
    return f" {tree.kind} ".join(sides)


def _share(left: Type, right: Type) -> bool:
    """Whether two choices could ever be equal."""
    mine, theirs = left.options.by_id, right.options.by_id
    return not mine or not theirs or mine is theirs or not mine.keys().isdisjoint(theirs)


def ids(constants: Iterable[Node]) -> tuple[object, ...]:
    """The values that count as one of these literals, sorted: for options, with those that count as them."""
    found: set[object] = set()
    for each in constants:
        found.update(each.type.options.counting_as(str(each.value)) if each.type.kind == "choice" else (each.value,))
    return tuple(sorted(found, key=lambda value: (str(type(value)), value)))


def membership(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    """`x in [a, b]`, `x in choices`, `"option" in choices`."""
    left, right = tree.args
    if right.kind == "list":
        return _in_literal(run, tree, left, right)
    many = run.check(right)
    one = run.check(left, many.type.item)
    if many.type is UNKNOWN or one.type is UNKNOWN:
        return Node("const", UNKNOWN)
    if many.type.kind == "text" and one.type.kind in ("text", "list"):
        return run.fail("in-text", tree, f"contains({run.source(right)}, {run.source(left)})")
    if many.type.kind != "list":
        return run.fail("in-one", tree, f"{run.source(left)} == {run.source(right)}", found=many.type.kind)
    return _in_list(run, tree, one, many)


def _in_list(run: Checker, tree: Syntax, one: Node, many: Node) -> Node:
    item = many.type.item or UNKNOWN
    converted = convert(one, item)
    if converted is None or item.kind not in EQUAL or (item.kind == "choice" and not _share(one.type, item)):
        return run.fail("incomparable", tree, left=one.type.kind, right=item.kind)
    if converted.kind == "const":
        return run.made("overlaps", BOOLEAN, tree, many, value=ids((converted,)))
    return run.made("member", BOOLEAN, tree, converted, many)


def _in_literal(run: Checker, tree: Syntax, left: Syntax, right: Syntax) -> Node:
    if not right.args:
        return run.fail("empty-list", right)
    one = run.check(left)
    items = [_item(run, item, one) for item in right.args]
    if UNKNOWN in (one.type, *(item.type for item in items)):
        return Node("const", UNKNOWN)
    if one.type.kind == "list":
        first = run.source(right.args[0])
        better = f"{first} in {run.source(left)}" if len(items) == 1 else ""
        return run.fail("list-in-list", tree, better, list=run.source(left))
    pairs = [_alike_item(run, one, item, written) for item, written in zip(items, right.args, strict=True)]
    if None in pairs:
        return Node("const", UNKNOWN)
    return _among(run, tree, one, [item for item in pairs if item is not None])


def _item(run: Checker, item: Syntax, one: Node) -> Node:
    if item.kind == "text" and not str(item.value).strip():
        return run.fail("blank-compared", item)
    return run.check(item, one.type)


def _alike_item(run: Checker, one: Node, item: Node, written: Syntax) -> Node | None:
    if one.type.kind == item.type.kind == "link" and one.type != item.type:
        run.fail("links-apart", written, left=one.type.target, right=item.type.target)
        return None
    if common((one, item)) is None or one.type.kind not in EQUAL or not _share(one.type, item.type):
        run.fail("incomparable", written, left=one.type.kind, right=item.type.kind)
        return None
    return item


def _among(run: Checker, tree: Syntax, one: Node, items: list[Node]) -> Node:
    type = common((one, *items))
    converted = [convert(each, type) for each in (one, *items)] if type is not None else [None]
    if type is None or None in converted:
        return run.fail("two-currencies", tree)
    subject, *rest = (each for each in converted if each is not None)
    constants = [each for each in rest if each.kind == "const"]
    if len(constants) == len(rest):
        return run.made("one_of", BOOLEAN, tree, subject, value=ids(constants))
    conditions = [run.made("eq", BOOLEAN, tree, subject, each) for each in rest if each.kind != "const"]
    if constants:
        conditions.insert(0, run.made("one_of", BOOLEAN, tree, subject, value=ids(constants)))
    return conditions[0] if len(conditions) == 1 else run.made("or", BOOLEAN, tree, *conditions)


def without_bare_values(run: Checker, tree: Syntax) -> list[Syntax]:
    """The operands of `and`/`or`, less the values in `a == "x" or "y"`, which are a finding about the whole."""
    sign = "==" if tree.kind == "or" else "!="
    kept: list[Syntax] = []
    pending: list[Syntax] = []
    for arg in tree.args:
        if arg.literal and arg.kind != "boolean" and kept and kept[-1].kind == sign:
            pending.append(arg)
        else:
            _report(run, tree, kept, pending)
            kept.append(arg)
    _report(run, tree, kept, pending)
    return kept


def _report(run: Checker, tree: Syntax, kept: list[Syntax], pending: list[Syntax]) -> None:
    if not pending:
        return
    compared = kept[-1]
    values = ", ".join(run.source(each) for each in (compared.args[1], *pending))
    written = f"{run.source(compared.args[0])} in [{values}]"
    run.fail_at("bare-value", compared.start, pending[-1].end, written if tree.kind == "or" else f"not {written}",
                word=tree.kind)  # fmt: skip
    pending.clear()
