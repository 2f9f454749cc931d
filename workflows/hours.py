"""Whether a door is open: by the company's clock, and by how many have come in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from builder.entry import Entry
from builder.model import Text
from workflows.record import Refused


class Shut(Refused):
    """The door is there, but closed; the code says why, `args_["at"]` when it opens or closed, `title` what it is."""

    status = 410

    def __init__(self, code: str, title: Text, **args: object) -> None:
        super().__init__(code, **args)
        self.title = title


def local(at: str, zone: str) -> str:
    """A UTC time by the clock of a zone, `YYYY-MM-DDTHH:MM:SS`."""
    return datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S")


def check_open(entry: Entry, at: str, zone: str, count: int) -> None:
    """Raises Shut when it is too early or too late, or when so many have come in as may."""
    now, opening = local(at, zone), entry.open
    if opening.start and now < opening.start:
        raise Shut("door-not-yet", entry.title, at=shown(opening.start))
    if opening.end and now >= opening.end:
        raise Shut("door-over", entry.title, at=shown(opening.end, last=True))
    if opening.limit and count >= opening.limit:
        raise Shut("door-full", entry.title)


def shown(moment: str, *, last: bool = False) -> str:
    """A moment as people read it; midnight goes without its hour, and as the end of a day (`last`) by that day."""
    day, _, time = moment.partition("T")
    if time != "00:00:00":
        return f"{day} {time[:5]}"
    return (date.fromisoformat(day) - timedelta(days=last)).isoformat()
