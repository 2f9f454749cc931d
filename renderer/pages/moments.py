"""Stored moments (UTC) as the company's clock shows them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo


def local_time(at: str, zone: str) -> str:
    """`2026-01-05T01:30:00.000000Z` in Asia/Shanghai is `2026-01-05 09:30`."""
    return datetime.fromisoformat(at).astimezone(_zone(zone)).strftime("%Y-%m-%d %H:%M") if at else ""


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
