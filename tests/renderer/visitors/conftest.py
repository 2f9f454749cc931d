"""A company with doors, and visitors at them: no session, no script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from renderer.house import House
from renderer.visitors.tokens import link_token
from tests.renderer.conftest import make_app
from workflows.find.query import Query
from workflows.links import Link

WORKSPACE = Path(__file__).parent / "workspace"
START = "2026-01-05T01:30:00.000000Z"  # 09:30 in Shanghai


@dataclass
class Clock:
    """A clock that stands still until it is moved on."""

    now: str = START

    def __call__(self) -> str:
        return self.now


@dataclass
class Visitor:
    """Somebody with a link: reads a page, answers what it asks, sends it with whatever it carries."""

    client: FlaskClient
    path: str
    clock: Clock
    page: TestResponse | None = None
    sent: list[Mapping[str, Any]] = field(default_factory=list)

    def open(self, query: str = "", **more: Any) -> TestResponse:
        """Come by the link, and follow where it leads."""
        self.page = self.client.get(self.path + query, follow_redirects=True, **more)
        self.later(30)
        return self.page

    def later(self, seconds: int) -> None:
        """Let time pass."""
        moment = datetime.fromisoformat(self.clock.now) + timedelta(seconds=seconds)
        self.clock.now = moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def send(self, **answers: Any) -> TestResponse:
        """Send the page's own button, or another (`form_back="1"`), with answers and whatever the page holds."""
        assert self.page is not None
        named = {name.replace("form_", "form-"): value for name, value in answers.items()}
        data = {**held(self.page.text), **named}
        self.sent.append(data)
        self.page = self.client.post(self.path, data=data)
        return self.page

    @property
    def text(self) -> str:
        assert self.page is not None
        return self.page.text


def held(page: str) -> dict[str, Any]:
    """What a browser would send back of a page that nobody has touched."""
    form = re.search(r"<form\b.*?</form>", page, re.S)
    assert form, page
    found: dict[str, Any] = {}
    for attributes in re.findall(r"<input ([^>]*)>", form[0]):
        name, kind = (re.search(rf'{a}="([^"]*)"', attributes) for a in ("name", "type"))
        value = re.search(r'value="([^"]*)"', attributes)
        if name and (not kind or kind[1] not in ("checkbox", "radio") or " checked" in attributes):
            found[name[1]] = unescape(value[1]) if value else ""
    for name, body in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form[0], re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = unescape(chosen[1]) if chosen else ""
    return found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(clock: Clock) -> Iterator[Flask]:
    made = make_app(WORKSPACE, clock=clock)
    yield made
    made.extensions["formwright"].store.close()


@pytest.fixture
def house(app: Flask) -> House:
    found: House = app.extensions["formwright"]
    return found


@pytest.fixture
def make_link(house: House) -> Callable[..., Link]:
    """A link that emil of the east has made."""

    def make(entry: str, department: str = "east", owner: str = "emil", **values: object) -> Link:
        template = house.catalogue.current("guest", department)
        return house.doors.make(template, entry, values, department=department, owner=owner, by="emil")

    return make


Doors = Callable[..., Visitor]


@pytest.fixture
def visitor(app: Flask, house: House, clock: Clock, make_link: Callable[..., Link]) -> Doors:
    """A visitor at an entry, by a new link."""

    def come(entry: str, **values: object) -> Visitor:
        token = link_token(house.settings.secret_key, make_link(entry, **values))
        return Visitor(app.test_client(), f"/p/{token}", clock)

    return come


def records(house: House) -> list[Mapping[str, Any]]:
    """What is stored."""
    return list(house.store.find(Query(collection="records")).rows)
