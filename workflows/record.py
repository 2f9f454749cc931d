"""The shapes of a record's life: who acts, what is kept, and how an act is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

Data = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who acts: user id, display name, role ids and department id ("" if none).

    `visit` tells visitors without an account from one another, as long as their browser is open.
    """

    id: str
    name: str = ""
    roles: frozenset[str] = frozenset()
    department: str = ""
    language: str = ""
    visit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A stored record. `version` is the hash of the published template it is pinned to.

    `tags` maps group → {option: reason}; a reason is {"by": "rule", "because": {field: value}} or
    {"by": "hand", "who": user, "at": time}.
    Times are UTC, `YYYY-MM-DDTHH:MM:SS.ffffffZ`.
    """

    id: str
    template: str
    version: str
    department: str
    state: str
    rev: int
    owner: str
    creator: str
    created: str
    updated: str
    entered: str
    data: Data
    tags: Mapping[str, Mapping[str, Mapping[str, object]]] = field(default_factory=dict)
    entry: str = ""
    key: str = ""

    def with_(self, **changes: object) -> Record:
        """A copy with some attributes replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one answer: a catalogue code and its arguments, or the author's own words (`text`).

    `of` names the other answers that the arguments or the words tell of; `without` says the words again for somebody
    who does not see some of them.
    """

    code: str
    args: Mapping[str, object] = field(default_factory=dict)
    text: Mapping[str, str] | None = None
    of: frozenset[str] = field(default=frozenset(), compare=False)
    without: Callable[[frozenset[str]], Mapping[str, str]] | None = field(default=None, compare=False, repr=False)


Faults = Mapping[str, tuple[Fault, ...]]  # HTML name ("contacts.0.name") → faults


class Refused(Exception):
    """An act that was refused; nothing changed. `code` is a catalogue code, `args` fill it."""

    status = 400

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code, self.args_ = code, args


class NotFound(Refused):
    """There is no such thing for this actor."""

    status = 404


class Forbidden(Refused):
    """The actor sees the record but may not do this."""

    status = 403


class Invalid(Refused):
    """Answers that cannot be taken; `faults` by HTML name."""

    status = 422

    def __init__(self, faults: Faults) -> None:
        super().__init__("invalid")
        self.faults = faults


class Stale(Refused):
    """Somebody changed the record since it was read; `current` is what is stored now."""

    status = 409

    def __init__(self, current: Record, mine: Data) -> None:
        super().__init__("stale", rev=current.rev)
        self.current, self.mine = current, mine


class NotOpen(Refused):
    """The transition is not open here; the code says why."""

    status = 409


class KeyReused(Refused):
    """The idempotency key was already used for another body."""

    status = 409
