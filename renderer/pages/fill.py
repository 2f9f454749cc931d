"""`/f/T` and `/f/T/ENTRY`: fill a form, whole or as one of its entries asks it; store a new record."""

from __future__ import annotations

from typing import Final, NamedTuple

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from builder.model import Template, say
from renderer.drawing.answers import Answers, opened
from renderer.drawing.cabinet import STAFF_FORM, Door, plan_for
from renderer.drawing.filling import NOTHING
from renderer.drawing.offers import titled
from renderer.drawing.plan import Plan
from renderer.drawing.sheet import OpenSheet
from renderer.i18n import words
from renderer.pages.alike import alike
from renderer.pages.errand import FOR, Errand
from renderer.pages.form import Form, new_key, redraws, sent_key, spoken
from renderer.pages.linked import linker
from renderer.pages.page import NOTE, announce, html, passing, unsaved
from renderer.visit import actor, house, language, remembered
from workflows.guard.access import rights
from workflows.keep.port import StoreError
from workflows.life.door import STAFF, at_desk, stuck
from workflows.naming import naming
from workflows.record import Faults, Invalid, NotFound


class Sought(NamedTuple):
    """Which form, and by which entry: the whole one where none is named."""

    ref: str
    entry: str


def show(ref: str, entry: str = STAFF) -> ResponseReturnValue:
    """GET: the form with its defaults. POST: draw it again, or store it and go to the record."""
    sought = Sought(ref, entry)
    aside = _form(sought).aside(actor().id) if request.query_string or request.method == "POST" else None
    if aside:
        return aside
    if request.method != "POST":
        return html(_opened(sought).close({**passing(), "key": new_key()}))
    form = _form(sought)
    if FOR in request.form:
        return _errand(sought, form, Errand.begun())
    answers = form.posted()
    if redraws():
        return _again(sought, form, answers)
    return _store(sought, form, answers)


def _errand(sought: Sought, form: Form, errand: Errand | None) -> ResponseReturnValue:
    """The form as it opens for a record that another form will link to, called as was typed there."""
    name, typed = next(iter(naming(form.plan.template)), ""), errand.typed if errand else ""
    blank = house().service.blank(actor(), own(sought.ref), {name: typed} if name and typed else None)
    slots = {**_slots(sought, form.plan.template), "key": escape(house().settings.chance(16).hex())}
    told = {**slots, **(errand.slots() if errand else {})}
    return form.page(blank, opened(form.plan, blank.evaluation), alike=alike(blank), slots=told)


def _form(sought: Sought) -> Form:
    """The form without what it opens with: a posted one brings its own answers, and `create` judges who may."""
    template = house().catalogue.current(own(sought.ref), actor().department)
    allowed = at_desk(template, sought.entry, rights(template, house().service.company(), actor(), None))
    return Form.of(template, allowed, new=True, door=_door(template, sought.entry))


def plan_of(template: Template, entry: str) -> Plan:
    """What a person here is asked by an entry, without drawing it. Raises NotFound."""
    allowed = at_desk(template, entry, rights(template, house().service.company(), actor(), None))
    return plan_for(template, allowed, language(), new=True, door=_door(template, entry))


def _door(template: Template, entry: str) -> Door:
    """How an entry is drawn for staff: on one page, with what its link would have fixed behind what it asks."""
    found = template.entries.get(entry)
    return Door(asked=(*found.fields, *found.ask_link), headed=found.pages == "section") if found else STAFF_FORM


def own(ref: str) -> str:
    """The template of a `TEMPLATE[@DEPT]`. Raises NotFound for another department's: its records are made there."""
    template, _, department = ref.partition("@")
    if department and department != actor().department:
        raise NotFound("no-such-template", template=ref)
    return template


def _draw(sought: Sought) -> tuple[Form, OpenSheet]:
    blank = house().service.blank(actor(), own(sought.ref), _asked(sought.ref) or None, entry=sought.entry)
    form = Form.of(blank.template, blank.rights, new=True, door=_door(blank.template, sought.entry))
    return form, form.opened(blank, _slots(sought, blank.template))


def _asked(ref: str) -> dict[str, str]:
    """The records to link to that the address names: `?customer=ID`, whatever else it says."""
    fields = house().catalogue.current(own(ref), actor().department).fields if request.args else {}
    return {name: id for name, id in request.args.items() if name in fields and fields[name].type == "link"}


def _opened(sought: Sought) -> OpenSheet:
    """The form as it opens: remembered, but where it shows the moment, or the address has a query (`?lang=en`)."""
    form, sheet = _draw(sought) if request.query_string else remembered(_key(sought), lambda: _draw(sought))
    return _draw(sought)[1] if form.plan.timely else sheet


def _key(sought: Sought) -> tuple[object, ...]:
    return "opened", sought, actor(), language()


def _store(sought: Sought, form: Form, answers: Answers) -> ResponseReturnValue:
    try:
        done = house().service.create(actor(), own(sought.ref), answers, key=sent_key(), entry=sought.entry)
    except Invalid as invalid:
        return _again(sought, form, answers, 422, faults=invalid.faults)
    except StoreError:
        return _again(sought, form, answers, 503, flash=unsaved())
    errand = Errand.under_way()
    if errand:
        return errand.done(done.id, titled(linker().title(form.plan.template.id, done.id), language()))
    announce("repeated" if done.repeated else "created")
    return redirect(url_for("record.show", id=done.id), 303)


def _again(
    sought: Sought, form: Form, answers: Answers, status: int = 200, *, faults: Faults | None = None, **more: Markup
) -> Response:
    seen = house().service.blank(actor(), own(sought.ref), answers, entry=sought.entry)
    slots = _slots(sought, form.plan.template)
    hopeless = _hopeless(sought, form.plan.template, faults or {})
    told = {**slots, **hopeless, **more}
    return form.again(seen, answers, status, faults=faults, alike=alike(seen), slots=told)


def _hopeless(sought: Sought, template: Template, faults: Faults) -> dict[str, Markup]:
    """What is wrong though nobody is asked for it here: said at the top, for the summary links to what is drawn."""
    entry = template.entries.get(sought.entry)
    said = spoken(stuck(entry, faults)) if entry else {}
    return {"flash": NOTE.format("bad", " ".join(said.values()))} if said else {}


def _slots(sought: Sought, template: Template) -> dict[str, Markup]:
    back = escape(url_for("home.show"))
    errand = Errand.under_way() if request.method == "POST" else None
    slots = {"key": new_key(), "back": back, "about": _about(sought, template), "tabs": _tabs(sought, template)}
    return {**slots, **(errand.slots() if errand else {})}


def _about(sought: Sought, template: Template) -> Markup:
    """Which entry it is; and the same on paper, which is then entered as that."""
    _, entry = words(language()), template.entries.get(sought.entry)
    title = Markup('<span class="soft">{}</span> ').format(say(entry.title, language())) if entry else NOTHING
    paper = url_for("blank.show", ref=sought.ref, entry=sought.entry if entry else None)
    return title + PAPER.format(paper, _("Print a blank form"))


def _tabs(sought: Sought, template: Template) -> Markup:
    """The ways to fill this form: whole, or as an entry asks it."""
    if not template.entries:
        return NOTHING
    _ = words(language())
    doors = [(STAFF, _("The whole form")), *((id, say(e.title, language())) for id, e in template.entries.items())]
    links = (
        TAB.format(_address(sought.ref, id), CURRENT if id == sought.entry else NOTHING, text) for id, text in doors
    )
    return TABS.format(_("Ways to fill it in"), NOTHING.join(links))


def _address(ref: str, entry: str) -> str:
    return url_for("fill.show", ref=ref, entry=entry if entry != STAFF else None)


TABS: Final = Markup('<nav class="tabs" aria-label="{}">{}</nav>')
TAB: Final = Markup('<a href="{}"{}>{}</a>')
PAPER: Final = Markup('<a class="button quiet right" href="{}">{}</a>')
CURRENT: Final = Markup(' aria-current="page"')
