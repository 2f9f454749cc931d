"""Ids of records: sortable by time, unguessable; time and chance are arguments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Chance = Callable[[int], bytes]  # how many bytes → that many random ones
SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i l o u
TIME_SIGNS, CHANCE_SIGNS = 10, 16


def record_id(at: str, chance: Chance) -> str:
    """26 signs: 10 of the time (milliseconds; ids sort by it), 16 of chance (80 bits). `at` is a UTC time."""
    moment = int(datetime.fromisoformat(at).timestamp() * 1000)
    return signs(moment, TIME_SIGNS) + signs(int.from_bytes(chance(10)), CHANCE_SIGNS)


def ids(chance: Chance) -> Callable[[str], str]:
    """The maker of ids for a `Service`."""
    return lambda at: record_id(at, chance)


def signs(number: int, length: int) -> str:
    """A number in as many signs."""
    return "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(length)))
