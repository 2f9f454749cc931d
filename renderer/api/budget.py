"""How often one caller may knock: a bucket of requests that fills up evenly, one for each process."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass
class Budget:
    """`per_minute` requests at once, and as many again in each minute. `now` is in seconds, from any clock."""

    per_minute: int
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)  # caller → requests left, at that time

    def wait(self, caller: str, now: float) -> int:
        """0 for a request that may pass, which is then spent; else after how many whole seconds the next may."""
        left, before = self._left.get(caller, (float(self.per_minute), now))
        left = min(self.per_minute, left + max(now - before, 0) * self.per_minute / 60)
        passes = left >= 1
        self._left[caller] = (left - passes, now)
        return 0 if passes else math.ceil((1 - left) * 60 / self.per_minute)
