"""Entries: the doors into a template, and what each asks, fixes and captures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal, cast

from builder.diagnostic import Path, Related
from builder.entry import ALWAYS_THERE, Entry, Opening
from builder.expressions import Expression
from builder.lower.context import Lowering
from builder.lower.fields import written_value
from builder.lower.options import layer_of
from builder.lower.saying import said
from builder.lower.views import strings
from builder.lower.workflow import STATES, part
from builder.model import Field, Value, Words

STATE = "state"
COMPOUND = frozenset({"rows", "file", "log"})  # several values at once: neither written in a line nor put in a link
WITHIN = frozenset({"person", "department", "link"})  # to choose one is to see what the company keeps to itself
CAPTURED = frozenset({"text", "url", "choice"})
VISITORS = ("ask_link", "capture", "open", "thanks")  # what makes sense only where somebody comes by a link
MIDNIGHT = "T00:00:00"


def lower_entries(run: Lowering, fields: Mapping[str, Field]) -> dict[str, Entry]:
    """Entries in written order."""
    written = ((key, data) for key, data in part(run, "entries").items() if isinstance(data, Mapping))
    return {key: _Door(run, key, data, fields).entry() for key, data in written}


class _Door:
    """One entry being read."""

    def __init__(self, run: Lowering, key: str, data: Mapping[str, object], fields: Mapping[str, Field]) -> None:
        self.run, self.key, self.data, self.fields = run, key, data, fields
        self.path: Path = ("entries", key)
        self.public = data.get("public") is True
        self.homes: dict[str, tuple[str, Path]] = {}  # field → the part of the entry that speaks of it first, and where

    def entry(self) -> Entry:
        """The lowered entry; what is wrong with it is among the run's findings."""
        run, data = self.run, self.data
        if self.key in ALWAYS_THERE:
            run.find("entry-id-taken", self.path, at="key", id=self.key)
        self.staff_only()
        return Entry(
            id=self.key,
            title=run.text(data.get("title", self.key)),
            public=self.public,
            pages=cast("Literal['none', 'section', 'one']", data.get("pages", "none")),
            fields=self.listed("fields", self.askable),
            set=dict(self.settings()),
            ask_link=self.listed("ask_link", self.linkable),
            capture=dict(self.captures()),
            open=self.opening(),
            thanks=self.thanks(),
            layer=layer_of(self.key),
        )

    def staff_only(self) -> None:
        """A finding for the parts that only visitors meet, at an entry that none can use."""
        unsure = self.public or self.run.document.damaged((*self.path, "public"))
        written = [key for key in self.data if key in VISITORS]
        if written and not unsure:
            keys = ", ".join(written)
            self.run.find("entry-not-public", (*self.path, written[0]), at="key", key=keys, entry=self.key)

    def thanks(self) -> Words:
        """What is said after sending, with the answers in it that stand there in braces."""
        return said(self.run, self.data.get("thanks"), (*self.path, "thanks"), None)

    def listed(self, key: str, refuse: object) -> tuple[str, ...]:
        """The fields of a list, without those that cannot stand in it."""
        names = strings(self.data.get(key))
        found: list[str] = []
        for i, name in enumerate(names):
            path = (*self.path, key, i)
            known = self.run.reference(name, self.fields, path, "field")
            if known is None:
                self.run.unclear.add(self.path)
            if known and self.once(known, key, path) and self.fits(known, path, refuse):
                found.append(known)
        return tuple(found)

    def fits(self, name: str, path: Path, refuse: object) -> bool:
        """Whether a field can stand here; if not, the code that `refuse` gives is a finding."""
        assert callable(refuse)
        code = refuse(self.fields[name])
        if code:
            self.run.find(code, path, at="key" if "capture" in path else "value", field=name, entry=self.key,
                          type=self.fields[name].type)  # fmt: skip
        return not code

    def askable(self, field: Field) -> str:
        """Why a field cannot be asked here, "" when it can; a computed one is shown."""
        if field.readonly:
            return "entry-asks-readonly"
        within = field.type in WITHIN or any(column.type in WITHIN for column in field.fields)
        return "entry-asks-within" if self.public and within else ""

    def linkable(self, field: Field) -> str:
        """Why a field cannot be fixed in a link, "" when it can."""
        if field.compute is not None or field.type in COMPOUND:
            return "entry-cannot-fix"
        return "entry-personal-in-address" if field.personal else ""

    def capturable(self, field: Field) -> str:
        """Why a field cannot be filled from an address, "" when it can."""
        if field.compute is not None or field.type not in CAPTURED:
            return "entry-cannot-capture"
        return "entry-personal-in-address" if field.personal else ""

    def settings(self) -> Iterator[tuple[str, Value | Expression]]:
        """What the entry sets, by field; `state` is the initial state."""
        for key, raw in self.map("set").items():
            path = (*self.path, "set", key)
            if key == STATE:
                yield from self.state(str(raw), path)
                continue
            name = self.named(key, path)
            if name is None or not self.once(name, "set", path):
                continue
            field = self.fields[name]
            if field.compute is not None or field.type in COMPOUND:
                self.run.find("entry-cannot-fix", path, at="key", field=name, entry=self.key, type=field.type)
                continue
            value = written_value(self.run, field, raw, path)
            if value is not None:
                yield name, value

    def state(self, raw: str, path: Path) -> Iterator[tuple[str, Value]]:
        """The state that records begin in; it must be an initial one."""
        states = part(self.run, *STATES)
        initial = [key for key, data in states.items() if isinstance(data, Mapping) and data.get("initial") is True]
        if any(self.run.document.damaged((*STATES, key)) for key in states):  # it may be an initial one
            initial = [*states]
        found = self.run.reference(raw, initial, path, "state")
        if found:
            yield STATE, found

    def captures(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What is captured, by field."""
        for key, raw in self.map("capture").items():
            path = (*self.path, "capture", key)
            name = self.captured(key, raw, path)
            if name and self.once(name, "capture", path) and self.fits(name, path, self.capturable):
                yield name, tuple(strings(raw))

    def captured(self, key: str, raw: object, path: Path) -> str | None:
        """The field that is captured; `utm_source: source` was meant the other way round."""
        if key in self.fields or str(raw) not in self.fields:
            return self.named(key, path)
        self.run.find("captured-backwards", path, at="key", key=key, field=str(raw), written=f"{raw}: {key}")
        self.run.unclear.add(self.path)
        return None

    def named(self, key: str, path: Path) -> str | None:
        """The field that a key means."""
        found = self.run.resolve(key, self.fields, self.run.document.layer(path))
        if found is None:
            self.run.unknown(key, self.fields, path, "field", at="key")
            self.run.unclear.add(self.path)
        return found

    def once(self, name: str, key: str, path: Path) -> bool:
        """Whether a field is spoken of for the first time: what is asked cannot be fixed as well.

        What is set holds when nothing is captured, so these two go together.
        """
        first = self.homes.setdefault(name, (key, path))
        clash = first[0] != key and {first[0], key} != {"set", "capture"}
        if clash:
            note = Related(self.run.document.place(first[1], "key" if first[0] in ("set", "capture") else "value"),
                           "first-here")  # fmt: skip
            self.run.find("entry-asked-and-fixed", path, at="key" if key in ("set", "capture") else "value",
                          field=name, entry=self.key, first=first[0], second=key, related=(note,))  # fmt: skip
        return not clash

    def opening(self) -> Opening:
        """When it is open; a day counts whole."""
        data = self.map("open")
        start, end = (self.moment(str(data.get(key, "")), late=key == "until") for key in ("from", "until"))
        if start and end and start >= end:
            self.run.find("entry-never-open", (*self.path, "open", "until"), entry=self.key, start=data["from"],
                          end=data["until"])  # fmt: skip
        return Opening(start=start, end=end, limit=int(str(data.get("limit", 0))))

    def moment(self, text: str, *, late: bool) -> str:
        """A day or moment as `YYYY-MM-DDTHH:MM:SS`; until a day means until the next one begins."""
        if not text:
            return ""
        day, _, time = text.partition("T")
        try:
            found = date.fromisoformat(day) + timedelta(days=late and not time)
        except (ValueError, OverflowError):
            key = "until" if late else "from"
            self.run.find("bad-moment", (*self.path, "open", key), value=text, key=key)
            return ""
        return found.isoformat() + (f"T{time}:00"[: len(MIDNIGHT)] if time else MIDNIGHT)

    def map(self, key: str) -> Mapping[str, object]:
        """A map of the entry, empty when it is not written."""
        value = self.data.get(key)
        return value if isinstance(value, Mapping) else {}
