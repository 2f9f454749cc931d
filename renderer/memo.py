"""What was worked out since the last write: kept as long as nothing was stored and the minute is the same.

Everything a page is made from is in the store, and what depends on the clock depends on the day, which begins on a
minute in every zone. So what was worked out is right until the store's head moves on, in any process, or the minute.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from workflows.keep.port import Store

T = TypeVar("T")
MOST: Final = 2_000
MINUTE: Final = len("YYYY-MM-DDTHH:MM")


class Memo:
    """Results by key. Two threads may work out the same one; both results are right."""

    def __init__(self, store: Store, clock: Callable[[], str]) -> None:
        self.store, self.clock = store, clock
        self._held: tuple[tuple[str, str], dict[Hashable, Any]] = (("", ""), {})

    def kept(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """The result for a key, worked out where it is not known or no longer right."""
        moment = (self.store.head().hash, self.clock()[:MINUTE])
        held = self._held
        if held[0] != moment or len(held[1]) >= MOST:
            # What is worked out below may be newer than `moment`, never older: it is thrown away with it.
            held = self._held = (moment, {})
        found: T | None = held[1].get(key)
        if found is None:
            found = held[1][key] = work_out()
        return found
