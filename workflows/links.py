"""Links: who made which door open for whom, what they fixed, and how many came in by each.

Collection `links` (id: of chance; never a person's data) and `doors` (id: `TEMPLATE@DEPT/ENTRY`; how many records).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from workflows.identity import Chance, signs
from workflows.keep.port import Row, Transaction
from workflows.record import Refused

LINKS: Final = "links"
DOORS: Final = "doors"
ID_BYTES: Final = 10
LARGEST: Final = 1_000  # bytes of the values as JSON: they stand in the address, and that in a QR code
LONGEST_LABEL: Final = 100
WINDOW: Final = len("YYYY-MM-DDTHH:M")  # ten minutes


class Rush(Refused):
    """More come in by one link than anybody could; the next ones may in some minutes."""

    status = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to an entry. `values` are as they were sent; `owner` will own what comes in by it ("" is nobody yet).

    `closed` is when it was closed, "" while it is not; `count` how many records came in by it, `within` of them in the
    ten minutes that begin with `window`.
    """

    id: str
    template: str
    department: str
    entry: str
    values: Mapping[str, object] = field(default_factory=dict)
    owner: str = ""
    label: str = ""
    at: str = ""
    by: str = ""
    closed: str = ""
    count: int = 0
    window: str = ""
    within: int = 0

    @property
    def ref(self) -> str:
        """`TEMPLATE` or `TEMPLATE@DEPT`."""
        return f"{self.template}@{self.department}" if self.department else self.template

    @property
    def door(self) -> str:
        """What all links to the same entry share."""
        return f"{self.ref}/{self.entry}"


def link_id(chance: Chance) -> str:
    """A new id: 16 signs of chance (80 bits)."""
    return signs(int.from_bytes(chance(ID_BYTES)), ID_BYTES * 8 // 5)


def too_large(values: Mapping[str, object]) -> str:
    """The field that takes most of the room, where the values of a link have no room in its address; else ""."""
    if len(json.dumps(values)) <= LARGEST:
        return ""
    return max(values, key=lambda name: len(json.dumps(values[name])))


def link_of(row: Mapping[str, Any]) -> Link:
    """The link of a row."""
    return Link(**{name.name: row[name.name] for name in fields(Link) if name.name in row})


def row_of(link: Link) -> Row:
    """The row of a link."""
    return {name.name: getattr(link, name.name) for name in fields(Link)}


def passed(tx: Transaction, link: Link, at: str, most: int) -> None:
    """Count one more record that came in by a link, in the transaction that stores it. Raises Rush."""
    window = at[:WINDOW]
    within = link.within + 1 if link.window == window else 1
    if within > most:
        raise Rush("door-rush")
    counted = replace(link, count=link.count + 1, window=window, within=within)
    tx.put(LINKS, link.id, row_of(counted))
    tx.put(DOORS, link.door, {"id": link.door, "count": passages(tx.get(DOORS, link.door)) + 1})


def passages(row: Row | None) -> int:
    """How many records came in by a door."""
    return int(str(row["count"])) if row else 0
