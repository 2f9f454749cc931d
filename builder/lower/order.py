"""The order in which fields and tags are worked out: each after everything it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from builder.diagnostic import Path, Related
from builder.entry import Entry
from builder.expressions import Expression, dependency_order
from builder.lower.context import Lowering
from builder.model import Field, TagGroup

COMPLETENESS = "completeness"


def settle(
    run: Lowering,
    fields: Mapping[str, Field],
    tags: Mapping[str, TagGroup],
    checklist: Iterable[str],
    entries: Mapping[str, Entry],
) -> tuple[str, ...]:
    """Fields and tag groups in dependency order, and completeness where one of them reads it: it follows its checklist.

    What an entry sets a field to is read before the field, like its default. A circle is a finding that names its
    members.
    """
    reads = {key: field_reads(field) | _read(_presets(key, entries)) for key, field in fields.items()}
    reads |= {key: _read(option.when for option in group.options) for key, group in tags.items()}
    homes: dict[str, Path] = {key: ("fields" if key in fields else "tags", key) for key in (*fields, *tags)}
    if any(COMPLETENESS in names for names in reads.values()):
        reads[COMPLETENESS], homes[COMPLETENESS] = frozenset(checklist), ("checklist",)
    return _ordered(run, reads, homes)


def settle_columns(run: Lowering, path: Path, columns: Sequence[Field]) -> tuple[str, ...]:
    """Columns of one rows field, or what a step asks, in dependency order: each after those beside it that it reads."""
    if not columns:
        return ()
    reads = {c.id: own_reads(c).union(*(part.columns for part in settling(c))) for c in columns}
    return _ordered(run, reads, {column.id: (*path, "fields", column.id) for column in columns})


def field_reads(field: Field) -> frozenset[str]:
    """The names that must be settled before a field is: its own and, from outside its rows, its columns'."""
    return own_reads(field).union(*map(own_reads, field.fields))


def own_reads(field: Field) -> frozenset[str]:
    """The names of the record that settle a field; what judges the settled value comes later anyway."""
    return _read(settling(field))


def settling(field: Field) -> tuple[Expression, ...]:
    """What a value follows from: visibility, default and compute."""
    return tuple(part for part in (field.visible, field.default, field.compute) if isinstance(part, Expression))


def _presets(field: str, entries: Mapping[str, Entry]) -> Iterable[Expression]:
    """What entries set a field to, where that is worked out."""
    values = (entry.set.get(field) for entry in entries.values())
    return (value for value in values if isinstance(value, Expression))


def _read(expressions: Iterable[Expression | None]) -> frozenset[str]:
    return frozenset(name for expression in expressions if expression for name in expression.reads)


def _ordered(run: Lowering, reads: Mapping[str, frozenset[str]], homes: Mapping[str, Path]) -> tuple[str, ...]:
    order, cycles = dependency_order(reads)
    for cycle in cycles:
        run.unclear.update(cycle)
        first, *others = (run.document.place(homes[key], "key") for key in cycle)
        related = tuple(Related(place, "also-in-the-circle") for place in others if place != first)
        run.find("cycle", homes[cycle[0]], at="key", names=" → ".join([*cycle, cycle[0]]), related=related)
    return tuple(order)
