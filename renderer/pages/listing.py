"""`/l/T`, `/l/T/LIST`: the records a person may read, filtered, sorted, in pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import request
from flask.typing import ResponseReturnValue

from builder.model import Field, State, Template, say
from renderer.drawing.choosing import lines
from renderer.drawing.display import Reader, kind, latest, show
from renderer.drawing.offers import titled
from renderer.i18n import words
from renderer.pages.asked import PREFIX, SIZE, Asked, filters
from renderer.pages.form import reader
from renderer.pages.home import may_create
from renderer.pages.linked import linker
from renderer.pages.moments import local_time
from renderer.pages.page import render
from renderer.pages.story import entry_name
from renderer.visit import actor, house, language
from workflows.guard.access import always_clear
from workflows.view import Line, Listing


def N_(text: str) -> str:
    """Marks words for the catalogue where they stand and are translated later."""
    return text


# columns that are no field of the template
SYSTEM: Final[Mapping[str, str]] = {
    "state": N_("Status"),
    "owner": N_("Owner"),
    "creator": N_("Created by"),
    "department": N_("Department"),
    "entry": N_("Entry"),
    "created": N_("Created"),
    "updated": N_("Last change"),
    "entered": N_("In this status since"),
    "completeness": N_("Completeness"),
    "id": N_("Number"),
}


OWN: Final[Mapping[str, str]] = {  # how their cells stand, if not as words
    "state": "state",
    "completeness": "number",
    **dict.fromkeys(("created", "updated", "entered"), "whole"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: heading, how its cells stand, whether it can be sorted by and how it is sorted now."""

    name: str
    label: str
    kind: str
    sortable: bool
    sorted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a list: its column, its text, and for a state the state with its template's others."""

    name: str
    text: str
    state: State | None = None
    states: Mapping[str, State] = field(default_factory=dict)

    @classmethod
    def of(cls, line: Line, name: str, told: Reader, zone: str) -> Cell:
        """The cell in the terms of the version the record is pinned to; a masked value is a text already."""
        value, template = line.values.get(name), line.template
        if value is None:
            return cls(name=name, text="")
        if name == "state":
            return cls(name=name, text=str(value), state=template.states.get(str(value)), states=template.states)
        spec = None if name in line.masked else template.fields.get(name)
        text = _field(spec, value, told) if spec else _system(template, name, value, told, zone)
        return cls(name=name, text=text)


def show_list(ref: str, name: str = "") -> ResponseReturnValue:
    """GET: the list under the filters of its address. POST: the same, searched for a text."""
    template = house().catalogue.current(ref, actor().department)
    asked = Asked.of(request.values, request.form.get("text", ""), template, actor())
    found = house().service.list(
        actor(),
        ref,
        name,
        match=asked.match,
        sort=(asked.sort,) if asked.sort.lstrip("-") in _sortable(template) else (),
        page=asked.page,
        size=SIZE,
        linked=asked.linked,
        text=asked.text,
    )
    return render("list.html", **_context(ref, name, asked, found))


def _context(ref: str, name: str, asked: Asked, found: Listing) -> dict[str, object]:
    template, told = found.template, reader()
    zone = house().service.company().timezone
    return {
        "ref": ref,
        "name": name,
        "asked": asked,
        "template": template,
        "found": found,
        "last": -(-found.total // SIZE),
        "columns": [_column(template, column, asked) for column in found.columns],
        "lines": [(line.id, [Cell.of(line, column, told, zone) for column in found.columns]) for line in found.lines],
        "can_create": may_create(template),
        "public": any(entry.public for entry in template.entries.values()),
        "about": _about(asked.linked),
        "filters": [(PREFIX + f.id, f, lines(f.options, told.language)) for f in filters(template, actor())],
    }


def _about(linked: str) -> str:
    """What the record is called that all these link to."""
    return titled(linker().name(linked), language()) if linked else ""


def _sortable(template: Template) -> frozenset[str]:
    return frozenset(SYSTEM) | {f.id for f in template.fields.values() if always_clear(template, actor(), f.id)}


def _column(template: Template, name: str, asked: Asked) -> Column:
    spec = template.fields.get(name)
    sorted_ = {name: "ascending", f"-{name}": "descending"}.get(asked.sort, "")
    label = column_label(template, name)
    return Column(
        name=name,
        label=label,
        kind=kind(spec) if spec else OWN.get(name, "words"),
        sortable=name in _sortable(template) and (spec is None or not spec.tabular),
        sorted=sorted_,
    )


def column_label(template: Template, name: str) -> str:
    """How people call a column: the field's label, the tag group's, or our word for what every record has."""
    spec = template.fields.get(name) or template.tags.get(name)
    return say(spec.label, language()) if spec else words(language())(SYSTEM.get(name, name))


def _field(spec: Field, value: object, told: Reader) -> str:
    if spec.type == "log":
        return latest(spec, value, told)
    if spec.type == "rows" and isinstance(value, (list, tuple)):
        return str(len(value))
    return show(spec, value, told)


def _system(template: Template, name: str, value: object, told: Reader, zone: str) -> str:
    if name in ("created", "updated", "entered"):
        return local_time(str(value), zone)
    if name == "completeness":
        return f"{value}%"
    if name == "entry":
        return entry_name(template, str(value), told.language)
    group = template.tags.get(name)
    if group:
        options = value if isinstance(value, (list, tuple)) else [value]
        labels = {o.id: say(o.label, told.language) for o in group.options}
        return " ".join(labels.get(str(o), str(o)) for o in options)
    named = {"owner": told.person, "creator": told.person, "department": told.department}.get(name, str)
    return named(str(value))
