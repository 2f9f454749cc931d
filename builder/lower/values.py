"""Value places: what an author wrote at `default`, `min`, `max`, read by the type of the field."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from builder.clock import NoSuchTime, read_moment, read_time
from builder.expressions import Options
from builder.expressions.dates import moment_text
from builder.expressions.notation import as_day
from builder.model import NO_OPTIONS, Option, Value
from builder.numerals import read_decimal

YES = frozenset({"true", "yes", "on", "是", "1"})
NO = frozenset({"false", "no", "off", "否", "0"})
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)

_MEASURED = re.compile(r"\s*[¥￥$]?\s*([-+0-9０-９.,]+(?:万|亿)?)\s*([^0-9\s]*)\s*")
_TIMES = {"%": Decimal("0.01"), "％": Decimal("0.01"), "十": Decimal(10), "百": Decimal(100), "千": Decimal(1000),
          "十万": Decimal(10**5), "百万": Decimal(10**6), "千万": Decimal(10**7)}  # fmt: skip
_UNSURE = frozenset("kKwWmM")  # a thousand, ten thousand, a million, or a unit
_DAYS = frozenset(("today", "today()", "now", "now()", "今天", "当天"))


class NotOfType(ValueError):
    """What is written cannot be a value of this type; the message is the type's name."""


def read_value(
    kind: str, raw: object, *, scale: int = 0, zone: str = "UTC", options: Options[Option] = NO_OPTIONS
) -> Value:
    """The neutral value of a literal. Raises NotOfType."""
    if kind == "datetime":
        return _moment(raw, zone)
    if kind in ("choice", "choices"):
        return _options(kind, raw, options)
    reader = READERS.get(kind, _text)
    return reader(raw, scale)


# A value of each type as it is written, to go by.
LIKE: Mapping[str, str] = {
    "integer": "3, 1,000, 5万", "number": "0.5, 1,000", "money": "12.50, 1,000, 5万", "boolean": "true, false",
    "date": "2026-01-31", "datetime": "2026-01-31 09:00", "time": "09:30",
}  # fmt: skip


def meant(kind: str, raw: object, zone: str = "UTC") -> str:
    """What to write for a value that is none of its type: 2026/1/5, 100%, 50元, today; "" when nobody knows."""
    text = str(raw).strip()
    if kind == "date":
        return "=today()" if text.lower() in _DAYS else as_day(text)
    if kind in ("time", "datetime"):
        return _meant_time(kind, text, zone)
    found = _MEASURED.fullmatch(text) if kind in ("integer", "number", "money") else None
    number = read_decimal(found[1]) if found else None
    if found is None or number is None:
        return ""
    factor = _TIMES.get(found[2], Decimal(1))
    if found[2] in _UNSURE or (kind == "integer" and number * factor % 1):  # 1.5 as an integer: nobody knows which one
        return ""
    write = found[1] if factor == 1 else f"{(number * factor).normalize():f}"
    return "" if write == text else write


def _meant_time(kind: str, text: str, zone: str) -> str:
    if text.lower() in _DAYS:
        return "=now()" if kind == "datetime" else ""
    try:
        found = read_moment(text, zone) if kind == "datetime" else read_time(text)
    except NoSuchTime:
        return ""
    return found if isinstance(found, str) else (moment_text(found[0], zone) or "") if found else ""


def _text(raw: object, scale: int) -> str:
    if isinstance(raw, Mapping | list):
        raise NotOfType("text")
    return str(raw)


def _integer(raw: object, scale: int) -> int:
    number = read_decimal(str(raw))
    if number is None or number != number.to_integral_value() or abs(number) >= 2**53:
        raise NotOfType("integer")
    return int(number)


def _number(raw: object, scale: int) -> float:
    number = read_decimal(str(raw))
    if number is None or not math.isfinite(float(number)):
        raise NotOfType("number")
    return float(number)


def _money(raw: object, scale: int) -> int:
    number = read_decimal(str(raw))
    if number is None:
        raise NotOfType("money")
    try:
        return _integer(number * Decimal(10) ** scale, 0)
    except NotOfType as error:
        raise NotOfType("money") from error


def _boolean(raw: object, scale: int) -> bool:
    word = str(raw).strip().lower()
    if word not in YES | NO:
        raise NotOfType("boolean")
    return word in YES


def _date(raw: object, scale: int) -> str:
    text = str(raw).strip()
    if not DAY.fullmatch(text):
        raise NotOfType("date")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise NotOfType("date") from error


def _moment(raw: object, zone: str) -> str:
    """A literal moment is a day and a time on the company's clock, or UTC as it is kept."""
    text = str(raw).strip()
    try:
        found = read_moment(text, zone) if MOMENT.fullmatch(text) else None
    except NoSuchTime as error:
        raise NotOfType("datetime") from error
    if not found:
        raise NotOfType("datetime")
    return found[0]


def _time(raw: object, scale: int) -> str:
    text = str(raw).strip()
    if not TIME.fullmatch(text):
        raise NotOfType("time")
    return text


def _options(kind: str, raw: object, options: Options[Option]) -> Value:
    wanted = [str(item) for item in raw] if isinstance(raw, list) else [str(raw)]
    if any(option not in options.by_id for option in wanted) or (kind == "choice" and isinstance(raw, list)):
        raise NotOfType("choice")
    return wanted if kind == "choices" else wanted[0]


READERS: Mapping[str, Callable[[object, int], Value]] = {
    "integer": _integer,
    "number": _number,
    "money": _money,
    "boolean": _boolean,
    "date": _date,
    "time": _time,
}
