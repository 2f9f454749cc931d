"""Cases: examples of a template that are its tests, too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a case: somebody does an action or changes answers."""

    as_: str = "creator"
    do: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    set: Mapping[str, object] = field(default_factory=dict)
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """A record that a case finds there already: its template, and neutral values under the names links ask for."""

    template: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An example that is also a test: given answers, steps, and what must be true afterwards."""

    id: str
    given: Mapping[str, object]
    at: str = ""
    entry: str = ""  # the door it comes in by, "" is the staff form
    link: Mapping[str, object] = field(default_factory=dict)  # what the door's link fixed and what it captured
    records: Mapping[str, Prior] = field(default_factory=dict)  # those that were there before, by the name links use
    steps: tuple[Step, ...] = ()
    expect: Mapping[str, object] = field(default_factory=dict)  # state values errors tags enabled only
    layer: str = ""  # as in builder/model.py
