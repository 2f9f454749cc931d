"""`rows.filter(x, …)` of which no row can be kept, or that leaves out none.

Its condition is asked of any row at all, as one of a column would be; inside another filter, of a row that this keeps.
As an `if`, it may stand in a formula, which is worked out while the form is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.diagnostic import Diagnostic, Path
from builder.expressions import Expression, Node
from builder.expressions.tree import alone, names, walk
from builder.proofs.conditions import FORMULAS, every, field_path
from builder.proofs.ranges import of_row
from builder.proofs.world import World


@dataclass(frozen=True, slots=True)
class _Home:
    """A tree in which filters may stand: its place, what holds wherever it is asked, and of what it is a part."""

    path: Path
    tree: Node
    under: tuple[Node, ...]
    label: object
    id: str
    lead: int = 0  # signs before the expression


def filters(world: World) -> Iterator[Diagnostic]:
    """Findings `filter-keeps-none` and `filter-keeps-all`."""
    for home in _homes(world):
        if world.own(home.path):
            for tree in walk(home.tree):
                if tree.kind == "filter":
                    yield from _told(world, home, tree)


def _homes(world: World) -> Iterator[_Home]:
    for each in every(world):
        if each.decides != "branch":
            yield _Home(each.path, each.tree, each.under, each.label, each.id)
    for field in world.fields.values():
        for key, lead in FORMULAS.items():
            formula = getattr(field, key)
            if isinstance(formula, Expression):
                tree, under = world.lifted(field, formula.tree), tuple(world.around(field))
                yield _Home((*field_path(field), key), tree, under, field.label, field.id, lead)


def _told(world: World, home: _Home, tree: Node) -> Iterator[Diagnostic]:
    rows, body = tree.args[0], alone(of_row(tree))
    under = [*home.under]
    while rows.kind == "filter":
        under.append(alone(of_row(rows)))
        rows = rows.args[0]
    if rows.kind != "field" or any(part.kind == "local" for each in (body, *under) for part in walk(each)):
        return
    code = _judged(world, home.path, under, body)
    if code:
        place = world.document.place(home.path, offset=body.span[0] + home.lead)
        yield Diagnostic(code, place, {"id": home.id, "label": home.label})


def _judged(world: World, path: Path, under: list[Node], body: Node) -> str:
    columns = [world.fields[name] for name in sorted(names(body)) if name in world.fields]
    if any(world.never(path, world.around(column)) for column in columns if world.around(column)):
        return ""  # that it never shows is the mistake, and told
    if world.never(path, [*under, body], done=False):
        return "" if world.never(path, under, done=False) else "filter-keeps-none"
    constant = body.kind == "const"
    return "filter-keeps-all" if not constant and world.never(path, under, [body], done=False) else ""
