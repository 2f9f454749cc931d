"""People lists (language.md, rule 5): is this actor one of those meant, for this record?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from builder.model import Company, People, Who
from workflows.record import Actor, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What people words refer to: a record's department, owner and creator, and its answers for person fields."""

    department: str
    owner: str
    creator: str
    data: Mapping[str, object] = field(default_factory=dict)


def subject_of(record: Record | None, actor: Actor) -> Subject:
    """The subject of a record, whose creator owns it until it is assigned; of one being made, its maker."""
    if record is None:
        return Subject(department=actor.department, owner=actor.id, creator=actor.id)
    owner = record.owner or record.creator
    return Subject(department=record.department, owner=owner, creator=record.creator, data=record.data)


def above(company: Company, department: str) -> Iterator[str]:
    """A department and those it belongs to, nearest first; a circle ends where it closes."""
    seen: set[str] = set()
    while department and department not in seen:
        yield department
        seen.add(department)
        known = company.departments.get(department)
        department = known.parent if known else ""


def superior_of(company: Company, department: str, creator: str) -> str:
    """The nearest lead who is not the creator, from the record's department upwards; "" when there is none."""
    leads = (company.departments[d].lead for d in above(company, department) if d in company.departments)
    return next((lead for lead in leads if lead and lead != creator), "")


def matches(people: People, company: Company, actor: Actor, subject: Subject) -> bool:
    """Whether any word of the list means this actor."""
    return any(_KINDS[who.kind](who, company, actor, subject) for who in people)


def always(people: People, actor: Actor) -> bool:
    """Whether the list means this actor whatever the record is: by role, or because it means everyone."""
    return any(
        _KINDS[who.kind](who, _NOWHERE, actor, _NOTHING)
        for who in people
        if who.kind in ("role", "role_at") or who.name in ("staff", "public", "me")
    )


def ever(people: People, actor: Actor) -> bool:
    """Whether the list could mean this actor on some record."""
    return always(people, actor) or any(_on_some_record(who) and bool(actor.id) for who in people)


def _on_some_record(who: Who) -> bool:
    return who.kind == "field" or (who.kind == "word" and who.name in _WORDS)


def _department(company: Company, actor: Actor, subject: Subject) -> bool:
    return actor.department in above(company, subject.department)


Word = Callable[[Company, Actor, Subject], bool]
_WORDS: Mapping[str, Word] = {
    "creator": lambda company, actor, subject: actor.id == subject.creator,
    "owner": lambda company, actor, subject: actor.id == subject.owner,
    "superior": lambda company, actor, subject: actor.id == superior_of(company, subject.department, subject.creator),
    "department": _department,
    "staff": lambda company, actor, subject: True,
    "me": lambda company, actor, subject: True,
}


def _by_word(who: Who, company: Company, actor: Actor, subject: Subject) -> bool:
    return who.name == "public" or (bool(actor.id) and _WORDS[who.name](company, actor, subject))


def _by_role(who: Who, company: Company, actor: Actor, subject: Subject) -> bool:
    return who.name in actor.roles


def _by_role_at(who: Who, company: Company, actor: Actor, subject: Subject) -> bool:
    return who.name in actor.roles and who.department == actor.department


def _by_field(who: Who, company: Company, actor: Actor, subject: Subject) -> bool:
    return subject.data.get(who.name) == actor.id


_KINDS: Mapping[str, Callable[[Who, Company, Actor, Subject], bool]] = {
    "word": _by_word,
    "role": _by_role,
    "role_at": _by_role_at,
    "field": _by_field,
}
_NOWHERE = Company(name={}, languages=(), currency="", timezone="")
_NOTHING = Subject(department="", owner="", creator="")
