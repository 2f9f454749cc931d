"""What nobody uses, sees or writes; and what gives away what others may not see."""

from __future__ import annotations

import pytest

from tests.builder.inline import codes, compiled


def test_vocabularies_and_sections_that_nothing_uses() -> None:
    found = compiled("""\
        vocabularies:
          channels: {a: 甲, b: 乙}
          vague: [网络]
          nobody: [x]
          deep: {p: P}
        fields:
          source: {type: choice, label: 源, vocabulary: channels}
          place: {type: text, label: 地, refuse: {values: vague, say: 写明}}
          lines: {type: rows, label: 行, fields: {d: {type: choice, label: D, vocabulary: deep}}}
        sections:
          one: {title: 一, fields: [source, place, lines]}
          two: {title: 二}
        """)
    assert codes(found) == [("vocabulary-unused", 4), ("section-empty", 12)]


@pytest.mark.parametrize(
    ("kind", "columns", "told"),
    [
        ("rows", "n: {type: integer, label: 数, compute: 1 + 1}", True),
        ("rows", "n: {type: integer, label: 数, compute: m + 1}, m: {type: integer, label: 数}", False),
        ("rows", "m: {type: integer, label: 数, default: 1}", False),
        ("log", "n: {type: integer, label: 数, compute: 1 + 1}", True),  # its stamps alone are no entry
        ("log", "m: {type: integer, label: 数}", False),
    ],
)
def test_a_table_that_can_never_have_a_row(kind: str, columns: str, told: bool) -> None:
    found = compiled(f"""\
        fields:
          t: {{type: {kind}, label: 表, fields: {{{columns}}}}}
        """)
    assert codes(found) == ([("table-unwritten", 2)] if told else [])


@pytest.mark.parametrize(
    ("access", "words", "code"),
    [
        ("{read: []}", "", "field-unread"),
        ("{read: [], masked: [staff]}", "", ""),
        ("{write: []}", "", "field-unwritten"),
        ("{write: []}", ", default: x", ""),
        ("{write: []}", ", readonly: true", ""),
        ("{read: [sales], write: [sales]}", "", ""),
    ],
)
def test_a_field_that_nobody_may_read_or_write(access: str, words: str, code: str) -> None:
    found = compiled(f"""\
        fields: {{note: {{type: text, label: 注{words}}}}}
        access:
          record: {{create: [sales], read: [sales], write: [sales]}}
          note: {access}
        """)
    assert codes(found) == [(code, 4)][: bool(code)]


REVEALED = """\
fields:
  phone: {type: phone, label: 电话}
  budget: {type: money, label: 预算}
  text: {type: text, label: 文, compute: %s}
tags:
  level: {label: 级, options: {high: {label: 高, when: %s}}}
access:
  record: {create: [sales], read: [sales, service, board], write: [sales]}
  phone: %s
"""


@pytest.mark.parametrize(
    ("compute", "when", "phone", "expected"),
    [
        ("'join(\"-\", phone, budget)'", "budget > 5", "{read: [sales]}", [("computed-reveals", 4)]),
        ("budget + 1", "given(phone)", "{read: [sales]}", []),
        ('\'if(given(phone), "有", "无")\'', 'phone == "+8613812345678"', "{masked: [service]}", [("tag-reveals", 6)]),
        ("'join(\"-\", phone)'", "budget > 5", "{read: [staff]}", []),
        ("'join(\"-\", phone)'", "budget > 5", "{read: [sales, service, board]}", []),
        ("'join(\"-\", phone)'", "budget > 5", "{masked: [staff]}\n  text: {read: [board]}", []),
        ("'join(\"-\", phone)'", "budget > 5", "{write: [board]}", []),
    ],
)
def test_what_gives_a_hidden_answer_away(compute: str, when: str, phone: str, expected: list[tuple[str, int]]) -> None:
    text = REVEALED % (compute.replace("budget + 1", "'join(\"\", budget)'"), when, phone)
    assert codes(compiled(text)) == expected
