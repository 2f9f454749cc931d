"""Syntax → typed tree: names, literals and operations, each against what the fields are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import cast

from builder.expressions import comparisons, functions, lists, lookup, numbers
from builder.expressions.facts import present_when
from builder.expressions.finding import Finding
from builder.expressions.syntax import Syntax
from builder.expressions.tree import Node, node
from builder.expressions.types import BOOLEAN, DURATION, INTEGER, NUMBER, TEXT, UNKNOWN, Scope, Type, describe

NOWHERE = Node("const", UNKNOWN)
SECONDS = {"min": 60, "h": 3600, "d": 86_400, "w": 604_800}
MONTHS = {"mo": 1, "y": 12}
LONGEST_DURATION = 12 * 10_000  # months: more than any two dates are apart
TEMPORAL = ("date", "datetime")


class Checker:
    """One run over one expression. What has a finding is of type unknown, and nothing is said of what uses it."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text, self.scope = text, scope
        self.findings: list[Finding] = []
        self.present: frozenset[Node] = frozenset()  # references proved present where we are
        self.locals: list[tuple[str, Type]] = []  # names of quantifiers, outermost first

    def check(self, tree: Syntax, hint: Type | None = None) -> Node:
        """The typed tree; a literal is read as the hint says, where it can be."""
        return _CHECKS[tree.kind](self, tree, hint)

    def condition(self, tree: Syntax) -> Node:
        """The typed tree of something that must be true or false."""
        found = self.check(tree, BOOLEAN)
        if found.type.kind in ("boolean", "unknown"):
            return found
        better = f"given({self.source(tree)})" if tree.kind in ("name", "dot") else ""
        return self.fail("not-a-condition", tree, better, found=describe(found.type))

    def fail(self, code: str, tree: Syntax, suggestion: str = "", **args: object) -> Node:
        """Add a finding about the whole of a tree; gives a node of unknown type."""
        return self.fail_at(code, tree.start, tree.end, suggestion, **args)

    def fail_at(self, code: str, start: int, end: int, suggestion: str = "", **args: object) -> Node:
        """Add a finding about a stretch of the text."""
        self.findings.append(Finding(code, start, end, args, suggestion))
        return NOWHERE

    def source(self, tree: Syntax) -> str:
        """A tree as it was written."""
        return self.text[tree.start : tree.end]

    def made(self, kind: str, type: Type, tree: Syntax, *args: Node, value: object = None) -> Node:
        """A node at the place of a tree."""
        return node(kind, type, args, value, span=(tree.start, tree.end))

    @contextmanager
    def knowing(self, references: frozenset[Node]) -> Iterator[None]:
        """While these references are present."""
        before = self.present
        self.present = before | references
        yield
        self.present = before


def _number(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    if isinstance(tree.value, Decimal):
        return run.made("const", NUMBER, tree, value=float(tree.value))
    return run.made("const", INTEGER, tree, value=tree.value)


def _text(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    value = str(tree.value)
    if not value.strip():  # nothing but white space is absent
        return run.made("const", hint or TEXT, tree)
    if hint is not None and (hint.kind == "choice" or hint.options):
        return lookup.option(run, tree, value, hint)
    if hint is None or hint.kind in ("text", "unknown", "list", "row"):
        return run.made("const", TEXT, tree, value=value)
    if hint.kind == "person":
        return lookup.user(run, tree, value)
    if hint.kind == "link" and not lookup.RECORD_ID.fullmatch(value):
        return lookup.no_record(run, tree, hint)
    if hint.kind == "link":
        return run.made("const", hint, tree, value=value)
    return lookup.quoted(run, tree, value, hint)


def _boolean(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    return run.made("const", BOOLEAN, tree, value=tree.value)


def _duration(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    count, unit = cast(tuple[int, str], tree.value)
    months, seconds = count * MONTHS.get(unit, 0), count * SECONDS.get(unit, 0)
    if months > LONGEST_DURATION or seconds > LONGEST_DURATION * 31 * 86_400:
        return run.fail("duration-too-long", tree, count=count, unit=unit)
    return run.made("const", DURATION, tree, value=(months, seconds))


def _logic(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    parts: list[Node] = []
    before = run.present
    for arg in comparisons.without_bare_values(run, tree):
        part = run.condition(arg)
        parts.append(part)
        run.present |= present_when(part, tree.kind == "and")
    run.present = before
    if any(part.type is UNKNOWN for part in parts):
        return NOWHERE
    return run.made(tree.kind, BOOLEAN, tree, *parts)


def _not(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    part = run.condition(tree.args[0])
    return part if part.type is UNKNOWN else run.made("not", BOOLEAN, tree, part)


def _negative(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    part = run.check(tree.args[0])
    if part.type.kind in numbers.NUMERIC and part.kind == "const" and part.value is not None:
        return run.made("const", part.type, tree, value=-part.value)  # type: ignore[operator]  # numeric by its type
    if part.type.kind in (*numbers.NUMERIC, "duration"):
        return run.made("neg", part.type, tree, part)
    return _refuse(run, tree, part)


def _refuse(run: Checker, tree: Syntax, *parts: Node) -> Node:
    if any(part.type is UNKNOWN for part in parts):
        return NOWHERE
    return run.fail("no-arithmetic", tree, operator="-" if tree.kind == "neg" else tree.kind,
                    found=", ".join(dict.fromkeys(describe(part.type) for part in parts)),
                    column=_in_each_row(run, tree))  # fmt: skip


def _in_each_row(run: Checker, tree: Syntax) -> str:
    """What to work out in each row instead of with whole columns: `qty * price` for `lines.qty * lines.price`."""
    rows = {str(arg.args[0].value) for arg in tree.args if arg.kind == "dot"}
    if len(rows) != 1 or any(arg.kind != "dot" for arg in tree.args):
        return ""
    return run.source(tree).replace(f"{rows.pop()}.", "")


def _arithmetic(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    if tree.kind == "+" and any(part.kind == "text" for part in _summands(tree)):
        return run.fail("text-plus", tree, f'join("", {", ".join(map(run.source, _summands(tree)))})')
    left, right = (run.check(arg) for arg in tree.args)
    kinds = {left.type.kind, right.type.kind}
    if "unknown" in kinds:
        return NOWHERE
    if tree.kind in ("+", "-") and kinds & {"date", "datetime", "time"}:
        return _shift(run, tree, left, right)
    if tree.kind == "+" and "text" in kinds:
        parts = ", ".join(run.source(arg) for arg in tree.args)
        return run.fail("text-plus", tree, f'join("", {parts})')
    if not kinds <= set(numbers.NUMERIC):
        return _refuse(run, tree, left, right)
    return numbers.calculate(run, tree, left, right)


def _summands(tree: Syntax) -> list[Syntax]:
    """The operands of a chain of +."""
    return [part for arg in tree.args for part in _summands(arg)] if tree.kind == "+" else [tree]


def _shift(run: Checker, tree: Syntax, left: Node, right: Node) -> Node:
    if left.type.kind in TEMPORAL and right.type.kind in TEMPORAL and tree.kind == "-":
        first, second = (run.source(arg) for arg in tree.args)
        return run.fail("date-difference", tree, f"days({second}, {first})")
    if tree.kind == "+" and left.type.kind == "duration":
        left, right = right, left
    if left.type.kind not in TEMPORAL or right.type.kind != "duration":
        if left.type.kind in TEMPORAL and right.kind == "const" and right.type.kind == "integer":
            written = run.source(tree.args[1])
            return run.fail_at("needs-unit", *right.span, f"{written}d", number=written)
        return _refuse(run, tree, left, right)
    if left.type.kind == "date" and not _whole_days(right):
        return run.fail_at("whole-days", *right.span, found=run.text[slice(*right.span)])
    sign = 1 if tree.kind == "+" else -1
    if left.type.kind == "datetime" and not _exact(right):
        return run.made("shift_local", left.type, tree, left, right, value=(sign, run.scope.zone))
    return run.made("shift", left.type, tree, left, right, value=sign)


def _exact(duration: Node) -> bool:
    """Whether it is a number of seconds wherever the calendar stands: it counts no months."""
    if duration.kind == "const":
        return cast(tuple[int, int], duration.value)[0] == 0
    return all(_exact(arg) for arg in duration.args if arg.type.kind == "duration")


def _whole_days(duration: Node) -> bool:
    if duration.kind == "const":
        return cast(tuple[int, int], duration.value)[1] % 86_400 == 0
    return all(_whole_days(arg) for arg in duration.args if arg.type.kind == "duration")


_Check = Callable[[Checker, Syntax, "Type | None"], Node]
_CHECKS: dict[str, _Check] = {
    "number": _number,
    "text": _text,
    "boolean": _boolean,
    "duration": _duration,
    "faulty": lambda run, tree, hint: NOWHERE,
    "name": lookup.name,
    "dot": lookup.part,
    "list": lists.literal,
    "call": functions.call,
    "method": lists.method,
    "not": _not,
    "neg": _negative,
    **dict.fromkeys(("and", "or"), _logic),
    **dict.fromkeys(("==", "!="), comparisons.equality),
    **dict.fromkeys(("<", "<=", ">", ">="), comparisons.order),
    "in": comparisons.membership,
    **dict.fromkeys(("+", "-", "*", "/", "%"), _arithmetic),
}
