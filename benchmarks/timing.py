"""Two things measured in turn, A B A B: a busy moment of the machine then falls on both."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Literal

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians over the rounds: what ours and the other took (seconds, or bytes), and the ratio ours ÷ theirs."""

    ours: float
    theirs: float
    ratio: float

    def turned(self) -> Pair:
        """The same with the ratio the other way up: how many times faster ours is."""
        return Pair(self.ours, self.theirs, 1 / self.ratio)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured, against what, and the bound it is held to."""

    name: str
    against: str
    sign: Literal["≤", "≥"]
    bound: float
    pair: Pair
    unit: Literal["s", "B"] = "s"

    @property
    def holds(self) -> bool:
        """Whether the ratio is within its bound."""
        return self.pair.ratio <= self.bound if self.sign == "≤" else self.pair.ratio >= self.bound


def pair(ours: Callable[[], float], theirs: Callable[[], float], rounds: int) -> Pair:
    """Medians of two measurements taken in turn; the ratio is the median of the rounds' own ratios."""
    taken = [(ours(), theirs()) for _ in range(rounds)]
    return Pair(median(a for a, _ in taken), median(b for _, b in taken), median(a / b for a, b in taken))


def timed(act: Act, times: int = 1) -> Callable[[], float]:
    """A measurement: seconds that one act takes, averaged over `times`, with the collector at rest (as timeit does)."""

    def measure() -> float:
        gc.collect()
        gc.disable()
        try:
            start = perf_counter()
            for _ in range(times):
                act()
            return (perf_counter() - start) / times
        finally:
            gc.enable()

    return measure


def in_turn(ours: Act, theirs: Act, *, rounds: int = 15, times: int = 20) -> Pair:
    """Time two acts in turn, after one round to warm up."""
    for act in (ours, theirs):
        timed(act, times)()
    return pair(timed(ours, times), timed(theirs, times), rounds)
