"""Conditions that come in a request: the language's own expressions, for somebody who may not know all of a template.

What is wrong with one is said as if there were no more than he may see on some record: no suggestion names the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from builder.expressions import BOOLEAN, Expression, Finding, Node, Scope, Symbol, Type, compile_expression, walk
from builder.model import Template
from workflows.guard.access import ever_clear, may_list
from workflows.record import Actor

WALKS = frozenset(("map", "filter", "exists", "all"))
LISTS = WALKS | {"pluck", "pluck_all"}


def condition(text: str, template: Template, actor: Actor) -> tuple[Expression | None, list[Finding]]:
    """The condition that a text means, or what is wrong with it.

    One that names what is not his to see compiles all the same: he is told that he may not filter by it.
    """
    found, findings = compile_expression(text, _known(template, actor), expect=BOOLEAN)
    if found is None:
        found, _ = compile_expression(text, template.scope, expect=BOOLEAN)
    if found is None:
        return None, findings
    nested = [*_nested(found.tree)]
    return (None, nested) if nested else (found, [])


def _nested(tree: Node) -> Iterator[Finding]:
    """A list gone through for each item of a list: of a thousand rows a million steps, for every record that is asked.

    A definition may, for its author has seen what it costs; whoever sends a condition may be anybody with a token.
    """
    for part in walk(tree):
        if part.kind in WALKS:
            inner = next((each for each in walk(part.args[1]) if each.kind in LISTS), None)
            if inner is not None:
                yield Finding("where-nested", *inner.span, {})
                return


def _known(template: Template, actor: Actor) -> Scope:
    """The names that he sees in clear on some record, through links as well."""
    behind: dict[str, dict[str, Symbol]] = {target: {} for target in template.links}

    def cut(type: Type) -> Type:
        if type.kind == "link":
            return replace(type, columns=behind.get(type.target, {}))
        item = cut(type.item) if type.item is not None else None
        return replace(type, item=item, columns=_cut(type.columns)) if item or type.columns else type

    def _cut(names: Mapping[str, Symbol]) -> dict[str, Symbol]:
        return {name: replace(symbol, type=cut(symbol.type)) for name, symbol in names.items()}

    for target, linked in template.links.items():
        if may_list(linked, actor):
            behind[target].update(_cut({n: s for n, s in linked.parts.items() if ever_clear(linked, actor, n)}))
    seen = {name: symbol for name, symbol in template.scope.names.items() if ever_clear(template, actor, name)}
    return replace(template.scope, names=_cut(seen))
