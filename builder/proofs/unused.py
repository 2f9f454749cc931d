"""What is written and never used: vocabularies, empty sections, tables without rows, fields nobody reads or writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.diagnostic import Diagnostic
from builder.language.document import value_at
from builder.language.source import VOCABULARY
from builder.model import Field, FieldAccess
from builder.proofs.world import World
from builder.vocabularies.named import mentioned


def unused(world: World) -> Iterator[Diagnostic]:
    """Findings `vocabulary-unused`, `section-empty`, `table-unwritten`, `field-unread`, `field-unwritten`."""
    yield from _vocabularies(world)
    for section in world.template.sections:
        if not section.fields and world.own(("sections", section.id)):
            place = world.document.place(("sections", section.id), "key")
            yield Diagnostic("section-empty", place, {"id": section.id, "label": section.title})
    for field in world.template.fields.values():
        yield from _table(world, field)
    for name, access in world.template.access.fields.items():
        if world.own(("access", name)):
            yield from _access(world, name, access)


def _vocabularies(world: World) -> Iterator[Diagnostic]:
    written = value_at(world.document.data, ("vocabularies",))
    if not isinstance(written, Mapping):
        return
    data = world.document.data
    named = {*mentioned(data.get("fields")), *mentioned(data.get("workflow"))}
    for name in written:
        own, path = name.partition("__")[2], ("vocabularies", name)
        filed = any(origin.document.kind == VOCABULARY for origin in world.document.origins.get(path, ()))
        if not filed and not {name, own} & named and world.own(path):  # a file is there for every template
            yield Diagnostic("vocabulary-unused", world.document.place(path, "key"), {"name": name})


def _table(world: World, field: Field) -> Iterator[Diagnostic]:
    """A row is kept where somebody has said something in it."""
    path = ("fields", field.id, "fields")
    if field.asked and all(column.compute is not None for column in field.asked) and world.own(path):
        yield Diagnostic(
            "table-unwritten", world.document.place(path, "key"), {"field": field.id, "label": field.label}
        )


def _access(world: World, name: str, access: FieldAccess) -> Iterator[Diagnostic]:
    field = world.template.fields[name]
    args = {"field": name, "label": field.label}
    if access.read == () and not access.masked:
        yield Diagnostic("field-unread", world.document.place(("access", name, "read")), args)
    elif access.write == () and field.compute is None and field.default is None and not field.readonly:
        yield Diagnostic("field-unwritten", world.document.place(("access", name, "write")), args)
