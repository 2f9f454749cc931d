"""Conditions that never hold, or always do; what is told of them, and what is not."""

from __future__ import annotations

import pytest

from tests.builder.inline import codes, compiled

FIELDS = """\
kind: {type: choice, label: 种类, required: true, options: {a: 甲, b: 乙, c: 丙}}
sub: {type: choice, label: 小类, visible: kind == "a", options: {x: X, y: Y}}
amount: {type: money, label: 金额, min: 10, max: 100}
n: {type: integer, label: 数}
m: {type: integer, label: 另一数}
day: {type: date, label: 日, max: =today()}
code: {type: text, label: 编号, pattern: '[0-9]{4}'}
place: {type: text, label: 地点, max: 10, refuse: {values: [网络], say: 写明}}
many: {type: choices, label: 多, max: 2, options: {p: P, q: Q, r: R}}
yes: {type: boolean, label: 是}
phone: {type: phone, label: 电话, required: not given(mail)}
mail: {type: email, label: 邮箱, required: not given(phone)}
where: {type: department, label: 部门}
total: {type: money, label: 计, compute: amount + amount}
lines: {type: rows, label: 行, fields: {qty: {type: integer, label: 量, min: 1}, free: {type: boolean, label: 免}}}
"""


def told(condition: str, key: str = "visible") -> list[str]:
    """The codes of what is found where one more field has this condition."""
    more = f"probe:\n  type: text\n  label: 探\n  {key}: >-\n    {condition}\n"
    return [code for code, _ in codes(compiled("", fields=FIELDS + more))]


@pytest.mark.parametrize(
    "condition",
    [
        "false",
        'kind == "a" and kind == "b"',
        'kind == "b" and sub == "x"',  # sub shows only under a
        'given(sub) and kind != "a"',
        "n > 5 and n < 5",
        "n > 5 and n < 6",  # no whole number between
        "n > m and m > n",
        "n > 5 and m < 5 and n < m",
        "amount > 100",
        "amount < 10",
        "total > 200",  # twice at most 100
        "day > today()",
        "day > today() and given(n)",
        'code == "abc"',
        'place == "网络"',
        "size(place) > 10",
        "size(many) > 2",
        '"p" in many and not given(many)',
        "yes and not yes",
        "not given(phone) and not given(mail)",
        "not given(kind)",
        "lines.all(l, l.qty > 3) and size(lines) < 0",
        "avg(lines.qty) < 1",  # none is below 1
        'me.department == "east" and me.department == "west"',
        "not lines.all(l, not (l.qty < 1))",
    ],
)
def test_what_can_never_show_is_told(condition: str) -> None:
    assert told(condition) == ["never-shows"]


@pytest.mark.parametrize(
    "condition",
    [
        'kind == "a" or kind != "a"',
        "n <= 5 or not (n <= 5)",
        "given(n) or not given(n)",
        'kind != "a" or not given(sub) or sub in ["x", "y"]',
        "not (amount > 100)",
        "size(many) <= 3",
        "yes or not yes",
        "not (day > today())",
        "not (avg(lines.qty) < 1)",
        "lines.all(l, not (l.qty < 1))",  # an empty one is not below 1
    ],
)
def test_what_always_shows_is_told(condition: str) -> None:
    assert told(condition) == ["always-shows"]


@pytest.mark.parametrize(
    "condition",
    [
        "true",
        'kind == "a"',
        "given(kind)",  # until it is chosen it does not show
        "given(kind) and given(n)",
        "amount >= 10",  # not while it is empty
        "amount == 100",
        "total == 200",
        'sub == "x" and n > 1',
        "n < 5 or n > 5",
        "n >= 5 and n <= 5",
        "n > m",
        "day == today()",
        'day == date("2027-05-01")',  # some day that is today, too
        'day > date("2030-01-01")',  # some day it holds
        'today() > date("2030-01-01")',
        "month(today()) == 6",
        "days(day, today()) > 30",
        'code == "1234"',
        'place == "上海" or contains(place, "海")',
        "size(many) == 2",
        '"p" in many and "q" in many',
        "where == me.department",
        'where == "east" and department != "east"',
        'me.department == "east"',
        'me.department in ["east", "west"]',
        'me.department == where and where == "east"',
        'me == "emil" and owner == me',
        "owner == me or creator != owner",
        "given(phone) and not given(mail)",
        "sum(lines.qty) > 100",
        "lines.exists(l, l.qty > 3 and not l.free)",
        "count(lines.qty) == 2 and min(lines.qty) > 5",
        "round(amount * 0.06, 2) > 1",
        'join("-", code, place) == "x"',
        'lower(place) == "abc"',
        "avg(lines.qty) > 3",
        "lines.all(l, l.qty > 3)",
        "count(lines.filter(l, l.qty > 3)) > 1",
    ],
)
def test_what_may_hold_and_may_fail_is_not_told(condition: str) -> None:
    assert [code for code in told(condition) if code != "proofs-undecided"] == []


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("count(lines.filter(l, l.qty < 1)) > 0", "filter-keeps-none"),
        ("sum(lines.filter(l, not (l.qty < 1)).qty) > 9", "filter-keeps-all"),
        ("count(lines.filter(l, l.qty > 3).filter(k, k.qty < 3)) > 0", "filter-keeps-none"),
        ("count(lines.filter(l, l.qty > 3).filter(k, k.qty > 2)) > 0", "filter-keeps-all"),
        ('kind == "a" and count(lines.filter(l, kind == "b")) > 0', ""),  # the parts of a condition are not told
        ("count(lines.filter(l, l.qty >= 1)) > 0", ""),  # not a row whose number is empty
        ("count(lines.filter(l, l.qty > n)) > 0", ""),
        ("count(lines.filter(l, l.free)) > 0", ""),
        ('"p" in many.filter(o, o != "q")', ""),
    ],
)
def test_which_rows_a_filter_keeps(condition: str, code: str) -> None:
    assert [each for each in told(condition) if each != "proofs-undecided"] == [code][: bool(code)]


def test_a_filter_over_a_column_that_never_shows_only_follows() -> None:
    lines = 'lines: {type: rows, label: 行, fields: {qty: {type: integer, label: 量, visible: "false"}}}\n'
    many = "probe: {type: integer, label: 多, compute: 'count(lines.filter(l, l.qty > 1))'}\n"
    assert codes(compiled("", fields=lines + many)) == [("never-shows", 2)]


@pytest.mark.parametrize("mine", ["compute: me.department == 'east'", "visible: me.department == 'east'"])
def test_who_asks_may_decide_what_a_condition_reads(mine: str) -> None:
    more = f"here: {{type: boolean, label: 是, {mine}}}\nprobe: {{type: text, label: 探, visible: here}}\n"
    assert codes(compiled("", fields=FIELDS + more)) == []


def test_what_cannot_be_tried_is_said_to_be_undecided_once_with_its_count() -> None:
    shown = ("n * n == 2", "n * m == 3 and m * m == 2")
    more = "".join(f"f{i}: {{type: text, label: F, visible: {each}}}\n" for i, each in enumerate(shown))
    (found,) = compiled("", fields=FIELDS + more).diagnostics
    assert (found.code, found.args["count"]) == ("proofs-undecided", 2)


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("n > 5 and n < 5", "never-required"),
        ('sub == "x" and kind == "b"', "never-required"),
        ("given(n) or not given(n)", "always-required"),
        ("n > 5", ""),
    ],
)
def test_when_something_is_asked(condition: str, code: str) -> None:
    assert told(condition, "required") == [code][: bool(code)]


def test_a_requirement_is_asked_where_its_field_shows() -> None:
    asked = {"probe": "n > 3", "other": "n < 3"}
    more = "".join(f"{k}: {{type: text, label: F, visible: n > 5, required: {each}}}\n" for k, each in asked.items())
    assert codes(compiled("", fields=FIELDS + more)) == [("always-required", 17), ("never-required", 18)]


def test_a_section_is_told_once_and_not_its_fields() -> None:
    found = compiled("""\
        fields:
          n: {type: integer, label: 数}
          a: {type: text, label: A}
          b: {type: text, label: B, visible: n > 2}
        sections:
          one: {title: 一, fields: [n]}
          two: {title: 二, fields: [a, b], visible: n > 5 and n < 5}
        """)
    assert codes(found) == [("section-never-shows", 7)]


def test_a_field_under_its_section() -> None:
    body = """\
        fields:
          n: {type: integer, label: 数}
          a: {type: text, label: A, visible: %s}
        sections:
          one: {title: 一, fields: [n]}
          two: {title: 二, fields: [a], visible: n > 5}
        """
    assert codes(compiled(body % "n > 3")) == [("always-shows", 3)]
    assert codes(compiled(body % "n < 3")) == [("never-shows", 3)]
    assert codes(compiled(body % "n > 7")) == []


@pytest.mark.parametrize(
    ("a", "section", "code"),
    [
        ("visible: abs(n) > n", "given(n) and given(s) and given(t)", ""),
        ('compute: \'if(given(n) and given(s) and given(t), if(abs(n) > n, "x", "y"), "z")\'', "given(s)", ""),
        ("visible: 'given(n) and size(rows.filter(x, abs(n) < n)) > 0'", "true", "proofs-undecided"),
    ],
)
def test_what_is_asked_by_itself_knows_nothing_of_what_stood_around_it(a: str, section: str, code: str) -> None:
    """Where it stands, `n` is there; asked by itself, it is tried without an answer as well."""
    found = compiled(f"""\
        fields:
          n: {{type: integer, label: 数}}
          s: {{type: text, label: 文}}
          t: {{type: text, label: 句}}
          rows: {{type: rows, label: 行, fields: {{q: {{type: integer, label: 量}}}}}}
          a: {{type: text, label: A, {a}}}
        sections:
          one: {{title: 一, fields: [n, s, t, rows]}}
          two: {{title: 二, fields: [a], visible: {section}}}
        """)
    assert [each for each, _ in codes(found)] == [code][: bool(code)]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("low > high", "never-shows"),
        ("low >= high", "never-shows"),
        ("low == high", "never-shows"),
        ("low < high", ""),
        ("edge >= high", ""),  # both 6
        ("edge > high", "never-shows"),
        ("edge == high", ""),
        ("edge != high and given(low)", ""),
        ("high > low and low > edge", ""),
        ("first > last", "never-shows"),
        ("first < last and high == edge", ""),
        ("size(word) != 3 and given(word)", ""),
        ("size(word) == 3 and not given(word)", "never-shows"),
    ],
)
def test_two_fields_within_their_bounds(condition: str, code: str) -> None:
    found = compiled(f"""\
        fields:
          low: {{type: integer, label: 低, max: 5}}
          edge: {{type: integer, label: 边, max: 6}}
          high: {{type: integer, label: 高, min: 6}}
          first: {{type: date, label: 先, max: 2025-12-31}}
          last: {{type: date, label: 后, min: 2026-01-01}}
          word: {{type: text, label: 词, max: 3}}
          a: {{type: text, label: A, visible: {condition}}}
        """)
    assert [each for each, _ in codes(found)] == [code][: bool(code)]


def test_without_a_checklist_every_record_is_complete() -> None:
    body = "fields: {n: {type: integer, label: 数}, a: {type: text, label: A, visible: completeness < 80}}\n"
    assert [code for code, _ in codes(compiled(body))] == ["never-shows"]
    assert codes(compiled(body + "checklist: [n]\n")) == []


@pytest.mark.parametrize(("amount", "code"), [("amount <= 4", ""), ("amount < 3", "no-option-left")])
def test_a_tag_is_there_while_its_rule_holds(amount: str, code: str) -> None:
    found = compiled(f"""\
        fields:
          amount: {{type: integer, label: 数, required: true}}
          pick:
            type: choice
            label: 选
            required: true
            options: {{p: {{label: P, visible: heat == "hot"}}, q: {{label: Q, visible: {amount}}}}}
        tags:
          heat: {{label: 热, options: {{hot: {{label: 热, when: amount > 4}}}}}}
        """)
    assert [each for each, _ in codes(found)] == [code][: bool(code)]


def test_columns_know_their_row() -> None:
    more = """\
deal:
  type: rows
  label: 单
  fields:
    qty: {type: integer, label: 量, min: 1}
    free: {type: boolean, label: 免}
    why: {type: text, label: 因, visible: free and not free}
    how: {type: text, label: 法, visible: qty < 1}
    fine: {type: text, label: 好, visible: free and qty > 3 and kind == "a"}
"""
    assert codes(compiled("", fields=FIELDS + more)) == [("never-shows", 23), ("never-shows", 24)]


def test_ways_tags_and_lists() -> None:
    found = compiled("""\
        fields:
          kind: {type: choice, label: 种类, required: true, options: {a: 甲, b: 乙}}
          n: {type: integer, label: 数, max: 5}
        tags:
          size:
            label: 大小
            many: true
            options:
              big: {label: 大, when: n > 5}
              any: {label: 任, when: n > 3 or not (n > 3)}
              rest: {label: 余, when: true}
              fine: {label: 好, when: n > 4}
        workflow:
          states: {new: {label: 新, initial: true}, done: {label: 完, final: true}}
          transitions:
            one: {label: 一, from: new, to: done, by: [sales], when: state == "done"}
            two: {label: 二, from: new, to: done, by: [sales], when: state == "new"}
            three: {label: 三, from: new, to: done, by: [sales], when: kind == "a"}
        lists:
          none: {title: 无, columns: [n], where: kind == "a" and kind == "b"}
          all: {title: 全, columns: [n], where: given(n) or not given(n)}
          mine: {title: 我, columns: [n], where: owner == me}
          old: {title: 旧, columns: [n], where: not given(kind)}
        """)
    assert codes(found) == [
        ("tag-never-given", 9),
        ("tag-always-given", 10),
        ("guard-never-opens", 16),
        ("guard-always-open", 17),
        ("list-always-empty", 20),
        ("list-shows-all", 21),
    ]


def test_an_exclusive_tag_that_an_earlier_one_always_precedes() -> None:
    body = """\
        fields: {n: {type: integer, label: 数}}
        tags:
          level:
            label: 级
            many: %s
            options:
              low: {label: 低, when: n > 1}
              mid: {label: 中, when: n > 10}
              high: {label: 高, when: n > 0}
              hand: 手
              rest: {label: 余, when: true}
        """
    assert codes(compiled(body % "false")) == [("tag-shadowed", 8)]
    assert codes(compiled(body % "true")) == []


def test_an_overlay_is_asked_for_its_own_words_only() -> None:
    base = (
        'kind: {type: choice, label: 种, options: {a: 甲, b: 乙}}\nmore: {type: text, label: M, visible: kind == "b"}\n'
    )
    narrowed = "change: {fields: {kind: {options: {only: [a]}}}}\n"
    assert codes(compiled("", fields=base, overlay=narrowed)) == []
    own = 'add: {fields: {extra: {type: text, label: 加, visible: kind == "a" and kind == "b"}}}\n'
    assert [code for code, _ in codes(compiled("", fields=base, overlay=own))] == ["never-shows"]
