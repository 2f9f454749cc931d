"""The starter's ways in (C4): website, fair, staff, program and paper; each record knows which it was (A10)."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from renderer.house import House
from renderer.pages.assets import known
from renderer.visitors.tokens import link_token
from tests.renderer.conftest import PASSWORD, Guest, make_app
from tests.renderer.visitors.conftest import Clock, Visitor, records

STARTER = Path(__file__).resolve().parents[3] / "schemas" / "starter"
BUDGET = 30 * 1024  # bytes, compressed: page, style sheet and scripts together


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(clock: Clock) -> Iterator[Flask]:
    made = make_app(STARTER, clock=clock)
    house: House = made.extensions["formwright"]
    house.people.change("emil", clock(), roles=frozenset({"sales"}), department="sales-east")
    yield made
    house.store.close()


@pytest.fixture
def house(app: Flask) -> House:
    found: House = app.extensions["formwright"]
    return found


def come(app: Flask, clock: Clock, entry: str, **values: str) -> Visitor:
    """A visitor by a new link of the eastern sales."""
    house: House = app.extensions["formwright"]
    template = house.catalogue.current("customer-source", "sales-east")
    link = house.doors.make(template, entry, values, department="sales-east", owner="emil", by="emil")
    return Visitor(app.test_client(), f"/p/{link_token(house.settings.secret_key, link)}", clock)


ANSWERS = {"contact_name": "李明", "customer_name": "恒远精密", "phone": "13812345678", "product": "数控机床"}


def test_by_the_website_with_what_its_address_says(app: Flask, house: House, clock: Clock) -> None:
    visitor = come(app, clock, "website")
    visitor.open("?utm_source=LinkedIn&utm_medium=定向广告&gclid=abc", headers={"Referer": "https://news.example/"})
    assert "李明，谢谢您的咨询" in visitor.send(**ANSWERS).text
    (record,) = records(house)
    assert (record["entry"], record["owner"], record["department"]) == ("website", "emil", "sales-east")
    assert record["data"]["source_text"] == "LinkedIn-定向广告"
    assert (record["data"]["click_id"], record["data"]["came_from"]) == ("abc", "https://news.example/")


def test_at_a_fair_by_a_qr_code(app: Flask, house: House, clock: Clock) -> None:
    visitor = come(app, clock, "fair", event="2025年进博会", place="上海")
    visitor.open()
    for name, answer in ANSWERS.items():
        visitor.send(**{name: answer})
    assert "感谢来访" in visitor.send().text
    (record,) = records(house)
    assert (record["entry"], record["data"]["source_text"]) == ("fair", "2025年进博会-上海")


def test_by_staff_by_a_program_and_from_paper(app: Flask, house: House, clock: Clock) -> None:
    emil = Guest(app.test_client())
    emil.post("/login", {"user": "emil", "password": PASSWORD})
    origin = {"source": "partner", "partner_name": "华东代理商", "partner_person": "王磊"}
    assert emil.post("/f/customer-source", {**ANSWERS, **origin}).status_code == 303
    assert emil.post("/f/customer-source/visit", ANSWERS).status_code == 303
    paper = emil.get("/blank/customer-source/fair").text
    assert "联系人" in paper and "活动名称" in paper
    entered = emil.post("/f/customer-source/fair", {**ANSWERS, "event": "2025年进博会", "place": "上海"})
    assert entered.status_code == 303
    token = {"Authorization": f"Bearer {house.people.create_token('emil', clock())}"}
    body = {"data": {**ANSWERS, **origin, "source": "经销商推荐"}}  # A5: another name for it
    made = app.test_client().post("/api/v1/customer-source/records", json=body, headers=token)
    assert (made.status_code, made.json["entry"], made.json["data"]["source"]) == (201, "api", "partner")
    assert sorted(record["entry"] for record in records(house)) == ["api", "fair", "staff", "visit"]
    shown = emil.get(entered.headers["Location"]).text
    assert re.search(r"<dt>入口</dt><dd>展会登记</dd>", shown)


@pytest.mark.parametrize(("entry", "values"), [("website", {}), ("fair", {"event": "2025年进博会", "place": "上海"})])
def test_a_public_page_is_light_and_asks_no_other_host(
    app: Flask, clock: Clock, entry: str, values: dict[str, str]
) -> None:
    visitor = come(app, clock, entry, **values)
    page = visitor.open().text
    addresses = re.findall(r'(?:src|href|action|srcset|poster)="([^"]*)"', page)
    assert [address for address in addresses if not re.match(r"[/#?](?!/)", address)] == []
    pieces = [page.encode()]
    for address in {a for a in addresses if a.startswith(("/static/", "/p/")) and "#" not in a}:
        pieces.append(visitor.client.get(address).data)
    pieces += [known(name) or b"" for name in imported(pieces)]
    assert sum(len(gzip.compress(piece)) for piece in pieces) <= BUDGET


def imported(pieces: list[bytes]) -> set[str]:
    """The scripts that scripts load."""
    return {name for piece in pieces for name in re.findall(r'from "\./([\w.]+)"', piece.decode("utf-8", "replace"))}
