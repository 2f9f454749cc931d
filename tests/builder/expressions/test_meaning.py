"""Every operator × type × presence, as language.md says under "Meaning". Expected values are written from that text."""

from __future__ import annotations

import pytest

from builder.expressions import BOOLEAN, DATE, INTEGER, NUMBER, TEXT, Node, Situation, Type, choices, money
from builder.expressions.emitter import emit
from builder.expressions.tree import node
from tests.builder.expressions.world import CNY, SITUATION, SOURCE, TOUCH, VALUES, compiled, value

LARGEST = 2**53 - 1

CASES: dict[str, dict[str, object]] = {
    "literals": {
        "1": 1, "1.5": 1.5, "５": 5, "5万": 50_000, "1.5亿": 150_000_000, "1.5万": 15_000, "0.5": 0.5, "true": True,
        '"t"': "t", "'t'": "t", "'say \"hi\"'": 'say "hi"', "-3": -3, "-1.5": -1.5, "[1, 2.5]": [1.0, 2.5],
    },
    "absent is only asked for by given": {
        "given(t)": True, "given(t0)": False, "given(blank)": False, "given(zero)": True, "given(no)": True,
        "given(b0)": False, "given(touch)": True, "given(none)": False, "given(tags0)": False, "given(lines)": True,
        "given(empty)": False, "given(lines0)": False, "given(d0)": False, "given(i + i0)": False, "given(m)": True,
        "given(c0)": False, "given(who0)": False, "not given(t0)": True, "given(lower(blank))": False,
    },
    "an absent operand makes arithmetic absent": {
        "i + i0": None, "i0 + i": None, "i0 - i": None, "i * i0": None, "i0 / i": None, "i % i0": None, "-i0": None,
        "x + x0": None, "x0 * x": None, "m + m0": None, "m0 * 2": None, "abs(i0)": None, "round(x0)": None,
        "round(x0, 2)": None, "round(m0)": None, "d0 + 1d": None, "lower(t0)": None, "trim(t0)": None,
        "trim(blank)": None, "starts(t0, \"a\")": None, "contains(t, t0)": None, "days(d0, d)": None,
        "days(d, d0)": None, "months(d, d0)": None, "month(d0)": None, "year(d0)": None, "date(i, i0, 1)": None,
        "date(t0)": None, "m / m0": None, "x % x0": None, "i + (i0 + 1)": None,
    },
    "equality with absent is false, and != is exactly not ==": {
        "t0 == t": False, "t == t0": False, "t0 == t0": False, 't0 == "a"': False, 't0 != "a"': True,
        "t0 != t0": True, "t != t0": True, "i0 == 0": False, "i0 != 0": True, "b0 == false": False,
        "b0 != true": True, 'c0 == "online"': False, 'c0 != "online"': True, "d0 == d0": False,
        "blank == blank": False, "x0 == x": False, "m0 == 0": False, "who0 == me": False, "t == t": True,
        "i == 7": True, "i == 7.0": True, "x == 2.5": True, "i != 8": True, "yes == true": True, "no == false": True,
        'd == date("2026-01-31")': True, "d == d": True, "m == 12.5": True, "m == 12": False, "who == me": True,
        "owner != me": True, "zero == i": False, "i == x": False, "d != e": True,
    },
    "ordering with absent is false": {
        "i0 < 1": False, "i0 >= 1": False, "1 > i0": False, "i0 <= i0": False, "x0 > y": False, "m0 < p": False,
        "d0 < today()": False, "t0 < t": False, "blank < t": False, "z0 < now()": False, "not i0 > 1": True,
        "i < 8": True, "i <= 7": True, "i > 7": False, "i >= 7": True, "x > i": False, "x < i": True, "y < x": True,
        "m < p": True, "m > 12.49": True, "m > 12.495": True, "m < 12.505": True, "p >= 1000": True,
        "p > 0.1万": False, "d < today()": True, "e < d": True, "d >= date(2026, 1, 31)": True,
        "created < later": True, "now() > created": True, "clock > clock": False, "-1 < zero": True,
        "3 * m > i": True,
    },
    "texts order by code point": {
        't < "a"': True, '"Z" < "a"': True, 't2 < "b"': True, '"一" < "丁"': True, '"￿" < "😀"': True,
    },
    "in with absent is false": {
        't0 in ["a"]': False, "i0 in [1, 2]": False, 'c0 in ["online"]': False, "not i0 in [1]": True,
        "i0 in lines.qty": False, 't in ["x", "Ab抖音"]': True, "i in [1, 7]": True, "i in [1, 2.5]": False,
        "x in [1, 2.5]": True, "m in [12.5, 13]": True, "7 in [i, j]": True, "i in [i0, j]": False,
        "i in [i0, i]": True, "5 in lines.qty": True, "6 in lines.qty": False, "5 in lines0.qty": False,
        'd in [date("2026-01-31")]': True, "who in [owner, me]": True, "second in [source, added]": False,
        '"bolt" in lines.name': True, "i + 0 in [7]": True, "m in lines.price": False, "1.5 in lines.price": True,
    },
    "counts_as against a literal": {
        'source == "online"': True, 'added == "online"': True, 'added == "marketing__douyin"': True,
        'added == "marketing__live"': True, 'source == "marketing__douyin"': False, 'added != "online"': False,
        'added != "offline"': True, 'added in ["offline", "online"]': True, '"online" == added': True,
        'added in ["offline", "other"]': False, "added == source": False, "source == source": True,
        '"hot" in touch': True, '"vip" in touch': True, '"hot" in tags0': False, '"hot" in none': False,
        '"multi" in touch': True, 'added in [second, "online"]': True, 'source in [second, "marketing__live"]': False,
        '"vip" in lines.kinds': True, 'lines.exists(l, l.kind == "online")': True,
    },
    "an absent boolean is false to and, or, not, if": {
        "b0 and yes": False, "yes and b0": False, "b0 or yes": True, "b0 or no": False, "no or b0": False,
        "not b0": True, "b0 or b0": False, 'if(b0, "a", "b")': "b", "yes and yes": True, "yes and no": False,
        "no or no": False, "not yes": False, "not no": True, "yes and yes and b0": False, "no or b0 or yes": True,
        'starts(t0, "a") or yes': True, 'not starts(t0, "a")': True, 'starts(t0, "a") and yes': False,
        "yes or b0 and no": True, "not b0 and yes": True, "b0": None, "yes": True,
    },
    "if": {
        "if(yes, 1, 2)": 1, "if(no, 1, 2)": 2, "if(yes, 1, 2.5)": 1.0, "if(no, i, i0)": None,
        'if(i > 5, t, "x")': "Ab抖音", 'if(m > 5万, "两级", "一级")': "一级", "if(yes, m, 3)": 1250,
        "if(no, m, 3)": 300,
        'if(yes, "online", second)': "online", 'if(no, second, "other")': "other", 'if(yes, "", t)': None,
        "yes ? i : j": 7, "no ? i : yes ? j : x": -3.0, "yes && (no || yes)": True, "!no": True,
        "if(given(x0), x0 + 1, y)": -0.5,
    },
    "integers": {
        "i + j": 4, "i - j": 10, "i * j": -21, "-i": -7, "--i": 7, "i / 2": 3.5, "i / 7": 1.0, "i % 4": 3,
        "-7 % 4": 1, "7 % -4": -1, "i % zero": None, "i / zero": None, "abs(j)": 3, "abs(zero)": 0, "1 + 2 * 3": 7,
        "(1 + 2) * 3": 9, "7 - 2 - 1": 4, "8 / 2 / 2": 2.0, "-2 * 3": -6, "big + 0": LARGEST, "big + 1": None,
        "-big - 1": None, "big * 2": None, "big - 1": LARGEST - 1, "given(big + 1)": False, "abs(-big)": LARGEST,
    },
    "numbers": {
        "x + y": 2.0, "x - y": 3.0, "x * y": -1.25, "x / y": -5.0, "x % 2": 0.5, "-x % 2": 1.5, "x % -2": -1.5,
        "y % 2": 1.5, "x / 0.0": None, "x / (i - 7)": None, "x % 0.0": None, "huge * 10": None, "huge + huge": None,
        "-huge - huge": None, "given(huge * 10)": False, "x + i": 9.5, "i + x": 9.5, "i / x": 2.8, "abs(y)": 0.5,
        "0 * y": 0.0, "-y": 0.5,
    },
    "money": {
        "m + p": 101_250, "m + 1": 1350, "m - 0.5": 1200, "1 - m": -1150, "m * 2": 2500, "i * m": 8750, "-m": -1250,
        "m + i": 1950, "m * 1.5": 18.75, "m / 2": 6.25, "m / m": 1.0, "p / m": 80.0, "m / x": 5.0, "m + x": 15.0,
        "round(m * 1.1, 2)": 1375, "round(m / 3, 2)": 417, "round(m / 3, 1)": 420, "round(m / 3)": 400,
        "round(m * 0.5, 2) + m": 1875, "m % 5": 250, "abs(-m)": 1250, "round(m)": 1300, "round(m, 1)": 1250,
        "round(m, 2)": 1250, "round(m, -1)": 1000, "round(-m)": -1300, "round(m / 3, 4)": 4.1667,
        "m / (zero * 1)": None, "max(m, 20)": 2000, "m * 720575940379279": None,
    },
    "round is half away from zero": {
        "round(2.5)": 3, "round(-2.5)": -3, "round(0.5)": 1, "round(-0.5)": -1, "round(1.5)": 2, "round(2.4999)": 2,
        "round(1.005, 2)": 1.01, "round(2.675, 2)": 2.68, "round(-1.005, 2)": -1.01, "round(1.15 * 3, 1)": 3.5,
        "round(0.285, 2)": 0.29, "round(5.015 * 100)": 502, "round(i)": 7, "round(i, 3)": 7, "round(15, -1)": 20,
        "round(-15, -1)": -20, "round(14, -1)": 10, "round(x, 1)": 2.5, "round(1234.5, -2)": 1200, "round(-0.4)": 0,
        "round(huge, 2)": 1.5e308, "round(huge)": None, "round(0.1 + 0.2, 15)": 0.3,
        "round(12345678.125, 2)": 12345678.13, "round(90071992547409.91, 2)": 90071992547409.91,
    },
    "functions over lists skip the absent": {
        "sum(lines.qty)": 10, "sum(lines.price)": 199, "sum(lines.rate)": 2.0, "sum(lines0.qty)": 0,
        "sum(empty.price)": 0, "sum(i, i0, j)": 4, "sum(i0)": 0, "sum(lines.qty, 100)": 110, "sum(m, 1)": 1350,
        "sum(big, 1)": None, "sum(big, 1, -1)": None, "sum(i, x)": 9.5, "sum(lines.rate, m)": 14.5,
        "sum(huge, huge)": None, "sum(0.1, 0.2, 0.3)": 0.6000000000000001, "count(lines)": 3, "count(lines0)": 0,
        "count(lines.price)": 2, "count(lines.name)": 2, "count(t, t0, i, blank)": 2, "count(touch)": 2,
        "count(lines.kinds)": 3, "count(i0)": 0, "min(lines.qty)": 2, "max(lines.qty)": 5, "min(lines.price)": 49,
        "max(lines0.qty)": None, "min(empty.qty)": None, "min(i, i0, j)": -3, "max(i0)": None, "max(x, i)": 7.0,
        "min(lines.day)": "2025-06-30", "max(d, today())": "2026-03-01", "max(lines.day, d0)": "2026-01-02",
        "avg(lines.qty)": 10 / 3, "avg(lines.rate)": 1.0, "avg(i0)": None, "avg(lines0.qty)": None,
        "round(avg(lines.price), 2)": 100, "avg(1, 2)": 1.5, "min(created, later)": "2026-01-31T23:30:00.000000Z",
        "max(clock, clock)": "09:30",
    },
    "size": {
        "size(t)": 4, "size(t0)": 0, "size(blank)": 0, 'size("😀")': 1, "size(lines)": 3, "size(lines0)": 0,
        "size(empty)": 0, "size(touch)": 2, "size(tags0)": 0, "size(lines.price)": 3, "size(lines.kinds)": 3,
        "size(lines.filter(l, l.qty > 2))": 2, "size(lines) > 2": True,
    },
    "join writes for people": {
        'join("-", t, t0, t2, blank)': "Ab抖音-ab", 'join("", t0, blank)': None, 'join("-", source)': "线上渠道",
        'join("-", added, source, second, c0)': "抖音直播-线上渠道-线下活动",
        'join("", if(yes, "other", second))': "其他方式",
        'join("-", who, owner, who0)': "李雷-wang", 'join("", d)': "2026-01-31", 'join(" ", i, j)': "7 -3",
        'join("", x)': "2.5", 'join("", 1234567)': "1234567", 'join("", m)': "12.50", 'join("", p)': "1000",
        'join("", -m)': "-12.50", 'join("", m - m)': "0", 'join("", 3.0 + x - x)': "3", 'join("", huge / huge)': "1",
        'join("/", touch)': "多渠道触达/vip", 'join("、", lines.name)': "bolt、nut", 'join("-", lines.qty)': "2-5-3",
        'join("-", lines.price)': "1.50-0.49", 'join(",", lines.kind)': "线上渠道,其他方式",
        'join("-", tags0, lines0.name)': None, 'join("-", t, lines.qty, d0)': "Ab抖音-2-5-3", "join(t0, 1, 2)": "12",
        "join(t2, 1, 2)": "1ab2", 'join("", department)': "华东销售部", 'join(" ", 1, 2)': "1 2",
        'join("", 0.1 * 3)': "0.30000000000000004", 'join("", 1亿 * 1亿 * 1.0)': None, 'join("", clock)': "09:30",
        'join("", 10000000 * x * 10000000 * 10000000)': "2500000000000000000000",
        'join("", x / 10000000)': "0.00000025",
    },
    "texts": {
        "lower(t)": "ab抖音", 'trim("  a b\u3000")': "a b", 'starts(t, "Ab")': True, 'starts(t, "b")': False,
        'contains(t, "抖")': True, 'contains(t, "x")': False, "starts(t, t2)": False, "starts(lower(t), t2)": True,
        'lower("ÄÖ")': "äö", 'starts(t, "")': None,
    },
    "dates": {
        "today()": "2026-03-01", "now()": "2026-03-01T08:00:00.000000Z", "d + 1d": "2026-02-01",
        "d - 1d": "2026-01-30", "d + 1mo": "2026-02-28", "d - 2mo": "2025-11-30", "leap + 1y": "2025-02-28",
        "leap + 4y": "2028-02-29", "d + 2w": "2026-02-14", "1d + d": "2026-02-01", "d + 24h": "2026-02-01",
        "last + 1d": None, "d - 3000y": None, "last + 1mo": None, "d - -1d": "2026-02-01",
        "d + if(yes, 1mo, 2d)": "2026-02-28", "created + 1h": "2026-02-01T00:30:00.000000Z",
        "created + 45min": "2026-02-01T00:15:00.000000Z", "created + 1mo": "2026-02-28T23:30:00.000000Z",
        "z0 + 1d": None, "d + 180d > today()": True, "days(d, today())": 29, "days(today(), d)": -29, "days(d, d)": 0,
        "days(created, later)": 1, "days(later, created)": -1, "days(created, created)": 0,
        "days(created, created + 24h)": 1, "months(d, today())": 1, "months(today(), d)": -1, "months(e, d)": 1,
        "months(e, date(2026, 2, 1))": 2, "months(d, date(2026, 2, 28))": 1, "months(d, date(2026, 2, 27))": 0,
        "months(leap, date(2025, 2, 28))": 12, "months(d, d)": 0, "month(d)": 1, "year(d)": 2026, "month(e)": 12,
        'date("2026-01-31")': "2026-01-31", "date(2026, 1, 31)": "2026-01-31", "date(i + 2019, 2, 29)": None,
        "date(i + 2017, 2, 29)": "2024-02-29", "date(zero, 1, 1)": None, "date(t)": None,
        'date(join("-", "2026", "01", "31"))': "2026-01-31", "date(big, 1, 1)": None,
        'date(join("", "20260131"))': None,
    },
    "rows": {
        "lines.qty": [2, 5, 3], "lines.price": [150, None, 49], "lines0.qty": [], "empty.qty": [],
        "lines.kinds": ["multi", "hot", "vip"], "lines.exists(l, l.qty > 4)": True,
        "lines.exists(l, l.qty > 5)": False, "lines.all(l, l.qty > 1)": True, "lines.all(l, l.price > 0)": False,
        "lines0.exists(l, yes)": False, "lines0.all(l, no)": True, "empty.all(l, no)": True,
        "lines.exists(l, l.ok)": True, "lines.all(l, l.ok)": False, "lines.filter(l, l.qty > 2).qty": [5, 3],
        "lines0.filter(l, yes).qty": [], "lines.qty.exists(q, q == 5)": True,
        "lines.price.filter(q, given(q))": [150, 49], "lines.price.all(q, not given(q) or q > 0.4)": True,
        'touch.exists(w, w == "hot")': True, "lines.exists(a, lines.exists(b, a.qty < b.qty and b.price > 0))": True,
        "lines.exists(a, lines.all(b, a.qty >= b.qty))": True,
        "lines.filter(a, a.qty > 2).exists(b, b.price < 1)": True, "sum(lines.filter(l, l.price > 1).qty)": 2,
        "[i, j, 100].exists(q, q > 50)": True, "lines.filter(l, not given(l.name)).qty": [3],
        "lines.exists(i, i.qty == 5) and i == 7": True,
    },
    "who is asking": {
        "me": "li", "me == who": True, "me == owner": False, "me in [owner, who]": True, "me.department": "east",
        'me.department == "east"': True, "me.department == department": True, 'department == "west"': False,
        'owner == "wang"': True, 'join("", me)': "李雷",
    },
}  # fmt: skip


TABLE = [
    pytest.param(text, expected, id=f"{group}: {text}")
    for group, expressions in CASES.items()
    for text, expected in expressions.items()
]


def test_the_table_is_long_enough() -> None:
    assert sum(map(len, CASES.values())) >= 150


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_meaning(text: str, expected: object) -> None:
    found = value(text)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("text", "expect", "expected"),
    [
        ("5", money(2), 500),
        ("0.5", money(2), 50),
        ("if(yes, 100, 0)", CNY, 10_000),
        ("i", CNY, 700),
        ("round(x * i, 2)", CNY, 1750),
        ("round(m * 1.1, 2)", CNY, 1375),
        ("round(p / 3, 0)", INTEGER, 333),
        ("i", NUMBER, 7.0),
        ("7", NUMBER, 7.0),
        ("m", NUMBER, 12.5),
        ('"other"', SOURCE, "other"),
        ('if(no, "online", "offline")', SOURCE, "offline"),
        ('["multi", "hot"]', TOUCH, ["multi", "hot"]),
        ('date("2026-01-31")', DATE, "2026-01-31"),
        ('if(no, "a", "")', TEXT, None),
        ("b0", BOOLEAN, None),
        ("sum(lines.price)", CNY, 199),
        ("avg(1, 2) + 0", NUMBER, 1.5),
    ],
)
def test_the_expected_type_decides_what_a_value_becomes(text: str, expect: Type, expected: object) -> None:
    found = value(text, expect=expect)
    assert (found, type(found)) == (expected, type(expected))


def test_the_columns_of_the_row_at_hand_come_before_the_names_around_it() -> None:
    from builder.expressions import Scope, Symbol
    from tests.builder.expressions.world import TYPES

    names = {**{name: Symbol(type) for name, type in TYPES.items()}, "qty": Symbol(INTEGER), "x": Symbol(INTEGER)}
    expression = compiled("qty * m + x", Scope(names, row=frozenset(("qty", "x"))))
    assert expression(VALUES, SITUATION, {"qty": 2, "x": 1}) == 2600
    assert expression(VALUES, SITUATION, {"qty": 2}) is None
    assert (expression.reads, expression.columns) == ({"m"}, {"qty", "x"})


def test_a_layer_finds_its_own_additions_by_their_short_names() -> None:
    from builder.expressions import Scope, Symbol

    names = {"marketing__campaign": Symbol(TEXT), "source": Symbol(SOURCE)}
    scope = Scope(names, layer="marketing")
    assert compiled('source == "live"', scope)({"source": "marketing__live"}, SITUATION) is True
    assert compiled("campaign", scope)({"marketing__campaign": "A1"}, SITUATION) == "A1"
    assert compiled("campaign", scope).reads == {"marketing__campaign"}


def test_nobody_is_an_absent_person() -> None:
    nobody = Situation(today="2026-03-01", now="2026-03-01T08:00:00.000000Z")
    assert compiled("me == who")(VALUES, nobody) is False
    assert compiled("given(me)")(VALUES, nobody) is False
    assert compiled("me.department")(VALUES, nobody) is None


def test_equal_meaning_is_equal_whatever_was_written() -> None:
    assert compiled('source == "online"') == compiled("source  ==  'online'")
    assert compiled("i > 5万") == compiled("i>50000")
    assert compiled("yes && !no") == compiled("yes and not no")
    assert compiled('source in ["other", "online"]') == compiled('source in ["online", "other"]')
    assert compiled("lines.all(a, a.qty > 1)") == compiled("lines.all(b, b.qty > 1)")
    assert compiled("i > 5") != compiled("i >= 5")
    assert choices() == TOUCH


def test_an_absent_list_is_empty_to_whatever_takes_one() -> None:
    texts = Type("list", item=TEXT)
    nothing = Node("field", texts, (), "texts0")
    joined = emit(node("join", TEXT, (node("const", TEXT, (), "-"), nothing)))
    assert joined({"texts0": None}, SITUATION, {}) is None
    assert emit(node("count", INTEGER, (nothing,)))({"texts0": None}, SITUATION, {}) == 0
