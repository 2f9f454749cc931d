"""Random well-typed expressions, as text, and random values for their names."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.builder.expressions.world import TYPES

Texts = st.SearchStrategy[str]

WORDS = ["a", "Ab", "抖音", "😀", " x ", "2026-01-31", "2026-02-30", "ß", "é"]
BLANKS = [" ", "\u3000\t"]


def _names(kind: str) -> list[str]:
    return [name for name, type in TYPES.items() if type.kind == kind]


def _call(name: str, *args: Texts) -> Texts:
    return st.tuples(*args).map(lambda parts: f"{name}({', '.join(parts)})")


def _infix(left: Texts, signs: list[str], right: Texts) -> Texts:
    return st.tuples(left, st.sampled_from(signs), right).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})")


def _leaves() -> dict[str, Texts]:
    quoted = st.sampled_from(WORDS).map(lambda word: f'"{word}"')
    return {
        "boolean": st.sampled_from([*_names("boolean"), "true", "false"]),
        "integer": st.sampled_from([*_names("integer"), "0", "1", "3", "5万", "9007199254740991"]),
        "number": st.sampled_from([*_names("number"), "0.5", "2.675", "0.1"]),
        "money": st.sampled_from(["m", "p", "m0"]),
        "text": st.sampled_from([*_names("text"), "firm.name"]) | quoted.filter(lambda word: word != '" "'),
        "date": st.sampled_from([*_names("date"), "today()", 'date("2024-02-29")']),
        "datetime": st.sampled_from([*_names("datetime"), "now()"]),
        "choice": st.sampled_from(["source", "added", "second", "c0"]),
        "person": st.sampled_from([*_names("person"), "me"]),
        "rows": st.sampled_from(["lines", "lines0", "empty"]),
        "choices": st.sampled_from(["touch", "tags0", "none"]),
        "duration": st.sampled_from(["1d", "2w", "1mo", "3y", "45d", "-1mo"]),
    }


def expressions() -> dict[str, Texts]:
    """For each type, expressions of it, up to four levels deep."""
    level = _leaves()
    for _ in range(4):
        level = {kind: st.one_of(level[kind], *more) for kind, more in _larger(level).items()} | {
            "duration": level["duration"],
            "person": level["person"],
            "choices": level["choices"],
        }
    return level


def _larger(s: dict[str, Texts]) -> dict[str, list[Texts]]:
    whole = st.integers(-4, 4).map(str)
    several = _call  # an aggregate of two arguments, or of a list and one
    column = s["rows"].map(lambda rows: f"{rows}.qty")
    cents = s["rows"].map(lambda rows: f"{rows}.price")
    # what money becomes when it is divided, or multiplied by a rate: a number that round() makes money again
    amount = st.one_of(_infix(s["money"], ["*", "/"], s["number"]), several("avg", cents, s["integer"]))
    return {
        "boolean": [*_comparisons(s), *_logic(s), *_walks(s)],
        "integer": [
            _infix(s["integer"], ["+", "-", "*", "%"], s["integer"]),
            s["integer"].map(lambda x: f"-{x}"),
            _call("round", s["number"]),
            _call("round", s["integer"], whole),
            _call("abs", s["integer"]),
            several("sum", s["integer"], column),
            several("max", column, s["integer"]),
            _call("min", column),
            _call("size", st.one_of(s["text"], s["rows"], s["choices"], cents)),
            _call("count", st.one_of(s["rows"], cents, s["date"])),
            _call("days", s["date"], s["date"]),
            _call("days", s["datetime"], s["datetime"]),
            _call("months", s["date"], s["date"]),
            _call("month", s["date"]),
            _call("year", s["date"]),
            _if(s, s["integer"]),
        ],
        "number": [
            _infix(st.one_of(s["integer"], s["number"]), ["/"], s["integer"]),
            _infix(s["number"], ["+", "-", "*", "/", "%"], s["number"]),
            _infix(s["integer"], ["+", "*", "-"], s["number"]),
            _call("abs", s["number"]),
            _call("round", s["number"], st.sampled_from(["3", "5", "15"])),
            several("avg", column, s["integer"]),
            several("sum", s["rows"].map(lambda rows: f"{rows}.rate"), s["number"]),
            several("max", s["integer"], s["number"]),
            _infix(s["money"], ["/"], s["money"]),
            _if(s, s["number"]),
            s["number"].map(lambda x: f"-{x}"),
        ],
        "money": [
            _infix(s["money"], ["+", "-", "%"], s["money"]),
            _infix(s["money"], ["*"], s["integer"]),
            _infix(s["integer"], ["+"], s["money"]),
            several("sum", cents, s["money"]),
            several("min", s["money"], cents),
            _call("abs", s["money"]),
            _call("round", amount, st.sampled_from(["0", "1", "2", "-1"])),
            _call("round", s["money"], whole),
            _if(s, s["money"]),
        ],
        "text": [
            _call("lower", s["text"]),
            _call("trim", s["text"]),
            _if(s, s["text"]),
            _call(
                "join",
                st.sampled_from(['"-"', '""', '" "', "t2"]),
                st.one_of(s["text"], s["integer"], s["number"], s["money"], s["date"], amount),
                st.one_of(
                    s["choice"], s["person"], column, cents, s["choices"], s["rows"].map(lambda rows: f"{rows}.name")
                ),
            ),
        ],
        "date": [
            _infix(s["date"], ["+", "-"], s["duration"]),
            _call("min", s["date"], s["date"]),
            _if(s, s["date"]),
            _call("date", s["integer"], s["integer"], s["integer"]),
            _call("date", st.sampled_from(["t", "t0", "lower(t2)"])),
        ],
        "datetime": [_infix(s["datetime"], ["+", "-"], s["duration"]), _call("max", s["datetime"], s["datetime"])],
        "choice": [_if(s, s["choice"])],
        "rows": [
            s["rows"].map(lambda rows: f"{rows}.filter(l, l.qty > 2 and not l.ok)"),
            s["rows"].map(lambda rows: f"{rows}.filter(l, given(l.price))"),
        ],
    }


def _if(s: dict[str, Texts], branch: Texts) -> Texts:
    return _call("if", s["boolean"], branch, branch)


def _comparisons(s: dict[str, Texts]) -> list[Texts]:
    orders = ["<", "<=", ">", ">=", "==", "!="]
    numeric = st.one_of(s["integer"], s["number"], s["money"], _infix(s["money"], ["*", "/"], s["number"]))
    option = st.sampled_from(['"online"', '"offline"', '"marketing__douyin"', "second"])
    return [
        _infix(numeric, orders, numeric),
        _infix(s["text"], orders, s["text"]),
        _infix(s["date"], orders, s["date"]),
        _infix(s["datetime"], orders, s["datetime"]),
        _infix(s["choice"], ["==", "!="], option),
        _infix(
            s["choice"], ["in"], st.lists(option, min_size=1, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        ),
        _infix(s["person"], ["==", "!="], s["person"]),
        _infix(s["integer"], ["in"], s["rows"].map(lambda rows: f"{rows}.qty")),
        _infix(st.sampled_from(['"multi"', '"hot"', '"vip"']), ["in"], s["choices"]),
        _infix(s["integer"], ["in"], st.tuples(s["integer"], numeric).map(lambda pair: f"[{pair[0]}, {pair[1]}]")),
        _infix(s["boolean"], ["==", "!="], st.sampled_from(["true", "false", "b0"])),
    ]


def _logic(s: dict[str, Texts]) -> list[Texts]:
    anything = st.one_of(*s.values())
    return [
        _infix(s["boolean"], ["and", "or"], s["boolean"]),
        s["boolean"].map(lambda x: f"(not {x})"),
        _call("given", anything),
        _call("starts", s["text"], s["text"]),
        _call("contains", s["text"], s["text"]),
        _if(s, s["boolean"]),
        s["integer"].map(lambda x: f"(given(i0) and i0 > {x})"),
        s["text"].map(lambda x: f"(not given(t0) or t0 != {x})"),
    ]


def _walks(s: dict[str, Texts]) -> list[Texts]:
    body = st.sampled_from(
        [
            "l.qty > i",
            "l.price < m",
            "l.ok",
            "l.name == t",
            "given(l.day) and l.day < d",
            'l.kind == "online"',
            "lines.exists(k, k.qty > l.qty)",
            "l.rate * l.qty > x",
            "l.qty > firm.size",
        ]
    )
    walk = st.sampled_from(["exists", "all"])
    return [st.tuples(s["rows"], walk, body).map(lambda p: f"{p[0]}.{p[1]}(l, {p[2]})")]


DAYS = st.dates().map(lambda day: day.isoformat())
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from([*WORDS, *BLANKS]),
    "integer": st.integers(-5, 5) | st.integers(-(2**53) + 1, 2**53 - 1),
    "number": st.sampled_from([0.0, -0.5, 1.005, 2.675, 1e300, 1e-300, 0.1])
    | st.floats(allow_nan=False, allow_infinity=False),
    "money": st.integers(-100_000, 100_000) | st.integers(-(2**53) + 1, 2**53 - 1),
    "boolean": st.booleans(),
    "choice": st.sampled_from(["online", "offline", "marketing__douyin", "marketing__live", "other", "gone"]),
    "person": st.sampled_from(["li", "wang"]),
    "link": st.sampled_from(["f1", "f2", "gone"]),
    "date": st.sampled_from(["2026-01-31", "2024-02-29", "0001-01-01", "9999-12-31"]) | DAYS,
    "datetime": DAYS.map(lambda day: day + "T23:59:59.999999Z"),
    "time": st.just("09:30"),
    "list": st.lists(st.sampled_from(["multi", "hot", "vip"]), max_size=3, unique=True),
}


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def values() -> st.SearchStrategy[dict[str, Any]]:
    """A value or nothing for every name of the world."""
    found = {}
    for name, type in TYPES.items():
        if type.kind == "list" and type.item is not None and type.item.kind == "row":
            columns = {column: _maybe(CELLS[symbol.type.kind]) for column, symbol in type.item.columns.items()}
            found[name] = _maybe(st.lists(st.fixed_dictionaries(columns), max_size=3))
        else:
            found[name] = _maybe(CELLS[type.kind])
    return st.fixed_dictionaries(found)
