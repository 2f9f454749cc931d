"""What visitors do at a door: they come by a link, are judged by what it lets in, and leave a record behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from builder.entry import Entry
from builder.model import Company, Template
from workflows.catalogue import Catalogue
from workflows.evaluate import Evaluation, evaluate
from workflows.files.bringing import brought
from workflows.filing import Once, claim_files, file_record
from workflows.find.query import Order, Query
from workflows.guard.access import Rights, rights
from workflows.guard.masks import guarded_faults
from workflows.history import created_body
from workflows.hours import Shut, check_open
from workflows.identity import Chance
from workflows.keep.port import Store, Transaction
from workflows.life.door import admitted, at_door, public_record
from workflows.links import DOORS, LINKS, LONGEST_LABEL, Link, link_id, link_of, passages, passed, row_of, too_large
from workflows.reading import clean_text
from workflows.record import Actor, Fault, Faults, Invalid, NotFound, Record
from workflows.serials import coming_numbers, given_numbers, next_numbers
from workflows.settling import system
from workflows.standing import World, situation, world
from workflows.view import Blank, Done

Answers = Mapping[str, object]
NOBODY: Final = Actor(id="")
MOST: Final = 600  # records by one link in ten minutes: more than any queue at a fair


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody at an open door: the link he came by, the template as it is now, and what the entry lets him write.

    `key` names his open form; the files he has brought are known by it.
    """

    link: Link
    template: Template
    entry: Entry
    rights: Rights
    key: str = ""

    @property
    def bearer(self) -> Actor:
        """Whose the files are that come in by this form."""
        return Actor(id="", visit=self.key)


class Doors:
    """Everything that is done with links and by whoever comes by one. Raises `Refused` and its kinds, StoreError."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        clock: Callable[[], str],
        ids: Callable[[str], str],
        chance: Chance,
        most: int = MOST,
    ) -> None:
        self.store, self.catalogue, self.clock, self.ids, self.chance = store, catalogue, clock, ids, chance
        self.most = most

    def make(
        self, template: Template, entry: str, values: Answers, *, department: str, owner: str, by: str, label: str = ""
    ) -> Link:
        """A new link. `values` are of the fields under `ask_link`, as sent. Raises NotFound, Invalid."""
        door = public_entry(template, entry)
        at, id, label = self.clock(), link_id(self.chance), clean_text(label)[:LONGEST_LABEL]
        link = Link(id=id, template=template.id, department=department, entry=door.id, values=dict(values),
                    owner=owner, label=label, at=at, by=by)  # fmt: skip
        faults = self.faults(template, door, link.values)
        if faults:
            raise Invalid(faults)
        with self.store.write(at=at, actor=by) as tx:
            tx.put(LINKS, link.id, row_of(link))
            tx.log("link", link.id, {"did": "made", "entry": door.id, "template": link.ref, "values": dict(values)})
        return link

    def close(self, actor: Actor, id: str) -> Link:
        """Shut a link for good. Raises NotFound, also where its records are not his to make."""
        with self.store.write(at=self.clock(), actor=actor.id) as tx:
            row = tx.get(LINKS, id)
            link = link_of(row) if row else None
            if link is None or not self._his(actor, link):
                raise NotFound("no-such-link")
            closed = link if link.closed else replace(link, closed=self.clock())
            tx.put(LINKS, id, row_of(closed))
            tx.log("link", id, {"did": "closed"})
        return closed

    def of(self, actor: Actor, template: Template) -> tuple[Link, ...]:
        """The links to a template's entries that were made in the actor's department, the newest first."""
        query = Query(collection=LINKS, where={"template": template.id}, order=(Order("at", descending=True),))
        return tuple(link for link in map(link_of, self.store.find(query).rows) if self._his(actor, link))

    def visit(self, id: str) -> Visit:
        """Where a link leads now. Raises NotFound for one that leads nowhere, Shut for a closed door."""
        row = self.store.get(LINKS, id)
        if row is None:
            raise NotFound("no-such-link")
        link = link_of(row)
        template = self.catalogue.current(link.template, link.department)
        entry = public_entry(template, link.entry)
        self._open(link, entry, self.clock(), passages(self.store.get(DOORS, link.door)))
        return Visit(link=link, template=template, entry=entry, rights=at_door(template, entry))

    def faults(self, template: Template, entry: Entry, values: Answers) -> Faults:
        """What is wrong with the values of a link: not asked for, not there, none of the field, too long."""
        foreign = (name for name in values if name not in entry.ask_link)
        unknown = {name: (Fault("no-such-field", {"field": name}),) for name in foreign}
        judged = self.fixed(template, entry, values).faults
        own = {name: found for name, found in judged.items() if name.partition(".")[0] in entry.ask_link}
        large = too_large(values)
        return {**own, **({large: (Fault("link-too-long"),)} if large else {}), **unknown}

    def fixed(self, template: Template, entry: Entry, values: Answers) -> Evaluation:
        """A record of which nothing is known but what a link fixes."""
        company = self.catalogue.company()
        link = Link(id="", template=template.id, department=template.department, entry=entry.id, values=values)
        visit = Visit(link=link, template=template, entry=entry, rights=at_door(template, entry))
        return self._judge(visit, {}, {}, company, world(self.store, company), self.clock(), {})

    def judge(self, visit: Visit, answers: Answers, captured: Answers, came: str = "") -> Evaluation:
        """The record as it would come in with these answers, stored nowhere; or as the stored record that `came`."""
        company = self.catalogue.company()
        people, at = world(self.store, company), self.clock()
        store, template = self.store, visit.template
        numbers: Answers = given_numbers(store, template, came) if came else coming_numbers(store, template, at)
        judged = self._judge(visit, answers, captured, company, people, at, numbers)
        return replace(judged, faults=guarded_faults(visit.rights, judged.faults))

    def seen(self, visit: Visit, evaluation: Evaluation) -> Blank:
        """A visitor's form, with what its expressions know beside his answers."""
        company, link = self.catalogue.company(), visit.link
        people, at = world(self.store, company), self.clock()
        moment = situation(company, NOBODY, at, people.name)
        about = public_record("", link.owner if people.enabled(link.owner) else "", link.department)
        return Blank(template=visit.template, rights=visit.rights, evaluation=evaluation, situation=moment,
                     system={**system(moment, None, visit.entry.id), **about})  # fmt: skip

    def enter(self, visit: Visit, answers: Answers, captured: Answers, key: str) -> Done:
        """Store what a visitor sends. Raises Invalid, KeyReused, Shut, Rush, NotFound (the link is gone)."""
        link, at = visit.link, self.clock()
        once = Once(NOBODY, f"{link.id} {key}" if key else "", "enter", link.id, answers)
        earlier = once.earlier(self.store)
        if earlier:
            return earlier
        company = self.catalogue.company()
        people = world(self.store, company)
        coming = coming_numbers(self.store, visit.template, at)
        judged = self._judge(visit, answers, captured, company, people, at, coming)
        if judged.faults:
            raise Invalid(guarded_faults(visit.rights, judged.faults))
        with self.store.write(at=at, actor="") as tx:
            earlier = once.earlier(tx)
            if earlier:
                return earlier
            self._through(tx, visit, at)
            serials = next_numbers(tx, visit.template, at)
            if serials != coming:
                judged = self._judge(visit, answers, captured, company, people, at, serials)
                if judged.faults:
                    raise Invalid(guarded_faults(visit.rights, judged.faults))
            record = self._record(visit, judged, people, at)
            file_record(tx, visit.template, record, judged)
            claim_files(tx, self.store.files, visit.template, {}, record.data)
            tx.log("created", record.id, {**created_body(record), "link": link.id})
            return once.file(tx, Done(id=record.id, rev=record.rev, state=record.state), at)

    def _through(self, tx: Transaction, visit: Visit, at: str) -> None:
        """Look again under the lock, and count."""
        row = tx.get(LINKS, visit.link.id)
        if row is None:
            raise NotFound("no-such-link")
        link = link_of(row)
        self._open(link, visit.entry, at, passages(tx.get(DOORS, link.door)))
        passed(tx, link, at, self.most)

    def _open(self, link: Link, entry: Entry, at: str, count: int) -> None:
        if link.closed:
            raise Shut("door-closed", entry.title)
        check_open(entry, at, self.catalogue.company().timezone, count)

    def _his(self, actor: Actor, link: Link) -> bool:
        """Whether an actor looks after a link: one of his department's, whose records he might make."""
        try:
            template = self.catalogue.current(link.template, actor.department)
        except NotFound:
            return False
        same_house = link.department in ("", actor.department)
        return same_house and rights(template, self.catalogue.company(), actor, None).create

    def _judge(
        self,
        visit: Visit,
        answers: Answers,
        captured: Answers,
        company: Company,
        people: World,
        at: str,
        numbers: Answers,
    ) -> Evaluation:
        template, entry, link = visit.template, visit.entry, visit.link
        owner = link.owner if people.enabled(link.owner) else ""
        about = public_record("", owner, link.department)
        moment = situation(company, NOBODY, at, people.name)
        directory = people.directory(partial(brought, self.store.files, visit.bearer))

        def judge(given: Answers) -> Evaluation:
            return evaluate(template, given, moment, entry=entry.id, directory=directory, about=about)

        return admitted(entry, answers, {**link.values, **numbers}, captured, judge)

    def _record(self, visit: Visit, judged: Evaluation, people: World, at: str) -> Record:
        """Nobody made it; who made the link owns it while he is here."""
        link = visit.link
        return Record(
            id=self.ids(at),
            template=visit.template.id,
            version=visit.template.hash,
            department=link.department,
            state=judged.state,
            rev=1,
            owner=link.owner if people.enabled(link.owner) else "",
            creator="",
            created=at,
            updated=at,
            entered=at,
            data=judged.stored,
            tags=judged.tags,
            entry=visit.entry.id,
        )


def public_entry(template: Template, entry: str) -> Entry:
    """A template's public entry of this id. Raises NotFound."""
    found = template.entries.get(entry)
    if found is None or not found.public:
        raise NotFound("no-such-entry", name=entry, template=template.ref)
    return found
