"""Random typed trees, built straight from the table in tree.py, and random records for their names.

A production is one operation with the types of its operands. The n-th tree has the n-th production at its root, in
turn, so that each comes as often as every other; below the root chance chooses.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from dataclasses import dataclass

from builder.expressions import (
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    INTEGER,
    NUMBER,
    PERSON,
    TEXT,
    TIME,
    Node,
    Type,
    choice,
    link,
    list_of,
    money,
)
from builder.expressions.numbers import LARGEST
from builder.expressions.tree import node

CNY, ROW = money(2, "CNY"), Type("row")
OPTION = choice()
TARGET = "any"
LINK = link(TARGET)
ROWS = list_of(ROW)
SCALARS = (TEXT, INTEGER, NUMBER, CNY, BOOLEAN, OPTION, PERSON, DATE, DATETIME, TIME, LINK)
ORDERED = (TEXT, INTEGER, NUMBER, CNY, DATE, DATETIME, TIME)
LISTS = tuple(map(list_of, SCALARS))
# Ids that objects of JavaScript have already, and ids of other scripts.
ODD = ("constructor", "__proto__", "toString", "抖音", "😀")
FIELDS: dict[str, Type] = {
    **{f"{type.kind}_": type for type in SCALARS}, **{f"{type.kind}2": type for type in SCALARS},
    **dict(zip(ODD, (INTEGER, TEXT, NUMBER, CNY, BOOLEAN), strict=True)),
    **{f"list_{type.item.kind}": type for type in (*LISTS, ROWS) if type.item},
}  # fmt: skip
COLUMNS = {f"{type.kind}_": type for type in SCALARS} | {"__proto__": INTEGER, "valueOf": TEXT, "many": list_of(OPTION)}
PARTS = COLUMNS | {f"list_{type.item.kind}": type for type in (*LISTS, ROWS) if type.item}  # of a record linked to
LINKS = ("r1", "r2", "r3", "constructor", "__proto__")
OPTIONS = ("web", "fair", "east__live", "constructor", "__proto__", "线上")
PEOPLE = ("li", "wang", "constructor")
SIGNS = "aB é😀𠮷抖音\u3000\t\u2028ßİΣ\uff5e\ue000\uffff\u0301<>&\"'\\0"
TEXTS = (
    " ", "\u3000\t", "2026-02-29", "2024-02-29", "20240229", "0000-01-01", "9999-12-31", "2026-13-01", "ab",
    "Ab", "抖音", "𠮷", "\x85", "\ufeff", "ΑΣ", "</script>", "0001-01-01", "2026-1-5", "web",
)  # fmt: skip
DAYS = ("0001-01-01", "9999-12-31", "2024-02-29", "2026-01-31", "1900-02-28", "2000-02-29", "2026-03-01", "2025-12-31")
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "UTC")
NUMBERS = (
    0.0, 0.5, -0.5, 2.5, 1.005, 2.675, 0.1, 1e15, 1e16, 1e21, 1e22, 1e-7, 5e-324, 1.7e308, -1.7e308, 0.285, 1e23,
    123456789.125,
    90071992547409.91, 0.49999999999999994, 4503599627370497.5, 9007199254740993.0, -1e-6, 999999999999999.9, 100.0,
    3.0,
)  # fmt: skip
WHOLES = (
    0,
    1,
    -1,
    2,
    3,
    5,
    7,
    10,
    15,
    25,
    50,
    100,
    2024,
    LARGEST,
    -LARGEST,
    LARGEST - 1,
    94906266,
    10**15,
    4503599627370496,
)


@dataclass(frozen=True, slots=True)
class Production:
    """An operation over operands of these types; `value` chooses what the node holds."""

    kind: str
    type: Type
    args: tuple[Type, ...] = ()
    value: Callable[[random.Random], object] = lambda chance: None

    @property
    def name(self) -> str:
        """For counting: the operation and its types."""
        return f"{self.kind}({', '.join(map(_shown, self.args))}) {_shown(self.type)}"


def _shown(type: Type) -> str:
    return f"[{type.item.kind}]" if type.item else type.kind


def day(chance: random.Random) -> str:
    """A date, often a hard one."""
    month, last = chance.choice(((1, 31), (2, 28), (4, 30), (12, 31)))
    drawn = f"{chance.choice((1, 4, 100, 1999, 2023, 2024, 2026, 9999)):04}-{month:02}-{chance.randint(1, last):02}"
    return chance.choice((chance.choice(DAYS), drawn))


# Around what clocks were put forward and back: Shanghai 1986, New York and Berlin 2026, Apia's lost day.
TURNS = (
    "1986-05-03T17:59:59.999999Z", "1986-05-03T18:00:00.000000Z", "1986-09-13T16:30:00.000000Z",
    "2026-03-08T06:59:59.999999Z", "2026-03-08T07:00:00.000000Z", "2026-11-01T05:30:00.000000Z",
    "2026-11-01T06:30:00.000000Z", "2026-03-29T01:00:00.000000Z", "2026-02-28T02:30:00.000000Z",
    "2026-02-08T07:30:00.000000Z", "2011-12-30T10:00:00.000000Z", "1901-01-01T00:00:00.000000Z",
)  # fmt: skip


def moment(chance: random.Random) -> str:
    """A neutral datetime."""
    time = chance.choice(
        ("00:00:00.000000", "23:59:59.999999", "08:30:00.000000", f"12:00:{chance.randint(0, 59):02}.000001")
    )
    return chance.choice((f"{day(chance)}T{time}Z", chance.choice(TURNS)))


def number(chance: random.Random) -> float:
    """A finite double: a hard one, a decimal as people write it, or any bits at all."""
    (bits,) = struct.unpack("<d", chance.randbytes(8))
    decimal = chance.randint(-(10**6), 10**6) / 10 ** chance.randint(0, 6)
    found = chance.choice((chance.choice(NUMBERS), decimal, bits, float(chance.randint(-9, 9))))
    return found + 0.0 if abs(found) < float("inf") else 0.5


def whole(chance: random.Random) -> int:
    """A whole number in range."""
    return chance.choice(
        (chance.choice(WHOLES), chance.randint(-9, 9), chance.randint(-LARGEST, LARGEST), chance.randint(1, 31))
    )


def words(chance: random.Random) -> str:
    """A text, blank ones included."""
    return chance.choice((chance.choice(TEXTS), "".join(chance.choices(SIGNS, k=chance.randint(1, 6)))))


def ink(chance: random.Random) -> str:
    """A text that is not blank."""
    return chance.choice(("ab", "Ab", "抖音", "2024-02-29", "𠮷", "\uff5e", "</script>", "a\u2028b", "1", "Σ'\"\\"))


DRAWN: dict[str, Callable[[random.Random], object]] = {
    "text": words, "integer": whole, "number": number, "money": whole, "boolean": lambda chance: chance.random() < 0.5,
    "choice": lambda chance: chance.choice(OPTIONS), "person": lambda chance: chance.choice(PEOPLE), "date": day,
    "link": lambda chance: chance.choice((*LINKS, "gone")),
    "datetime": moment, "time": lambda chance: chance.choice(("00:00", "09:30", "23:59")),
}  # fmt: skip


def _constants(type: Type) -> Callable[[random.Random], object]:
    draw = ink if type.kind == "text" else DRAWN[type.kind]
    return lambda chance: tuple(sorted({draw(chance) for _ in range(chance.randint(1, 3))}, key=repr))  # type: ignore[type-var]


def _between(low: int, high: int) -> Callable[[random.Random], object]:
    return lambda chance: chance.randint(low, high)


def _labels(chance: random.Random) -> object:
    return tuple((each, f"的{each}") for each in chance.sample(OPTIONS, 4))


def _zone(chance: random.Random) -> str:
    return chance.choice(ZONES)


def productions() -> tuple[Production, ...]:
    """Every operation with every type of operands that the checker can make of it."""
    p = Production
    found = [p("not", BOOLEAN, (BOOLEAN,)), *(p(k, BOOLEAN, (BOOLEAN,) * n) for k in ("and", "or") for n in (2, 3))]
    for t, many in zip(SCALARS, LISTS, strict=True):
        found += [
            p("eq", BOOLEAN, (t, t)), p("one_of", BOOLEAN, (t,), _constants(t)), p("member", BOOLEAN, (t, many)),
            p("overlaps", BOOLEAN, (many,), _constants(t)), p("given", BOOLEAN, (t,)), p("given", BOOLEAN, (many,)),
            p("if", t, (BOOLEAN, t, t)), p("if", many, (BOOLEAN, many, many)), p("list", many, (t, t)),
            p("gather", many, (t, many, t)),
            p("filter", many, (many, BOOLEAN)), p("exists", BOOLEAN, (many, BOOLEAN)),
            p("all", BOOLEAN, (many, BOOLEAN)),
            p("map", many, (many, t)), p("count", INTEGER, (many,)), p("size", INTEGER, (many,)),
            p("pluck", many, (ROWS,)), p("linked", t, (LINK,)), p("linked", many, (LINK,)),
        ]  # fmt: skip
    found += [p(kind, BOOLEAN, (t, t)) for kind in ("lt", "le", "gt", "ge") for t in ORDERED]
    found += [p(kind, t, (list_of(t),)) for kind in ("min", "max") for t in ORDERED if t is not TEXT]
    for t in (INTEGER, NUMBER, CNY):
        found += [p(kind, t, (t, t)) for kind in ("add", "sub", "mod")]
        found += [p("neg", t, (t,)), p("abs", t, (t,)), p("sum", t, (list_of(t),)), p("div", NUMBER, (t, t))]
    found += [
        *(p("mul", t, (t, t)) for t in (INTEGER, NUMBER)), p("mul", CNY, (CNY, INTEGER)), p("mul", CNY, (INTEGER, CNY)),
        p("to_number", NUMBER, (INTEGER,)), p("to_money", CNY, (INTEGER,), lambda _: 2),
        p("units", NUMBER, (CNY,), lambda _: 2),
        p("round", NUMBER, (NUMBER,), _between(1, 15)), p("avg", NUMBER, (list_of(NUMBER),)),
        p("round_to", INTEGER, (NUMBER,), lambda chance: (chance.randint(-15, 0), 0)),
        p("round_to", CNY, (NUMBER,), lambda chance: (chance.randint(-15, 2), 2)),
        p("round_off", INTEGER, (INTEGER,), _between(1, 15)), p("round_off", CNY, (CNY,), _between(1, 17)),
        *(p("shift", t, (t, DURATION), lambda chance: chance.choice((1, -1))) for t in (DATE, DATETIME)),
        p("neg", DURATION, (DURATION,)), p("if", DURATION, (BOOLEAN, DURATION, DURATION)),
        *(p("days", INTEGER, (t, t)) for t in (DATE, DATETIME)), p("months", INTEGER, (DATE, DATE)),
        p("shift_local", DATETIME, (DATETIME, DURATION), lambda chance: (chance.choice((1, -1)), _zone(chance))),
        p("local_date", DATE, (DATETIME,), _zone), p("moment_text", TEXT, (DATETIME,), _zone),
        p("month", INTEGER, (DATE,)), p("year", INTEGER, (DATE,)), p("date", DATE, (INTEGER,) * 3),
        p("parse_date", DATE, (TEXT,)),
        p("size", INTEGER, (TEXT,)), p("size", INTEGER, (ROWS,)), p("count", INTEGER, (ROWS,)),
        p("given", BOOLEAN, (ROWS,)), p("linked", ROWS, (LINK,)),
        p("filter", ROWS, (ROWS, BOOLEAN)), p("exists", BOOLEAN, (ROWS, BOOLEAN)), p("all", BOOLEAN, (ROWS, BOOLEAN)),
        p("map", list_of(INTEGER), (ROWS, INTEGER)), p("pluck_all", list_of(OPTION), (ROWS,), lambda _: "many"),
        p("join", TEXT, (TEXT, list_of(TEXT))), p("lower", TEXT, (TEXT,)), p("trim", TEXT, (TEXT,)),
        p("starts", BOOLEAN, (TEXT, TEXT)), p("contains", BOOLEAN, (TEXT, TEXT)), p("label", TEXT, (OPTION,), _labels),
        p("person_name", TEXT, (PERSON,)), p("number_text", TEXT, (INTEGER,)), p("number_text", TEXT, (NUMBER,)),
        p("money_text", TEXT, (CNY,), lambda _: 2), p("date_text", TEXT, (DATE,)), p("date_text", TEXT, (TIME,)),
        *(p(kind, t) for kind, t in (("today", DATE), ("now", DATETIME), ("me", PERSON), ("my_department", OPTION))),
    ]  # fmt: skip
    return tuple(found)


PRODUCTIONS = productions()
BY_TYPE = {type: [each for each in PRODUCTIONS if each.type == type] for type in {each.type for each in PRODUCTIONS}}
WALKS = frozenset(("map", "filter", "exists", "all"))


class Maker:
    """Trees of one run of chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.items: list[Type] = []  # types of the quantifiers' items, outermost first

    def tree(self, production: Production, depth: int) -> Node:
        """A tree with this operation at its root."""
        value = production.value(self.chance)
        if production.kind == "pluck" and production.type.item:
            value = self.chance.choice([name for name, type in COLUMNS.items() if type == production.type.item])
        if production.kind == "linked":
            value = TARGET, self.chance.choice([name for name, type in PARTS.items() if type == production.type])
        if production.kind in WALKS:
            return self.walk(production, depth)
        args = [self.any(type, depth - 1) for type in production.args]
        if production.kind == "join" and self.chance.random() < 0.3:
            args[0] = node("const", TEXT, (), self.chance.choice(("", " ", "、")))
        return node(production.kind, production.type, tuple(args), value)

    def walk(self, production: Production, depth: int) -> Node:
        items, body = production.args
        walked, place = self.any(items, depth - 1), len(self.items)
        self.items.append(items.item or ROW)
        inside = self.any(body, depth - 1)
        self.items.pop()
        return node(production.kind, production.type, (walked, inside), place)

    def any(self, type: Type, depth: int) -> Node:
        """A tree of a type, of at most so many levels."""
        if depth <= 0 or self.chance.random() < 0.2:
            return self.leaf(type)
        return self.tree(self.chance.choice(BY_TYPE[type]), depth) if type in BY_TYPE else self.leaf(type)

    def leaf(self, type: Type) -> Node:
        if type == DURATION:
            months, days = self.chance.choice(((1, 0), (0, 1), (-13, 0), (0, 45), (12, 0), (48, 0), (0, -400), (-2, 7)))
            return node("const", DURATION, (), (months, days * 86_400))
        known = [*self.near(type), *(node("field", t, (), name) for name, t in FIELDS.items() if t == type)] * 2
        known += [node("row", t, (), name) for name, t in COLUMNS.items() if t == type]
        return self.chance.choice([*known, *self.constants(type)])

    def near(self, type: Type) -> list[Node]:
        """The quantifiers' items and their cells."""
        local = [node("local", t, (), place) for place, t in enumerate(self.items)]
        cells = [
            node("cell", t, (each,), n) for each in local if each.type == ROW for n, t in COLUMNS.items() if t == type
        ]
        return [*(each for each in local if each.type == type), *cells, *cells]

    def constants(self, type: Type) -> list[Node]:
        if type.item is not None:
            return []
        value = (ink if type == TEXT else DRAWN[type.kind])(self.chance)
        return [node("const", type, (), value), node("const", type, (), value if self.chance.random() < 0.9 else None)]


def trees(count: int, chance: random.Random) -> list[Node]:
    """So many trees, each production in turn at the root."""
    maker = Maker(chance)
    return [maker.tree(PRODUCTIONS[n % len(PRODUCTIONS)], maker.chance.randint(1, 4)) for n in range(count)]


def drawn(type: Type, chance: random.Random) -> object:
    """A neutral value of a type, or None."""
    if chance.random() < 0.2:
        return None
    if type.item is None:
        return DRAWN[type.kind](chance)
    count = chance.randint(0, 3)
    if type.item == ROW:
        return [cells(chance) for _ in range(count)]
    return [DRAWN[type.item.kind](chance) for _ in range(count)]


def cells(chance: random.Random) -> dict[str, object]:
    """A row: cells absent, or not there at all."""
    return {name: drawn(type, chance) for name, type in COLUMNS.items() if chance.random() < 0.8}


def record(chance: random.Random) -> dict[str, object]:
    """A value or nothing for every field."""
    return {name: drawn(type, chance) for name, type in FIELDS.items()}
