"""How often one caller may knock: a bucket of requests that fills up evenly, one for each process."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

MOST = 10_000  # callers held at once before the idle ones are let go


@dataclass
class Budget:
    """`per_minute` requests at once, and as many again in each minute. `now` is in seconds, from any clock."""

    per_minute: int
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)  # caller → requests left, at that time

    def forget(self, now: float) -> None:
        """Let go of those whose bucket is full again: what is not held is full."""
        full = 60  # seconds in which any bucket fills up
        self._left = {caller: known for caller, known in self._left.items() if now - known[1] < full}

    def wait(self, caller: str, now: float) -> int:
        """0 for a request that may pass, which is then spent; else after how many whole seconds the next may."""
        left, before = self._left.get(caller, (float(self.per_minute), now))
        left = min(self.per_minute, left + max(now - before, 0) * self.per_minute / 60)
        passes = left >= 1
        if len(self._left) >= MOST and caller not in self._left:
            self.forget(now)
        self._left[caller] = (left - passes, now)
        return 0 if passes else math.ceil((1 - left) * 60 / self.per_minute)
