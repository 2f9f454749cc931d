"""What a field can be answered with, and what its own words refuse."""

from __future__ import annotations

import pytest

from builder.proofs.widths import width
from tests.builder.inline import codes, compiled

OTHERS = """\
n: {type: integer, label: 数}
start: {type: date, label: 始}
kind: {type: choice, label: 种类, required: true, options: {a: 甲, b: 乙}}
"""


def told(words: str, fields: str = OTHERS) -> list[str]:
    return [code for code, _ in codes(compiled("", fields=fields + f"probe: {{label: 探, {words}}}\n"))]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("type: integer, min: 11, max: 19, step: 10", "step-excludes-everything"),
        ("type: integer, min: 11, max: 20, step: 10", ""),
        ("type: number, min: 0.1, max: 0.2, step: 0.25", "step-excludes-everything"),
        ("type: number, min: 0.1, max: 0.3, step: 0.1", ""),
        ("type: money, min: 1, max: 9.99, step: 10", "step-excludes-everything"),
        ("type: money, min: 1, max: 10, step: 10", ""),
        ("type: text, pattern: '[A-Z]{4}', max: 3", "shape-excludes-everything"),
        ("type: text, pattern: '[A-Z]{2,4}', min: 5", "shape-excludes-everything"),
        ("type: text, pattern: '[A-Z]{2,}', min: 5, max: 9", ""),
        ("type: text, pattern: '(ab|cde)+', max: 1", "shape-excludes-everything"),
        ("type: text, format: uscc, max: 10", "shape-excludes-everything"),
        ("type: email, max: 3", "shape-excludes-everything"),
        ("type: choices, options: {a: 甲, b: 乙}, min: 3", "more-than-options"),
        ("type: choices, options: {a: 甲, b: 乙, c: {label: 丙, retired: true}}, min: 3", "more-than-options"),
        ("type: choices, options: {a: 甲, b: 乙}, min: 2", ""),
        ("type: choice, options: {a: {label: 甲, retired: true}}", "all-options-retired"),
        ("type: integer, min: 5, default: 3", "default-refused"),
        ("type: integer, step: 2, default: 3", "default-refused"),
        ("type: integer, min: 5, default: 5", ""),
        ("type: text, refuse: {values: [无], say: 写明}, default: 无", "default-refused"),
        ("type: text, pattern: '[0-9]+', default: x1", "default-refused"),
        ("type: text, max: 2, default: abc", "default-refused"),
        ("type: text, max: 3, default: abc", ""),
        ("type: date, min: 2026-01-01, default: 2025-12-31", "default-refused"),
        ("type: integer, default: 3, valid: {check: probe > 5, say: 太小}", "default-refused"),
        ("type: integer, default: 3, valid: {check: probe > n or probe == 3, say: 太小}", ""),
        ("type: choices, options: {a: 甲, b: 乙}, max: 1, default: [a, b]", "default-refused"),
        ("type: date, max: =today(), default: =today() + 1d", "default-refused"),
        ("type: date, max: =today(), default: =today()", ""),
        ("type: date, max: =start, default: =start + 1d", ""),  # not proved, and nobody asked
        ("type: integer, max: 8, default: =abs(n) + 9", "default-refused"),
        ("type: integer, max: 9, default: =abs(n) + 9", ""),
        ("type: integer, min: =n, default: =n + 1", ""),
        ("type: integer, valid: {check: probe > 5, say: 小}, default: '=if(n > 3, 1, 2)'", "default-refused"),
        ("type: integer, valid: {check: probe > 1, say: 小}, default: '=if(n > 3, 1, 2)'", ""),
        ("type: text, refuse: {values: [无], say: 写}, default: '=if(n > 3, \"无\", \" 无 \")'", "default-refused"),
        ("type: text, refuse: {values: [无], say: 写}, default: '=if(n > 3, \"无\", \"有\")'", ""),
        ("type: text, refuse: {values: [网络], say: 写明}, example: 网络", "example-refused"),
        ("type: text, refuse: {values: [网络], say: 写明}, example: 抖音", ""),
        ("type: integer, max: 5, valid: {check: probe > 5, say: 小}", "check-never-passes"),
        ("type: integer, min: 5, valid: {check: probe >= 5, say: 小}", "check-never-fails"),
        ("type: integer, valid: [{check: probe > 5, say: 小}, {check: probe < 5, say: 大}]", "no-answer-passes"),
        ("type: integer, valid: [{check: probe > 5, say: 小}, {check: probe < 7, say: 大}]", ""),
        ("type: date, valid: {check: probe <= today(), say: 晚}", ""),
        ("type: text, valid: {check: size(probe) > 2, say: 短}", ""),
    ],
)  # fmt: skip
def test_words_that_leave_no_answer(words: str, code: str) -> None:
    assert told(words) == [code][: bool(code)]


@pytest.mark.parametrize(
    ("check", "told_of"),
    [
        ("probe >= start", "start"),
        ("not given(start) or probe >= start", ""),
        ("not (start > probe)", ""),  # what is absent is not later
        ("days(start, probe) < 30", "start"),
        ("if(given(start), probe > start, true)", ""),
        ('probe >= start or kind == "a"', ""),  # a way stays open
        ("probe <= today()", ""),
        ("n > 3 and probe <= today()", "n"),
    ],
)
def test_a_check_that_fails_while_another_field_is_empty(check: str, told_of: str) -> None:
    found = compiled(
        "", fields=OTHERS + f"probe:\n  type: date\n  label: 探\n  valid:\n    check: '{check}'\n    say: 错\n"
    )
    assert [(d.code, d.args["name"]) for d in found.diagnostics] == [("check-fails-without", told_of)][: bool(told_of)]


def test_a_required_field_is_not_empty() -> None:
    fields = OTHERS.replace("label: 始", "label: 始, required: true")
    assert told("type: date, valid: {check: probe >= start, say: 早}", fields) == []
    fields = OTHERS.replace("label: 始", "label: 始, required: true, visible: kind == 'a'")
    assert told("type: date, valid: {check: probe >= start, say: 早}", fields) == ["check-fails-without"]
    assert told("type: date, visible: kind == 'a', valid: {check: probe >= start, say: 早}", fields) == []


@pytest.mark.parametrize(
    ("pattern", "least", "most"),
    [
        ("", 0, 0),
        ("abc", 3, 3),
        ("a|bcd|", 0, 3),
        ("[0-9]{3,5}x?", 3, 6),
        (r"\d+\.\d{2}", 4, float("inf")),
        ("(?:ab|c)(d[)(]e)*", 1, float("inf")),
        (r"[\]a]{2}", 2, 2),
        ("[^]]", 1, 1),
        ("(a{2}){3}", 6, 6),
        ("(){5}a", 1, 1),
        ("^ab$", 2, 2),
        ("a{2,}", 2, float("inf")),
        (".{0,4}", 0, 4),
        ("a+?b", 2, float("inf")),
    ],
)
def test_how_wide_a_pattern_is(pattern: str, least: int, most: float) -> None:
    assert width(pattern) == (least, most)


OPTIONS = """\
kind: {type: choice, label: 种类, required: true, options: {a: 甲, b: 乙}}
probe:
  type: %s
  label: 探
  options:
    p: {label: 一, visible: kind == "a"}
    q: {label: 二, visible: kind == "a" and kind == "b"}
    r: {label: 三, visible: kind == "a" or kind != "a"}
    s: {label: 四, options: {s1: {label: 一}, s2: {label: 二, visible: kind == "c"}}}
"""


def test_options_that_never_show_or_always_do() -> None:
    found = compiled(
        "", fields=OPTIONS.replace('visible: kind == "c"', "visible: given(kind) and not given(kind)") % "choice"
    )
    assert codes(found) == [("option-never-shows", 8), ("option-always-shows", 9), ("option-never-shows", 10)]


def test_options_of_a_vocabulary_are_asked_where_they_stand() -> None:
    found = compiled("""\
        vocabularies:
          ways:
            a: {label: 甲}
            b: {label: 乙, visible: n > 5 and n < 5}
        fields:
          n: {type: integer, label: 数}
          one: {type: choice, label: 一, vocabulary: ways}
          two: {type: choices, label: 二, vocabulary: ways}
        """)
    assert codes(found) == [("option-never-shows", 4)]


@pytest.mark.parametrize(
    ("options", "alike"),
    [
        ("{a: 甲, b: 乙}", False),
        ("{a: 甲, b: 甲}", True),
        ("{a: {label: 甲, synonyms: [其他]}, b: 其他}", True),
        ("{a: {label: {zh: 甲, en: Other}}, b: {label: {zh: 乙, en: other}}}", True),
        ("{a: 甲, b: {label: 甲, retired: true}}", False),
        ("{a: {label: 甲, options: {x: 城区}}, b: {label: 乙, options: {y: 城区}}}", False),  # each under its own
        ("{a: {label: 甲, options: {x: 城区, y: 城区}}}", True),
    ],
)  # fmt: skip
def test_options_that_nobody_can_tell_apart(options: str, alike: bool) -> None:
    assert told(f"type: choice, options: {options}") == ["options-alike"][: int(alike)]


def test_what_an_entry_sets_its_field_must_take() -> None:
    found = compiled("""\
        fields:
          name: {type: text, label: 名}
          place: {type: text, label: 地, refuse: {values: [网络], say: 写明}}
          n: {type: integer, label: 数, min: 10}
        entries:
          one: {title: 一, fields: [name], set: {place: 网络, n: 10}}
          two: {title: 二, fields: [name], set: {place: 上海, n: 1}}
        """)
    assert codes(found) == [("set-refused", 6), ("set-refused", 7)]
