"""The starter: nothing found in it, all of it said in both languages, each row of the requirements shown by a case."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from builder.compile import Compiled, compile_sources
from builder.model import Field, Template
from builder.workspace import Workspace
from renderer.shell.sample import linking
from workflows.catalogue import Catalogue, publish
from workflows.identity import ids
from workflows.keep import open_store
from workflows.keep.port import Row, Store
from workflows.life.cases import run_cases
from workflows.record import Actor
from workflows.seed import seed
from workflows.service import Service

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
REFS = ("customer-source", "customer-source@marketing", "ticket")
CHANCE = itertools.count()
NOW = "2026-11-21T12:00:00.000000Z"
# The requirements of docs this starter is built for (domain rows; the first part of the language).
ROWS = {"A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A13", "B1", "B2", "B6",
        "C1", "C3", "C4", "C6", "E1", "E3", "E4", "E11"}  # fmt: skip


@cache
def compiled(ref: str) -> Compiled:
    """A definition of the starter, compiled as `check` does."""
    workspace = Workspace.find(SCHEMAS / "starter")
    sources, found = workspace.sources(workspace.resolve(ref))
    assert not found
    return compile_sources(sources)


def template(ref: str) -> Template:
    found = compiled(ref).template
    assert found is not None
    return found


def explained(fields: Mapping[str, Field]) -> Iterator[Field]:
    """Fields and columns."""
    for field in fields.values():
        yield field
        yield from field.asked


@pytest.mark.parametrize("ref", REFS)
def test_nothing_is_found(ref: str) -> None:
    assert compiled(ref).diagnostics == ()


@pytest.mark.parametrize("ref", REFS)
def test_c7_every_field_has_instruction_and_example_in_both_languages(ref: str) -> None:
    texts = {
        (f.path, name): getattr(f, name)
        for f in explained(template(ref).fields)
        for name in ("label", "help", "example")
    }
    assert [place for place, text in texts.items() if not (text.get("zh") and text.get("en"))] == []


@pytest.mark.parametrize("ref", REFS)
def test_everything_else_that_is_shown_is_said_in_both_languages(ref: str) -> None:
    it = template(ref)
    named = [*it.states.values(), *it.transitions.values(), *it.tags.values()]
    # Places have no names but their own.
    named += [option for f in explained(it.fields) for option in f.options if f.id != "region"]
    named += [option for group in it.tags.values() for option in group.options]
    titled = [it, *it.sections, *it.lists.values()]
    texts = [(thing.id, thing.label) for thing in named] + [(thing.id, thing.title) for thing in titled]
    assert [id for id, text in texts if not (text.get("zh") and text.get("en"))] == []


@pytest.mark.parametrize("ref", REFS)
def test_every_case_holds_and_every_field_and_action_is_spoken_of(ref: str) -> None:
    it, company = template(ref), compiled(ref).company
    assert company is not None
    results = run_cases(it, company, today=NOW[:10])
    assert {name: failures for name, failures in results.items() if failures} == {}
    taken = {step.do for name in results for step in it.cases[name].steps}
    assert {t.action for t in it.transitions.values() if t.layer == it.department} <= taken


def test_each_row_has_a_case_that_cites_it() -> None:
    cited = {found[0] for ref in REFS for id in template(ref).cases if (found := re.match(r"[A-E]\d+", id))}
    assert ROWS - cited == set()


def test_c9_personal_data_without_a_purpose_are_found() -> None:
    workspace = Workspace.find(SCHEMAS / "starter")
    sources, _ = workspace.sources(workspace.resolve("customer-source"))
    bare = [replace(each, text=re.sub(r"(?m)^privacy:\n(  .*\n)+", "", each.text)) for each in sources]
    assert "personal-without-privacy" in {found.code for found in compile_sources(bare).diagnostics}


def test_e11_preferences_are_found_again() -> None:
    store, _ = seeded(40, start=2026)
    service = Service(store, Catalogue(store), lambda: NOW, lambda now: now)
    user = recipe()["users"]["lead"]
    lead = Actor(id="lead", roles=frozenset(user["roles"]), department=user["department"])
    listed = service.list(lead, "customer-source", "preferences")
    assert listed.total and all(line.values["preferences"] for line in listed.lines)


def test_the_overlay_shows_each_kind_of_change() -> None:
    base, clone = map(template, REFS[:2])
    assert clone.fields["platform"].label != base.fields["platform"].label
    assert clone.fields["marketing__campaign"].pattern and "marketing__campaign" not in base.fields
    option = clone.fields["initiated_by"].option("marketing__douyin")
    assert option is not None and option.counts_as == "action"
    assert clone.states["marketing__trial"].counts_as == "intent"
    assert (clone.fields["keyword"].required, base.fields["keyword"].required) == (True, False)
    narrowed, wide = (it.access.fields["phone"].read or () for it in (clone, base))
    assert set(narrowed) < set(wide)


@cache
def recipe() -> dict[str, Any]:
    return yaml.safe_load((SCHEMAS / "sample.yaml").read_text("utf-8"))


def seeded(count: int, start: int) -> tuple[Store, tuple[str, ...]]:
    """A store with the starter published, its people, and sample records."""
    store = open_store("memory:", Path())
    for ref in REFS:
        publish(store, compiled(ref), NOW, "admin")
    actors = {}
    with store.write(at=NOW, actor="admin") as tx:
        for id, user in recipe()["users"].items():
            tx.put("users", id, {"id": id, "name": user["name"], "disabled": False})
            actors[id] = Actor(id=id, roles=frozenset(user["roles"]), department=user.get("department", ""))
        tx.log("user", "admin", {})
    numbers = itertools.count()
    service = Service(store, Catalogue(store), lambda: NOW, lambda now: f"{now}-{next(numbers):04}")
    return store, seed(service, actors, recipe()["recipe"], count, Random(start), NOW)


def test_the_people_are_known_to_the_workspace() -> None:
    company = compiled(REFS[0]).company
    assert company is not None
    for user in recipe()["users"].values():
        assert set(user["roles"]) <= set(company.roles)
        assert user.get("department", "") in {"", *company.departments}
    assert {d.lead for d in company.departments.values()} <= set(recipe()["users"])


def test_sample_records_live_the_life_of_the_template() -> None:
    store, ids = seeded(300, start=2026)
    rows: list[Row] = [row for id in ids if (row := store.get("records", id))]
    assert len(rows) == 300
    assert {row["department"] for row in rows} == {"sales-east", "marketing"}
    assert {row["data"]["source"] for row in rows} == {"online", "offline", "partner", "initiated", "other"}
    assert {row["state"] for row in rows} == set(template(REFS[1]).states)
    assert all(re.fullmatch(r"\+861\d{10}", row["data"]["phone"]) for row in rows)
    assert all(str(row["data"]["first_contact"]) <= str(row["created"])[:10] for row in rows)
    assert min(str(row["created"]) for row in rows) >= "2025-11-25" and max(str(row["updated"]) for row in rows) <= NOW
    assert len({row["data"]["customer_name"] for row in rows}) > 250


def test_sample_tickets_belong_to_customers_and_show_from_there() -> None:
    store, customers = seeded(40, start=2026)
    service = Service(store, Catalogue(store), lambda: NOW, ids(lambda n: next(CHANCE).to_bytes(n)))
    user = recipe()["users"]["staff"]
    staff = Actor(id="staff", roles=frozenset(user["roles"]), department=user["department"])
    linked = linking(service, {"staff": staff}, recipe()["linked"], "customer-source", customers)
    made = seed(service, {"staff": staff}, linked, 20, Random(1), NOW)
    rows = [row for id in made if (row := store.get("records", id))]
    assert {row["data"]["customer"] for row in rows} <= set(linked["words"]["customer-source"]) <= set(customers[:20])
    assert {row["state"] for row in rows} > {"new", "working"}
    one = str(rows[0]["data"]["customer"])
    here = [row["id"] for row in rows if row["data"]["customer"] == one]
    assert service.list(staff, "ticket", linked=one).total == len(here)


def test_the_sample_is_the_same_each_time() -> None:
    first, second = (seeded(20, start=5) for _ in range(2))
    assert first[1] == second[1]
    assert [first[0].get("records", id) for id in first[1]] == [second[0].get("records", id) for id in second[1]]
