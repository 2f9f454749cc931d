"""A record's history in words: what happened, from what to what, when, by whom; the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from builder.model import Template, say
from renderer.drawing.display import Reader, show
from renderer.i18n import words
from renderer.pages.moments import local_time
from workflows.life.asked import fields_of
from workflows.view import Change, Mark


def N_(text: str) -> str:
    """Marks words for the catalogue where they stand and are translated later."""
    return text


# kind of event → what it is called; what is not here is called by its kind
KINDS: Final[Mapping[str, str]] = {
    "created": N_("Record created"),
    "changed": N_("Record changed"),
    "moved": N_("Moved on"),
    "tagged": N_("Tag added"),
    "untagged": N_("Tag removed"),
}


# the doors that no template has to define
ALWAYS_THERE: Final[Mapping[str, str]] = {"staff": N_("Form for staff"), "api": N_("Program"), "import": N_("Import")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event: `what` happened, and each change as label, old text, new text ("" is nothing)."""

    at: str
    who: str
    what: str
    comment: str
    changes: tuple[tuple[str, str, str], ...]


def story(template: Template, marks: Sequence[Mark], reader: Reader, zone: str) -> list[Told]:
    """The marks in words."""
    return [_told(template, mark, reader, zone) for mark in reversed(marks)]


def _told(template: Template, mark: Mark, reader: Reader, zone: str) -> Told:
    return Told(
        at=local_time(mark.at, zone),
        who=mark.name or mark.actor or came_in(template, mark.entry, reader.language),
        what=_what(template, mark, reader),
        comment=mark.comment,
        changes=tuple((*_changes(template, mark, reader), *(_tags(template, c, reader) for c in mark.tags))),
    )


def entry_name(template: Template, entry: str, language: str) -> str:
    """What people call the door that a record came in by."""
    door = template.entries.get(entry)
    return say(door.title, language) if door else words(language)(ALWAYS_THERE.get(entry, entry))


def came_in(template: Template, entry: str, language: str) -> str:
    """Who made a record that nobody of the company made: somebody at a door."""
    _ = words(language)
    return _("Public, by “%(entry)s”") % {"entry": entry_name(template, entry, language)}


def _what(template: Template, mark: Mark, reader: Reader) -> str:
    taken = template.transitions.get(mark.transition)
    label = say(taken.label, reader.language) if taken else ""
    return label or words(reader.language)(KINDS.get(mark.kind, mark.kind))


def _changes(template: Template, mark: Mark, reader: Reader) -> Iterator[tuple[str, str, str]]:
    if mark.old_state != mark.new_state:
        _ = words(reader.language)
        yield _("Status"), _state(template, mark.old_state, reader), _state(template, mark.new_state, reader)
    for change in mark.changes:
        spec = fields_of(template, mark.transition).get(change.field)
        if spec is None:
            yield change.field, _plain(change.old), _plain(change.new)
        else:
            yield say(spec.label, reader.language), show(spec, change.old, reader), show(spec, change.new, reader)


def _state(template: Template, state: str, reader: Reader) -> str:
    found = template.states.get(state)
    return say(found.label, reader.language) if found else state


def _tags(template: Template, change: Change, reader: Reader) -> tuple[str, str, str]:
    group = template.tags.get(change.field)
    labels = {o.id: say(o.label, reader.language) for o in group.options} if group else {}
    name = say(group.label, reader.language) if group else change.field
    return name, _listed(change.old, labels), _listed(change.new, labels)


def _listed(options: object, labels: Mapping[str, str]) -> str:
    return ", ".join(labels.get(str(o), str(o)) for o in options) if isinstance(options, (list, tuple)) else ""


def _plain(value: object) -> str:
    return "" if value is None else str(value)
