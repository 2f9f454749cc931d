"""A record's journey: lock → re-read → compare → judge → write record and history as one → unlock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from builder.model import Company, Template
from workflows.catalogue import Catalogue
from workflows.evaluate import Evaluation
from workflows.filing import RECORDS, Once, Reader, claim_files, file_record, record_of
from workflows.guard.access import may_list, may_read, rights
from workflows.guard.masks import guarded, guarded_record
from workflows.history import KINDS, changed_body, created_body, replaced
from workflows.keep.port import Store
from workflows.life.door import STAFF, at_desk
from workflows.linking import Linker
from workflows.listing import Lister
from workflows.marks import marks
from workflows.outcome import Outcome, asks, at_step, moved_on, revised
from workflows.record import Actor, Forbidden, NotFound, Record, Stale
from workflows.serials import coming_numbers, next_numbers
from workflows.shown import shown_form, shown_record
from workflows.standing import Standing, linker, tag_by_hand, world
from workflows.view import Alike, Blank, Done, Listing, Mark, View

Clock = Callable[[], str]  # UTC now, YYYY-MM-DDTHH:MM:SS.ffffffZ
Ids = Callable[[str], str]  # now → a new record id, sortable and unguessable
Answers = Mapping[str, object]


class Service:
    """Everything that may be done with records, for an actor, under his rights.

    Every method raises only `Refused` and its kinds (nothing changed then) or a `StoreError`.
    """

    def __init__(self, store: Store, catalogue: Catalogue, clock: Clock, ids: Ids) -> None:
        self.store, self.catalogue, self.clock, self.ids = store, catalogue, clock, ids

    def templates(self, actor: Actor) -> tuple[Template, ...]:
        """The current templates, as this actor's department has them, of which he could make or read a record."""
        names = sorted({template.id for template in self.catalogue.all()})
        mine = (self.catalogue.current(name, actor.department) for name in names)
        return tuple(template for template in mine if may_list(template, actor))

    def company(self) -> Company:
        """The company as of the last publish."""
        return self.catalogue.company()

    def person(self, user: str) -> str:
        """The display name of a user id, the id itself when there is no such user."""
        return world(self.store, self.company()).name(user)

    def links(self, actor: Actor) -> Linker:
        """What an actor sees, at this moment, of records that others link to."""
        return linker(self.store, self.catalogue, actor, self.clock())

    def blank(self, actor: Actor, template_id: str, data: Answers | None = None, *, entry: str = STAFF) -> Blank:
        """The form to fill, whole or as an entry asks it: the actor's current version, defaults, what he may write.

        With `data` (as sent) the evaluation is of that: what a refused form is drawn from. Raises NotFound (no such
        template), Forbidden (he may not create).
        """
        standing = self._beginning(actor, template_id, self.clock(), entry)
        evaluation = standing.judge(standing.own(data or {}))
        return shown_form(standing, evaluation)

    def create(self, actor: Actor, template_id: str, data: Answers, *, key: str = "", entry: str = STAFF) -> Done:
        """Store a new record from answers as sent (`state` among them chooses the initial state).

        Raises NotFound, Forbidden (may not create; or a field not his, `args_["field"]`), Invalid, KeyReused.
        """
        once = Once(actor, key, "create", template_id.partition("@")[0], data, entry)
        earlier = once.earlier(self.store)
        if earlier:
            return earlier
        at = self.clock()
        standing = self._beginning(actor, template_id, at, entry)
        evaluation = standing.accept(data)
        with self.store.write(at=at, actor=actor.id) as tx:
            earlier = once.earlier(tx)
            if earlier:
                return earlier
            serials = next_numbers(tx, standing.template, at)
            if serials != standing.serials:
                evaluation = replace(standing, serials=serials).accept(data)
            record = self._new(standing, evaluation, entry, key)
            file_record(tx, standing.template, record, evaluation)
            claim_files(tx, self.store.files, standing.template, {}, record.data)
            tx.log("created", record.id, created_body(record))
            return once.file(tx, Done(id=record.id, rev=record.rev, state=record.state), at)

    def preview(self, actor: Actor, id: str, data: Answers) -> View:
        """The record as it would be with these answers, stored nowhere: what a refused edit form is drawn from."""
        standing = self._standing(self.store, actor, id, self.clock())
        return shown_record(standing, standing.judge(standing.own(data)))

    def asked(self, actor: Actor, id: str, action: str, data: Answers | None = None) -> Blank:
        """The form of a transition that is open as the record is, with these answers.

        Raises NotFound, Forbidden, NotOpen.
        """
        step, there = at_step(self._standing(self.store, actor, id, self.clock()), action, {})
        return shown_form(there, there.judge(there.own(data or {})), step.id, asks(there, step))

    def revise(self, actor: Actor, id: str, data: Answers, *, rev: int | None, key: str = "") -> Done:
        """Change answers: only the fields in `data`; "" or None clears; to a log, rows are added. Keeps the version.

        Without a revision only rows may be added, for that overwrites nothing; anything else is stale.
        Raises NotFound, Stale (`current` is what he may see of the record now, `mine` the answers), Forbidden (record
        or field), Invalid, KeyReused.
        """

        def step(standing: Standing) -> Outcome:
            return revised(standing, data, rev)

        return self._step(actor, id, Once(actor, key, "revise", id, data, rev), rev, data, step)

    def act(
        self,
        actor: Actor,
        id: str,
        action: str,
        *,
        data: Answers | None = None,
        comment: str = "",
        key: str = "",
        rev: int | None = None,
    ) -> Done:
        """Take the first open transition of an action, with answers that come with it.

        Raises NotFound, Stale (only with `rev`), Forbidden (not his), NotOpen (its code says why), Invalid, KeyReused.
        """
        answers, said = data or {}, comment.strip()

        def step(standing: Standing) -> Outcome:
            return moved_on(standing, action, answers, said)

        once = Once(actor, key, "act", id, action, answers, said)
        return self._step(actor, id, once, rev, answers, step)

    def tag(self, actor: Actor, id: str, group: str, option: str, *, rev: int | None = None, key: str = "") -> Done:
        """Give a tag by hand; in an exclusive group it takes the place of the other one given by hand.

        Raises as `revise`, NotOpen for a tag that is given by rule.
        """
        return self._tagged(actor, id, group, option, True, rev, key)

    def untag(self, actor: Actor, id: str, group: str, option: str, *, rev: int | None = None, key: str = "") -> Done:
        """Take back a tag given by hand. Raises as `tag`."""
        return self._tagged(actor, id, group, option, False, rev, key)

    def read(self, actor: Actor, id: str) -> View:
        """The record as this actor may see it, with its ways on. Raises NotFound, also when it is not his to know."""
        standing = self._standing(self.store, actor, id, self.clock())
        return shown_record(standing, standing.judge({}))

    def history(self, actor: Actor, id: str) -> tuple[Mark, ...]:
        """What happened to the record, oldest first, cut to the reader's rights. Raises NotFound."""
        standing = self._standing(self.store, actor, id, self.clock())
        name = world(self.store, standing.company).name
        return marks(standing.template, standing.rights, self.store.history(id), name)

    def replaced(self, actor: Actor, id: str, rev: int) -> Mapping[str, object]:
        """What later steps replaced: field → its value at a revision, as this actor may see it. Raises NotFound."""
        standing = self._standing(self.store, actor, id, self.clock())
        steps = [event for event in self.store.history(id) if event.kind in KINDS]  # each makes one revision
        return guarded(standing.template, standing.rights, replaced(steps[rev:]))

    def list(
        self,
        actor: Actor,
        template_id: str,
        list_id: str = "",
        *,
        where: str = "",
        match: Mapping[str, object] | None = None,
        sort: Sequence[str] = (),
        page: int = 1,
        size: int = 50,
        columns: Sequence[str] = (),
        linked: str = "",
        text: str = "",
    ) -> Listing:
        """A page of the records this actor may read: a template's list, or all of them, narrowed by an expression
        (`where`), by equalities (`match`: field or system name → value or list of values, any of them), to those
        that link to a record (`linked`), and to those with a text that he sees in clear and that contains one (`text`).

        `sort` names columns, `-` in front descending. Without `columns` those of the list, else those of
        the template's first list, else the first six fields.
        Raises NotFound (template, list), Forbidden (a filter or sort over a field he may not read in clear,
        `args_["field"]`), Invalid (`where` does not compile: faults under "where").
        """
        lister = self._lister(actor, template_id)
        return lister.listing(list_id, where, match or {}, tuple(sort), page, size, tuple(columns), linked, text)

    def alike(self, actor: Actor, seen: View | Blank) -> tuple[Alike, ...]:
        """Records that may be of the same thing as one he reads or fills in (`duplicates`), newest first."""
        return self._lister(actor, seen.template.id).alike(seen)

    def counts(self, actor: Actor, template_id: str, list_id: str = "") -> Mapping[str, int]:
        """How many records this actor may read are in each state: of a list, or of all. Raises NotFound."""
        return self._lister(actor, template_id).counts(list_id)

    def _lister(self, actor: Actor, template_id: str) -> Lister:
        template = self.catalogue.current(template_id, actor.department)
        if not may_list(template, actor):
            raise NotFound("no-such-template", template=template_id)
        return Lister(self.store, self.catalogue, actor, template, self.clock())

    def _beginning(self, actor: Actor, template_id: str, at: str, entry: str = "") -> Standing:
        """Where an actor stands who makes a record. Raises NotFound, Forbidden."""
        template, company = self.catalogue.current(template_id, actor.department), self.company()
        foreign = template_id.partition("@")[2] not in ("", actor.department)
        if foreign or not may_list(template, actor):
            raise NotFound("no-such-template", template=template_id)
        allowed = rights(template, company, actor, None)
        if not allowed.create:
            raise Forbidden("may-not-create")
        allowed = at_desk(template, entry, allowed)
        people, links = world(self.store, company), linker(self.store, self.catalogue, actor, at)
        serials = coming_numbers(self.store, template, at)
        return Standing(template, company, actor, allowed, at, people, self.store.files, links, None, entry, serials)

    def _standing(self, reader: Reader, actor: Actor, id: str, at: str) -> Standing:
        """Where an actor stands to a record. Raises NotFound."""
        row = reader.get(RECORDS, id)
        if row is None:
            raise NotFound("no-such-record")
        record, company = record_of(row), self.company()
        template = self.catalogue.pinned(record.version)
        if not may_read(template, company, actor, record):
            raise NotFound("no-such-record")
        allowed = rights(template, company, actor, record)
        people, links = world(reader, company), linker(reader, self.catalogue, actor, at)
        return Standing(template, company, actor, allowed, at, people, self.store.files, links, record=record)

    def _new(self, standing: Standing, evaluation: Evaluation, entry: str, key: str) -> Record:
        at, actor = standing.at, standing.actor
        return Record(
            id=self.ids(at),
            template=standing.template.id,
            version=standing.template.hash,
            department=actor.department,
            state=evaluation.state,
            rev=1,
            owner=actor.id,
            creator=actor.id,
            created=at,
            updated=at,
            entered=at,
            data=evaluation.stored,
            tags=evaluation.tags,
            entry=entry,
            key=key,
        )

    def _step(
        self, actor: Actor, id: str, once: Once, rev: int | None, mine: Answers, step: Callable[[Standing], Outcome]
    ) -> Done:
        """One step under the writers' lock; a step that changes nothing writes nothing."""
        at = self.clock()
        with self.store.write(at=at, actor=actor.id) as tx:
            earlier = once.earlier(tx)
            if earlier:
                return earlier
            standing = self._standing(tx, actor, id, at)
            before = standing.stored
            if rev is not None and rev != before.rev:
                raise Stale(guarded_record(standing.template, standing.rights, before), mine)
            after, evaluation, kind, body = step(standing)
            if after is before:
                return Done(id=id, rev=before.rev, state=before.state)
            file_record(tx, standing.template, after, evaluation)
            claim_files(tx, self.store.files, standing.template, before.data, after.data)
            tx.log(kind, id, body)
            return once.file(tx, Done(id=id, rev=after.rev, state=after.state), at)

    def _tagged(self, actor: Actor, id: str, group: str, option: str, given: bool, rev: int | None, key: str) -> Done:
        kind = "tagged" if given else "untagged"

        def step(standing: Standing) -> Outcome:
            tags = tag_by_hand(standing, group, option, given)
            evaluation = standing.accept({}, standing.stored.with_(tags=tags))
            after = standing.after(evaluation)
            return (
                after,
                evaluation,
                kind,
                changed_body(standing.stored, after, standing.logs, group=group, option=option),
            )

        return self._step(actor, id, Once(actor, key, kind, id, group, option), rev, {}, step)
