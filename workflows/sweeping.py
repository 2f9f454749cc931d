"""What nobody can use any more goes: idempotency keys, sessions that are over, void tokens, failed logins.

No thread and no cron: whoever comes sweeps, at most once an hour in each process. One line of the journal takes a
thousand rows away, and where nothing is over none is written; so nobody makes the journal grow by coming often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Final

from workflows.find.query import Query
from workflows.guard.attempts import later
from workflows.keep.port import Row, Store, StoreError

MOST: Final = 1_000  # rows in one line
PAUSE: Final = 60  # minutes
Over = Callable[[Row, str], bool]  # a row, and now: whether nobody can use it any more


class Sweeper:
    """Removes the rows of some collections that are over, now and then."""

    def __init__(self, store: Store, over: Mapping[str, Over]) -> None:
        self.store, self.over = store, over
        self._next = ""

    def __call__(self, at: str) -> None:
        """Sweep, unless this process did within the hour; what cannot be removed now waits for the next time."""
        if at < self._next:
            return
        self._next = later(at, minutes=PAUSE)
        with suppress(StoreError):
            if self.sweep(at) == MOST:
                self._next = at  # there is more

    def sweep(self, at: str) -> int:
        """Remove what is over; how many rows. Looked for beside the writers, and once more under their lock."""
        found = [*self._found(at)][:MOST]
        if not found:
            return 0
        with self.store.write(at=at, actor="") as tx:
            gone = [(name, id) for name, id in found if (row := tx.get(name, id)) and self.over[name](row, at)]
            for name, id in gone:
                tx.delete(name, id)
            if gone:
                tx.log("swept", "store", {"rows": len(gone)})
        return len(gone)

    def _found(self, at: str) -> Iterator[tuple[str, str]]:
        for name, over in self.over.items():
            for row in self.store.find(Query(collection=name)).rows:
                if over(row, at):
                    yield name, str(row["id"])
