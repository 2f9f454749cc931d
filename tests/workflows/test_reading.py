"""What people and programs send, type by type (language.md, rule 2 and Meaning; domain C3)."""

from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model import Field, Option
from workflows.outward import money_text
from workflows.reading import ANYONE, Directory, absent, clean_text, reader
from workflows.record import Fault

TITLES = {"c1": "c1", "恒远精密": "c1", "华东": None}  # two of them are called 华东
HERE = Directory(
    person={"li", "wang"}.__contains__,
    department={"marketing"}.__contains__,
    link=lambda template, sent: TITLES.get(sent, "") if template == "firm" else "",
)


def field(kind: str, **attributes: object) -> Field:
    return Field(id="f", path="f", type=kind, label={"zh": "F"}, zone="Asia/Shanghai", to="firm", **attributes)  # type: ignore[arg-type]


def read(kind: str, raw: object, kept: tuple[object, ...] = (), **attributes: object) -> object:
    found = reader(field(kind, **attributes))(raw, HERE, kept)
    return found.code if isinstance(found, Fault) else found


OPTIONS = (
    Option(id="online", label={"zh": "线上渠道", "en": "Online"}, synonyms=("网络营销",)),
    Option(id="offline", label={"zh": "线下活动"}),
    Option(id="fair", label={"zh": "线下活动"}),
    Option(id="fax", label={"zh": "传真"}, retired=True),
    Option(id="marketing__douyin", label={"zh": "抖音私信"}, layer="marketing"),
)

GOOD = [
    ("text", "  抖音直播　", "抖音直播"),
    ("text", "一行\r\n两行\tx", "一行 两行 x"),
    ("text", "e\u0301", "é"),
    ("text", "a\x00b", "ab"),
    ("number", "1,000.5", 1000.5),
    ("number", "１２．５", 12.5),
    ("number", "5万", 50000.0),
    ("number", "1.5亿", 150_000_000.0),
    ("number", 3, 3.0),
    ("integer", "1,000", 1000),
    ("integer", "-7", -7),
    ("integer", 5.0, 5),
    ("integer", str(2**53 - 1), 2**53 - 1),
    ("money", "12.50", 1250),
    ("money", 12.5, 1250),
    ("money", 0.29, 29),
    ("money", "5万", 5_000_000),
    ("money", 1250, 125_000),
    ("boolean", True, True),
    ("boolean", "是", True),
    ("boolean", "NO", False),
    ("date", "2026-01-05", "2026-01-05"),
    ("link", " c1 ", "c1"),
    ("link", "恒远精密", "c1"),
    ("date", "2026/1/5", "2026-01-05"),
    ("date", "２０２６年１月５日", "2026-01-05"),
    ("date", "2024-02-29", "2024-02-29"),
    ("datetime", "2026-01-05 09:30", "2026-01-05T01:30:00.000000Z"),
    ("datetime", "2026-01-05T09:30", "2026-01-05T01:30:00.000000Z"),
    ("datetime", "２０２６年１月５日　９点３０", "2026-01-05T01:30:00.000000Z"),
    ("datetime", "2026年1月5日下午3点半", "2026-01-05T07:30:00.000000Z"),
    ("datetime", "2026/1/5 9:30:15.25", "2026-01-05T01:30:15.250000Z"),
    ("datetime", "2026-01-05T09:30:00+01:00", "2026-01-05T08:30:00.000000Z"),
    ("datetime", "1986-06-01 09:00", "1986-06-01T00:00:00.000000Z"),  # Shanghai had summer time
    ("time", "09:30", "09:30"),
    ("time", "９：３０", "09:30"),
    ("time", "9点", "09:00"),
    ("time", "晚上8点一刻", "20:15"),
    ("time", "12 AM", "00:00"),
    ("phone", "13812345678", "+8613812345678"),
    ("phone", "138 1234 5678", "+8613812345678"),
    ("phone", "１３８１２３４５６７８", "+8613812345678"),
    ("phone", "010-62345678", "+861062345678"),
    ("phone", "+44 20 7946 0958", "+442079460958"),
    ("email", "Li.Wang@Example.COM", "Li.Wang@example.com"),
    ("email", "li＠example.cn", "li@example.cn"),
    ("url", "HTTPS://example.cn/路径?a=1#x", "https://example.cn/路径?a=1#x"),
    ("url", "http://内网:8080", "http://内网:8080"),
    ("person", "li", "li"),
    ("department", " marketing ", "marketing"),
]

BAD = [
    ("text", 5, "not-text"),
    ("text", ["a"], "not-text"),
    ("text", "\ud800", "not-text"),
    ("number", "NaN", "not-number"),
    ("number", math.nan, "not-number"),
    ("number", math.inf, "not-number"),
    ("number", "1e5", "not-number"),
    ("number", True, "not-number"),
    ("number", 10**400, "not-number"),
    ("integer", "1.5", "not-integer"),
    ("integer", "12abc", "not-integer"),
    ("integer", 2**53, "out-of-range"),
    pytest.param("integer", 10**5000, "out-of-range", id="giant"),
    ("integer", "12\n13", "not-integer"),
    ("money", "12.505", "too-many-decimals"),
    ("money", "12 元", "not-money"),
    ("money", math.nan, "not-money"),
    ("boolean", "maybe", "not-boolean"),
    ("boolean", 1, "not-boolean"),
    ("date", "2026-02-30", "no-such-day"),
    ("date", "2026-1-5-6", "not-date"),
    ("date", "2026-01/05", "not-date"),
    ("date", "05.01.2026", "not-date"),
    ("date", "2026-W02-1", "not-date"),
    ("date", 20260105, "not-date"),
    ("date", "2026-01-05\n2026-01-06", "not-date"),
    ("datetime", "2026-01-05", "time-missing"),
    ("datetime", "2026-01-05 9", "not-datetime"),
    ("datetime", "下午", "not-datetime"),
    ("datetime", "2026-02-30 09:30", "no-such-time"),
    ("datetime", "2026-01-05 24:00", "no-such-time"),
    ("datetime", "0001-01-01 00:00", "time-left-out"),
    ("datetime", "9999-12-31T23:59-01:00", "no-such-time"),
    ("datetime", "1986-05-04 02:30", "time-left-out"),
    ("datetime", 1767576600, "not-datetime"),
    ("datetime", "2026-01-05 09:30\n10:00", "not-datetime"),
    ("time", "25:00", "no-such-time"),
    ("time", "晚上12点", "no-such-time"),  # which day's?
    ("time", "9", "not-time"),
    ("time", "09:30:15", "no-such-time"),
    ("time", 930, "not-time"),
    ("phone", "12345", "not-phone"),
    ("phone", "138123456780", "not-phone"),
    ("phone", "010-62345678转801", "not-phone"),
    ("phone", "电话", "not-phone"),
    ("email", "li@localhost", "not-email"),
    ("email", "li example@x.cn", "not-email"),
    ("email", "a@b.cn\nBcc: c@d.cn", "not-email"),
    ("url", "javascript:alert(1)", "not-url"),
    ("url", "//evil.com", "not-url"),
    ("url", "http:///\\evil.com", "not-url"),
    ("url", "https://", "not-url"),
    ("url", "http://[::1", "not-url"),
    ("person", "nobody", "not-person"),
    ("link", "c9", "not-link"),
    ("link", 7, "not-link"),
    ("link", "华东", "several-links"),
    ("person", 7, "not-person"),
    ("department", "市场部", "not-department"),
]


@pytest.mark.parametrize(("kind", "raw", "neutral"), GOOD)
def test_what_is_sent_becomes_its_neutral_value(kind: str, raw: object, neutral: object) -> None:
    found = read(kind, raw, scale=2 if kind == "money" else 0)
    assert found == neutral and type(found) is type(neutral)


@pytest.mark.parametrize(("kind", "raw", "code"), BAD)
def test_what_cannot_be_read_is_a_fault(kind: str, raw: object, code: str) -> None:
    assert read(kind, raw, scale=2 if kind == "money" else 0) == code


@pytest.mark.parametrize(("kind", "raw", "neutral"), [row for row in GOOD if row[0] != "money"])
def test_a_neutral_value_read_again_is_itself(kind: str, raw: object, neutral: object) -> None:
    assert read(kind, neutral) == neutral


def test_a_moment_that_a_form_shows_to_the_minute_keeps_its_seconds() -> None:
    stored = "2026-01-05T01:30:12.500000Z"
    assert read("datetime", "2026-01-05T09:30", kept=(stored,)) == stored
    assert read("datetime", "2026-01-05T01:30:00.000000Z", kept=(stored,)) == "2026-01-05T01:30:00.000000Z"
    assert read("datetime", "2026-01-05 09:31", kept=(stored,)) == "2026-01-05T01:31:00.000000Z"


def test_of_two_times_that_a_clock_shows_it_is_the_first_or_the_stored_one() -> None:
    first, second = "1986-09-13T16:30:00.000000Z", "1986-09-13T17:30:00.000000Z"
    assert read("datetime", "1986-09-14 01:30") == first
    assert read("datetime", "1986-09-14T01:30", kept=(second,)) == second


def test_a_text_of_several_lines_keeps_them() -> None:
    assert read("text", " 一\r\n二\r三\u2028四 \n", lines=4) == "一\n二\n三\n四"


@pytest.mark.parametrize("raw", [None, "", " \n\t", "　", [], {}])
def test_nothing_and_white_space_are_absent(raw: object) -> None:
    assert absent(raw)


@pytest.mark.parametrize("raw", [0, False, "0", "no", 0.0, [""]])
def test_zero_and_no_are_answers(raw: object) -> None:
    assert not absent(raw)


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("online", "online"),
        ("线上渠道", "online"),
        ("Online", "online"),
        ("网络营销", "online"),
        ("douyin", "marketing__douyin"),
        ("marketing__douyin", "marketing__douyin"),
        ("线上", "not-option"),
        ("ONLINE", "not-option"),
        ("线下活动", "not-option"),  # two options have this label: no guess
        ("fax", "retired-option"),
        (3, "not-option"),
    ],
)
def test_a_choice_goes_by_id_label_or_synonym(raw: object, meant: str) -> None:
    assert read("choice", raw, options=OPTIONS) == meant


def test_a_retired_option_stays_where_it_is_stored() -> None:
    assert read("choice", "fax", kept=("fax",), options=OPTIONS) == "fax"
    assert read("choices", ["fax", "online"], kept=("fax",), options=OPTIONS) == ["online", "fax"]


def test_choices_come_in_the_templates_order_once_each() -> None:
    assert read("choices", ["fair", "网络营销", "online", ""], options=OPTIONS) == ["online", "fair"]
    assert read("choices", "offline", options=OPTIONS) == ["offline"]
    assert read("choices", ["online", "x", "y"], options=OPTIONS) == "not-option"
    assert read("choices", 3, options=OPTIONS) == "not-list"


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("线上渠道、douyin", ["online", "marketing__douyin"]),
        ("fair，网络营销; ", ["online", "fair"]),
        ("Online\nfair", ["online", "fair"]),
        ("线上渠道、什么", "not-option"),
        ("甲、乙", ["both"]),  # the name of one
        ("、", None),
    ],
)
def test_several_options_may_stand_in_one_text_as_in_a_cell(text: str, chosen: object) -> None:
    both = Option(id="both", label={"zh": "甲、乙"})
    assert read("choices", text, options=(*OPTIONS, both)) == chosen


def test_a_disabled_person_stays_where_he_is_stored() -> None:
    assert read("person", "gone", kept=("gone",)) == "gone"


@given(st.integers(-(2**53) + 1, 2**53 - 1), st.integers(0, 3))
def test_money_goes_out_and_comes_back(value: int, scale: int) -> None:
    assert read("money", money_text(value, scale), scale=scale) == value


@given(st.text(), st.booleans())
def test_cleaning_twice_is_cleaning_once(raw: str, lines: bool) -> None:
    once = clean_text(raw, lines=lines)
    assert clean_text(once, lines=lines) == once
    assert unicodedata.is_normalized("NFC", once) and (lines or "\n" not in once)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted({row[0] for row in GOOD})), JSON)
def test_nothing_that_is_sent_breaks_a_parser(kind: str, raw: object) -> None:
    found = reader(field(kind, scale=2 if kind == "money" else 0))(raw, ANYONE, ())
    if kind != "money" and not isinstance(found, Fault) and found is not None:
        assert reader(field(kind))(found, ANYONE, ()) == found


NAMED = [
    ("uscc", "91350100m000100y43", "91350100M000100Y43"),
    ("uscc", "９１３５０１００　Ｍ０００１００Ｙ４３", "91350100M000100Y43"),
    ("resident_id", "11010519491231002x", "11010519491231002X"),
    ("resident_id", "110105 19491231 002X", "11010519491231002X"),
    ("cn_mobile", "+86 138-1234-5678", "13812345678"),
    ("cn_mobile", "008613812345678", "13812345678"),
    ("cn_mobile", "８６１３８１２３４５６７８", "13812345678"),
    ("cn_mobile", "8613812", "8613812"),
    ("cn_postcode", "215 000", "215000"),
    ("bank_card", "6222 0212-3456 7890 128", "6222021234567890128"),
]


@pytest.mark.parametrize(("name", "raw", "neutral"), NAMED)
def test_a_named_format_is_kept_without_what_stands_between_its_digits(name: str, raw: str, neutral: str) -> None:
    assert read("text", raw, format=name) == neutral
    assert read("text", neutral, format=name) == neutral
