"""Calendar functions of the emitted Python, over neutral strings; outside the years 1–9999 the result is absent."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from builder import zones

DAY = timedelta(days=1)
Duration = tuple[int, int] | None
Day = TypeVar("Day", date, datetime)


def shift(value: str | None, by: Duration, sign: int) -> str | None:
    """A date or datetime moved by months (stopping at the month's last day), then by seconds."""
    if value is None or by is None:
        return None
    months, apart = sign * by[0], timedelta(seconds=sign * by[1])
    try:
        if len(value) == 10:
            return (_later(date.fromisoformat(value), months) + apart).isoformat()
        return _stamp(_later(datetime.fromisoformat(value), months) + apart)
    except (OverflowError, ValueError):  # before the year 1 or after 9999
        return None


def shift_local(value: str | None, by: Duration, sign: int, zone: str) -> str | None:
    """A datetime moved by months on the clock of a zone, then by seconds."""
    if value is None or by is None:
        return None
    clock = zones.local(value, zone)
    try:
        moved = clock and zones.instant(_later(clock, sign * by[0]), zone)
    except OverflowError:
        return None
    return shift(moved or None, (0, by[1]), sign)


def local_date(value: str | None, zone: str) -> str | None:
    """The day on the clock of a zone."""
    clock = zones.local(value, zone) if value is not None else None
    return clock.date().isoformat() if clock else None


def moment_text(value: str | None, zone: str) -> str | None:
    """The day and the minute on the clock of a zone."""
    clock = zones.local(value, zone) if value is not None else None
    return clock.isoformat(" ", "minutes") if clock else None


def _later(day: Day, months: int) -> Day:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def _stamp(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def neg_duration(value: Duration) -> Duration:
    """Backwards."""
    return None if value is None else (-value[0], -value[1])


def days(first: str | None, second: str | None) -> int | None:
    """Whole days from the first to the second; of datetimes, whole stretches of 24 hours."""
    if first is None or second is None:
        return None
    apart = datetime.fromisoformat(second) - datetime.fromisoformat(first)
    return apart // DAY if apart >= timedelta() else -(-apart // DAY)


def months(first: str | None, second: str | None) -> int | None:
    """Whole months from the first date to the second: how many can be added to the earlier one; negative backwards."""
    if first is None or second is None:
        return None
    if second < first:
        return -(months(second, first) or 0)
    a, b = date.fromisoformat(first), date.fromisoformat(second)
    between = (b.year - a.year) * 12 + b.month - a.month
    return between - (_later(a, between) > b)


def month(value: str | None) -> int | None:
    """The month of a date, 1 to 12."""
    return None if value is None else int(value[5:7])


def year(value: str | None) -> int | None:
    """The year of a date."""
    return None if value is None else int(value[:4])


def day(year: int | None, month: int | None, day: int | None) -> str | None:
    """The date, absent where the calendar has none."""
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day).isoformat()
    except (OverflowError, ValueError):
        return None


def parse(value: str | None) -> str | None:
    """The date that a text writes as YYYY-MM-DD, else absent."""
    try:
        found = date.fromisoformat(value or "").isoformat()
    except ValueError:
        return None
    return found if found == value else None  # ISO 8601 knows other spellings


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "shift": shift, "shift_local": shift_local, "local_date": local_date, "moment_text": moment_text,
    "neg_duration": neg_duration, "days": days, "months": months,
    "month": month, "year": year, "date": day, "parse_date": parse,
}  # fmt: skip
