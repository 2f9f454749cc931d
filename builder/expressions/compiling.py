"""From an expression's text to an Expression, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.expressions import numbers
from builder.expressions.checker import Checker
from builder.expressions.expression import Expression
from builder.expressions.facts import Facts, undecided
from builder.expressions.finding import Finding
from builder.expressions.functions import WRITTEN
from builder.expressions.notation import united
from builder.expressions.parser import parse
from builder.expressions.syntax import Syntax
from builder.expressions.tree import Node, names
from builder.expressions.types import UNKNOWN, Scope, Type, describe

_CLOCKS = {("today", "datetime"): "now()", ("now", "date"): "today()"}  # what was asked for, what is wanted
WARNINGS = frozenset(("possibly-absent",))  # findings that an expression may be used with


def compile_expression(
    text: str,
    scope: Scope,
    *,
    expect: Type | None = None,
    assume: Sequence[Expression] = (),
    guard: bool = False,
) -> tuple[Expression | None, list[Finding]]:
    """The expression that a text writes, and all findings, by place; None where one of them is an error.

    `expect`: the type its value must have (literals are read, integers converted accordingly). `assume`: conditions
    that hold wherever it is evaluated, such as the field's own `visible`. `guard`: it decides a step of the workflow,
    so the author is told (`possibly-absent`) where a value that may be absent decides it.
    """
    syntax, findings = parse(text)
    if syntax is None:
        return None, _sorted(findings)
    run = Checker(text, scope)
    tree = _checked(run, syntax, expect)
    findings = united((*findings, *run.findings), syntax, text, lambda other: _read(other, scope, expect))
    if findings or tree.type is UNKNOWN:
        return None, _sorted(findings)
    facts = Facts(scope)
    for condition in assume:
        facts = facts.given(condition.tree)
    if guard:
        findings += _absences(text, tree, facts)
    return _expression(text, tree, facts), _sorted(findings)


def _read(text: str, scope: Scope, expect: Type | None) -> tuple[list[Finding], Syntax | None]:
    """The findings of a text, and what was written."""
    syntax, findings = parse(text)
    if syntax is None:
        return findings, None
    run = Checker(text, scope)
    _checked(run, syntax, expect)
    return [*findings, *run.findings], syntax


def _expression(text: str, tree: Node, facts: Facts) -> Expression:
    return Expression(text, tree, tree.type, names(tree), names(tree, "row"), facts.assures(tree))


def _checked(run: Checker, syntax: Syntax, expect: Type | None) -> Node:
    if expect is not None and expect.kind == "boolean":
        return run.condition(syntax)
    found = run.check(syntax, expect)
    if expect is None or found.type is UNKNOWN:
        return found
    return _fitted(run, syntax, found, expect)


def _fitted(run: Checker, syntax: Syntax, found: Node, expect: Type) -> Node:
    if found.type.kind in numbers.NUMERIC and expect.kind in numbers.NUMERIC:
        return numbers.fit(run, syntax, found, expect)
    fitting = numbers.convert(found, expect)
    if fitting is not None:
        return fitting
    better = f'join("", {run.source(syntax)})' if expect.kind == "text" and found.type.kind in WRITTEN else ""
    if (found.kind, expect.kind) in _CLOCKS:
        better = _CLOCKS[found.kind, expect.kind]
    return run.fail("wrong-type", syntax, better, expected=describe(expect), found=describe(found.type))


def _absences(text: str, tree: Node, facts: Facts) -> Iterator[Finding]:
    seen = set()
    for part in undecided(tree, facts):
        name = text[slice(*part.span)]
        if name not in seen:
            seen.add(name)
            yield Finding("possibly-absent", *part.span, {"name": name})


def _sorted(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.start, finding.end))
