"""What people call a record: the text that the author put first in a list, else the first one that every record has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.model import Field, Template
from workflows.guard.access import Rights
from workflows.guard.masks import mask


def naming(template: Template) -> tuple[str, ...]:
    """Ids of the fields a record may be called by, the best first: texts of its own."""
    return tuple(dict.fromkeys(f.id for f in _named(template) if f.type == "text" and not f.live))


def _named(template: Template) -> Iterator[Field]:
    fields = template.fields
    yield from (fields[view.columns[0]] for view in template.lists.values() if view.columns[0] in fields)
    yield from (f for f in fields.values() if f.required is True and f.visible is None)
    yield from fields.values()


def called(template: Template, names: tuple[str, ...], rights: Rights, values: Mapping[str, object]) -> str:
    """The record's title for one reader: the first of these names that it has and he may see, masked where he sees the
    mask; "" when there is none. `values` are the record's own, not yet cut to rights."""
    for name in names:
        level = rights.fields.get(name, "hidden")
        if level != "hidden" and values.get(name):
            return str(values[name] if rights.clear(name) else mask(template.fields[name], values[name]))
    return ""
