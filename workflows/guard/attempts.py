"""Failed logins, counted in the store so that the count holds over all processes: per name and per address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from workflows.keep.port import Store

ATTEMPTS = "attempts"
FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Attempts:
    """How many failures are let pass within a window, for one name and from one address."""

    per_name: int = 10
    per_address: int = 50
    minutes: int = 15

    def closed_until(self, store: Store, now: str, name: str, address: str) -> str:
        """Until when a login is refused unseen, "" when it may be tried."""
        ends = [self._end(store, now, key, limit) for key, limit in self._keys(name, address)]
        return max(ends)

    def failed(self, store: Store, now: str, name: str, address: str) -> None:
        """Count a failure."""
        with store.write(at=now, actor="") as tx:
            for key, limit in self._keys(name, address):
                row: Any = tx.get(ATTEMPTS, key) or {"times": []}
                times = [*self._recent(row["times"], now), now][-limit:]
                tx.put(ATTEMPTS, key, {"id": key, "times": times})
            tx.log("login", _key("name", name), {"did": "failed"})

    def succeeded(self, store: Store, now: str, name: str) -> None:
        """Forget a name's failures; an address keeps its own, since it may try many names."""
        key = _key("name", name)
        if store.get(ATTEMPTS, key) is not None:
            with store.write(at=now, actor="") as tx:
                tx.delete(ATTEMPTS, key)
                tx.log("login", key, {"did": "succeeded"})

    def _keys(self, name: str, address: str) -> list[tuple[str, int]]:
        keys = [(_key("name", name), self.per_name)]
        return [*keys, (_key("address", address), self.per_address)] if address else keys

    def _end(self, store: Store, now: str, key: str, limit: int) -> str:
        row: Any = store.get(ATTEMPTS, key)
        recent = self._recent(row["times"], now) if row else []
        return later(recent[-limit], minutes=self.minutes) if len(recent) >= limit else ""

    def _recent(self, times: Iterable[str], now: str) -> list[str]:
        return [time for time in times if later(time, minutes=self.minutes) > now]


def _key(kind: str, what: str) -> str:
    """What is counted, without saying it: a mistyped name may be a password."""
    return f"{kind}:{sha256(what.encode('utf-8', 'surrogatepass')).hexdigest()}"


def later(time: str, *, days: int = 0, minutes: int = 0) -> str:
    """A UTC time so much later."""
    return (datetime.fromisoformat(time) + timedelta(days=days, minutes=minutes)).strftime(FORMAT)
