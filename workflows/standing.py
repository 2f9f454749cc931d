"""Where an actor stands to a record, or to the one he is making: rights, the moment, and the judge set up for him."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from builder.expressions import Situation
from builder.model import Company, Template
from workflows.catalogue import Catalogue
from workflows.evaluate import Evaluation, evaluate
from workflows.files.bringing import brought
from workflows.files.facts import File
from workflows.filing import Reader
from workflows.guard.access import Rights
from workflows.guard.masks import guarded_faults
from workflows.keep.shelf import Shelf
from workflows.linking import Linker
from workflows.logs import log_names
from workflows.outward import same
from workflows.reading import Directory, absent
from workflows.record import Actor, Fault, Faults, Forbidden, Invalid, NotFound, NotOpen, Record
from workflows.settling import system
from workflows.tagging import Tags

USERS = "users"
Answers = Mapping[str, object]
Look = Callable[[str, str], Answers]  # template, record id → what the actor sees of that record in clear


def nothing(template: str, id: str) -> Answers:
    """What is seen of any record where nothing is."""
    return {}


@dataclass(frozen=True, slots=True)
class World:
    """The people and departments there are, for the parsers and for `join`."""

    reader: Reader
    company: Company

    def name(self, user: str) -> str:
        """A user's display name, the id itself when there is no such user."""
        row = self.reader.get(USERS, user)
        return str(row["name"]) if row and row["name"] else user

    def enabled(self, user: str) -> bool:
        """Whether there is such a user, not disabled."""
        row = self.reader.get(USERS, user) if user else None
        return row is not None and not row["disabled"]

    def directory(
        self,
        file: Callable[[object], File | None],
        link: Callable[[str, str], str | None] = lambda template, sent: "",
    ) -> Directory:
        """What the parsers ask; whoever sees no record links to none."""
        return Directory(person=self.enabled, department=self.company.departments.__contains__, link=link, file=file)


def world(reader: Reader, company: Company) -> World:
    """The people and departments as they are now."""
    return World(reader, company)


def situation(
    company: Company, actor: Actor, at: str, person: Callable[[str], str], linked: Look = nothing
) -> Situation:
    """The inputs of expressions at a moment: `today` is the day in the company's zone."""
    today = datetime.fromisoformat(at).astimezone(ZoneInfo(company.timezone)).date().isoformat()
    return Situation(today=today, now=at, me=actor.id, me_department=actor.department, person=person, linked=linked)


def linker(reader: Reader, catalogue: Catalogue, actor: Actor, at: str) -> Linker:
    """What an actor sees of records that are linked to. What follows from a further link is not looked into."""
    company = catalogue.company()
    moment = situation(company, actor, at, World(reader, company).name)

    def judged(template: Template, record: Record) -> Answers:
        return evaluate(template, {}, moment, record=record).values

    return Linker(reader, catalogue, actor, judged)


@dataclass(frozen=True)
class Standing:
    """An actor, a template, his rights at a moment, and the record (None while it is being made)."""

    template: Template
    company: Company
    actor: Actor
    rights: Rights
    at: str
    world: World
    files: Shelf
    links: Linker
    record: Record | None = None
    entry: str = ""
    serials: Mapping[str, str] = field(default_factory=dict)  # its numbers as it is made, or would be

    @property
    def stored(self) -> Record:
        """The record as stored."""
        assert self.record is not None
        return self.record

    @property
    def logs(self) -> tuple[str, ...]:
        """The fields that are logs."""
        return log_names(self.template)

    @property
    def situation(self) -> Situation:
        """The inputs of expressions."""
        linked = self.links.values(self.template.links) if self.template.links else nothing
        return situation(self.company, self.actor, self.at, self.world.name, linked)

    @property
    def system(self) -> Mapping[str, object]:
        """What expressions know of the record itself; nobody who reads it is kept from it."""
        return system(self.situation, self.record, self.entry)

    def own(self, answers: Answers) -> dict[str, object]:
        """The answers that are the actor's to give; while making a record, its state too."""
        making = self.record is None
        return {k: v for k, v in answers.items() if self.rights.writes(k) or (k == "state" and making)}

    def judge(self, answers: Answers, record: Record | None = None) -> Evaluation:
        """The evaluation of answers laid over the record, or over it as it is about to be."""
        return evaluate(
            self.template,
            {**answers, **self.serials},
            self.situation,
            record=record or self.record,
            entry=self.entry,
            directory=self.world.directory(partial(brought, self.files, self.actor), self.links.exact),
        )

    def accept(self, answers: Answers, record: Record | None = None) -> Evaluation:
        """The evaluation of answers that can be taken. Raises Forbidden for a field not his, Invalid for faults."""
        evaluation = self.judge(self.own(answers), record)
        foreign = next((name for name in answers if self.foreign(name, answers[name], evaluation)), None)
        if foreign is not None:
            raise Forbidden("may-not-write-field", field=foreign)
        faults = {**evaluation.faults, **self.unknown(answers)}
        if faults:
            raise Invalid(guarded_faults(self.rights, faults))
        return evaluation

    def foreign(self, name: str, raw: object, evaluation: Evaluation) -> bool:
        """Whether an answer is for a field that is not his; what is there anyway, and he sees, may be sent along."""
        field = self.template.fields.get(name)
        if field is None or self.rights.writes(name):
            return name == "state" and self.record is not None and raw != self.record.state
        before = self.record.data.get(name) if self.record else None
        if not self.rights.clear(name):
            return self.record is not None or not absent(raw)
        if field.type == "log" and absent(raw):
            return False
        return not same(field, raw, before) and not same(field, raw, evaluation.values.get(name))

    def unknown(self, answers: Answers) -> Faults:
        """A fault for each answer to a question the template does not ask."""
        names = (name for name in answers if name not in self.template.fields and name != "state")
        return {name: (Fault("no-such-field", {"field": name}),) for name in names}

    def after(self, evaluation: Evaluation) -> Record:
        """The record with what was evaluated; the very same one when nothing differs."""
        before = self.stored
        if evaluation.stored == before.data and evaluation.tags == before.tags:
            return before
        return before.with_(data=evaluation.stored, tags=evaluation.tags, rev=before.rev + 1, updated=self.at)


def tag_by_hand(standing: Standing, group: str, option: str, given: bool) -> Tags:
    """The record's tags with one more, or one fewer, given by hand. Raises Forbidden, NotFound, NotOpen."""
    if not standing.rights.tag:
        raise Forbidden("may-not-write")
    known = standing.template.tags.get(group)
    tag = next((o for o in known.options if o.id == option), None) if known else None
    if known is None or tag is None:
        raise NotFound("no-such-tag", tag=f"{group}.{option}")
    if tag.when is not None:
        raise NotOpen("tag-by-rule", tag=f"{group}.{option}")
    if given and tag.retired:
        raise NotOpen("tag-retired", tag=f"{group}.{option}")
    tags = standing.stored.tags
    mine = tags.get(group, {})
    others = {o: reason for o, reason in mine.items() if o != option and (known.many or not given)}
    reason = mine.get(option, {"by": "hand", "who": standing.actor.id, "at": standing.at})
    return {**tags, group: {**others, option: reason} if given else others}
