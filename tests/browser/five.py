"""What the five ways into a form must agree on: verdict, words, what is shown and what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote

from builder.lower.order import field_reads
from builder.model import Template
from renderer.drawing.display import Reader, show
from renderer.drawing.plan import STATE, Plan
from tests.browser.ways import EMIL, Desk, Shown, asked
from tests.laws.answers import Raws, answers, good
from tests.renderer.conftest import STAFF
from workflows.record import Record

DEPARTMENTS = {"east": "华东", "west": "华西"}


@dataclass
class Made:
    """Records of the same answers: by the page with scripts, without, by the API."""

    page: Record
    without: Record
    api: Record
    raws: Raws


def create(desk: Desk, of: Template, raws: Raws, chance: Random) -> Made | None:
    """The five ways to make a record; the records that the page, the page without scripts and the API made."""
    plan = desk.plan(of)
    page, raws = desk.typed(f"/f/{of.id}", plan, raws, chance)
    sent, without = desk.sent(), desk.without({field.id: raws[field.id] for field in asked(plan)})
    tried, visible = desk.tried(of, raws)
    api, case = desk.api("POST", f"/api/v1/{of.id}/records", raws), desk.case(of, raws)
    assert case.errors == tried.errors
    known = {field.id for field in plan.fields}
    assert api.errors.keys() == tried.errors.keys()
    assert on(plan, api.errors) == on(plan, tried.errors)
    agree(desk, plan, page, sent, without, api.errors, raws)
    assert {name for name in page_names(page)} == known.intersection(visible)
    if api.errors:
        return None
    clear = {name for name, level in desk.rights(of).fields.items() if level in ("read", "write")}
    assert api.values is not None and tried.values is not None
    assert unstamped(of, api.values, clear) == unstamped(of, tried.values, clear)
    made = Made(desk.stored(sent["id"]), desk.stored(without["id"]), desk.stored(api.id), raws)
    written(plan, page, made.page)
    same_data(of, made, case.values or {}, set(visible))
    return made


def change(desk: Desk, of: Template, made: Made, chance: Random) -> None:
    """The same at the second door: a record that is there is edited, patched, and changed in a case's step."""
    plan = desk.plan(of, made.page)
    fields, id = asked(plan), made.page.id

    def wrong(raws: Raws) -> Any:
        return desk.house.service.preview(EMIL, id, raws).evaluation.faults

    raws = answers(fields, chance, 0.3) if chance.random() < 0.4 else good(fields, wrong, chance)
    page, raws = desk.typed(f"/r/{id}/edit", plan, raws, chance)
    sent = desk.sent()
    desk.page.goto(f"/r/{made.without.id}/edit", wait_until="commit")
    without = desk.without({field.id: raws[field.id] for field in fields})
    api = desk.api("PATCH", f"/api/v1/records/{made.api.id}", raws, rev=1, good=200)
    case = desk.case(of, made.raws, raws)
    assert case.errors == api.errors
    agree(desk, plan, page, sent, without, api.errors, raws)
    if not api.errors:
        then = Made(*(desk.stored(each.id) for each in (made.page, made.without, made.api)), raws)
        same_data(of, then, case.values or {}, page_names(page))


def agree(desk: Desk, plan: Plan, page: Shown, sent: Any, without: Any, errors: Any, raws: Raws) -> None:
    """What the pages say is what is wrong; whoever has no scripts is shown what the page with scripts shows.

    What is wrong with a field that does not stand on the page is said above it only, once it was sent.
    """
    mine = on(plan, errors)
    page = page if sent["refused"] or not mine else sent["shown"]
    assert {name: told[1] for name, told in page.items() if told and told[1]} == mine
    assert sent["refused"] <= bool(mine)
    assert (sent["status"], without["status"]) == ((422, 422) if errors else (200, 200))
    assert sent["listed"] == without["listed"]
    assert sorted(sent["listed"]) == sorted(f"#{quote(name)}" if name in mine else "" for name in errors)
    if errors:
        assert plainly(page, plan) == plainly(sent["shown"], plan) == plainly(without["shown"], plan)
        assert desk.reads(plan, sent["again"]) == raws


def on(plan: Plan, errors: Mapping[str, str]) -> dict[str, str]:
    """The errors of what stands on the page."""
    known = {field.id for field in plan.fields}
    return {name: said for name, said in errors.items() if name.partition(".")[0] in known}


def plainly(shown: Shown, plan: Plan) -> Shown:
    """What is shown, where something is: not of masks, which are the server's to write, nor of each record's number."""
    own = plan.masked | numbered(plan.template)
    seen = {name: told for name, told in shown.items() if told is not None}
    return {name: told[:2] if name in own else told for name, told in seen.items()}


def page_names(page: Shown) -> set[str]:
    return {name for name, told in page.items() if told is not None and "." not in name and name != STATE}


def written(plan: Plan, page: Shown, record: Record) -> None:
    """What the page has worked out is what was stored."""
    reader = Reader("zh", person=lambda user: STAFF[user][0], department=lambda id: DEPARTMENTS[id])
    for field in plan.outputs:
        if page.get(field.id) and field.id not in plan.masked and not field.tabular:
            assert page[field.id][2] == str(show(field, record.data.get(field.id), reader)), field.id


def same_data(of: Template, made: Made, case: Any, visible: set[str]) -> None:
    """All three records, and the case's, hold the same; what one did not show, whoever has no scripts did not type."""
    data = [unstamped(of, each, set(of.fields)) for each in (made.page.data, made.api.data, case)]
    assert data[0] == data[1] == data[2]
    assert unstamped(of, made.without.data, visible) == {n: v for n, v in data[0].items() if n in visible}


def unstamped(of: Template, data: Any, names: set[str]) -> dict[str, object]:
    """The answers of these names that are there, of logs without who wrote them; no two records have one number."""
    shared = names - numbered(of)
    there = {name: value for name, value in data.items() if name in shared and value is not None}
    logs = {name for name in there if of.fields[name].type == "log"}
    bare = {name: [{k: v for k, v in row.items() if k not in ("at", "by")} for row in there[name]] for name in logs}
    return {**there, **bare}


def numbered(of: Template) -> set[str]:
    """The fields that hold a record's own number, and what is settled by it."""
    found = {field.id for field in of.fields.values() if field.serial}
    for name in of.order:
        tags = of.tags[name].options if name in of.tags else ()
        reads = [field_reads(of.fields[name])] if name in of.fields else [tag.when.reads for tag in tags if tag.when]
        found |= {name} if found & frozenset().union(*reads) else set()
    return found
