"""A record's history: what an event says, and the record that a history adds up to.

Bodies hold differences: `changes` {field: [old, new]} and `tags` {group: [old, new]}, None for absent; `added` {log:
[rows]} where rows were added to a log, which its length would else be said twice of at each entry; `created` also the
record's fixed parts, `moved` also `state` [old, new], `action`, `transition` and `comment`, and `answers`
to what the transition asked by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from workflows.keep.port import Event
from workflows.logs import added
from workflows.record import Record

FIXED = ("template", "version", "department", "creator", "owner", "entry", "key", "state")
KINDS = frozenset({"created", "changed", "moved", "tagged", "untagged"})

Difference = dict[str, list[object]]


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    """What differs between two maps: name → [old, new], None for absent."""
    names = [*old, *(name for name in new if name not in old)]
    return {name: [old.get(name), new.get(name)] for name in names if old.get(name) != new.get(name)}


def applied(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The map after some changes."""
    after = {**values, **{name: new for name, (_, new) in changes.items()}}
    return {name: value for name, value in after.items() if value is not None}


def grown(values: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    """The map after some rows were added to logs."""
    return {**values, **{name: [*values.get(name, ()), *rows] for name, rows in added.items()}}


def created_body(record: Record) -> dict[str, object]:
    """The body of a record's first event."""
    fixed = {name: getattr(record, name) for name in FIXED}
    return {"fixed": fixed, "changes": difference({}, record.data), "tags": difference({}, record.tags)}


def changed_body(before: Record, after: Record, logs: Collection[str] = (), **more: object) -> dict[str, object]:
    """The body of a later event: what differs, what was added to logs, and what else there is to say."""
    changes = difference(*({k: v for k, v in data.items() if k not in logs} for data in (before.data, after.data)))
    entries = added(before.data, after.data, logs)
    grown = {"added": entries} if entries else {}
    return {"changes": changes, "tags": difference(before.tags, after.tags), **grown, **more}


def replay(id: str, events: Iterable[Event]) -> Record | None:
    """The record that its history adds up to; None when it has none."""
    record: Record | None = None
    for event in events:
        if event.kind in KINDS:
            record = _first(id, event) if record is None else _next(record, event)
    return record


def replaced(events: Iterable[Event]) -> dict[str, object]:
    """What some steps replaced: field → the value it had before the first of them, None for absent."""
    before: dict[str, object] = {}
    for event in events:
        body: Any = event.body
        for name, (old, _) in body["changes"].items():
            before.setdefault(name, old)
    return before


def _first(id: str, event: Event) -> Record:
    body: Any = event.body
    times = dict.fromkeys(("created", "updated", "entered"), event.at)
    return Record(
        id=id, rev=1, data=applied({}, body["changes"]), tags=applied({}, body["tags"]), **body["fixed"], **times
    )


def _next(record: Record, event: Event) -> Record:
    body: Any = event.body
    after = record.with_(
        rev=record.rev + 1,
        updated=event.at,
        data=grown(applied(record.data, body["changes"]), body.get("added", {})),
        tags=applied(record.tags, body["tags"]),
    )
    return after.with_(state=body["state"][1], entered=event.at) if event.kind == "moved" else after
