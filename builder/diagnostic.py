"""Diagnostics are values: an author's mistake and where it stands; what to say of it lives in a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a source file: path as given by the user, line and column counted from 1 in code points."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that belongs to a finding, with the catalogue key of its note."""

    place: Place
    note: str
    args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a code of the message catalogue, its place and what fills the message's `{holes}`.

    `witness` holds answers (field id → value) that show a finding about reachability or overlap; `labels` what people
    call them: field id → text in each language, and `FIELD=OPTION` → the option's.
    Severity, cause and way out come from the catalogue by `code`, in the reader's language.
    """

    code: str
    place: Place
    args: Mapping[str, object] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    witness: Mapping[str, object] | None = None
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
