"""A trial company behind the pages: every type and condition, two departments, an overlay, four people."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from builder.compile import Compiled, compile_template
from builder.examples import lay_out
from builder.workspace import Workspace
from renderer.app import create_app
from renderer.house import House
from renderer.settings import Settings
from workflows.catalogue import publish
from workflows.passwords import Hasher
from workflows.people import People

HERE = Path(__file__).parent
COMPANY = (HERE / "workspace" / "formwright.yaml").read_text("utf-8")
PASSWORD = "a long sentence"
CHEAP = Hasher(rounds=1, memory=64)
NOW = "2026-01-05T01:30:00.000000Z"  # 09:30 in Shanghai

# user → name, roles, department
STAFF: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "emil": ("艾米", ("clerk",), "east"),
    "etta": ("艾塔", ("clerk",), "east"),
    "wim": ("维姆", ("clerk",), "west"),
    "bo": ("阿宝", ("boss",), "east"),
}

# the least that a visit needs
VISIT = {"title": "年度续约", "kind": "remote", "phone": "138 1234 5678", "state": "open"}


def make_app(folder: Path = HERE / "workspace", **settings: Any) -> Flask:
    """The app over a workspace, published into a store of its own."""
    given = {"workspace": folder, "store": "memory:", "secret_key": "k" * 40, "testing": True}
    app = create_app(Settings(**{**given, "clock": lambda: NOW, "chance": os.urandom, **settings}))
    house: House = app.extensions["formwright"]
    for definition in definitions(folder):
        publish(house.store, definition, NOW, "test")
    people = People(house.store, os.urandom, CHEAP)
    for user, (name, roles, department) in STAFF.items():
        people.add(user, PASSWORD, NOW, name=name, roles=roles, department=department)
    return app


def app_of(files: Mapping[str, str], folder: Path) -> Iterator[Flask]:
    """The app over a workspace of the usual company with these files; closed in the end."""
    lay_out({"formwright.yaml": COMPANY, **files}, folder)
    app = make_app(folder)
    yield app
    app.extensions["formwright"].store.close()


@cache
def definitions(folder: Path) -> tuple[Compiled, ...]:
    """What a workspace holds, compiled without a finding."""
    place = Workspace(folder)
    found = tuple(compile_template(place, ref) for ref in place.refs())
    assert [finding for each in found for finding in each.diagnostics] == []
    return found


@dataclass
class Guest:
    """Somebody with a browser without scripts: reads pages, sends their forms back with the hidden fields in them."""

    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, answers: Mapping[str, Any], page: str = "", **also: Any) -> TestResponse:
        """Open a page (the one posted to, or another), then post answers with the hidden fields it has."""
        return self.client.post(path, data={**hidden(self.get(page or path).text), **answers}, **also)


def hidden(page: str) -> dict[str, str]:
    """Name and value of the hidden fields of the page's last form that has any."""
    forms = re.findall(r"<form\b.*?</form>", page, re.S)
    fields = [re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form) for form in forms]
    return {name: unescape(value) for name, value in next((found for found in reversed(fields) if found), [])}


Guests = Callable[[str], Guest]


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    made = make_app()
    yield made
    made.extensions["formwright"].store.close()


@pytest.fixture
def house(app: Flask) -> House:
    found: House = app.extensions["formwright"]
    return found


@pytest.fixture
def guest(app: Flask) -> Guests:
    """People of the company, signed in, by login name; "" is a stranger."""
    return guests(app)


def guests(app: Flask) -> Guests:
    """The same for any app."""

    def enter(user: str) -> Guest:
        someone = Guest(app.test_client())
        if user:
            answer = someone.post("/login", {"user": user, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        return someone

    return enter
