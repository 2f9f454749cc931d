"""What one reader sees of the stored rows of one pinned version, in the terms of another template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from builder.expressions import Options, OptionType
from builder.model import Company, Field, Template
from workflows.find.likeness import holds
from workflows.guard.access import shown
from workflows.guard.people import Subject, always, matches
from workflows.keep.port import Row
from workflows.life.project import projected_state, projected_value
from workflows.record import Actor

SEARCHED = frozenset({"text", "phone", "email"})
Judged = Callable[[Template, Row], Mapping[str, object]]  # a record's values as a reader sees them now


class Sight:
    """A reader, a pinned version, and the template in whose terms its rows are asked for."""

    def __init__(
        self, pinned: Template, terms: Template, company: Company, actor: Actor, judged: Judged | None = None
    ) -> None:
        self.pinned, self.terms, self.company, self.actor, self.judged = pinned, terms, company, actor, judged
        self._readers = pinned.access.read
        self._all = always(self._readers, actor)
        self._plain = all(word.kind != "field" for word in self._readers)  # then who they are to the record decides
        self._known: dict[tuple[object, ...], bool] = {}
        self._foreign = pinned is not terms
        self._searched = searched(pinned)
        self._lively = frozenset(name for name in self._searched if lively(pinned.fields[name]))
        self._counts: dict[str, Callable[[str], tuple[str, ...]]] = {}

    def reads(self, row: Row) -> bool:
        """Whether the record exists for the reader."""
        if self._all:
            return True
        who = (row["department"], row["owner"], row["creator"])
        found = self._known.get(who) if self._plain else None
        if found is None:
            found = self._known[who] = matches(self._readers, self.company, self.actor, _subject(row))
        return found

    def value(self, name: str, row: Row) -> object:
        """What the reader sees under a name: None where it is absent, or not his to see in clear."""
        fields = self.pinned.fields
        if name in fields:
            named = self.pinned.access.fields.get(name)
            if named is not None and shown(named, self.company, self.actor, _subject(row)) != "read":
                return None
            value = self.held(name, row)
            if self._foreign and value is not None and name in self.terms.fields:
                return projected_value(fields[name], self.terms.fields[name], value)
            return value
        if name in self.terms.tags:
            return self._tags(name, row)
        if name == "state" and self._foreign:
            return projected_state(self.pinned, self.terms, str(row["state"])) or None
        return (row.get(name) or (row.get("creator") if name == "owner" else None)) if name in row else None

    def held(self, name: str, row: Row) -> object:
        """A field's value: as stored, or as it is worked out for this reader where it follows from a link."""
        if not lively(self.pinned.fields[name]):
            return _data(row).get(name)
        return self.judged(self.pinned, row).get(name) if self.judged else None

    def holds(self, row: Row, text: str) -> bool:
        """Whether a text that the reader sees in clear contains another: what a search looks in."""
        found = (self.value(name, row) for name in self._searched if name in _data(row) or name in self._lively)
        return any(isinstance(value, str) and holds(value, text) for value in found)

    def meanings(self, name: str, row: Row) -> tuple[object, ...]:
        """The values under a name, with all they count as; a list's items one by one, None when there is none."""
        value = self.value(name, row)
        if value is None:
            return (None,)
        items = value if isinstance(value, list) else [value]
        above = self._above(name)
        return tuple(meaning for item in items for meaning in (item, *above(str(item))))

    def _tags(self, group: str, row: Row) -> object:
        tags: Any = row["tags"]
        given = list(tags.get(group, ()))
        return given if self.terms.tags[group].many else next(iter(given), None)

    def _above(self, name: str) -> Callable[[str], tuple[str, ...]]:
        """What a value under a name counts as or stands under, by id."""
        found = self._counts.get(name)
        if found is None:
            found = self._counts[name] = cache(options_of(self.terms, name).above)
        return found


def options_of(template: Template, name: str) -> Options[OptionType]:
    """The options behind a name: of a choice, a tag group, or the states."""
    if name == "state":
        return Options(OptionType(state.id, state.label, state.counts_as) for state in template.states.values())
    named = template.fields.get(name) or template.tags.get(name)
    return Options.of(named.options) if named else Options()


def searched(template: Template) -> tuple[str, ...]:
    """The fields in which lists and links are searched."""
    return tuple(field.id for field in template.fields.values() if field.type in SEARCHED)


def lively(field: Field) -> bool:
    """Whether a field, or a column of it, follows from a record linked to: then it is not, or not all, in the store."""
    return field.live or any(column.live for column in field.fields)


def _data(row: Row) -> Mapping[str, object]:
    data: Any = row["data"]
    return data if isinstance(data, Mapping) else {}


def _subject(row: Row) -> Subject:
    owner = str(row["owner"] or row["creator"])
    return Subject(department=str(row["department"]), owner=owner, creator=str(row["creator"]), data=_data(row))
