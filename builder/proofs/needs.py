"""What a condition needs one name to be: absent, one of some values, none of some, within an interval, a list with
and without some options. Two needs of one name are met together, or it cannot be told."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Absent:
    """There is no value."""


@dataclass(frozen=True, slots=True)
class Among:
    """One of these values."""

    values: frozenset[object]


@dataclass(frozen=True, slots=True)
class Other:
    """None of these values, of very many."""

    values: frozenset[object] = frozenset()


@dataclass(frozen=True, slots=True)
class Within:
    """Between two ends (numbers, or days as text); an end may be left out. `whole`: of whole numbers."""

    low: float | str
    high: float | str
    above: bool = False
    below: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """A list with one option of each of `some`, and with none of `without`."""

    some: tuple[frozenset[object], ...] = ()
    without: frozenset[object] = frozenset()


@dataclass(frozen=True, slots=True)
class Settled:
    """Something that stands in a relation to others: nothing more can be told of it."""


Need = Absent | Among | Other | Within | Holding | Settled
Needs = dict[str, Need]
ANY = Other()


def both(one: Need, other: Need) -> Need | None:
    """What meets both needs; None where nothing does, or where it cannot be told."""
    if one == ANY and not isinstance(other, Absent):
        return other
    if other == ANY and not isinstance(one, Absent):
        return one
    for first, second in ((one, other), (other, one)):
        if isinstance(first, Among):
            left = frozenset(value for value in first.values if _fits(value, second))
            return Among(left) if left else None
    if isinstance(one, Other) and isinstance(other, Other):
        return Other(one.values | other.values)
    if isinstance(one, Within) and isinstance(other, Within):
        return _narrowed(one, other)
    if isinstance(one, Holding) and isinstance(other, Holding):
        return _held(Holding(one.some + other.some, one.without | other.without))
    return one if one == other and isinstance(one, Absent) else None


def _fits(value: object, need: Need) -> bool:
    if isinstance(need, Among):
        return value in need.values
    if isinstance(need, Other):
        return value not in need.values
    return isinstance(need, Within) and _inside(value, need)


def _inside(value: object, need: Within) -> bool:
    if isinstance(value, str) is not isinstance(need.low, str) or not isinstance(value, str | int | float):
        return False
    over = value > need.low or (value == need.low and not need.above)  # type: ignore[operator]  # of one kind, asked before
    under = value < need.high or (value == need.high and not need.below)  # type: ignore[operator]  # of one kind, asked before
    return over and under


def _narrowed(one: Within, other: Within) -> Within | None:
    if isinstance(one.low, str) is not isinstance(other.low, str):
        return None
    low, above = max((one.low, one.above), (other.low, other.above))
    high, within = min((one.high, not one.below), (other.high, not other.below))
    found = Within(low, high, above, not within, one.whole or other.whole)
    return found if _filled(found) else None


def _filled(need: Within) -> bool:
    low, high = need.low, need.high
    if need.whole and not isinstance(low, str) and not isinstance(high, str):
        least = math.floor(low) + 1 if need.above and math.isfinite(low) else low
        most = math.ceil(high) - 1 if need.below and math.isfinite(high) else high
        return (least if math.isinf(least) else math.ceil(least)) <= (most if math.isinf(most) else math.floor(most))
    return low < high or (low == high and not (need.above or need.below))  # type: ignore[operator]  # both of one kind


def _held(need: Holding) -> Holding | None:
    return need if all(options - need.without for options in need.some) else None


def added(one: Within, other: Within, sign: int = 1) -> Within | None:
    """The sums, or the differences, of what two intervals of numbers hold."""
    ends = (one.low, one.high, other.low, other.high)
    if any(isinstance(end, str) for end in ends):
        return None
    low, high, least, most = (float(end) for end in ends)
    if sign < 0:
        least, most = -most, -least
    return Within(low + least, high + most, whole=one.whole and other.whole)


def times(one: Within, factor: float) -> Within | None:
    """What an interval of numbers holds, each multiplied by a number other than 0."""
    if isinstance(one.low, str) or isinstance(one.high, str) or not factor:
        return None
    low, high = sorted((one.low * factor, one.high * factor))
    return Within(low, high, whole=one.whole)
