"""Cases: a template's own examples, run without a store; what differs from the expectation comes back as values.

The record is made by `creator`, who holds the roles of `create`, or comes in by the case's `entry`; another role's N-th
holder is `ROLE.N`, in the record's department. That is the clone's, else the one that `create` names, else the
company's first. `given`, `data`, `set` and expected values are written as a person would send them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from builder.case import Case, Step
from builder.expressions import Situation
from builder.expressions.dates import local_date
from builder.model import Company, Department, Template, Transition
from builder.zones import instant
from workflows.evaluate import Evaluation, evaluate
from workflows.guard.access import rights
from workflows.life.asked import COMMENT, asked, outside, own
from workflows.life.door import STAFF, admitted, public_record
from workflows.life.engine import closed_reason, leaving, moved, open_transitions, ways
from workflows.life.expectations import Failure, compare
from workflows.life.priors import Priors
from workflows.record import Actor, Faults, Record
from workflows.serials import first_numbers

ELSEWHERE = "case-department"  # where a case plays when the company has no department
NOON = "12:00"


def run_cases(template: Template, company: Company, today: str) -> dict[str, tuple[Failure, ...]]:
    """Case id → what went otherwise than expected; empty when it holds. `today` is for cases without `at`.

    Of a department's clone its own cases only: it may ask for more than the company, so the base's are the base's.
    """
    own = (case for case in template.cases.values() if case.layer == template.department)
    return {case.id: run_case(template, company, case, today) for case in own}


def run_case(template: Template, company: Company, case: Case, today: str) -> tuple[Failure, ...]:
    """What went otherwise than one case expects."""
    stage = Stage.of(template, company, case, today)
    made = stage.make(case)
    if case.steps and made.faults:
        return (Failure("step", "given", {}, made.faults),)
    actor = stage.actor("creator")
    evaluation, record, faults = made, stage.record(made, case.entry), made.faults
    for number, step in enumerate(case.steps, 1):
        actor = stage.actor(step.as_, record)
        taken = stage.take(step, actor, record)
        if isinstance(taken, str):
            return (Failure("step", f"{number} {step.do or 'set'}", "", taken),)
        after, evaluation, faults = taken
        if faults and number < len(case.steps):
            return (Failure("step", f"{number} {step.do or 'set'}", {}, faults),)
        record = record if faults else after
    enabled = [t.action for t in stage.open(evaluation, record, actor)]
    return tuple(compare(template, case.expect, evaluation, record.state, faults, enabled))


Taken = tuple[Record, Evaluation, Faults]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a case plays: its moment, its department, and a company whose leads are the case's own."""

    template: Template
    company: Company
    department: str
    now: str
    priors: Priors

    @classmethod
    def of(cls, template: Template, company: Company, case: Case, today: str) -> Stage:
        """The stage of a case."""
        makers = (who.department for who in template.access.create if who.kind == "role_at")
        department = template.department or next(makers, "") or next(iter(company.departments), ELSEWHERE)
        known = company.departments.get(department) or Department(id=department, label={})
        led = replace(company, departments={**company.departments, department: replace(known, lead="superior")})
        priors = Priors(case.records, template.links, led, department)
        return cls(template, led, department, _moment(case.at or today, company.timezone), priors)

    def actor(self, word: str, record: Record | None = None) -> Actor:
        """Who a word of `as` means: a person field whoever it names in the record, `role@department` one from there."""
        if record is not None and word in self.template.fields:
            word = str(record.data.get(word, ""))
        if word in ("creator", "owner", "me"):
            return Actor(id="creator", name="creator", roles=self._creators(), department=self.department)
        if word in ("", "public"):
            return Actor(id="")
        role, number, department = *word.partition("@")[0].partition(".")[::2], word.partition("@")[2]
        roles = frozenset({role}) & self.company.roles.keys()
        holder = f"{role}.{number or 1}" if roles and not department else word
        return Actor(id=holder, name=holder, roles=roles, department=department or self.department)

    def _creators(self) -> frozenset[str]:
        create = self.template.access.create
        return frozenset(who.name for who in create if who.kind in ("role", "role_at"))

    def situation(self, actor: Actor) -> Situation:
        """The inputs of expressions, for an actor."""
        today = local_date(self.now, self.company.timezone) or ""
        linked = self.priors.look(actor)
        return Situation(today=today, now=self.now, me=actor.id, me_department=actor.department, linked=linked)

    def make(self, case: Case) -> Evaluation:
        """The record as it is made, the first of its day, month or year."""
        numbers = first_numbers(self.template, self.now)
        entry = self.template.entries.get(case.entry)
        if entry is None:
            maker = self.actor("creator")
            there, given = self.priors.directory(maker), {**case.given, **numbers}
            return evaluate(self.template, given, self.situation(maker), entry=STAFF, directory=there)
        visitor = self.actor("public" if entry.public else "creator")
        about = public_record(visitor.id, "creator", self.department)

        def judge(given: Mapping[str, object]) -> Evaluation:
            return evaluate(self.template, given, self.situation(visitor), entry=entry.id, about=about)

        captured = {name: value for name, value in case.link.items() if name in entry.capture}
        fixed = {name: value for name, value in case.link.items() if name not in entry.capture}
        return admitted(entry, case.given, {**fixed, **numbers}, captured, judge)

    def record(self, evaluation: Evaluation, entry: str) -> Record:
        """The made record; whoever made the link of a public one owns it."""
        times = dict.fromkeys(("created", "updated", "entered"), self.now)
        public = entry in self.template.entries and self.template.entries[entry].public
        return Record(
            id="case",
            template=self.template.id,
            version=self.template.hash,
            department=self.department,
            state=evaluation.state,
            rev=1,
            owner="creator",
            creator="" if public else "creator",
            data=evaluation.stored,
            tags=evaluation.tags,
            entry=entry or STAFF,
            **times,
        )

    def open(self, evaluation: Evaluation, record: Record, actor: Actor) -> tuple[Transition, ...]:
        """The transitions open for an actor."""
        return open_transitions(self.template, self.company, evaluation, record, actor, self.situation(actor))

    def take(self, step: Step, actor: Actor, record: Record) -> Taken | str:
        """The record after a step, how it is judged and what is wrong; or the code of a refusal."""
        answers = {**step.set, **step.data}
        allowed = rights(self.template, self.company, actor, record)
        if not allowed.read:
            return "no-such-record"
        steps = [t for t in leaving(self.template, record.state) if t.action == step.do]
        asks = {name for transition in steps for name in transition.fields}
        if not all(allowed.writes(name) or name in asks for name in answers):
            return "may-not-write-field"
        situation, there = self.situation(actor), self.priors.directory(actor)
        judged = evaluate(self.template, answers, situation, record=record, directory=there)
        if not step.do:
            after = record.with_(data=judged.stored, tags=judged.tags, rev=record.rev + 1)
            return after, judged, judged.faults
        mine = ways(self.template, self.company, judged, record, actor, situation)
        way = next((way for way in mine if way.transition.action == step.do), None)
        if way is None:
            leads = any(t.action == step.do for t in leaving(self.template, record.state))
            return "not-yours" if leads else closed_reason(self.template, step.do)
        if not way.open:
            return way.reason
        target, given = moved(record, way.transition, self.now), {**answers, COMMENT: step.comment}
        form = asked(self.template, way.transition)
        final = evaluate(form, given, situation, record=target, directory=there)
        return target.with_(data=own(self.template, final.stored), tags=final.tags), final, outside(final.faults)


def _moment(at: str, zone: str) -> str:
    """A day (its noon), or a day and a time, on the company's clock."""
    day, separator, time = at.strip().replace(" ", "T").partition("T")
    return instant(datetime.fromisoformat(f"{day}T{time if separator else NOON}"), zone) or ""
