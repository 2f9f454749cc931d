"""Answers as people type them, drawn by chance: most of them good ones of the field's type, some of them not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from random import Random
from typing import Any, Final

from builder.model import Field, choosable

Raws = dict[str, Any]
WORDS = ("网络", "展会", "abc", "xy", "x", "ABC", "abcdefgh", "AB-12", "AB-34", "STRASSE", "一行\n两行")
GOOD: Final[Mapping[str, tuple[str, ...]]] = {
    "integer": ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "20"),
    "number": ("0", "0.5", "1", "2", "2.5", "4", "7.25"),
    "money": ("0.5", "1", "2.5", "3", "10", "100"), "phone": ("13812345678", "+442079460958"),
    "date": ("2026-01-01", "2026-02-15", "2026-06-01", "2025-06-30", "2026-01-05"),
    "email": ("a@b.cn", "li.ming@example.com"),
    "datetime": ("2026-01-05T09:30", "2026-02-01T18:00", "2025-12-31T23:59"), "time": ("08:00", "12:30", "21:05"),
    "url": ("https://x.cn/a?b", "http://example.com"), "person": ("emil", "bo"), "department": ("east", "west"),
}  # fmt: skip
FORMATS: Final[Mapping[str, tuple[str, ...]]] = {
    "cn_mobile": ("13812345678", "+86 138 1234 5678"), "cn_postcode": ("200000",), "uscc": ("91350100M000100Y43",),
    "bank_card": ("6222021234567890128",),
}  # fmt: skip
ODD: Final[Mapping[str, tuple[str, ...]]] = {
    "integer": ("1,000", "５", "2万", "1.5", "−7", "-3", "x", "9007199254740992", "０"),
    "phone": ("138 1234 5678", "12"),
    "number": ("1,000.5", "．５", "1e5", "-1.5", "0.1", "0.30", "x", "5."), "email": ("ａ＠b.cn", "x", "Li@B.CN"),
    "money": ("1,200.50", "5万", "-1", "0.005", "x", "1.50"), "url": ("HTTP://X", "x"), "time": ("9点半", "24:00"),
    "date": ("2026/3/4", "2026-02-30", "２０２６年３月４日"), "datetime": ("2026-03-04", "2026-02-30T10:00"),
}  # fmt: skip
NEITHER = ("", " ", "\u3000", "互联网", "ONLINE", " online ", "😀😀😀", "e\u0301", "ＡＢ－１２", "x\u2028y")


def answer(field: Field, chance: Random, odd: float = 0.0) -> Any:
    """What somebody may put into a field's control, nothing at times; `odd`: the share of what is no good answer."""
    if chance.random() < 0.25:
        return NOTHING.get(field.type, "")
    made = MADE.get(field.type)
    if made is not None:
        return made(field, chance, odd)
    if chance.random() < odd:
        return chance.choice(
            (*ODD.get(field.type, ()), *NEITHER) if field.type not in ("person", "department") else ("",)
        )
    return chance.choice(GOOD.get(field.type) or FORMATS.get(field.format) or WORDS)


def _chosen(field: Field, chance: Random, odd: float) -> str:
    return chance.choice([*_offered(field)] or [""])


def _several(field: Field, chance: Random, odd: float) -> list[str]:
    offered = [*_offered(field)]
    return [option for option in offered if chance.random() < 0.5]


def _offered(field: Field) -> Iterable[str]:
    open_ = choosable(field.options)
    return (option.id for option in field.options if option.id in open_)


def _rows(field: Field, chance: Random, odd: float) -> list[Raws]:
    columns = [column for column in field.asked if column.compute is None]
    return [answers(columns, chance, odd) for _ in range(chance.randrange(4))]


def _flag(field: Field, chance: Random, odd: float) -> bool:
    return chance.random() < 0.7


NOTHING: Final[Mapping[str, Any]] = {"boolean": False, "choices": [], "rows": [], "log": [], "file": []}
MADE: Final[Mapping[str, Callable[[Field, Random, float], Any]]] = {
    "choice": _chosen, "choices": _several, "rows": _rows, "log": _rows, "boolean": _flag,
    "file": lambda field, chance, odd: [], "link": lambda field, chance, odd: "",
}  # fmt: skip


def answers(fields: Iterable[Field], chance: Random, odd: float = 0.0) -> Raws:
    """An answer for each field."""
    return {field.id: answer(field, chance, odd) for field in fields}


def good(fields: Iterable[Field], wrong: Callable[[Raws], Iterable[str]], chance: Random, tries: int = 12) -> Raws:
    """Answers with which nothing is `wrong`, drawn again where something is; after so many tries what is left."""
    by_name = {field.id: field for field in fields}
    found = answers(by_name.values(), chance)
    for _ in range(tries):
        again = {name.partition(".")[0] for name in wrong(found)} & by_name.keys()
        if not again:
            break
        found |= answers((by_name[name] for name in [*again, chance.choice([*by_name])]), chance)
    return found
