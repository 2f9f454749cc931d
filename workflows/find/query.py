"""One question to a store, as a value: every store answers it, the dict interpreter is the oracle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from workflows.find.likeness import Way

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Order:
    """Sort by a column (dots lead inside: `data.platform`); texts by pinyin, absent last either way, ties by id.

    `key` gives the value of a row where no column holds it: what a reader calls a record that is linked to.
    """

    column: str
    descending: bool = False
    key: Callable[[Row], object] | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A text looked for in a column, in a map in each of its texts: a text that holds it, or one that is similar.

    `among` names the equality of `where` that all rows looked among share: stores keep an index for each of its values.
    """

    column: str
    text: str
    way: Way
    among: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Filter, order, group, measures and page over one collection.

    `where` holds equalities (column → value or tuple of values, any of them matches; None matches an absent one; a
    column that holds a list matches by any of its items); `look` is a text looked for; `filter` is a compiled condition
    over the whole row, which it must not change. Pages count from 1; `size` 0 means all. Unless they are `counted`, no
    row is looked at behind those of the page.
    """

    collection: str
    where: Mapping[str, object] = field(default_factory=dict)
    look: Look | None = None
    filter: Callable[[Row], bool] | None = None
    order: tuple[Order, ...] = ()
    group: tuple[str, ...] = ()
    page: int = 1
    size: int = 0
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page (or one row a group with its `count`), and how many there are in all, 0 if nobody counted."""

    rows: tuple[Row, ...]
    total: int
