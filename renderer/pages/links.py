"""`/links/T`: links and QR codes of a form's public entries, for those who may make its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from builder.entry import Entry
from builder.model import Template, say
from renderer.drawing.answers import Answers
from renderer.drawing.cabinet import Door
from renderer.drawing.display import show
from renderer.drawing.visitor import fill
from renderer.i18n import words
from renderer.pages.fill import own
from renderer.pages.form import Form, lists, new_key, reader, redraws, spoken, summary
from renderer.pages.moments import local_time
from renderer.pages.page import announce, frame, html, render
from renderer.visit import actor, house, language
from renderer.visitors import qr
from renderer.visitors.tokens import link_token
from workflows.doors import public_entry
from workflows.guard.access import Rights, rights
from workflows.hours import shown
from workflows.links import Link
from workflows.reading import absent
from workflows.record import Faults, Forbidden

MOST: Final = 100  # links made at once
SEPARATORS: Final = str.maketrans({"；": ";", "\t": ";"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorway:
    """A public entry with the links that lead to it, how many came in, and its hours in words."""

    entry: Entry
    links: tuple[Link, ...]
    count: int
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One QR code on the sheet."""

    link: Link
    title: str
    url: str
    drawn: Markup


def index(ref: str) -> ResponseReturnValue:
    """GET: the public entries of a form, each with its links."""
    template = _template(ref)
    links, zone = _links(template), house().service.company().timezone
    doors = [_doorway(template, entry, links) for entry in template.entries.values() if entry.public]
    return render("links.html", ref=ref, template=template, doors=doors, reader=reader(),
                  time=lambda at: local_time(at, zone))  # fmt: skip


def make(ref: str, entry: str) -> ResponseReturnValue:
    """GET: what a new link fixes. POST: make it, or one for each line, and show the codes."""
    template = _template(ref)
    door = public_entry(template, entry)
    form = _form(template, door)
    if request.method != "POST":
        return _page(ref, template, door, form, _defaults(template, door))
    answers = form.posted()
    if redraws():
        return _page(ref, template, door, form, answers)
    wanted = list(_wanted(door, answers))[: MOST + 1]
    for number, (values, _label) in enumerate(wanted, 1):
        faults = house().doors.faults(template, door, values)
        if faults:
            return _page(ref, template, door, form, answers, faults, number if len(wanted) > 1 else 0)
    made = [_made(template, door, values, label) for values, label in wanted[:MOST]]
    return redirect(url_for("links.sheet", ref=ref, link=[link.id for link in made]), 303)


def sheet(ref: str) -> ResponseReturnValue:
    """GET: the codes of the links named in the address, to be printed."""
    template = _template(ref)
    known = {link.id: link for link in _links(template)}
    links = [known[id] for id in request.args.getlist("link") if id in known and not known[id].closed]
    if not links:
        abort(404)
    return render("sheet.html", ref=ref, codes=[_code(template, link) for link in links[:MOST]])


def picture(ref: str, id: str, kind: str) -> ResponseReturnValue:
    """GET: one code as a file, svg or png."""
    link = next((link for link in _links(_template(ref)) if link.id == id), None)
    if link is None or kind not in ("svg", "png"):
        abort(404)
    body = qr.svg(address(link), link.label) if kind == "svg" else qr.png(address(link))
    response = Response(body, mimetype="image/svg+xml" if kind == "svg" else "image/png")
    response.headers["Content-Disposition"] = f'attachment; filename="{link.id}.{kind}"'
    return response


def close(ref: str) -> ResponseReturnValue:
    """POST: shut a link for good."""
    house().doors.close(actor(), request.form.get("close", ""))
    announce("closed")
    return redirect(url_for("links.index", ref=ref), 303)


def address(link: Link) -> str:
    """Where a link leads: under the address that the installation is told it has, else the one asked for."""
    base = house().settings.base_url.rstrip("/") or request.host_url.rstrip("/")
    return base + url_for("visitors.show.show", token=link_token(house().settings.secret_key, link))


def _template(ref: str) -> Template:
    """The template, for those who may make its records. Raises NotFound, Forbidden."""
    template = house().catalogue.current(own(ref), actor().department)
    if not rights(template, house().service.company(), actor(), None).create:
        raise Forbidden("may-not-create")
    return template


def _links(template: Template) -> tuple[Link, ...]:
    """The links to entries that there are, the newest first; what one without a caption fixes is its caption."""
    links = (link for link in house().doors.of(actor(), template) if link.entry in template.entries)
    return tuple(link if link.label else replace(link, label=_caption(template, link)) for link in links)


def _caption(template: Template, link: Link) -> str:
    entry, told = template.entries[link.entry], reader()
    values = house().doors.fixed(template, entry, link.values).values
    fixed = (show(template.fields[name], values[name], told) for name in entry.ask_link if values[name] is not None)
    return " · ".join(fixed) or say(entry.title, language())


def _doorway(template: Template, entry: Entry, links: tuple[Link, ...]) -> Doorway:
    mine = tuple(link for link in links if link.entry == entry.id)
    start, end = entry.open.start, entry.open.end
    hours = " – ".join(text for text in (start and shown(start), end and shown(end, last=True)) if text)
    return Doorway(entry=entry, links=mine, count=sum(link.count for link in mine), hours=hours)


def _form(template: Template, entry: Entry) -> Form:
    """A form of the fields that a link to this entry fixes; who makes the link fills even those that are read-only."""
    fixed = {name: replace(template.fields[name], readonly=False) for name in entry.ask_link}
    levels = {name: "write" if name in fixed else "hidden" for name in template.fields}
    allowed = Rights(create=True, read=False, write=True, export=False, tag=False, fields=levels)  # type: ignore[arg-type]  # two of its levels
    open_ = replace(template, fields={**template.fields, **fixed})
    return Form.of(open_, allowed, new=True, door=Door(asked=entry.ask_link, page="mint.html"))


def _defaults(template: Template, entry: Entry) -> Answers:
    values = house().doors.fixed(template, entry, {}).values
    return {name: values[name] for name in entry.ask_link if values[name] is not None}


def _wanted(entry: Entry, answers: Answers) -> Iterator[tuple[Answers, str]]:
    """Values and caption of each link: one, or one a line."""
    label, lines = request.form.get("link-label", "").strip(), request.form.get("link-batch", "").split("\n")
    batch = [line.strip() for line in lines if line.strip()]
    given = {name: answers[name] for name in entry.ask_link if not absent(answers.get(name))}
    if not batch:
        yield given, label
    free = [name for name in entry.ask_link if name not in given]
    for line in batch:
        parts = [part.strip() for part in line.translate(SEPARATORS).split(";")]
        caption = parts[len(free)] if len(parts) > len(free) else label
        yield {**given, **dict(zip(free, parts, strict=False))}, caption


def _made(template: Template, entry: Entry, values: Answers, label: str) -> Link:
    me = actor()
    return house().doors.make(template, entry.id, values, department=me.department, owner=me.id, by=me.id,
                              label=label)  # fmt: skip


def _code(template: Template, link: Link) -> Code:
    url = address(link)
    return Code(link=link, title=say(template.entries[link.entry].title, language()), url=url, drawn=qr.inline(url))


def _page(
    ref: str,
    template: Template,
    entry: Entry,
    form: Form,
    answers: Answers,
    faults: Faults | None = None,
    line: int = 0,
) -> Response:
    said = spoken(faults or {})
    slots: Mapping[str, Markup] = {
        "heading": escape(say(entry.title, language())),
        "key": new_key(),
        "back": escape(url_for("links.index", ref=ref)),
        "label": escape(request.form.get("link-label", "")),
        "batch": escape(request.form.get("link-batch", "")),
        **summary(form.plan, {name: _at(line) + text for name, text in said.items()}),
    }
    evaluation = house().doors.fixed(template, entry, answers)
    filling = fill(form.plan, evaluation, reader(), answers=answers, faults=said, lists=lists(form.plan),
                   page=frame(**slots))  # fmt: skip
    return html(form.sheet.fill(filling), 422 if faults else 200)


def _at(line: int) -> str:
    """Which line of many is meant."""
    _ = words(language())
    return _("Line %(n)d: ") % {"n": line} if line else ""
