"""`/r/ID`: a record as its reader may see it, its ways on, its tags and its history."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from builder.model import Field, say
from renderer.drawing.plan import Plan
from renderer.pages.alike import called
from renderer.pages.form import REV, new_key, reader, sent_key, sent_rev
from renderer.pages.linked import linker
from renderer.pages.moments import local_time
from renderer.pages.page import announce, render
from renderer.pages.referring import referring
from renderer.pages.story import came_in, entry_name, story
from renderer.pages.tags import addable_tags, shown_tags
from renderer.visit import actor, house, language
from workflows.naming import naming
from workflows.record import NotOpen, Stale
from workflows.view import View


def show(id: str) -> ResponseReturnValue:
    """GET: the record."""
    view = house().service.read(actor(), id)
    template, record = view.template, view.record
    plan, zone = _plan(view), house().service.company().timezone
    return render(
        "record.html",
        view=view,
        record=record,
        template=template,
        plan=plan,
        heading=heading(view),
        state=template.states.get(record.state),
        parts=[(part, [f for f in part.fields if f.id in view.evaluation.visible]) for part in plan.parts],
        reader=reader(id),
        masked={name for name, level in view.rights.fields.items() if level == "masked"},
        ways=[way for way in view.ways if way.open],
        tags=shown_tags(view, reader(), zone),
        addable=addable_tags(view, language()),
        logs=logs(view),
        editable="write" in view.rights.fields.values(),
        story=story(template, house().service.history(actor(), id), reader(), zone),
        time=lambda at: local_time(at, zone),
        came_in=came_in(template, record.entry, language()),
        entry=entry_name(template, record.entry, language()),
        follows=lambda spec, id: linker().title(spec.to, str(id)) is not None,
        references=referring(view),
        alike=[(each.line.id, called(each)) for each in house().service.alike(actor(), view)],
        shown=house().catalogue.shown(record.version),
        key=house().settings.chance(16).hex(),
    )


def tag(id: str) -> ResponseReturnValue:
    """POST: give or take a tag (`tag`: GROUP.OPTION; `untag` likewise)."""
    given, taken = request.form.get("tag", ""), request.form.get("untag", "")
    change = house().service.untag if taken else house().service.tag
    group, _, option = (taken or given).partition(".")
    try:
        change(actor(), id, group, option, rev=sent_rev(), key=sent_key())
        announce("tagged")
    except (NotOpen, Stale):
        announce("not-open")
    return redirect(url_for("record.show", id=id), 303)


def logs(view: View) -> list[Field]:
    """The logs that show and that this reader may add to."""
    fields = view.template.fields.values()
    return [f for f in fields if f.type == "log" and f.id in view.evaluation.visible and may_add(view, f)]


def may_add(view: View, spec: Field) -> bool:
    """Whether this reader may write here, and there is anything to write."""
    return view.rights.write and view.rights.writes(spec.id) and not spec.readonly


def heading(view: View) -> str:
    """What people call the record, as far as this reader sees it; else the form's title."""
    values = view.evaluation.values
    names = (values.get(name) for name in naming(view.template))
    return next((str(name) for name in names if name), say(view.template.title, language()))


def slots_of(view: View) -> dict[str, Markup]:
    """The slots of a form about this record: the revision it is made from, its name, and the way back to it."""
    rev = request.form.get(REV) or str(view.record.rev)
    back = url_for("record.show", id=view.record.id)
    about = Markup('<span class="soft">{}</span>').format(heading(view))
    return {"key": new_key(), "rev": escape(rev), "back": escape(back), "about": about}


def _plan(view: View) -> Plan:
    shown = frozenset(name for name, level in view.rights.fields.items() if level != "hidden")
    return Plan(template=view.template, language=language(), write=frozenset(), show=shown, new=False)
