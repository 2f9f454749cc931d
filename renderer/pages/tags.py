"""A record's tags as its reader sees them, each with its reason, and those that can still be given by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.model import Field, Option, TagGroup, Template, say
from renderer.drawing.display import Reader, show
from renderer.i18n import words
from renderer.pages.moments import local_time
from workflows.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """One tag a record has; `id` is GROUP.OPTION."""

    id: str
    label: str
    help: str
    color: str
    why: str
    by_hand: bool


def shown_tags(view: View, reader: Reader, zone: str) -> list[tuple[str, list[Tagged]]]:
    """Label of the group and its tags, for each group that has any."""
    template, given = view.template, view.evaluation.tags
    groups = ((group, given.get(group.id) or {}) for group in template.tags.values())
    return [
        (
            say(group.label, reader.language),
            [_tagged(template, group, option, reason, reader, zone) for option, reason in tags.items()],
        )
        for group, tags in groups
        if tags
    ]


def addable_tags(view: View, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Label of the group, id and label of each tag that can be given by hand; nothing for who may not tag."""
    if not view.rights.tag:
        return []
    groups = [(say(g.label, language), _addable(g, view, language)) for g in view.template.tags.values()]
    return [(label, options) for label, options in groups if options]


def _addable(group: TagGroup, view: View, language: str) -> list[tuple[str, str]]:
    given = view.evaluation.tags.get(group.id) or {}
    free = (o for o in group.options if o.when is None and not o.retired and o.id not in given)
    return [(f"{group.id}.{o.id}", say(o.label, language)) for o in free]


def _tagged(
    template: Template, group: TagGroup, option: str, reason: Mapping[str, object], reader: Reader, zone: str
) -> Tagged:
    known = next((o for o in group.options if o.id == option), Option(id=option, label={"": option}))
    return Tagged(
        id=f"{group.id}.{option}",
        label=say(known.label, reader.language),
        help=say(known.help, reader.language),
        color=known.color,
        why=because(template, reason, reader, zone),
        by_hand=reason.get("by") == "hand",
    )


def because(template: Template, reason: Mapping[str, object], reader: Reader, zone: str) -> str:
    """Why a record has a tag: the answers a rule went by, or who gave it by hand and when."""
    _ = words(reader.language)
    if reason.get("by") == "hand":
        told = {"who": reader.person(str(reason.get("who", ""))), "at": local_time(str(reason.get("at", "")), zone)}
        return _("%(who)s, %(at)s") % told
    found = reason.get("because")
    answers = found.items() if isinstance(found, Mapping) else ()
    why = ", ".join(_answer(template.fields.get(str(name)), str(name), value, reader) for name, value in answers)
    return _("by rule: %(why)s") % {"why": why}


def _answer(spec: Field | None, name: str, value: object, reader: Reader) -> str:
    """Label and value of an answer; rows are counted, since a table has no place in a sentence."""
    if spec is None:
        return name
    shown = str(len(value)) if spec.tabular and isinstance(value, list | tuple) else show(spec, value, reader)
    return f"{say(spec.label, reader.language)} {shown}"
