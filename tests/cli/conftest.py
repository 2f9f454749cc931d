"""A shell over a small workspace: two templates, one of them customised by a department."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cli

HEAD = """\
formwright: 1
company: {zh: 修理厂, en: Workshop}
languages: [zh, en]
currency: CNY
timezone: Asia/Shanghai
roles: {clerk: 文员, boss: 厂长}
departments: {north: 北店, south: 南店}
store: "tinydb:data"
"""

REPAIR = """\
template: repair
version: 1.0.0
title: {zh: 维修单, en: Repair order}
fields:
  bike: {type: text, label: {zh: 车型, en: Bike}, required: true}
  price:
    type: money
    label: {zh: 价格, en: Price}
    min: 0
  cause:
    type: text
    label: {zh: 原因, en: Cause}
    visible: price > 100
    required: true
  kind: {type: choice, label: {zh: 类别, en: Kind}, options: {minor: 小修, major: 大修}}
workflow:
  states: {taken: {label: 已接, initial: true}, fixed: {label: 修好, final: true}}
  transitions: {fix: {label: 修好, from: taken, to: fixed, by: [clerk]}}
cases:
  cheap:
    given: {bike: 凤凰, price: 20}
    steps: [{as: clerk, do: fix}]
    expect: {state: fixed, errors: {}}
  dear:
    given: {bike: 凤凰, price: 200}
    expect: {errors: {cause: required}}
"""

RENTAL = """\
template: rental
version: 0.1.0
title: 租车
fields:
  days: {type: integer, label: 天数, min: 1, required: true}
"""

NORTH = """\
overlay: north
extends: repair@1.0.0
change:
  fields:
    bike:
      label: {zh: 车辆, en: Vehicle}
add:
  fields:
    dock: {type: integer, label: 工位, after: bike}
"""


@dataclass(frozen=True)
class Ran:
    """What a verb left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output, read."""
        return json.loads(self.out)

    @property
    def last(self) -> str:
        """The last line of the output."""
        return self.out.rstrip("\n").rpartition("\n")[2]


Shell = Callable[..., Ran]


def run(*words: str, input: str | None = None, **environ: str) -> Ran:
    """One run of the shell, in no particular locale; an exception that gets out fails the test."""
    unset = (
        "LANG",
        "LC_ALL",
        "LC_MESSAGES",
        "PORT",
        *(f"FORMWRIGHT_{n}" for n in ("WORKSPACE", "STORE", "SECRET_KEY", "BASE_URL")),
    )
    result = CliRunner().invoke(
        cli.main, words, input=input, env={**dict.fromkeys(unset), **environ}, catch_exceptions=False
    )
    return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The workspace's folder."""
    root = tmp_path / "shop"
    files = {
        "formwright.yaml": HEAD,
        "templates/repair.yaml": REPAIR,
        "templates/rental.yaml": RENTAL,
        "departments/north/repair.yaml": NORTH,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


@pytest.fixture
def shell(place: Path) -> Shell:
    """The shell in that workspace, in English."""
    return lambda *words, **more: run("-C", str(place), "--lang", "en", *words, **more)
