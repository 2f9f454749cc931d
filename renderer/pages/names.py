"""What people call a record: the text that the author put first in a list, else the first one that every record has."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from builder.model import Field, Template


def naming(template: Template, seen: Callable[[str], bool]) -> tuple[str, ...]:
    """Ids of the fields a record may be called by, the best first; only those that `seen` lets through."""
    return tuple(dict.fromkeys(f.id for f in _named(template) if f.type == "text" and seen(f.id)))


def _named(template: Template) -> Iterator[Field]:
    fields = template.fields
    yield from (fields[view.columns[0]] for view in template.lists.values() if view.columns[0] in fields)
    yield from (f for f in fields.values() if f.required is True and f.visible is None)
    yield from fields.values()
