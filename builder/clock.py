"""Times as people write them: `9:30`, `9点半`, `下午3点`, `3 pm`, `2026年1月5日 9点30`, `2026-01-05T09:30+08:00`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time

from builder.zones import instants, neutral

_DAY = (
    r"(?P<year>[0-9]{4})(?:-(?P<m1>[0-9]{1,2})-(?P<d1>[0-9]{1,2})"
    r"|/(?P<m2>[0-9]{1,2})/(?P<d2>[0-9]{1,2})|年(?P<m3>[0-9]{1,2})月(?P<d3>[0-9]{1,2})[日号])"
)
_TIME = (
    r"(?P<half>上午|早上|凌晨|中午|下午|晚上)?\s*(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]{1,6}))?)?"
    r"|\s*[点时](?:\s*(?:(?P<quarter>半|一刻|三刻|整|钟)|(?P<spoken>[0-9]{1,2})\s*分?))?)?"
    r"\s*(?P<english>[aApP]\.?[mM]\.?)?"
)
_ZONE = r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?"
TIME = re.compile(_TIME)
MOMENT = re.compile(rf"{_DAY}(?:\s*T\s*|\s+|(?<=[日号])){_TIME}\s*{_ZONE}")
DAY = re.compile(_DAY)
QUARTERS: Mapping[str, int] = {"半": 30, "一刻": 15, "三刻": 45, "整": 0, "钟": 0}
# Half of the day → the hour as it is said → the hour of 24. What it leaves out, such as 上午12点, is not clear.
_MORNING = {hour: hour for hour in range(12)}
_AFTERNOON = {hour: hour % 12 + 12 for hour in range(1, 13)} | {hour: hour for hour in range(13, 24)}
HALVES: Mapping[str, Mapping[int, int]] = {
    "": {hour: hour for hour in range(24)},
    "上午": _MORNING,
    "早上": _MORNING,
    "凌晨": {**_MORNING, 12: 0},
    "中午": {11: 11, 12: 12, 1: 13, 2: 14, 13: 13, 14: 14},
    "下午": _AFTERNOON,
    "晚上": {hour: hour % 12 + 12 for hour in range(5, 12)} | {hour: hour for hour in range(17, 24)},
    "am": {**_MORNING, 12: 0},
    "pm": _AFTERNOON,
}


class NoSuchTime(ValueError):
    """A day or a time of day that there is none of; the message is what was written."""


def read_time(text: str) -> str | None:
    """A time of day as HH:MM; None when it is not written as one. Raises NoSuchTime; a time of day has no seconds."""
    found = TIME.fullmatch(_plain(text))
    if found is None or _bare(found):
        return None
    moment = _time(found)
    if moment.second or moment.microsecond:
        raise NoSuchTime(found[0])
    return moment.isoformat(timespec="minutes")


def read_moment(text: str, zone: str) -> tuple[str, ...] | None:
    """The neutral times that a text may mean, in order; None when it writes no day with a time.

    Without an offset of its own it is the clock of the zone: a time that the clock leaves out has no meaning, one that
    comes twice has two. Raises NoSuchTime.
    """
    found = MOMENT.fullmatch(_plain(text))
    if found is None or _bare(found):
        return None
    clock = datetime.combine(_day(found), _time(found))
    if not found["zone"]:
        return instants(clock, zone)
    try:
        return (neutral(datetime.fromisoformat(clock.isoformat() + _offset(found["zone"]))),)
    except (OverflowError, ValueError) as error:
        raise NoSuchTime(found[0]) from error


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _bare(found: re.Match[str]) -> bool:
    """Whether there is nothing but a number: `9` is no time."""
    spoken = found["half"] or found["english"]
    return not spoken and found.string[found.end("hour") :].strip()[:1] not in (":", "点", "时")


def _day(found: re.Match[str]) -> date:
    month, day = ((found[f"{name}1"] or found[f"{name}2"] or found[f"{name}3"]) for name in "md")
    try:
        return date(int(found["year"]), int(month), int(day))
    except ValueError as error:
        raise NoSuchTime(found[0]) from error


def _time(found: re.Match[str]) -> time:
    half = found["half"] or (found["english"] or "").lower().replace(".", "")
    minute = QUARTERS[found["quarter"]] if found["quarter"] else int(found["minute"] or found["spoken"] or 0)
    try:
        hour = HALVES[half][int(found["hour"])]
        return time(hour, minute, int(found["second"] or 0), int((found["part"] or "0").ljust(6, "0")))
    except (KeyError, ValueError) as error:
        raise NoSuchTime(found[0]) from error


def _offset(written: str) -> str:
    return "+00:00" if written == "Z" else written if ":" in written else f"{written[:3]}:{written[3:]}"
