"""What the service answers: shapes a door may show as they are, because each is already cut to the reader's rights.

Hidden fields are missing from every mapping; masked ones hold the masked text. No door needs to check a right again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.expressions import Situation
from builder.model import Template
from workflows.evaluate import Evaluation
from workflows.guard.access import Rights
from workflows.life.engine import Way
from workflows.record import Data, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step that is stored. `repeated` is true when the idempotency key had already been used for the same body."""

    id: str
    rev: int
    state: str
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A form to fill: the template it follows, what the actor may write, and the answers it opens with (defaults).

    `situation` and `system` are what its expressions know beside the answers: the moment, and the record itself; `base`
    is what is stored of that already. The form of a step, a transition's id, asks some fields only: `asks`, in order.
    """

    template: Template
    rights: Rights
    evaluation: Evaluation
    situation: Situation
    system: Mapping[str, object]
    base: Data = field(default_factory=dict)
    step: str = ""
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A record as one actor may see it. `ways` has one entry an action: open ones, and closed ones with the reason.

    `situation` and `system` as in a `Blank`.
    """

    record: Record
    template: Template
    rights: Rights
    evaluation: Evaluation
    ways: tuple[Way, ...]
    situation: Situation
    system: Mapping[str, object]

    @property
    def base(self) -> Data:
        """What is stored already."""
        return self.record.data


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field's step in the history, `old` → `new` (neutral values, None is absent), masked for the reader."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One event of a record's history. `kind` is created, changed, moved, tagged or untagged."""

    at: str
    actor: str
    name: str  # the actor's display name
    kind: str
    changes: tuple[Change, ...] = ()
    action: str = ""
    transition: str = ""
    old_state: str = ""
    new_state: str = ""
    comment: str = ""
    entry: str = ""  # of created: the door it came in by
    tags: tuple[Change, ...] = ()  # field is "GROUP", old and new are lists of option ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record in a list: `values` by column, as this actor may see them; None is absent or hidden.

    `template` is the version the record is pinned to: it has the labels of the options in `values`.
    """

    id: str
    rev: int
    template: Template
    values: Data
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Alike:
    """Another record that may be of the same thing, and the fields (`duplicates`) by which it is alike."""

    line: Line
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list; `total` counts the records this actor may read and the filter lets through, and no others."""

    template: Template
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    total: int
    page: int
    size: int
    sort: tuple[str, ...] = ()
    match: Mapping[str, object] = field(default_factory=dict)
