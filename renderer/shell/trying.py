"""`try`: one record judged as the server would, and stored nowhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from builder.entry import Entry
from builder.expressions import Situation
from builder.model import Company, Template
from renderer.api.shape import outward
from workflows.evaluate import Evaluation, evaluate
from workflows.life.door import admitted
from workflows.life.engine import ways
from workflows.record import Actor, Fault, Faults, Record
from workflows.serials import first_numbers
from workflows.standing import situation
from workflows.words import tell


def somebody(template: Template, company: Company) -> Actor:
    """A person who holds every role, in the template's department: what is closed to him is closed by a condition."""
    return Actor(id="me", roles=frozenset(company.roles), department=template.department)


def attempt(
    template: Template, company: Company, data: Mapping[str, object], now: str, language: str, entry: str = ""
) -> dict[str, object]:
    """`{visible, values, errors, tags, open}` of answers as a program would send them (`state` among them).

    At an entry what its link fixes and what it captures stand among the answers; what it does not ask is an error.
    """
    actor = somebody(template, company)
    moment = situation(company, actor, now, str)
    door = template.entries.get(entry)
    numbers = first_numbers(template, now)
    given = {**data, **numbers}
    judged = evaluate(template, given, moment) if door is None else _at(template, door, data, numbers, moment)
    known = template.fields if door is None else (*door.fields, *door.ask_link, *door.capture)
    faults = {**judged.faults, **_unknown(template, data, known)}
    shown = ways(template, company, judged, _record(template, judged, actor, now), actor, moment)
    return {
        "visible": [name for name in template.fields if name in judged.visible],
        "values": outward(template, {name: judged.values[name] for name in template.fields}),
        "errors": {name: [tell(fault, language) for fault in found] for name, found in faults.items()},
        "tags": {group: dict(tags) for group, tags in judged.tags.items() if tags},
        "open": [way.transition.action for way in shown if way.open],
    }


def _at(
    template: Template, entry: Entry, data: Mapping[str, object], numbers: Mapping[str, str], moment: Situation
) -> Evaluation:
    """The record as it would come in by an entry."""
    captured = {name: value for name, value in data.items() if name in entry.capture}
    fixed = {**{name: value for name, value in data.items() if name in entry.ask_link}, **numbers}

    def judge(given: Mapping[str, object]) -> Evaluation:
        return evaluate(template, given, moment, entry=entry.id)

    return admitted(entry, data, fixed, captured, judge)


def _unknown(template: Template, data: Mapping[str, object], known: Collection[str]) -> Faults:
    """A fault for each answer to a question that is not asked here."""
    state = () if known is not template.fields else ("state",)
    names = (name for name in data if name not in known and name not in state)
    return {name: (Fault("unknown-field", {"field": name}),) for name in names}


def _record(template: Template, judged: Evaluation, actor: Actor, now: str) -> Record:
    return Record(
        id="",
        template=template.id,
        version=template.hash,
        department=actor.department,
        state=judged.state,
        rev=0,
        owner=actor.id,
        creator=actor.id,
        created=now,
        updated=now,
        entered=now,
        data=judged.stored,
    )
