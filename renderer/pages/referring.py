"""The records that link to one: of each template that does, the latest, and the way to all of them and to a new one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import url_for

from builder.model import State, Template
from renderer.drawing.offers import titled
from renderer.pages.linked import linker
from renderer.pages.moments import local_time
from renderer.visit import actor, house, language
from workflows.guard.access import rights
from workflows.view import View

SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One record that links here."""

    id: str
    title: str
    template: Template
    state: State | None
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Those of one template: how many, the latest, where all of them are listed, where one more is made ("" if not)."""

    template: Template
    total: int
    latest: tuple[Reference, ...]
    all: str
    new: str


def referring(view: View) -> list[References]:
    """What links to a record, as far as its reader may see it; a template of which he may make one is shown, too."""
    found = (_of(template, view) for template in house().service.templates(actor()))
    return [each for each in found if each is not None and (each.total or each.new)]


def _of(template: Template, view: View) -> References | None:
    target, id = view.template.id, view.record.id
    if not any(to == target for _, to in _links(template)):
        return None
    columns = ("state", "updated")
    found = house().service.list(actor(), template.ref, linked=id, sort=("-updated",), size=SHOWN, columns=columns)
    zone = house().service.company().timezone
    latest = tuple(
        Reference(
            id=line.id,
            title=titled(linker().title(template.id, line.id), language()),
            template=line.template,
            state=line.template.states.get(str(line.values["state"])),
            updated=local_time(str(line.values["updated"]), zone),
        )
        for line in found.lines
    )
    everything, new = url_for("listing.show_list", ref=template.ref, linked=id), _new(template, target, id)
    return References(template=template, total=found.total, latest=latest, all=everything, new=new)


def _new(template: Template, target: str, id: str) -> str:
    """The address of a form with this record in its first link there that this person may fill."""
    allowed = rights(template, house().service.company(), actor(), None)
    names = (f.id for f in template.fields.values() if f.type == "link" and f.to == target and allowed.writes(f.id))
    name = next(names, "") if allowed.create else ""
    return f"{url_for('fill.show', ref=template.ref)}?{urlencode({name: id})}" if name else ""


def _links(template: Template) -> Iterator[tuple[str, str]]:
    """Every link of a template, in rows too: its path and where it leads."""
    every = (spec for field in template.fields.values() for spec in (field, *field.fields))
    return ((spec.path, spec.to) for spec in every if spec.type == "link")
