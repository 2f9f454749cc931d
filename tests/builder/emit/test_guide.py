"""The fill-in guide: what staff read about each field, each step and who sees what, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

import schemas
from builder.emit.guide import guide
from builder.emit.guide_rights import level, seats
from builder.emit.schema import _KINDS, NAMED
from builder.model import Company, Template
from tests.builder.inline import compiled
from workflows.guard.access import rights
from workflows.record import Actor, Record

FIELDS = """\
kind:
  type: choice
  label: {zh: 类别, en: Kind}
  help: {zh: 先选, en: Choose first}
  example: {zh: 小修, en: Minor}
  required: true
  options:
    minor: {label: {zh: 小修, en: Minor}, help: {zh: 一天内, en: Within a day}, synonyms: [小活]}
    major: {label: {zh: 大修, en: Major}}
    former: {label: {zh: 旧类, en: Former}, retired: true}
price:
  type: money
  label: {zh: 价格, en: Price}
  required: kind == "major"
  min: 0.5
  max: 1000
name:
  type: text
  label: {zh: 名称 *A|B*, en: Name *A|B*}
  visible: kind in ["minor", "major"] and not given(price)
  max: 40
  refuse: {values: [东西], say: {zh: 请写全称, en: Write it in full}}
odd:
  type: integer
  label: {zh: 零头, en: Rest}
  visible: price % 2 == 1
late:
  type: date
  label: {zh: 日期, en: Day}
  visible: price >= 100 or kind != "minor" and given(name)
parts:
  type: rows
  label: {zh: 配件, en: Parts}
  fields:
    what: {type: text, label: {zh: 品名, en: Item}, required: true}
    each: {type: money, label: {zh: 单价, en: Each}, visible: what != "x"}
total: {type: money, label: {zh: 合计, en: Total}, compute: sum(parts.each)}
"""
BODY = """\
workflow:
  states:
    new: {label: {zh: 新建, en: New}, initial: true}
    shut: {label: {zh: 已关, en: Closed}, final: true, edit: [name]}
  transitions:
    close:
      label: {zh: 关闭, en: Close}
      from: new
      to: shut
      by: [sales, owner, service@east]
      when: kind == "major"
      requires: [kind]
      comment: required
access:
  record: {create: [sales], read: [staff], write: [sales, service]}
  price: {read: [sales, owner], masked: [service], write: [owner]}
"""
AT = "2026-01-05T01:30:00.000000Z"
RECORD = Record(
    id="r", template="sheet", version="v", department="east", state="new", rev=1, owner="b", creator="b",
    created=AT, updated=AT, entered=AT, data={},
)  # fmt: skip


@cache
def workshop() -> tuple[Template, Company]:
    """A template with conditions, rows, a workflow and a field that not everybody sees."""
    result = compiled(BODY, fields=FIELDS)
    assert result.template is not None and result.company is not None, result.diagnostics
    return result.template, result.company


@cache
def lines(language: str) -> list[str]:
    """Its guide."""
    return guide(*workshop(), language).splitlines()


def about(heading: str, language: str) -> list[str]:
    """The lines under a heading."""
    text = "\n".join(lines(language))
    part = text.split(f"{heading}\n", 1)[1]
    return [line for line in re.split(r"\n#+ ", part)[0].splitlines() if line]


def test_a_field_tells_what_to_write_and_which_options_there_are() -> None:
    assert about("### Kind", "en") == [
        "Choose first",
        "- Write: one of the options",
        "- Options:",
        "  - **Minor**: Within a day; also written 小活",
        "  - **Major**",
        "- Example: Minor",
        "- Required",
    ]
    assert about("### 类别", "zh")[1:3] == ["- 写什么：选一项", "- 选项："]


def test_bounds_and_conditions_are_in_words() -> None:
    assert about("### Price", "en") == [
        "- Write: an amount, at least 0.5 CNY, at most 1000 CNY",
        "- Required when “Kind” is Major",
    ]
    assert about("### 价格", "zh")[1] == "- 必填，当 「类别」为 大修 时"
    name = about(r"### Name \*A\|B\*", "en")
    assert name == [
        "- Write: a line of text, at most 40 characters",
        "- Optional",
        "- Shown only when “Kind” is Minor or Major and “Price” is not filled in",
        "- No answers: 东西. Write it in full",
    ]


def test_signs_become_words_and_brackets_say_what_belongs_together() -> None:
    english = r"- Shown only when “Price” is at least 100 or (“Kind” is not Minor and “Name \*A\|B\*” is filled in)"
    chinese = r"- 只在 「价格」不小于 100，或（「类别」不为 小修，且「名称 \*A\|B\*」已填） 时出现"
    assert english in about("### Day", "en")
    assert chinese in about("### 日期", "zh")


def test_a_condition_that_has_no_words_is_shown_as_written() -> None:
    assert "- Shown only when `price % 2 == 1`" in about("### Rest", "en")


def test_columns_stand_under_their_rows_and_computed_fields_are_not_asked() -> None:
    assert "- Shown only when “Item” is not x" in about("#### Parts: Each", "en")
    assert "- Computed, not filled in" in about("### Total", "en")


def test_each_state_names_its_steps_with_who_and_what_they_need() -> None:
    assert about("### New", "en") == [
        "A new record may begin here. Everything may be changed.",
        "| Step | Then | Who | When | Needs | Comment |",
        "| --- | --- | --- | --- | --- | --- |",
        "| Close | Closed | 销售, the owner, 客服 (华东) | “Kind” is Major | Kind | required |",
    ]
    assert about("### 已关", "zh") == [r"到这里结束。 还可以修改：名称 \*A\|B\*。"]


def test_the_table_of_roles_and_fields() -> None:
    table = [line for line in about("## Who sees and changes what", "en") if line.startswith("|")]
    assert table[0] == "| Field | 销售 | 客服 | 评审组 | the owner |"
    rows = {cells[1]: cells[2:-1] for line in table[2:] if (cells := re.split(r" ?(?<!\\)\| ?", line))}
    assert rows["Kind"] == ["as the record"] * 4
    assert rows["Price"] == ["read", "masked", "—", "change"]
    assert rows["Total"] == ["read"] * 4
    assert "- Make: 销售" in about("## Who sees and changes what", "en")
    assert "- Read: all staff" in about("## Who sees and changes what", "en")


def test_the_table_says_what_the_server_does() -> None:
    template, company = workshop()
    seen = set()
    for who in seats(template.access, company):
        owner, roles = ("a", frozenset[str]()) if who.name == "owner" else ("b", frozenset({who.name}))
        actor = Actor(id="a", roles=roles, department="east")
        may = rights(template, company, actor, replace(RECORD, owner=owner))
        follows = "write" if roles & {"sales", "service"} else "read"
        for field in template.fields.values():
            told = level(template.access, field, who)
            seen.add(told)
            assert may.fields[field.id] == {"record": follows}.get(told, told), (who, field.id)
    assert seen == {"hidden", "masked", "read", "record", "write"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_is_missing(language: str) -> None:
    text = "\n".join(lines(language))
    assert "…" not in text and "guide-" not in text
    if language == "zh":
        assert not re.search(r"\b(Write|Required|Shown|Optional|Who)\b", text)


def test_every_type_format_and_word_for_people_has_its_phrase() -> None:
    known = schemas.messages()
    words = ("creator", "owner", "superior", "department", "staff", "public", "me")
    codes = [*(f"type-{kind}" for kind in _KINDS), *(f"format-{name}" for name in NAMED), *(f"who-{w}" for w in words)]
    assert [code for code in codes if f"guide-{code}" not in known] == []
