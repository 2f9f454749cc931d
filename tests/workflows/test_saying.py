"""`{field}` in `say`: the value as `join` writes it, absent nothing, and of nobody who does not see it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.model import Template
from tests.workflows.world import compiled, situation, template
from workflows.evaluate import evaluate
from workflows.guard.access import Level, Rights
from workflows.guard.masks import guarded_faults
from workflows.words import tell

SAYING = template("""
fields:
  least: {type: integer, label: 最少}
  price: {type: money, label: 价}
  rate: {type: number, label: 率}
  day: {type: date, label: 日}
  kind: {type: choice, label: 类, options: {a: {label: {zh: 甲, en: First}}, b: 乙}}
  who: {type: person, label: 人}
  first: {type: text, label: 名}
  last: {type: text, label: 姓}
  word:
    type: text
    label: 字
    valid: {check: size(word) >= least, say: {zh: '至少 {least} 字', en: 'at least {least} signs, not {word}'}}
    refuse: {values: [xx], say: '{price}|{rate}|{day}|{kind}|{who}|{first} {last}'}
  lines:
    type: rows
    label: 行
    fields: {n: {type: integer, label: N, valid: {check: n >= least, say: '{n} 少于 {least}'}}}
  secret: {type: text, label: 密, valid: {check: size(secret) > 9, say: '{secret} 太短'}}
""")
XX = {"word": "xx", "price": "1234.5", "rate": "1234567.25", "day": "2026/3/4", "kind": "a", "who": "li"}


def said(sent: dict[str, object], language: str = "zh", of: Template = SAYING) -> dict[str, str]:
    moment = replace(situation(), person={"li": "李婷"}.get)  # type: ignore[arg-type]
    faults = evaluate(of, sent, moment).faults
    return {name: " ".join(tell(fault, language) for fault in found) for name, found in faults.items()}


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({**XX, "first": "甲", "last": "乙"}, "1234.50|1234567.25|2026-03-04|甲|李婷|甲 乙"),
        ({**XX, "first": "甲"}, "1234.50|1234567.25|2026-03-04|甲|李婷|甲"),
        ({"word": "xx", "price": "12"}, "12|||||"),
    ],
)
def test_values_are_written_as_join_writes_them(sent: dict[str, object], told: str) -> None:
    """language.md: the label in the first language, a person by name, YYYY-MM-DD, ungrouped; absent is nothing."""
    assert said({**sent, "least": "1"}, "en")["word"] == told


def test_each_language_has_its_own_words_and_each_row_its_own_values() -> None:
    sent: dict[str, object] = {"word": "ab", "least": "3", "lines": [{"n": "1"}, {"n": "3"}, {"n": "2"}]}
    assert said(sent) == {"word": "至少 3 字", "lines.0.n": "1 少于 3", "lines.2.n": "2 少于 3"}
    assert said(sent, "en")["word"] == "at least 3 signs, not ab"


@pytest.mark.parametrize("level", ["hidden", "masked"])
def test_who_does_not_see_a_value_is_not_told_it(level: Level) -> None:
    sent = {"word": "ab", "least": "3", "lines": [{"n": "1"}], "secret": "s3cret"}
    faults = evaluate(SAYING, sent, situation()).faults

    def heard(*unseen: str) -> dict[str, list[str]]:
        fields: dict[str, Level] = {name: level if name in unseen else "write" for name in SAYING.fields}
        rights = Rights(create=True, read=True, write=True, export=False, tag=False, fields=fields)  # type: ignore[arg-type]
        return {name: [tell(f, "zh") for f in found] for name, found in guarded_faults(rights, faults).items()}

    whole = {"word": ["至少 3 字"], "lines.0.n": ["1 少于 3"], "secret": ["s3cret 太短"]}
    assert heard() == whole
    assert heard("least") == {**whole, "word": ["至少  字"], "lines.0.n": ["1 少于 "]}
    assert heard("lines", "secret") == {**whole, "lines.0.n": [" 少于 3"], "secret": [" 太短"]}


BASE = """
fields:
  least: {type: integer, label: 最少}
  word: {type: text, label: 字, valid: {check: size(word) > 3, say: 太短}}
"""
LAYER = """
overlay: marketing
extends: t@1.0.0
change: {fields: {word: {valid: {say: '少于 {own} 或 {least}'}}}}
add: {fields: {own: {type: integer, label: 己}}}
"""


def test_a_layers_words_name_its_own_fields_as_it_wrote_them() -> None:
    of = compiled(BASE, LAYER).template
    assert of is not None
    assert said({"word": "ab", "least": "3", "marketing__own": "7"}, of=of)["word"] == "少于 7 或 3"
