"""Days."""

from __future__ import annotations

import re
from datetime import date

from builder.model import Field
from workflows.reading.answer import Directory, Kept, Read
from workflows.reading.texts import folded
from workflows.record import Fault

DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)")


def date_reader(field: Field) -> Read:
    def read(raw: object, directory: Directory, kept: Kept) -> object:
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
