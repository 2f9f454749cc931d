"""The doors into a template, as the model holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from builder.option import Words

ALWAYS_THERE = ("staff", "api", "import")  # the doors that no template has to define


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """When an entry is open, by the company's clock (`YYYY-MM-DDTHH:MM:SS`, "" is no bound), and for how many records.

    It opens at `start` and is closed from `end` on; a `limit` of 0 is none.
    """

    start: str = ""
    end: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A door into a template: what it asks (`fields`, in order), and what holds for the records that come in by it.

    `set` is what a field has there unless a link or a capture gives it another value; `ask_link` is fixed when a link
    is made; `capture` maps a field to the parameters of the address it is filled from, or `referrer` or `landing`.
    """

    id: str
    title: Mapping[str, str]
    public: bool = False
    pages: Literal["none", "section", "one"] = "none"
    fields: tuple[str, ...] = ()
    set: Mapping[str, object] = field(default_factory=dict)
    ask_link: tuple[str, ...] = ()
    capture: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open: Opening = Opening()
    thanks: Words = field(default_factory=dict)
    layer: str = ""
