"""A record's history as one reader may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from builder.model import Template
from workflows.guard.access import Rights
from workflows.guard.masks import guarded
from workflows.history import KINDS
from workflows.keep.port import Event
from workflows.view import Change, Mark


def marks(template: Template, rights: Rights, events: Iterable[Event], name: Callable[[str], str]) -> tuple[Mark, ...]:
    """One mark an event, oldest first; hidden fields are left out, masked ones masked on both sides."""
    return tuple(_mark(template, rights, event, name) for event in events if event.kind in KINDS)


def _mark(template: Template, rights: Rights, event: Event, name: Callable[[str], str]) -> Mark:
    body: Any = event.body
    old, new = _states(event.kind, body)
    return Mark(
        at=event.at,
        actor=event.actor,
        name=name(event.actor),
        kind=event.kind,
        changes=_changes(template, rights, body),
        action=body.get("action", ""),
        transition=body.get("transition", ""),
        old_state=old,
        new_state=new,
        comment=body.get("comment", ""),
        entry=body["fixed"]["entry"] if event.kind == "created" else "",
        tags=tuple(Change(field=g, old=list(a or ()), new=list(b or ())) for g, (a, b) in body["tags"].items()),
    )


def _states(kind: str, body: Mapping[str, Any]) -> tuple[str, str]:
    if kind == "created":
        return "", body["fixed"]["state"]
    old, new = body.get("state", ("", ""))
    return old, new


def _changes(template: Template, rights: Rights, body: Mapping[str, Any]) -> tuple[Change, ...]:
    """What changed, of a log that gained rows the new ones alone; then what only the step was told."""
    changes = {**body["changes"], **{field: (None, rows) for field, rows in body.get("added", {}).items()}}
    old = guarded(template, rights, {field: before for field, (before, _) in changes.items()})
    new = guarded(template, rights, {field: after for field, (_, after) in changes.items()})
    own = (Change(field=field, old=None, new=value) for field, value in body.get("answers", {}).items())
    return (*(Change(field=field, old=old[field], new=new[field]) for field in old), *own)
