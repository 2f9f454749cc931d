"""The records that a case finds there already, as whoever plays in it sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from builder.case import Prior
from builder.model import Company, Linked
from workflows.guard.access import shown
from workflows.guard.people import Subject, matches
from workflows.reading import ANYONE, Directory
from workflows.record import Actor

MAKER = "creator"  # the case's creator made them, too


@dataclass(frozen=True, slots=True)
class Priors:
    """A case's records by name, and what its version knows of their templates."""

    records: Mapping[str, Prior]
    links: Mapping[str, Linked]
    company: Company
    department: str

    def directory(self, actor: Actor) -> Directory:
        """Who and what there is in a case: everybody, and the records that the actor may read."""

        def link(template: str, sent: str) -> str:
            return sent if self._read(template, sent, actor) else ""

        return replace(ANYONE, link=link)

    def look(self, actor: Actor) -> Callable[[str, str], Mapping[str, object]]:
        """What an actor reads of them in clear."""

        def linked(template: str, name: str) -> Mapping[str, object]:
            prior = self._read(template, name, actor)
            data = {} if prior is None else {"id": name, "owner": MAKER, "creator": MAKER, **prior.data}
            return {key: value for key, value in data.items() if self._clear(template, key, actor)}

        return linked

    def _read(self, template: str, name: str, actor: Actor) -> Prior | None:
        prior, linked = self.records.get(name), self.links.get(template)
        if prior is None or linked is None or prior.template != template:
            return None
        return prior if matches(linked.access.read, self.company, actor, self._subject()) else None

    def _clear(self, template: str, name: str, actor: Actor) -> bool:
        named = self.links[template].access.fields.get(name)
        return named is None or shown(named, self.company, actor, self._subject()) == "read"

    def _subject(self) -> Subject:
        return Subject(department=self.department, owner=MAKER, creator=MAKER)
