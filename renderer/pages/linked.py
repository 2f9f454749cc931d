"""What a page shows of records that are linked to, and what it offers where one is to be chosen."""

from __future__ import annotations

from flask import g, request, url_for

from builder.model import Template
from renderer.drawing.offers import Offering, titled
from renderer.visit import actor, house, language
from workflows.guard.access import rights
from workflows.guard.masks import STARS
from workflows.linking import Linker
from workflows.record import NotFound


def linker() -> Linker:
    """What this visitor sees of records that are linked to; one request sees one moment."""
    found: Linker | None = g.get("linker")
    if found is None:
        found = g.linker = house().service.links(actor())
    return found


def title(target: str, id: str) -> str:
    """What this visitor calls a record of a template; a masked link stays as it is."""
    return id if STARS in id else titled(linker().title(target, id), language())


def offering(*, making: bool = True) -> Offering:
    """What is offered around the box of a link; without `making` no button that leads away to make a record."""
    made = creatable if making else lambda id: None
    return Offering(linker(), language(), request.path, made, lambda template: url_for("fill.show", ref=template))


def creatable(id: str) -> Template | None:
    """A template of which this person may make a record; None when he may not, or there is none."""
    try:
        template = house().catalogue.current(id, actor().department)
    except NotFound:
        return None
    allowed = rights(template, house().service.company(), actor(), None)
    return template if allowed.create else None
