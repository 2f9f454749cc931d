"""Narrowing of access: a clone may show and open less than its base, never more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.diagnostic import Path
from builder.model import Access, FieldAccess, People, Template
from builder.proofs.sight import readers, writers
from builder.proofs.stricter import covers

Found = tuple[str, Path, Mapping[str, object]]
Lists = Iterator[tuple[str, People, People | None]]  # verb, the base's people, the clone's where it names them
NOT_NAMED = FieldAccess()


def wider_access(base: Template, clone: Template) -> Iterator[Found]:
    """People lists that let in somebody whom the base keeps out, of the record and of the base's fields."""
    yield from _wider("record", _record(base.access, clone.access))
    for field in base.fields:
        yield from _wider(field, _field(base.access, clone.access, field))


def _wider(who: str, lists: Lists) -> Iterator[Found]:
    """The place is the whole list: which of its words is one too many may depend on the others."""
    for verb, was, now in lists:
        if now is not None and not covers(was, now):
            yield "wider-people", ("access", who, verb), people(f"access.{who}.{verb}", was, now)


def people(name: str, was: People, now: People) -> dict[str, object]:
    """What fills the message: the property and both lists as they are written."""
    return {"property": name, "was": _words(was), "now": _words(now)}


def _words(people: People) -> str:
    return ", ".join(f"{who.name}@{who.department}" if who.department else who.name for who in people) or "[]"


def _record(base: Access, clone: Access) -> Lists:
    yield "create", base.create, clone.create
    yield "read", base.read, clone.read
    yield "write", base.write, clone.write
    if base.export or clone.export:  # where the base names nobody, its readers are those who might
        yield "export", base.export or base.read, clone.export


def _field(base: Access, clone: Access, field: str) -> Lists:
    """Only what the clone names for the field: without a list of its own a field follows the record."""
    was, now = base.fields.get(field, NOT_NAMED), clone.fields.get(field, NOT_NAMED)
    read = readers(base, field)
    yield "read", read, now.read
    yield "write", writers(base, field), now.write
    yield "masked", (*read, *(was.masked or ())), now.masked
