"""Records linked to, as one reader sees them: what they are called, what they hold, and how he finds them.

A record that he may not read does not exist for him: no title, no values, no match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from builder.model import Linked, Template, Text
from workflows.catalogue import Catalogue
from workflows.conform import conformed
from workflows.filing import RECORDS, Reader, record_of
from workflows.find.likeness import plain
from workflows.find.query import Look, Order, Query
from workflows.guard.access import Rights, rights
from workflows.keep.port import Row
from workflows.naming import called, naming
from workflows.record import Actor, Record
from workflows.sight import Sight

Judged = Callable[[Template, Record], Mapping[str, object]]  # a record's values, hidden ones absent
WEIGHED = 200  # matches that are put in order before the best are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A record that could be linked to: its title ("" when the reader sees none of it) and its state's label."""

    id: str
    title: str
    state: Text
    template: Template


@dataclass(frozen=True, slots=True)
class Seen:
    """A record that the reader may read, its version and his rights on it."""

    record: Record
    template: Template
    rights: Rights
    title: str


class Linker:
    """One reader at one moment; what he saw once is not looked up again."""

    def __init__(self, reader: Reader, catalogue: Catalogue, actor: Actor, judged: Judged) -> None:
        self.reader, self.catalogue, self.actor, self.judged = reader, catalogue, actor, judged
        self.company = catalogue.company()
        self._seen: dict[str, Seen | None] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._sights: dict[str, Sight] = {}

    def seen(self, target: str, id: str) -> Seen | None:
        """The record of a template, if it is one and he may read it."""
        if id not in self._seen:
            self._seen[id] = self._look(self.reader.get(RECORDS, id) if id else None)
        found = self._seen[id]
        return found if found and found.record.template == target else None

    def title(self, target: str, id: str) -> str | None:
        """What he calls the record; "" when he sees no text of it, None when it is not his to know."""
        found = self.seen(target, id)
        return found.title if found else None

    def name(self, id: str) -> str | None:
        """The same of a record of whatever template."""
        self.seen("", id)
        found = self._seen[id]
        return found.title if found else None

    def values(self, links: Mapping[str, Linked]) -> Callable[[str, str], Mapping[str, object]]:
        """What an expression sees through links: what he reads in clear, in the terms of the version that has them."""
        known: dict[tuple[str, str], Mapping[str, object]] = {}

        def look(target: str, id: str) -> Mapping[str, object]:
            if (target, id) not in known:
                found = self.seen(target, id) if target in links else None
                known[target, id] = self._clear(found, links[target]) if found else {}
            return known[target, id]

        return look

    def exact(self, target: str, sent: str) -> str | None:
        """The id of the one record of which this is the id or the title; "" when there is none, None when several."""
        if self.seen(target, sent):
            return sent
        wanted = sent.casefold()
        named = [match.id for match in self._matching(target, sent) if match.title.casefold() == wanted]
        return named[0] if len(named) == 1 else None if named else ""

    def search(self, target: str, text: str, most: int) -> tuple[Match, ...]:
        """Records whose texts contain this one, those whose title does first; of no text those that changed last."""
        wanted = plain(text)
        found = self._matching(target, wanted, WEIGHED if wanted else most)
        return tuple(sorted(found, key=lambda match: _distance(plain(match.title), wanted))[:most])

    def page(self, target: str, text: str, page: int, size: int) -> tuple[tuple[Match, ...], bool]:
        """A page of what `search` finds and whether there is another; a text finds WEIGHED at most."""
        if plain(text):
            found = self.search(target, text, WEIGHED)
            return found[(page - 1) * size : page * size], len(found) > page * size
        shown = tuple(self._matching(target, "", size, page))
        return shown, next(self._matching(target, "", 1, page * size + 1), None) is not None

    def _matching(self, target: str, text: str, most: int = 0, page: int = 1) -> Iterator[Match]:
        query = Query(
            collection=RECORDS,
            where={"template": target},
            look=Look("data", text, "holds", "template") if text else None,
            filter=lambda row: self._shows(row, text),
            order=(Order("updated", descending=True),),
            page=page,
            size=most,
            counted=False,
        )
        for row in self.reader.find(query).rows:
            found = self.seen(target, str(row["id"]))
            if found:
                state = found.template.states.get(found.record.state)
                label = state.label if state else {}
                yield Match(id=found.record.id, title=found.title, state=label, template=found.template)

    def _shows(self, row: Row, text: str) -> bool:
        """Whether he may read the record, and a text of it that he sees in clear contains what is looked for."""
        sight = self._sight(str(row["version"]))
        return sight.reads(row) and (not text or sight.holds(row, text))

    def _sight(self, version: str) -> Sight:
        if version not in self._sights:
            pinned = self.catalogue.pinned(version)
            self._sights[version] = Sight(pinned, pinned, self.company, self.actor)
        return self._sights[version]

    def _look(self, row: Row | None) -> Seen | None:
        if row is None:
            return None
        record = record_of(row)
        template = self.catalogue.pinned(record.version)
        allowed = rights(template, self.company, self.actor, record)
        if not allowed.read:
            return None
        if record.version not in self._names:
            self._names[record.version] = naming(template)
        title = called(template, self._names[record.version], allowed, record.data)
        return Seen(record, template, allowed, title)

    def _clear(self, found: Seen, linked: Linked) -> Mapping[str, object]:
        """Its values that he reads in clear; what may be hidden and kept all the same, only where it shows."""
        record, template = found.record, found.template
        kept = any(field.when_hidden == "keep" or field.live for field in template.fields.values())
        data = self.judged(template, record) if kept else record.data
        clear = {name: value for name, value in data.items() if found.rights.clear(name)}
        return conformed(template, linked.parts, {**clear, **_system(record, found.template)})


def _system(record: Record, template: Template) -> dict[str, object]:
    """What is known of every record, its tags among it."""
    tags = {
        group.id: list(given) if group.many else next(iter(given), None)
        for group in template.tags.values()
        if (given := record.tags.get(group.id))
    }
    names = ("id", "entry", "state", "creator", "department", "created", "updated", "entered")
    return {**tags, **{name: getattr(record, name) or None for name in names}, "owner": record.owner or record.creator}


def _distance(title: str, wanted: str) -> int:
    """How far a title is from what was typed: the same, begins with it, contains it, does not."""
    return 0 if title == wanted else 1 if title.startswith(wanted) else 2 if wanted in title else 3
