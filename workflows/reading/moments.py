"""Days, moments and times of day."""

from __future__ import annotations

import re
from datetime import date

from builder.clock import DAY as DAY_ALONE
from builder.clock import NoSuchTime, read_moment, read_time
from builder.expressions.dates import moment_text, parse
from builder.model import Field
from workflows.reading.answer import Directory, Kept, Read
from workflows.reading.texts import folded
from workflows.record import Fault

DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)")


def date_reader(field: Field) -> Read:
    def read(raw: object, directory: Directory, kept: Kept) -> object:
        if isinstance(raw, str) and parse(raw):  # as it is kept, which a form sends
            return raw
        text = folded(raw, "not-date")
        found = None if isinstance(text, Fault) else DAY.fullmatch(text)
        if found is None:
            return Fault("not-date")
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return Fault("no-such-day", {"value": found[0]})

    return read


def datetime_reader(field: Field) -> Read:
    """A moment on the company's clock. What shows the same minute as what is stored says that: a form draws no more."""
    zone = field.zone

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        text = folded(raw, "not-datetime")
        if isinstance(text, Fault) or text in kept:
            return text
        try:
            found = read_moment(text, zone)
        except NoSuchTime:
            return Fault("no-such-time", {"value": text})
        if found is None:
            return Fault("time-missing" if DAY_ALONE.fullmatch(text) else "not-datetime", {"value": text})
        if not found:
            return Fault("time-left-out", {"value": text})
        return text if text in found else _stored(found, kept, zone)

    return read


def _stored(found: tuple[str, ...], kept: Kept, zone: str) -> str:
    """The moment meant: a stored one of the same minute, where no seconds were said; else the first."""
    shown = moment_text(found[0], zone)
    whole = found[0].endswith(":00.000000Z")
    same = (value for value in kept if isinstance(value, str) and moment_text(value, zone) == shown)
    return next(same, found[0]) if whole else found[0]


def time_reader(field: Field) -> Read:
    def read(raw: object, directory: Directory, kept: Kept) -> object:
        text = folded(raw, "not-time")
        if isinstance(text, Fault):
            return text
        try:
            return read_time(text) or Fault("not-time")
        except NoSuchTime:
            return Fault("no-such-time", {"value": text})

    return read
