"""One small world for all tests of expressions: names of every type, each present, absent and blank."""

from __future__ import annotations

from builder.expressions import (
    BOOLEAN,
    DATE,
    DATETIME,
    INTEGER,
    NUMBER,
    PERSON,
    TEXT,
    TIME,
    Expression,
    OptionType,
    Scope,
    Situation,
    Symbol,
    Type,
    choice,
    choices,
    compile_expression,
    link,
    money,
    rows,
)
from tests.builder.expressions.linked import linked

SOURCE = choice(
    (
        OptionType("online", {"zh": "线上渠道", "en": "Online"}, synonyms=("网络营销",)),
        OptionType("offline", {"zh": "线下活动"}),
        OptionType("marketing__douyin", {"zh": "抖音"}, counts_as="online"),
        OptionType("marketing__live", {"zh": "抖音直播"}, counts_as="marketing__douyin"),
        OptionType("other", {"zh": "其他"}, written="其他方式"),
    )
)
TOUCH = choices(
    (OptionType("multi", {"zh": "多渠道触达"}), OptionType("hot", {"zh": "高意向"}), OptionType("vip", counts_as="hot"))
)
CNY, USD = money(2, "CNY"), money(2, "USD")
LINES = rows(
    {
        "name": Symbol(TEXT, present=True, label={"zh": "名称"}),
        "qty": Symbol(INTEGER, present=True),
        "price": Symbol(CNY),
        "rate": Symbol(NUMBER),
        "day": Symbol(DATE),
        "kinds": Symbol(TOUCH),
        "kind": Symbol(SOURCE),
        "ok": Symbol(BOOLEAN),
    }
)

FIRM = {
    "name": Symbol(TEXT, label={"zh": "名称"}),
    "size": Symbol(INTEGER),
    "marks": Symbol(TOUCH),
    "group": Symbol(TEXT, live=True),
}

TYPES: dict[str, Type] = {
    "t": TEXT, "t2": TEXT, "t0": TEXT, "blank": TEXT,
    "i": INTEGER, "j": INTEGER, "zero": INTEGER, "big": INTEGER, "i0": INTEGER,
    "x": NUMBER, "y": NUMBER, "huge": NUMBER, "x0": NUMBER,
    "m": CNY, "p": CNY, "m0": CNY, "usd": USD,
    "yes": BOOLEAN, "no": BOOLEAN, "b0": BOOLEAN,
    "source": SOURCE, "added": SOURCE, "second": SOURCE, "c0": SOURCE,
    "touch": TOUCH, "tags0": TOUCH, "none": TOUCH,
    "who": PERSON, "who0": PERSON, "owner": PERSON,
    "d": DATE, "e": DATE, "leap": DATE, "last": DATE, "d0": DATE,
    "created": DATETIME, "later": DATETIME, "z0": DATETIME,
    "clock": TIME,
    "lines": LINES, "lines0": LINES, "empty": LINES,
    "firm": link("firm", FIRM), "shop": link("shop"), "orders": rows({"firm": Symbol(link("firm", FIRM))}),
    "department": choice((OptionType("east", {"zh": "华东销售部"}), OptionType("west", {"zh": "华西"}))),
}  # fmt: skip

VALUES: dict[str, object] = {
    "t": "Ab抖音", "t2": "ab", "t0": None, "blank": " \u3000\t",
    "i": 7, "j": -3, "zero": 0, "big": 2**53 - 1, "i0": None,
    "x": 2.5, "y": -0.5, "huge": 1.5e308, "x0": None,
    "m": 1250, "p": 100_000, "m0": None, "usd": 100,
    "yes": True, "no": False, "b0": None,
    "source": "online", "added": "marketing__live", "second": "offline", "c0": None,
    "touch": ["multi", "vip"], "tags0": None, "none": [],
    "who": "li", "who0": None, "owner": "wang",
    "d": "2026-01-31", "e": "2025-12-01", "leap": "2024-02-29", "last": "9999-12-31", "d0": None,
    "created": "2026-01-31T23:30:00.000000Z", "later": "2026-02-02T23:29:59.000000Z", "z0": None,
    "clock": "09:30",
    "lines": [
        {"name": "bolt", "qty": 2, "price": 150, "rate": 0.5, "day": "2026-01-02", "kinds": ["multi"], "kind": "online",
         "ok": True},
        {"name": "nut", "qty": 5, "price": None, "rate": None, "day": None, "kinds": None, "kind": None, "ok": None},
        {"name": " ", "qty": 3, "price": 49, "rate": 1.5, "day": "2025-06-30", "kinds": ["hot", "vip"], "kind": "other",
         "ok": False},
    ],
    "lines0": None, "empty": [],
    "firm": "f1", "shop": "s1", "orders": [{"firm": "f1"}, {"firm": "f2"}],
    "department": "east",
}  # fmt: skip

SCOPE = Scope({name: Symbol(type) for name, type in TYPES.items()})
NAMES = {"li": "李雷"}
SITUATION = Situation(
    today="2026-03-01",
    now="2026-03-01T08:00:00.000000Z",
    me="li",
    me_department="east",
    person=lambda user: NAMES.get(user, user),
    linked=linked,
)


def compiled(text: str, scope: Scope = SCOPE, **options: object) -> Expression:
    """The expression, which must have no finding."""
    expression, findings = compile_expression(text, scope, **options)  # type: ignore[arg-type]
    assert not findings, [(f.code, text[f.start : f.end], dict(f.args), f.suggestion) for f in findings]
    assert expression is not None
    return expression


def value(text: str, **options: object) -> object:
    """What an expression gives in this world."""
    return compiled(text, **options)(VALUES, SITUATION)
