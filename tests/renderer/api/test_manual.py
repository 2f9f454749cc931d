"""docs/api.md is typed: its first request is sent, its spellings of values are, and a record has the parts it names."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.renderer.api.conftest import WORKSPACE, Caller, Callers

TEMPLATE = """\
template: repair
version: 1.0.0
title: Repair order
fields:
  bike: {type: text, label: Bike, required: true}
  price: {type: money, label: Price}
  day: {type: date, label: Day}
  moment: {type: datetime, label: Moment}
  hour: {type: time, label: Hour}
  phone: {type: phone, label: Phone}
  count: {type: integer, label: Count}
"""
MANUAL = (Path(__file__).resolve().parents[3] / "docs/api.md").read_text("utf-8")
VALUES = MANUAL.partition("\n## Values\n")[2].partition("\n## ")[0]
# The rows of its table that say word for word what comes back, with the field of that type.
EXACT = {"date": "day", "datetime": "moment", "time": "hour"}
NUMBERS = {"1,000": 1000, "5万": 50_000}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The workshop of the manual."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "formwright.yaml").write_text(WORKSPACE, "utf-8")
    (tmp_path / "templates/repair.yaml").write_text(TEMPLATE, "utf-8")
    return tmp_path


@pytest.fixture
def caller(callers: Callers) -> Caller:
    """A clerk's program."""
    return callers("chen")


def row(kind: str) -> tuple[list[str], list[str]]:
    """What is sent and what comes back, in code, of a type's row in the table of values."""
    (line,) = re.findall(rf"^\| {kind} \|(.*)\|$", VALUES, re.MULTILINE)
    sent, back = line.split("|")
    return re.findall(r"`([^`]+)`", sent), re.findall(r"`([^`]+)`", back)


def came_back(caller: Caller, field: str, sent: object) -> object:
    """What a field holds when this was sent."""
    response = caller("POST", "repair/records", {"data": {"bike": "Phoenix", field: sent}})
    assert response.status_code == 201, response.json
    data: Mapping[str, object] = response.json["data"]
    return data[field]


def test_the_first_request_is_sent_as_it_stands(caller: Caller) -> None:
    block = MANUAL.partition("```sh\n")[2].partition("```")[0].replace("\\\n", " ")
    words = shlex.split(block.splitlines()[1])
    headers = dict(words[i + 1].split(": ") for i, word in enumerate(words) if word == "-H")
    assert headers["Authorization"].startswith("Bearer ") and headers["Content-Type"] == "application/json"
    body, path = words[words.index("-d") + 1], urlsplit(words[-1]).path.removeprefix("/api/v1/")
    key = {"Idempotency_Key": headers["Idempotency-Key"]}
    made, again = (caller("POST", path, body, **key) for _ in range(2))
    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json["data"].items() >= json.loads(body)["data"].items() and again.json["id"] == made.json["id"]


@pytest.mark.parametrize("kind", EXACT)
def test_each_spelling_of_a_time_comes_back_as_it_says(caller: Caller, kind: str) -> None:
    sent, (back,) = row(kind)
    assert len(sent) > 1
    assert [came_back(caller, EXACT[kind], each) for each in sent] == [back] * len(sent)


def test_numbers_as_people_write_them_are_numbers(caller: Caller) -> None:
    sent, _ = row("integer, number")
    assert {each: came_back(caller, "count", each) for each in sent} == NUMBERS
    assert [came_back(caller, "price", json.loads(each)) for each in row("money")[0]] == [45.5, 1200]
    assert came_back(caller, "phone", "138 1234 5678") == row("phone")[1][0]


def test_a_record_has_the_parts_it_names(caller: Caller) -> None:
    (first, more) = re.search(r"^A record is `\{(.+?)\}` and, beside these, `(.+?)`", MANUAL, re.MULTILINE).groups()  # type: ignore[union-attr]  # it is there
    made = caller("POST", "repair/records", {"data": {"bike": "Phoenix"}}).json
    assert set(made) == {*first.split(", "), *more.split()}
