"""One question to a store, as a value: every store answers it, the dict interpreter is the oracle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Order:
    """Sort by a column (dots lead inside: `data.platform`); texts by pinyin, absent last either way, ties by id.

    `key` gives the value of a row where no column holds it: what a reader calls a record that is linked to.
    """

    column: str
    descending: bool = False
    key: Callable[[Row], object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Filter, order, group, measures and page over one collection.

    `where` holds equalities on top-level columns (column → value or tuple of values, any of them matches; None matches
    an absent one; a column that holds a list matches by any of its items); `filter` is a compiled condition over the
    whole row, which it must not change. Pages count from 1; `size` 0 means all.
    """

    collection: str
    where: Mapping[str, object] = field(default_factory=dict)
    filter: Callable[[Row], bool] | None = None
    order: tuple[Order, ...] = ()
    group: tuple[str, ...] = ()
    page: int = 1
    size: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page (or one row a group with its `count`), and how many there are in all."""

    rows: tuple[Row, ...]
    total: int
