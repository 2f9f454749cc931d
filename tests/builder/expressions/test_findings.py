"""What authors get wrong and what they read: one finding, the real cause, its place, the way out where certain."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import builder.expressions
from builder.expressions import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    TEXT,
    Finding,
    Options,
    OptionType,
    Scope,
    Symbol,
    Type,
    choice,
    compile_expression,
)
from builder.expressions import finding as finding_module
from builder.language.catalogue import holes
from tests.builder.expressions.world import CNY, SCOPE, SOURCE, TOUCH

# text, code, what is marked, what to write in place of it ("" where nothing is certain)
MISTAKES = [
    # signs and words
    ("", "empty-expression", "", ""),
    (" ", "empty-expression", " ", ""),
    ("i =  7", "single-equals", "=", "=="),
    ("i ＝ 7", "full-width-sign", "＝", "=="),
    ("i > 5 and （j > 1）", "full-width-sign", "（j > 1）", "(j > 1)"),
    ("t == “x”", "full-width-sign", "“x”", '"x"'),
    ("max(i， j)", "full-width-sign", "，", ","),
    ("i ＞ 5", "full-width-sign", "＞", ">"),
    ("i ≥ 5", "other-sign", "≥", ">="),
    ("i <> 5", "other-sign", "<>", "!="),
    ("i === 5", "other-sign", "===", "=="),
    ("yes AND no", "word-case", "AND", "and"),
    ("True", "word-case", "True", "true"),
    ('t == "x', "unclosed-text", '"x', ""),
    ("i @ 5", "unknown-character", "@", ""),
    ("i >", "ends-early", "", ""),
    ("yes and", "ends-early", "", ""),
    ("i > )", "value-expected", ")", ""),
    ("max(i, )", "value-expected", ")", ""),
    ("lines.", "name-expected", "", ""),
    ("(i > 5", "sign-missing", "", ""),
    ("max(i j)", "sign-missing", "j", ""),
    ("yes ? 1", "sign-missing", "", ""),
    ("i j", "sign-unexpected", "j", ""),
    ("yes)", "sign-unexpected", ")", ""),
    ("=i + 1", "leading-equals", "=", ""),
    # as other programs and plain language say it
    ("i = 1 AND j <> 2", "other-notation", "i = 1 AND j <> 2", "i == 1 and j != 2"),
    ("=IF(i>1;1;2)", "other-notation", "=IF(i>1;1;2)", "if(i > 1, 1, 2)"),
    ("OR(i=1, j=2)", "other-notation", "OR(i=1, j=2)", "i == 1 or j == 2"),
    ("SUM(lines.qty)", "word-case", "SUM", "sum"),
    ("TRUE()", "other-notation", "TRUE()", "true"),
    ("i > 1 并且 j > 1", "other-sign", "并且", "and"),
    ('t == "x"或j > 1', "other-sign", "或", " or "),
    ("i > 1 或j > 1", "other-sign", "或", "or "),
    ("i 大于等于 1", "other-sign", "大于等于", ">="),
    ("i is not 1", "other-sign", "is not", "!="),
    ("非 yes", "other-sign", "非", "not"),
    ("x > 5%", "percent", "5%", "0.05"),
    ("x > 100%", "percent", "100%", "1"),
    ("d > 2026/1/5", "bare-date", "2026/1/5", 'date("2026-01-05")'),
    ("d > 2026-01-05", "bare-date", "2026-01-05", 'date("2026-01-05")'),
    ("d > 2026年1月5日", "bare-date", "2026年1月5日", 'date("2026-01-05")'),
    ('d > "2026/1/5"', "quoted-date", '"2026/1/5"', 'date("2026-01-05")'),
    ("clock > 18:00", "bare-time", "18:00", '"18:00"'),
    ("clock > 8:05:00", "bare-time", "8:05:00", '"08:05"'),
    ("i in (1, 2)", "list-brackets", "(1, 2)", "[1, 2]"),
    ("t & t2", "ampersand", "&", ""),
    ("x ^ 2", "power-sign", "^", ""),
    ("lines[0].total > 1", "rows-by-number", "[0", ""),
    ("max(lines.2.total)", "rows-by-number", ".2", ""),
    ("{x} > 2", "name-in-braces", "{", ""),
    ("${x} > 2", "name-in-braces", "$", ""),
    ("m > ￥500", "currency-sign", "￥", ""),
    ("i > 1 // many", "other-comment", "// many", ""),
    ("if i > 1 then 2", "if-brackets", "if", ""),
    ('COUNTIF(lines.name, "a")', "other-function", "COUNTIF", ""),
    ("CONCATENATE(t, t2)", "other-function", "CONCATENATE", ""),
    ("ISBLANK(t)", "unknown-function", "ISBLANK", "not given"),
    ("i <= 3d", "incomparable", "i <= 3d", "i <= 3"),
    ('source in "online"', "in-one", 'source in "online"', 'source == "online"'),
    ("1 < i < 5", "chained-comparison", "1 < i < 5", "1 < i and i < 5"),
    ("1 < i + 1 <= j < 9", "chained-comparison", "1 < i + 1 <= j < 9", "1 < i + 1 and i + 1 <= j and j < 9"),
    ("i not in [1, 2]", "not-in", "i not in [1, 2]", "not i in [1, 2]"),
    ("and(yes, no)", "word-between", "and(yes, no)", "(yes and no)"),
    ('t == "x" or "y"', "bare-value", 't == "x" or "y"', 't in ["x", "y"]'),
    (
        'yes or source == "online" or "other" or no',
        "bare-value",
        'source == "online" or "other"',
        'source in ["online", "other"]',
    ),
    ("i != 1 and 2 and 3", "bare-value", "i != 1 and 2 and 3", "not i in [1, 2, 3]"),
    ("i > 1,000", "grouped-digits", "1,000", "1000"),
    ("i > 1,000,000", "grouped-digits", "1,000,000", "1000000"),
    ("9007199254740992", "number-too-large", "9007199254740992", ""),
    ("d + 5m", "bare-m", "5m", ""),
    ("d + 3wd", "timer-unit", "3wd", ""),
    ('clock < "9:30"', "time-spelling", '"9:30"', '"09:30"'),
    ('clock < "下午3点"', "time-spelling", '"下午3点"', '"15:00"'),
    ('clock < "25:00"', "no-such-time-literal", '"25:00"', ""),
    ('created > "2026-01-05"', "no-such-time-literal", '"2026-01-05"', ""),
    ('created > "2026/1/5 9:30"', "time-spelling", '"2026/1/5 9:30"', '"2026-01-05 09:30"'),
    ("created < d", "incomparable", "created < d", "date(created) < d"),
    ("d == now()", "incomparable", "d == now()", "d == date(now())"),
    ("date(d)", "wrong-argument", "d", ""),
    ("d + 3wh", "timer-unit", "3wh", ""),
    ("m > 5元", "unknown-unit", "5元", "5"),
    ("d + 3天", "unknown-unit", "3天", "3d"),
    ("d + 3q", "unknown-unit", "3q", ""),
    ("d + 1.5mo", "whole-duration", "1.5mo", ""),
    ("d + 99999y", "duration-too-long", "99999y", ""),
    ("d + 30", "needs-unit", "30", "30d"),
    ("d + 5h", "whole-days", "5h", ""),
    # names, options
    ("sorce == 'online'", "unknown-name", "sorce", "source"),
    ("qty", "unknown-name", "qty", "lines.qty"),
    ("something", "unknown-name", "something", ""),
    ("given(获取方式)", "label-not-name", "获取方式", "labelled"),
    ("today > d", "call-needed", "today", "today()"),
    ("t == null", "no-null", "null", ""),
    ("t.x == 1", "no-parts", "t.x", ""),
    ("lines.qyt", "no-such-column", "qyt", "qty"),
    ("lines.名称", "no-such-column", "名称", "name"),
    ("firm.nmae", "no-such-linked", "nmae", "name"),
    ("firm.名称", "no-such-linked", "名称", "name"),
    ("orders.firm.zip", "no-such-linked", "zip", ""),
    ("firm.group", "live-linked", "group", ""),
    ('firm == "恒远"', "link-literal", '"恒远"', ""),
    ('firm in ["Hengyuan Ltd"]', "link-literal", '"Hengyuan Ltd"', ""),
    ("firm == shop", "links-apart", "firm == shop", ""),
    ("firm in [shop]", "links-apart", "shop", ""),
    ("orders.firm.marks", "list-of-lists", "orders.firm.marks", ""),
    ('join("", firm)', "wrong-argument", "firm", ""),
    ("firm > shop", "links-apart", "firm > shop", ""),
    ("lines.exists(l, l.cost > 1)", "no-such-column", "cost", ""),
    ('source == "线上渠道"', "label-not-id", '"线上渠道"', '"online"'),
    ('source == "Online"', "label-not-id", '"Online"', '"online"'),
    ("source == 线上渠道", "label-not-id", "线上渠道", '"online"'),
    ('source == "网络营销"', "label-not-id", '"网络营销"', '"online"'),
    ('source in ["online", "线下活动"]', "label-not-id", '"线下活动"', '"offline"'),
    ("线上渠道 == source", "label-not-id", "线上渠道", '"online"'),
    ("source == online", "option-unquoted", "online", '"online"'),
    ("source in [online]", "option-unquoted", "online", '"online"'),
    ('source == "onlne"', "not-an-option", '"onlne"', '"online"'),
    ('source == "OFFLINE"', "not-an-option", '"OFFLINE"', '"offline"'),
    ("source == onlne", "not-an-option", "onlne", '"online"'),
    ('source == "Won"', "not-an-option", '"Won"', ""),
    ('state == "won"', "no-states", '"won"', ""),
    ('who == "李雷"', "not-a-user-id", '"李雷"', ""),
    ('"多渠道触达" in touch', "label-not-id", '"多渠道触达"', '"multi"'),
    ('"mult" in touch', "not-an-option", '"mult"', '"multi"'),
    ('if(yes, "线上渠道", source)', "label-not-id", '"线上渠道"', '"online"'),
    ("len(t)", "unknown-function", "len", "size"),
    ("rond(x)", "unknown-function", "rond", "round"),
    ("frobnicate(x)", "unknown-function", "frobnicate", ""),
    ("lines.size()", "function-not-method", "lines.size()", "size(lines)"),
    ("lines.exist(l, yes)", "unknown-function", "exist", "exists"),
    # types
    ("lower()", "argument-count", "lower()", ""),
    ("today(1)", "argument-count", "today(1)", ""),
    ("date(2026, 1)", "argument-count", "date(2026, 1)", ""),
    ("count()", "argument-count", "count()", ""),
    ("lower(i)", "wrong-argument", "i", ""),
    ('contains(source, "x")', "wrong-argument", "source", ""),
    ("sum(t)", "wrong-argument", "t", ""),
    ("sum(lines)", "wrong-argument", "lines", ""),
    ("abs(t)", "wrong-argument", "t", ""),
    ("size(i)", "wrong-argument", "i", ""),
    ("days(d, created)", "wrong-argument", "created", "date(created)"),
    ('days(d, "2026-01-01")', "wrong-argument", '"2026-01-01"', 'date("2026-01-01")'),
    ("months(created, later)", "wrong-argument", "created", ""),
    ("month(created)", "wrong-argument", "created", "date(created)"),
    ('join("", yes)', "wrong-argument", "yes", ""),
    ("join(1, t)", "wrong-argument", "1", ""),
    ('join("", t, " ", t2)', "blank-joined", '" "', ""),
    ("lines.exists(l.qty > 1)", "needs-name", "lines.exists(l.qty > 1)", ""),
    ("t.exists(l, yes)", "not-a-list", "t", ""),
    ("t and yes", "not-a-condition", "t", "given(t)"),
    ("not source", "not-a-condition", "source", "given(source)"),
    ("if(i, 1, 2)", "not-a-condition", "i", "given(i)"),
    ("i + 1 or yes", "not-a-condition", "i + 1", ""),
    ("lines.all(l, l.qty)", "not-a-condition", "l.qty", "given(l.qty)"),
    ("if(yes, 1, t)", "types-differ", "if(yes, 1, t)", ""),
    ("max(d, i)", "types-differ", "max(d, i)", ""),
    ("[1, t]", "types-differ", "[1, t]", ""),
    ("t == i", "incomparable", "t == i", ""),
    ("d == created", "incomparable", "d == created", "d == date(created)"),
    ("d < created", "incomparable", "d < created", "d < date(created)"),
    ("source == t", "incomparable", "source == t", ""),
    ("source == department", "incomparable", "source == department", ""),
    ("i in [1, t]", "incomparable", "t", ""),
    ("i in lines.name", "incomparable", "i in lines.name", ""),
    ('yes == "是"', "incomparable", 'yes == "是"', ""),
    ("source < source", "no-order", "source < source", ""),
    ("lines.qty > 1", "no-order", "lines.qty > 1", ""),
    ("yes > no", "no-order", "yes > no", ""),
    ("[lines]", "not-listed", "[lines]", ""),
    ("lines.exists(l, l == l)", "not-comparable", "l == l", ""),
    ("i in []", "empty-list", "[]", ""),
    ('touch == "multi"', "list-compared", 'touch == "multi"', '"multi" in touch'),
    ('touch != "multi"', "list-compared", 'touch != "multi"', 'not "multi" in touch'),
    ("touch == tags0", "lists-compared", "touch == tags0", ""),
    ('touch in ["multi"]', "list-in-list", 'touch in ["multi"]', '"multi" in touch'),
    ('"a" in t', "in-text", '"a" in t', 'contains(t, "a")'),
    ('"online" in source', "in-one", '"online" in source', '"online" == source'),
    ('t == ""', "blank-compared", 't == ""', "not given(t)"),
    ('t != " "', "blank-compared", 't != " "', "given(t)"),
    ('t in ["", "a"]', "blank-compared", '""', ""),
    ('d == "2026-01-31"', "quoted-date", '"2026-01-31"', 'date("2026-01-31")'),
    ('i == "5万"', "quoted-number", '"5万"', "50000"),
    ('"7" < i', "quoted-number", '"7"', "7"),
    ('date("2026-02-30")', "no-such-date", 'date("2026-02-30")', ""),
    ('date("20260131")', "no-such-date", 'date("20260131")', 'date("2026-01-31")'),
    ("date(2026, 13, 1)", "no-such-date", "date(2026, 13, 1)", ""),
    ("source + 1", "no-arithmetic", "source + 1", ""),
    ("-t", "no-arithmetic", "-t", ""),
    ("1d * 2", "no-arithmetic", "1d * 2", ""),
    ("d + d", "no-arithmetic", "d + d", ""),
    ('t + "x"', "text-plus", 't + "x"', 'join("", t, "x")'),
    ("d - e", "date-difference", "d - e", "days(e, d)"),
    ("m * p", "money-times-money", "m * p", ""),
    ("m + usd", "two-currencies", "m + usd", ""),
    ("m < usd", "two-currencies", "m < usd", ""),
    ("m / usd", "two-currencies", "m / usd", ""),
    ("max(m, usd)", "two-currencies", "max(m, usd)", ""),
    ("round(x, i)", "digits-literal", "i", ""),
    ("round(x, 16)", "digits-literal", "16", ""),
    ("(" * 61 + "i" + ")" * 61, "expression-too-deep", "(", ""),
    ("+".join("i" * 61), "expression-too-deep", "+".join("i" * 61), ""),
    ("-" * 61 + "i", "expression-too-deep", "-", ""),
]  # fmt: skip

NAMES = Scope({**SCOPE.names, "labelled": Symbol(SOURCE, label={"zh": "获取方式"}),
               "state": Symbol(choice(name="state"))})  # fmt: skip


def findings(text: str, scope: Scope = NAMES, **options: object) -> list[Finding]:
    expression, found = compile_expression(text, scope, **options)  # type: ignore[arg-type]
    assert (expression is None) == any(each.code != "possibly-absent" for each in found)
    return found


@pytest.mark.parametrize(("text", "code", "marked", "suggestion"), MISTAKES)
def test_a_mistake_is_one_finding(text: str, code: str, marked: str, suggestion: str) -> None:
    found = findings(text)
    assert [(f.code, text[f.start : f.end], f.suggestion) for f in found] == [(code, marked, suggestion)]


@pytest.mark.parametrize(
    ("text", "expect", "code", "suggestion"),
    [
        ("source", BOOLEAN, "not-a-condition", "given(source)"),
        ("i", BOOLEAN, "not-a-condition", "given(i)"),
        ("m * 1.06", CNY, "round-money", "round(m * 1.06, 2)"),
        ("x", CNY, "round-money", "round(x, 2)"),
        ("round(x, 3)", CNY, "round-money", "round(round(x, 3), 2)"),
        ("0.005", CNY, "round-money", "round(0.005, 2)"),
        ("avg(lines.price)", CNY, "round-money", "round(avg(lines.price), 2)"),
        ("if(yes, m, m / 2)", CNY, "round-money", "round(if(yes, m, m / 2), 2)"),
        ("i / 2", INTEGER, "round-integer", "round(i / 2)"),
        ("m", INTEGER, "wrong-type", ""),
        ("usd", CNY, "two-currencies", ""),
        ("i", TEXT, "wrong-type", 'join("", i)'),
        ("yes", TEXT, "wrong-type", ""),
        ("t", NUMBER, "wrong-type", ""),
        ('"线上渠道"', SOURCE, "label-not-id", '"online"'),
        ("online", SOURCE, "option-unquoted", '"online"'),
        ("t", SOURCE, "wrong-type", ""),
        ("source", TOUCH, "wrong-type", ""),
    ],
)
def test_a_value_of_another_type_than_expected(text: str, expect: Type, code: str, suggestion: str) -> None:
    assert [(f.code, f.suggestion) for f in findings(text, expect=expect)] == [(code, suggestion)]


def test_every_suggestion_is_right() -> None:
    """What is written in place of the mark has no finding, or one that was there beside it."""
    for text, _, _, suggestion in MISTAKES:
        for found in findings(text):
            if suggestion:
                assert findings(text[: found.start] + suggestion + text[found.end :]) == [], text


def test_all_findings_come_in_one_run_by_place_and_none_only_follows() -> None:
    found = findings('sorce == "x" and len(t) > 1 and source == 线上渠道 and i = 1 and d - e > 3')
    assert [f.code for f in found] == [
        "unknown-name", "unknown-function", "label-not-id", "single-equals", "date-difference",
    ]  # fmt: skip


def test_an_expression_may_be_4096_bytes_long() -> None:
    longest = "t == '" + "字" * 1363 + "'"
    assert len(longest.encode()) == 4096
    assert findings(longest) == []
    assert [f.code for f in findings(longest + " ")] == ["expression-too-long"]


def test_sixty_levels_compile_and_run() -> None:
    from tests.builder.expressions.world import value

    assert value("(" * 59 + "i" + ")" * 59) == 7
    assert value("+".join("i" * 60)) == 420
    assert value("not " * 58 + "yes") is True
    assert value("if(yes, " * 58 + "i" + ", j)" * 58) == 7


def test_offsets_count_code_points() -> None:
    (found,) = findings('t == "😀😀" and sorce == "a"')
    assert (found.start, found.end) == (14, 19)


def test_a_name_of_another_layer_is_suggested_as_it_is_written_here() -> None:
    scope = Scope({"marketing__campaign": Symbol(TEXT), "source": Symbol(SOURCE)}, layer="marketing")
    assert [f.suggestion for f in findings("campagn", scope)] == ["campaign"]
    assert [f.suggestion for f in findings('source == "抖音"', scope)] == ['"douyin"']


def test_a_door_is_compared_with_doors_that_there_are() -> None:
    """Doors are texts that are one of a few."""
    entries = replace(TEXT, options=Options((OptionType("web", {"zh": "网站"}), OptionType("api"))), name="entry")
    scope = Scope({"entry": Symbol(entries)})
    assert [(f.code, f.suggestion) for f in findings('entry == "网站"', scope)] == [("label-not-id", '"web"')]
    assert [(f.code, f.suggestion) for f in findings('entry in ["api", "wbe"]', scope)] == [("unknown-entry", '"web"')]
    assert findings('entry == "api" or starts(entry, "w")', scope) == []


ROOM = Path(builder.expressions.__file__).parent
CATALOGUE = Path(builder.expressions.__file__).parents[2] / "schemas" / "messages" / "expressions.yaml"


def test_every_code_is_documented_and_has_words_in_both_languages() -> None:
    catalogue = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    cells = re.findall(r"^\| ([^|]+) \|", str(finding_module.__doc__).split("|---|---|")[1], re.MULTILINE)
    documented = {code.split(" ")[0] for cell in cells for code in cell.split(", ")}
    assert documented == set(catalogue)
    raised = {f.code for text, *_ in MISTAKES for f in findings(text)}
    assert set(catalogue) - raised == {
        "expression-too-long",
        "round-money",
        "round-integer",
        "wrong-type",
        "possibly-absent",
    }
    for entry in catalogue.values():
        assert entry["severity"] in ("error", "warning")
        assert all(entry[language][part] for language in ("zh", "en") for part in ("cause", "help"))


def test_every_hole_of_a_message_is_filled() -> None:
    for text, *_ in MISTAKES:
        for found in findings(text):
            for language in ("zh", "en"):
                for part in ("cause", "help"):
                    assert holes(found.code, part, language) <= found.args.keys()
