"""What was worked out since the last write: kept as long as nothing was stored and the minute is the same.

Everything a page is made from is in the store, and what depends on the clock depends on the day, which begins on a
minute in every zone. So what was worked out is right until the store's head moves on, in any process, or the minute.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final

from workflows.keep.port import Store

MOST: Final = 2_000
MINUTE: Final = len("YYYY-MM-DDTHH:MM")

Results = dict[Hashable, Any]


class Memo:
    """Results by key. Two threads may work out the same one; both results are right."""

    def __init__(self, store: Store, clock: Callable[[], str]) -> None:
        self.store, self.clock = store, clock
        self._held: tuple[tuple[str, str], Results] = (("", ""), {})

    def results(self) -> Results:
        """What is known and still right. What is added later may be newer than its moment, never older."""
        moment = (self.store.head().hash, self.clock()[:MINUTE])
        held = self._held
        if held[0] != moment or len(held[1]) >= MOST:
            held = self._held = (moment, {})
        return held[1]
