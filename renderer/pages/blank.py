"""`/blank/T` and `/blank/T/ENTRY`: a form to be printed and filled in by hand, entered later by its entry.

What depends on an answer is asked all the same; the condition stands beside it in words, unless the entry decides it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from flask import url_for
from flask.typing import ResponseReturnValue

from builder.emit.prose import Words, prose
from builder.entry import Entry
from builder.expressions import Expression, linked_names
from builder.model import Field, Template, say
from renderer.i18n import words
from renderer.pages.fill import own, plan_of
from renderer.pages.links import address
from renderer.pages.page import render
from renderer.visit import actor, house, language
from renderer.visitors import qr
from renderer.visitors.page import kept_for
from workflows.guard.access import Rights, ever_clear, rights
from workflows.life.door import STAFF
from workflows.links import Link
from workflows.record import Forbidden

ROWS: Final = 5  # empty rows of a table
MOST: Final = 40  # so many options get a box each; of more, one writes down one's own
HALF: Final = 6  # so many boxes have room beside another question
MARKS: Final = re.compile(r"\\(\W)|`")
BOXES: Final = frozenset({"choice", "choices"})
DAYS: Final = {"date": "____ - __ - __", "datetime": "____ - __ - __   __ : __", "time": "__ : __"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One question on paper: its boxes, its lines to write on, or the columns of its table."""

    label: str
    must: str
    help: str
    only: str
    unit: str
    digits: str
    lines: int
    many: bool
    wide: bool  # more than half a page's width holds
    options: tuple[tuple[str, bool], ...]  # label, and whether it stands under the one before
    columns: tuple[str, ...]


def show(ref: str, entry: str = STAFF) -> ResponseReturnValue:
    """GET: the blank form."""
    template = house().catalogue.current(own(ref), actor().department)
    allowed = rights(template, house().service.company(), actor(), None)
    if not allowed.create:
        raise Forbidden("may-not-create")
    plan, door = plan_of(template, entry), template.entries.get(entry)
    link = _link(template, entry)
    fixed = link.values if link else {}
    asked = {field.id for field in plan.inputs} - fixed.keys()
    decided = _decided(template, allowed, door, fixed)
    parts = [
        (part, [_blank(template, allowed, field) for field in map(decided, part.fields) if field and field.id in asked])
        for part in plan.parts
    ]
    return render(
        "blank.html",
        desk=url_for("fill.show", ref=ref, entry=entry if door else None),
        heading=say(door.title if door else template.title, language()),
        parts=[(part, lines) for part, lines in parts if lines],
        fixed=[(say(template.fields[name].label, language()), str(value)) for name, value in fixed.items()],
        code=qr.inline(address(link)) if link else "",
        purpose=say(template.purpose, language()),
        kept=kept_for(template.retain, language()) if template.retain else "",
        version=house().catalogue.shown(template.hash),
        rows=range(ROWS),
    )


def _link(template: Template, entry: str) -> Link | None:
    """The newest open link to a public entry: who has a telephone may use that."""
    door = template.entries.get(entry)
    links = house().doors.of(actor(), template) if door is not None and door.public else ()
    return next((link for link in links if link.entry == entry and not link.closed), None)


def _decided(
    template: Template, allowed: Rights, entry: Entry | None, fixed: Mapping[str, object]
) -> Callable[[Field], Field | None]:
    """A field without the conditions that what an entry sets has decided already; None if they rule it out."""
    if entry is None:
        return lambda field: field
    found, known = house().doors.fixed(template, entry, fixed), entry.set.keys() | fixed.keys()

    def sure(condition: object) -> bool:
        return isinstance(condition, Expression) and condition.reads <= known and _told(template, allowed, condition)

    def decide(field: Field) -> Field | None:
        if sure(field.required):
            field = replace(field, required=field.id in found.required)
        if not sure(field.visible):
            return field
        return replace(field, visible=None) if field.id in found.visible else None

    return decide


def _blank(template: Template, allowed: Rights, field: Field) -> Blank:
    tongue = language()
    boxed = field.type in BOXES and len(field.options) <= MOST
    table = field.type in ("rows", "log")
    return Blank(
        label=say(field.label, tongue),
        must=_must(template, allowed, field),
        help=say(field.help, tongue),
        only=_spoken(template, allowed, field.visible) if field.visible else "",
        unit=say(field.unit, tongue) or field.currency,
        digits=DAYS.get(field.type, ""),
        lines=0 if boxed or table or field.type == "boolean" or field.type in DAYS else max(field.lines, 1),
        many=field.type == "choices",
        wide=table or field.lines > 1 or (boxed and len(field.options) > HALF),
        options=tuple(_boxes(field)) if boxed else _yes_or_no() if field.type == "boolean" else (),
        columns=tuple(say(column.label, tongue) for column in field.fields if column.compute is None) if table else (),
    )


def _must(template: Template, allowed: Rights, field: Field) -> str:
    _ = words(language())
    if isinstance(field.required, Expression):
        return _("required if %(when)s") % {"when": _spoken(template, allowed, field.required)}
    return _("required") if field.required else ""


def _boxes(field: Field) -> Iterator[tuple[str, bool]]:
    yield from ((say(o.label, language()), bool(o.parent)) for o in field.options if not o.retired)


def _yes_or_no() -> tuple[tuple[str, bool], ...]:
    _ = words(language())
    return ((_("Yes"), False), (_("No"), False))


def _spoken(template: Template, allowed: Rights, condition: Expression) -> str:
    """A condition in words, on paper: without the marks of a text that is yet to be drawn.

    One that speaks of what its reader does not see is not told: its words would draw the line for him.
    """
    _ = words(language())
    if not _told(template, allowed, condition):
        return _("a condition holds that you may not see")
    labels = {name: say(field.label, language()) for name, field in template.fields.items()}
    return MARKS.sub(r"\1", prose(condition, Words(language(), {**labels, "state": _("Status")})))


def _told(template: Template, allowed: Rights, condition: Expression) -> bool:
    behind = ((template.links[to], name) for to, name in linked_names(condition.tree))
    return all(map(allowed.clear, condition.reads)) and all(ever_clear(to, actor(), name) for to, name in behind)
