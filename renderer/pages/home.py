"""`/`: my work. What I may start, my lists with their counts, what was touched lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask.typing import ResponseReturnValue

from builder.model import ListView, State, Template, say
from renderer.pages.form import reader
from renderer.pages.linked import linker
from renderer.pages.moments import local_time
from renderer.pages.page import render
from renderer.visit import actor, house, language
from workflows.guard.access import may_list, rights

RECENT: Final = 8
ADMIN: Final = "admin"  # the role, by convention, of who looks after the forms
DRAFT: Final = "-draft."  # in the version of what is served while it is written


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One list: its title, how many records it holds, and how many in each state that occurs."""

    template: Template
    view: ListView | None
    total: int
    states: tuple[tuple[State, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What an admin sees of a template: whose it is ("" is the company's), its version as people know it, and whether
    that is a draft being written.

    `public`: it has doors for visitors; `writes`: he may make its records, so their links and blanks too; `reads`: he
    may list them.
    """

    template: Template
    department: str
    version: str
    public: bool
    draft: bool
    writes: bool
    reads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One record that was changed lately."""

    id: str
    title: str
    template: Template
    state: State | None
    updated: str


def show() -> ResponseReturnValue:
    """GET: the home page."""
    templates = house().service.templates(actor())
    return render(
        "home.html",
        definitions=[definition(template) for template in house().catalogue.all()] if ADMIN in actor().roles else [],
        creatable=[template for template in templates if may_create(template)],
        tiles=[tile(template, view) for template in templates for view in (*template.lists.values(), None)],
        recent=sorted((t for one in templates for t in _touched(one)), key=lambda t: t.updated, reverse=True)[:RECENT],
    )


def may_create(template: Template) -> bool:
    """Whether this person may start a record."""
    return rights(template, house().service.company(), actor(), None).create


def definition(template: Template) -> Definition:
    """A template as an admin sees it; a department's form is filled in that department."""
    version, mine = house().catalogue.shown(template.hash), template.department in ("", actor().department)
    return Definition(
        template=template,
        department=reader().department(template.department) if template.department else "",
        version=version,
        public=any(entry.public for entry in template.entries.values()),
        draft=DRAFT in version,
        writes=mine and may_create(template),
        reads=may_list(template, actor()),
    )


def tile(template: Template, view: ListView | None) -> Tile:
    """One list, counted; without a view all records of the template."""
    counts = house().service.counts(actor(), template.ref, view.id if view else "")
    states = tuple((state, counts[state.id]) for state in template.states.values() if state.id in counts)
    return Tile(template=template, view=view, total=sum(counts.values()), states=states)


def _touched(template: Template) -> list[Touched]:
    columns = ("state", "updated")
    found = house().service.list(actor(), template.ref, sort=("-updated",), size=RECENT, columns=columns)
    zone = house().service.company().timezone
    return [
        Touched(
            id=line.id,
            title=linker().title(template.id, line.id) or say(template.title, language()),
            template=line.template,  # a department's own states have names only there
            state=line.template.states.get(str(line.values["state"])),
            updated=local_time(str(line.values["updated"]), zone),
        )
        for line in found.lines
    ]
