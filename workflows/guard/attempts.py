"""Failed logins, counted in the store so that the count holds over all processes: per name and per address.

A login counts as failed from before its password is checked until it has succeeded: hashing takes long, and guesses
that come in at once would all be let pass otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from workflows.keep.port import Row, Store, Transaction

ATTEMPTS = "attempts"
FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Attempts:
    """How many failures are let pass within a window, for one name and from one address."""

    per_name: int = 10
    per_address: int = 50
    minutes: int = 15

    def tried(self, store: Store, now: str, name: str, address: str) -> str:
        """Count a login that is about to be tried; until when it is refused unseen instead, "" when it may be tried."""
        with store.write(at=now, actor="") as tx:
            until = max(self._end(tx, now, key, limit) for key, limit in self._keys(name, address))
            if not until:
                for key, limit in self._keys(name, address):
                    tx.put(ATTEMPTS, key, {"id": key, "times": [*self._recent(tx, now, key), now][-limit:]})
                tx.log("login", _key("name", name), {"did": "tried"})
        return until

    def succeeded(self, store: Store, now: str, name: str, address: str) -> None:
        """Forget a name's failures; of its address only this try, since it may have tried other names."""
        (mine, _), *others = self._keys(name, address)
        with store.write(at=now, actor="") as tx:
            tx.delete(ATTEMPTS, mine)
            for key, _ in others:
                times = [time for time in self._recent(tx, now, key) if time != now]
                tx.put(ATTEMPTS, key, {"id": key, "times": times})
            tx.log("login", mine, {"did": "succeeded"})

    def over(self, row: Row, now: str) -> bool:
        """Whether none of a row's failures counts any more."""
        times: Any = row["times"]
        return not self._counting(times, now)

    def _keys(self, name: str, address: str) -> list[tuple[str, int]]:
        keys = [(_key("name", name), self.per_name)]
        counted = host(address)
        return [*keys, (_key("address", counted), self.per_address)] if counted else keys

    def _end(self, tx: Transaction, now: str, key: str, limit: int) -> str:
        recent = self._recent(tx, now, key)
        return later(recent[-limit], minutes=self.minutes) if len(recent) >= limit else ""

    def _recent(self, tx: Transaction, now: str, key: str) -> list[str]:
        row: Any = tx.get(ATTEMPTS, key) or {"times": ()}
        return self._counting(row["times"], now)

    def _counting(self, times: Iterable[str], now: str) -> list[str]:
        return [time for time in times if later(time, minutes=self.minutes) > now]


def host(address: str) -> str:
    """What an address is counted as: of IPv6 the /64, since a host may take any address in its own.

    "" for this machine, which is not counted: a proxy on it speaks for everybody, and fifty wrong passwords of one
    stranger would shut all of them out.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    plain = found if isinstance(found, IPv4Address) else found.ipv4_mapped or found
    if plain.is_loopback:
        return ""
    return str(plain if isinstance(plain, IPv4Address) else ip_network((plain, 64), strict=False))


def _key(kind: str, what: str) -> str:
    """What is counted, without saying it: a mistyped name may be a password."""
    return f"{kind}:{sha256(what.encode('utf-8', 'surrogatepass')).hexdigest()}"


def later(time: str, *, days: int = 0, minutes: int = 0) -> str:
    """A UTC time so much later."""
    return (datetime.fromisoformat(time) + timedelta(days=days, minutes=minutes)).strftime(FORMAT)
