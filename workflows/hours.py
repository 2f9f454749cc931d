"""Whether a door is open: by the company's clock, and by how many have come in."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from builder.entry import Opening
from workflows.record import Refused


class Shut(Refused):
    """The door is there, but closed; the code says why, `args_["at"]` when it opens or when it closed."""

    status = 410


def local(at: str, zone: str) -> str:
    """A UTC time by the clock of a zone, `YYYY-MM-DDTHH:MM:SS`."""
    return datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S")


def check_open(opening: Opening, at: str, zone: str, count: int) -> None:
    """Raises Shut when it is too early or too late, or when so many have come in as may."""
    now = local(at, zone)
    if opening.start and now < opening.start:
        raise Shut("door-not-yet", at=shown(opening.start))
    if opening.end and now >= opening.end:
        raise Shut("door-over", at=shown(opening.end))
    if opening.limit and count >= opening.limit:
        raise Shut("door-full")


def shown(moment: str) -> str:
    """A moment as people read it; midnight goes without its hour."""
    day, _, time = moment.partition("T")
    return day if time == "00:00:00" else f"{day} {time[:5]}"
