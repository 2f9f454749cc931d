"""People lists: language.md, rule 5."""

from __future__ import annotations

import pytest

from builder.model import Company, Department, Who
from tests.workflows.world import (
    BOSS,
    LEAD,
    MANAGER,
    NOBODY,
    OTHER,
    PEER,
    SERVICE,
    STAFF,
    company,
    record,
    template,
)  # fmt: skip
from workflows.guard.people import above, always, ever, matches, subject_of, superior_of
from workflows.record import Actor

COMPANY = company()
FORM = template("fields: {a: {type: text, label: A}, helper: {type: person, label: 协办}}")
MINE = record(FORM, {"helper": "peer"})  # made by STAFF in sales-east, which belongs to head
EVERYONE = {STAFF, PEER, LEAD, BOSS, OTHER, MANAGER, SERVICE, NOBODY}

MEANT = [
    (Who("role", "sales"), {STAFF, PEER, LEAD, OTHER}),
    (Who("role_at", "sales", "sales-east"), {STAFF, PEER, LEAD}),
    (Who("role_at", "sales", "marketing"), {OTHER}),
    (Who("word", "creator"), {STAFF}),
    (Who("word", "owner"), {STAFF}),
    (Who("word", "superior"), {LEAD}),
    (Who("word", "department"), {STAFF, PEER, LEAD, BOSS, MANAGER}),
    (Who("word", "staff"), EVERYONE - {NOBODY}),
    (Who("word", "me"), EVERYONE - {NOBODY}),
    (Who("word", "public"), EVERYONE),
    (Who("field", "helper"), {PEER}),
]


@pytest.mark.parametrize(("who", "meant"), MEANT, ids=lambda value: getattr(value, "name", ""))
def test_each_word_means_these_and_nobody_else(who: Who, meant: set[Actor]) -> None:
    subject = subject_of(MINE, STAFF)
    assert {actor for actor in EVERYONE if matches((who,), COMPANY, actor, subject)} == meant


def test_a_list_means_everyone_it_names() -> None:
    people = (Who("word", "owner"), Who("role", "manager"))
    subject = subject_of(MINE, STAFF)
    assert {actor for actor in EVERYONE if matches(people, COMPANY, actor, subject)} == {STAFF, MANAGER}
    assert not matches((), COMPANY, STAFF, subject)


def test_the_owner_is_the_creator_until_assigned() -> None:
    owner = (Who("word", "owner"),)
    unassigned, assigned = subject_of(MINE.with_(owner=""), STAFF), subject_of(MINE.with_(owner="peer"), STAFF)
    assert matches(owner, COMPANY, STAFF, unassigned) and not matches(owner, COMPANY, STAFF, assigned)
    assert matches(owner, COMPANY, PEER, assigned)


def test_who_makes_a_record_is_its_creator_owner_and_department() -> None:
    making = subject_of(None, PEER)
    assert all(matches((Who("word", w),), COMPANY, PEER, making) for w in ("creator", "owner", "department"))
    assert not matches((Who("word", "creator"),), COMPANY, STAFF, making)


@pytest.mark.parametrize(
    ("department", "creator", "superior"),
    [
        ("sales-east", "staff", "lead"),
        ("sales-east", "lead", "boss"),  # a lead is not his own superior
        ("head", "boss", ""),
        ("service", "service", ""),  # no lead, no department above
        ("nowhere", "x", ""),
        ("", "x", ""),
    ],
)
def test_the_superior_is_the_nearest_lead_who_is_not_the_creator(department: str, creator: str, superior: str) -> None:
    assert superior_of(COMPANY, department, creator) == superior


def test_nobody_is_the_superior_where_there_is_none() -> None:
    orphan = record(FORM, {}, department="service", creator="", owner="")
    assert not matches((Who("word", "superior"), Who("word", "creator"), Who("word", "owner")), COMPANY, NOBODY,
                       subject_of(orphan, NOBODY))  # fmt: skip


def test_a_circle_of_departments_ends() -> None:
    circle = {"a": Department(id="a", label={}, parent="b"), "b": Department(id="b", label={}, parent="a")}
    looped = Company(name={}, languages=("zh",), currency="CNY", timezone="UTC", departments=circle)
    assert [*above(looped, "a")] == ["a", "b"]


def test_always_and_ever_do_not_need_a_record() -> None:
    owner, sales, staff = Who("word", "owner"), Who("role", "sales"), Who("word", "staff")
    assert always((sales,), STAFF) and always((staff,), SERVICE) and not always((owner, sales), SERVICE)
    assert ever((owner,), SERVICE) and ever((Who("field", "helper"),), SERVICE)
    assert not ever((sales, Who("role_at", "service", "head")), SERVICE) and not ever((owner,), NOBODY)
