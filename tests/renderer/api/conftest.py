"""A workshop's repair orders behind the API: two branches, four people, personal data, rows and money."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from builder.compile import compile_template
from builder.workspace import Workspace
from renderer.app import create_app
from renderer.settings import Settings
from workflows.catalogue import publish
from workflows.passwords import Hasher
from workflows.people import People

WORKSPACE = """\
formwright: 1
company: {zh: 修理厂, en: Workshop}
languages: [zh, en]
currency: CNY
timezone: Asia/Shanghai
roles: {clerk: 文员, fitter: 技工, boss: 厂长}
departments: {north: 北店, south: 南店}
store: "tinydb:data"
"""

REPAIR = """\
template: repair
version: 1.0.0
title: {zh: 维修单, en: Repair order}
privacy: {purpose: 联系车主, retain: 1y}
fields:
  bike:
    type: text
    label: {zh: 车型, en: Bike}
    required: true
    refuse: {values: [车], say: {zh: 请写明品牌和型号, en: Name brand and model}}
  rider: {type: text, label: {zh: 车主, en: Rider}, required: true, personal: true}
  phone: {type: phone, label: {zh: 电话, en: Phone}, required: true, personal: true, mask: middle}
  kind:
    type: choice
    label: {zh: 类别, en: Kind}
    required: true
    default: minor
    options: {minor: {label: {zh: 小修, en: Minor}}, major: {label: {zh: 大修, en: Major}}}
  parts:
    type: rows
    label: {zh: 配件, en: Parts}
    fields:
      name: {type: text, label: {zh: 名称, en: Name}, required: true}
      price: {type: money, label: {zh: 单价, en: Price}, min: 0, required: true}
  total: {type: money, label: {zh: 合计, en: Total}, compute: sum(parts.price)}
  cause: {type: text, label: {zh: 原因, en: Cause}}
  calls:
    type: log
    label: {zh: 电话, en: Calls}
    fields: {text: {type: text, label: {zh: 内容, en: Text}, required: true}}
  photo: {type: file, label: {zh: 照片, en: Photo}, kinds: [image], max: 2, personal: true}
tags:
  size: {label: {zh: 规模, en: Size}, options: {big: {label: {zh: 大单, en: Big}, when: total >= 1000}}}
workflow:
  states:
    taken: {label: {zh: 已接, en: Taken}, initial: true}
    booked: {label: {zh: 预约, en: Booked}, initial: true}
    fixed: {label: {zh: 修好, en: Fixed}}
    paid: {label: {zh: 已付, en: Paid}, final: true}
  transitions:
    fix: {label: {zh: 修好, en: Fix}, from: [taken, booked], to: fixed, by: [fitter], requires: [cause]}
    pay: {label: {zh: 付款, en: Pay}, from: fixed, to: paid, by: [clerk], comment: required}
access:
  record: {create: [clerk], read: [department, boss], write: [department]}
  phone: {read: [clerk], masked: [staff]}
  photo: {read: [clerk], masked: [staff]}
"""

# user → roles, department
STAFF: Mapping[str, tuple[list[str], str]] = {
    "chen": (["clerk"], "north"),
    "fan": (["fitter"], "north"),
    "song": (["clerk"], "south"),
    "bao": (["boss"], ""),
}
CHEAP = Hasher(rounds=1, memory=64)
GOOD = {"bike": "凤凰 26 寸", "rider": "李雷", "phone": "13812345678", "parts": [{"name": "链条", "price": 45.5}]}


@dataclass
class Clock:
    """Stands still until a test moves it on."""

    second: int = 0

    def __call__(self) -> str:
        return f"2026-03-02T{8 + self.second // 3600:02}:{self.second // 60 % 60:02}:{self.second % 60:02}.000000Z"


@dataclass
class Chance:
    """Bytes that differ each time and are the same in each run."""

    drawn: int = field(default=0)

    def __call__(self, count: int) -> bytes:
        self.drawn += 1
        return self.drawn.to_bytes(count)


@dataclass
class Caller:
    """Somebody's program."""

    client: FlaskClient
    token: str

    def __call__(self, method: str, path: str, body: object = None, **headers: str) -> TestResponse:
        """One request; a body is sent as JSON, bytes and text as they are."""
        data = body if body is None or isinstance(body, str | bytes) else json.dumps(body, ensure_ascii=False)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {"Authorization": f"Bearer {self.token}", "Accept-Language": "en", **named}
        media = {} if body is None else {"content_type": "application/json"}
        return self.client.open(f"/api/v1/{path}", method=method, data=data, headers=given, **media)

    def create(self, **changes: Any) -> Mapping[str, Any]:
        """A new record."""
        response = self("POST", "repair/records", {"data": {**GOOD, **changes}})
        assert response.status_code == 201, response.json
        created: Mapping[str, Any] = response.json
        return created


Callers = Callable[[str], Caller]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "formwright.yaml").write_text(WORKSPACE, "utf-8")
    (tmp_path / "templates" / "repair.yaml").write_text(REPAIR, "utf-8")
    return tmp_path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(workspace: Path, clock: Clock) -> Settings:
    return Settings(
        workspace=workspace, secret_key="k" * 40, clock=clock, chance=Chance(), store="memory:", testing=True
    )


@pytest.fixture
def callers(settings: Settings) -> Iterator[Callers]:
    """Programs of the workshop's people, by login name."""
    app = create_app(settings)
    house = app.extensions["formwright"]
    place = Workspace(settings.workspace)
    compiled = compile_template(place, place.resolve("repair"))
    assert not compiled.diagnostics, compiled.diagnostics
    publish(house.store, compiled, settings.clock(), "test")
    people = People(house.store, settings.chance, CHEAP)
    for name, (roles, department) in STAFF.items():
        people.add(name, "a long sentence", settings.clock(), roles=roles, department=department)

    def caller(name: str) -> Caller:
        return Caller(app.test_client(), people.create_token(name, settings.clock()))

    yield caller
    house.store.close()
