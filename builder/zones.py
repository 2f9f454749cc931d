"""The clock on the wall: neutral UTC texts ↔ the local time of a zone, the same on the server and in the browser.

Both sides read one table of a zone's offsets (`offsets`), made from the zone files that the server has. It reaches to
the year 2100; after that the last offset goes on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Offsets = tuple[tuple[str, int], ...]
FIRST, LAST = datetime(1850, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
STEP, SECOND, DAY = timedelta(days=7), timedelta(seconds=1), timedelta(days=1)
BEGIN = ""  # sorts before every time


@lru_cache(maxsize=8)
def offsets(zone: str) -> Offsets:
    """From which UTC time (neutral text; "" is ever) a zone is how many seconds ahead of UTC, in order."""
    return tuple(_offsets(ZoneInfo(zone)))


def _offsets(zone: ZoneInfo) -> Iterator[tuple[str, int]]:
    at, ahead = FIRST, _ahead(FIRST, zone)
    yield BEGIN, ahead
    while at < LAST:
        after = min(at + STEP, LAST)
        if _ahead(after, zone) != ahead:
            after = _turn(at, after, zone)
            ahead = _ahead(after, zone)
            yield neutral(after), ahead
        at = after


def _turn(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first second between two moments at which the offset is another than at the first."""
    before = _ahead(low, zone)
    while high - low > SECOND:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if _ahead(middle, zone) == before else (low, middle)
    return high


def _ahead(moment: datetime, zone: ZoneInfo) -> int:
    apart = moment.astimezone(zone).utcoffset()
    return int(apart.total_seconds()) if apart is not None else 0


def neutral(moment: datetime) -> str:
    """A moment as it is kept: YYYY-MM-DDTHH:MM:SS.ffffffZ, UTC. Raises OverflowError outside the years 1 to 9999."""
    plain = moment.astimezone(UTC) if moment.tzinfo else moment
    return plain.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def offset(utc: str, zone: str) -> int:
    """Seconds that a zone is ahead at a neutral time."""
    table = offsets(zone)
    return table[bisect_right(table, utc, key=lambda turn: turn[0]) - 1][1]


def local(utc: str, zone: str) -> datetime | None:
    """The clock of a zone at a neutral time, without a zone of its own; None outside the years 1 to 9999."""
    try:
        return datetime.fromisoformat(utc[:-1]) + timedelta(seconds=offset(utc, zone))
    except OverflowError:
        return None


def instants(clock: datetime, zone: str) -> tuple[str, ...]:
    """The neutral times at which a zone's clock shows this: none where it is put forward, two where it is put back."""
    around = dict.fromkeys(offset(_near(clock, days), zone) for days in (-1, 1))
    found = (_earlier(clock, ahead) for ahead in around)
    return tuple(sorted(utc for utc in found if utc and local(utc, zone) == clock))


def instant(clock: datetime, zone: str) -> str | None:
    """One neutral time for what a clock shows: the first of two; where it is none, as far on as the clock was put."""
    found = instants(clock, zone)
    return found[0] if found else _earlier(clock, offset(_near(clock, -1), zone))


def _near(clock: datetime, days: int) -> str:
    try:
        return neutral(clock + days * DAY)
    except OverflowError:
        return neutral(clock)


def _earlier(clock: datetime, ahead: int) -> str | None:
    try:
        return neutral(clock - timedelta(seconds=ahead))
    except OverflowError:
        return None
