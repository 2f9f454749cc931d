"""Rights: what one actor may do with one record, and which of its fields he sees and writes.

A field that `access` does not name follows the record; a named one shows only to those listed: `read` in clear,
`masked` under its mask. Where only `masked` is listed, those see the mask and all others follow the record. Writers of
a named field write it even where they may not write the rest. Nobody writes what he does not read in clear, what is
computed or `readonly`, or what the state does not leave open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from builder.model import Company, Field, FieldAccess, Linked, People, Template
from workflows.guard.people import Subject, always, ever, matches, subject_of
from workflows.record import Actor, Record

Level = Literal["hidden", "masked", "read", "write"]
CLEAR = frozenset({"read", "write"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What an actor may do; `fields` maps every field id to its level. Equal and hashed by what they allow.

    `write`: some field is his to write here and now; `tag`: he may tag the record by hand.
    """

    create: bool
    read: bool
    write: bool
    export: bool
    tag: bool
    fields: Mapping[str, Level]

    @property
    def signature(self) -> tuple[object, ...]:
        """All of it as one hashable value."""
        return (self.create, self.read, self.write, self.export, self.tag, tuple(self.fields.items()))

    def __hash__(self) -> int:
        return hash(self.signature)

    def clear(self, field: str) -> bool:
        """Whether the field shows as it is; what is no field (state, owner …) always does."""
        return self.fields.get(field, "read") in CLEAR

    def writes(self, field: str) -> bool:
        """Whether the actor may write the field here."""
        return self.fields.get(field) == "write"


def rights(template: Template, company: Company, actor: Actor, record: Record | None) -> Rights:
    """The rights of an actor on a record; without one, on the record he is making."""
    access, subject = template.access, subject_of(record, actor)
    create = matches(access.create, company, actor, subject_of(None, actor))
    read = matches(access.read, company, actor, subject) if record else create
    write = read and matches(access.write, company, actor, subject) if record else create
    asker = _Asker(company, actor, subject, write, _open_fields(template, record))
    levels: dict[str, Level] = {
        field.id: asker.level(field, access.fields.get(field.id)) if read else "hidden"
        for field in template.fields.values()
    }
    return Rights(
        create=create,
        read=read,
        write="write" in levels.values(),
        export=read and matches(access.export, company, actor, subject),
        tag=write,
        fields=levels,
    )


def may_read(template: Template, company: Company, actor: Actor, record: Record) -> bool:
    """Whether the record exists for this actor."""
    return matches(template.access.read, company, actor, subject_of(record, actor))


def _open_fields(template: Template, record: Record | None) -> frozenset[str] | None:
    """The fields that the record's state leaves open; None when it leaves all."""
    state = template.states.get(record.state) if record else None
    if state is None or state.edit == "all":
        return None
    return frozenset() if state.edit == "none" else frozenset(state.edit)


@dataclass(frozen=True, slots=True)
class _Asker:
    """An actor who reads a record: `writes` is the record's own right, `open_` the fields its state leaves open."""

    company: Company
    actor: Actor
    subject: Subject
    writes: bool
    open_: frozenset[str] | None

    def level(self, field: Field, named: FieldAccess | None) -> Level:
        """What he may do with one field."""
        level = shown(named, self.company, self.actor, self.subject) if named else "read"
        if level != "read" or field.readonly or field.compute is not None:
            return level
        if self.open_ is not None and field.id not in self.open_:
            return level
        writes = self.meant(named.write) if named and named.write is not None else self.writes
        return "write" if writes else "read"

    def meant(self, people: People) -> bool:
        """Whether he is one of these."""
        return matches(people, self.company, self.actor, self.subject)


def shown(named: FieldAccess, company: Company, actor: Actor, subject: Subject) -> Level:
    """What an actor who reads the record sees of a field that access names: hidden, masked or read."""
    if named.read is not None and matches(named.read, company, actor, subject):
        return "read"
    if named.masked is not None and matches(named.masked, company, actor, subject):
        return "masked"
    return "read" if named.read is None else "hidden"


def always_clear(template: Template, actor: Actor, field: str) -> bool:
    """Whether the actor sees this field in clear on every record that he can read: then it may order a list."""
    named = template.access.fields.get(field)
    if named is None:
        return True
    return named.masked is None if named.read is None else always(named.read, actor)


def ever_clear(template: Template | Linked, actor: Actor, field: str) -> bool:
    """Whether the actor could see this field in clear on some record: then he may filter by it, where he does."""
    named = template.access.fields.get(field)
    if named is None or (named.read is None and not always(named.masked or (), actor)):
        return True
    return named.read is not None and ever(named.read, actor)


def may_list(template: Template | Linked, actor: Actor) -> bool:
    """Whether the actor could make or read some record of this template."""
    return ever((*template.access.create, *template.access.read), actor)


def ever_levels(template: Template, actor: Actor, field: Field) -> frozenset[Level]:
    """What this actor may meet of a field on one record or another: none of read, masked and write is never shown."""
    named, access = template.access.fields.get(field.id), template.access
    if not ever_clear(template, actor, field.id):
        return frozenset({"masked"}) if named is not None and ever(named.masked or (), actor) else frozenset()
    writers = named.write if named is not None and named.write is not None else (*access.create, *access.write)
    met: set[Level] = {"read"}
    met |= {"masked"} if named is not None and ever(named.masked or (), actor) else set()
    met |= {"write"} if ever(writers, actor) else set()
    return frozenset(met)
