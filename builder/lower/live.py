"""What follows from a record linked to: live, anew for whoever reads, and so not kept with the record.

A field is live when its condition or its computation reads through a link, or reads a live name. What it computes is
never stored, what it hides is never cleared (`workflows/settling.py`); tags and the completeness are stored and shown
to everybody, so they may not read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from builder.expressions import Expression, Node, linked_names, walk
from builder.lower.context import Lowering
from builder.model import Field, TagGroup

PLUCKS = frozenset({"pluck", "pluck_all", "cell"})


def settle_live(run: Lowering, fields: Mapping[str, Field], tags: Mapping[str, TagGroup],
                checklist: tuple[str, ...]) -> dict[str, Field]:  # fmt: skip
    """The fields with what is live among them marked; findings `live-kept` and `live-linked`."""
    live = live_names(fields)
    marked = {key: _marked(field, live) for key, field in fields.items()}
    _kept(run, marked, tags, checklist, live)
    return marked


def live_names(fields: Mapping[str, Field]) -> frozenset[str]:
    """Ids of live fields, and of live columns as `lines.price`."""
    leaves = [field for top in fields.values() for field in (top, *top.fields)]
    live: set[str] = set()
    while found := {field.path for field in leaves if field.path not in live and _follows(field, live)}:
        live |= found
    return frozenset(live)


def _follows(field: Field, live: set[str]) -> bool:
    rows = field.path.rpartition(".")[0]
    return any(reads_live(each, live, rows) for each in (field.visible, field.compute) if each is not None)


def reads_live(expression: Expression, live: set[str] | frozenset[str], rows: str = "") -> bool:
    """Whether what an expression says follows from a record linked to; `rows`: whose column it belongs to."""
    if linked_names(expression.tree) or not live.isdisjoint(expression.reads):
        return True
    own = (f"{rows}.{column}" for column in expression.columns)
    plucked = (f"{name}.{column}" for name in expression.reads for column in _plucked(expression.tree))
    return not live.isdisjoint((*own, *plucked))


def _plucked(tree: Node) -> Iterator[str]:
    return (str(part.value) for part in walk(tree) if part.kind in PLUCKS)


def _marked(field: Field, live: frozenset[str]) -> Field:
    columns = tuple(_marked(column, live) for column in field.fields)
    return replace(field, live=field.path in live, fields=columns) if live else field


def _kept(run: Lowering, fields: Mapping[str, Field], tags: Mapping[str, TagGroup], checklist: tuple[str, ...],
          live: frozenset[str]) -> None:  # fmt: skip
    for group in tags.values():
        for option in group.options:
            if option.when is not None and reads_live(option.when, live):
                run.find("live-kept", ("tags", group.id, "options", option.id, "when"), name=option.id)
    for i, name in enumerate(checklist):
        if name in live:
            run.find("live-kept", ("checklist", i), name=name)
