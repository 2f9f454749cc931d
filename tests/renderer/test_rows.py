"""Rows of a table without scripts: none is lost on the way, whatever a browser leaves out of what it sends."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.renderer.conftest import Guests, app_of, hidden

FILES = {
    "templates/tour.yaml": """\
template: tour
version: 1.0.0
title: 巡检
fields:
  name: {type: text, label: 名称}
  checks:
    type: rows
    label: 检查
    fields:
      done: {type: boolean, label: 已检}
      level: {type: choice, label: 等级, options: {a: 甲, b: 乙}}
access: {record: {create: [clerk], read: [staff], write: [staff]}}
""",
    "templates/trip.yaml": """\
template: trip
version: 1.0.0
title: 行程
fields:
  legs:
    type: rows
    label: 段
    fields:
      km: {type: integer, label: 公里}
      both: {type: integer, label: 往返, compute: km * 2}
access: {record: {create: [clerk], read: [staff], write: [staff]}}
""",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from app_of(FILES, tmp_path_factory.mktemp("rows"))


def test_a_row_in_which_nothing_is_ticked_yet_is_still_there_after_the_next_one(guest: Guests) -> None:
    me = guest("emil")
    page = me.get("/f/tour").text
    for number in range(3):
        assert f'name="checks.{number}.done"' not in page
        page = me.client.post("/f/tour", data={**sent(page), "form-add": "checks"}).text
        assert f'name="checks.{number}.done"' in page
    stored = me.client.post("/f/tour", data={**sent(page), "checks.1.done": "yes"})
    assert stored.status_code == 303
    assert me.get(stored.headers["Location"]).text.count("已检") > 0


def sent(page: str) -> dict[str, str]:
    """What a browser sends of a form in which nothing was chosen; what a script may copy is no part of it."""
    return hidden(re.sub(r"<template.*?</template>", "", page, flags=re.S))


def test_what_is_worked_out_stands_in_its_own_row_below_one_in_which_nothing_was_said(guest: Guests) -> None:
    me = guest("emil")
    page = me.post("/f/trip", {"legs.0.km": "", "legs.1.km": "3", "form-update": "yes"}).text
    assert re.findall(r'<output[^>]* id="(legs\.\d\.\w+)"[^>]*>([^<]+)<', page) == [("legs.1.both", "6")]
