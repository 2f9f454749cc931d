"""Choices with many options: a list that scrolls, or, where there are too many to show, names as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from renderer.drawing.choosing import HANDFUL, LISTED
from tests.renderer.conftest import PASSWORD, Guest, make_app
from tests.renderer.test_pages import field, stored, words

COMPANY = """
company: 试验公司
languages: [zh, en]
roles: {clerk: 文员, boss: 主管}
departments: {east: 东, west: 西}
"""
FORM = """
template: visit
version: 1.0.0
title: 测试
fields:
  few: {{type: choices, label: 少, options: {{{few}}}}}
  more: {{type: choices, label: 多, max: 2, options: {{{more}}}}}
  many: {{type: choices, label: 很多, min: 2, options: {{{many}}}}}
access: {{record: {{create: [staff], read: [staff], write: [staff]}}}}
"""


def options(count: int) -> str:
    return ", ".join(f"o{n}: 选项{n}" for n in range(count))


@pytest.fixture(scope="module")
def me(tmp_path_factory: pytest.TempPathFactory) -> Guest:
    folder: Path = tmp_path_factory.mktemp("many")
    (folder / "templates").mkdir()
    (folder / "formwright.yaml").write_text(
        "company: 试验公司\nlanguages: [zh, en]\nroles: {clerk: 文员, boss: 主管}\ndepartments: {east: 东, west: 西}\n",
        "utf-8",
    )
    text = FORM.format(few=options(HANDFUL), more=options(HANDFUL + 1), many=options(LISTED + 1))
    (folder / "templates" / "visit.yaml").write_text(text, "utf-8")
    app: Flask = make_app(folder)
    guest = Guest(app.test_client())
    assert guest.post("/login", {"user": "emil", "password": PASSWORD}).status_code == 303
    return guest


def test_a_handful_stands_side_by_side_more_in_a_list_and_very_many_are_typed(me: Guest) -> None:
    page = me.get("/f/visit").text
    assert "picklist" not in field(page, "few") and "picklist" in field(page, "more")
    assert field(page, "more").count('type="checkbox"') == HANDFUL + 1
    assert "checkbox" not in field(page, "many") and "<textarea" in field(page, "many")


def test_names_are_read_kept_and_come_back_as_they_are_called(me: Guest) -> None:
    place = stored(me.post("/f/visit", {"more": ["o1", "o12"], "many": "选项300、选项7，o8"}))
    assert "选项7、选项8、选项300" in words(me.get(place).text)
    page = me.get(f"{place}/edit").text
    assert ">\r\n选项7、选项8、选项300</textarea>" in field(page, "many")
    assert field(page, "more").count(" checked") == 2
    same = me.post(f"{place}/edit", {"more": ["o1", "o12"], "many": "选项7、选项8、选项300"})
    assert same.status_code == 303


def test_what_is_no_name_and_too_many_or_few_is_told(me: Guest) -> None:
    answer = me.post("/f/visit", {"more": ["o1", "o2", "o3"], "many": "选项1、没有这个"})
    assert answer.status_code == 422
    assert "没有这个" in words(field(answer.text, "many")) and ">\r\n选项1、没有这个</textarea>" in answer.text
    assert "最多 2 项" in words(field(answer.text, "more"))
    few = me.post("/f/visit", {"many": "选项1"})
    assert "至少要 2 项" in words(field(few.text, "many"))
