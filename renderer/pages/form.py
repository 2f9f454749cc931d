"""A form as a page: the drawn sheet, filled for this visitor; and what a posted one asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, current_app, request
from markupsafe import Markup, escape

from builder.model import Template, say
from renderer.drawing.answers import Answers, edit_rows, opened, parse
from renderer.drawing.cabinet import STAFF_FORM, Door
from renderer.drawing.display import Reader
from renderer.drawing.filling import Choices, Filling
from renderer.drawing.plan import Plan
from renderer.drawing.sheet import Sheet
from renderer.drawing.visitor import fill
from renderer.i18n import counted, speech
from renderer.pages.page import frame, html, standing
from renderer.visit import house, language
from workflows.evaluate import Evaluation
from workflows.guard.access import Rights
from workflows.record import Faults
from workflows.words import tell

LONGEST_KEY = 200
KEY, REV, UPDATE, ADD, REMOVE = "idempotency-key", "form-rev", "form-update", "form-add", "form-remove"


@dataclass(frozen=True, slots=True)
class Form:
    """One template's form under one visitor's rights."""

    plan: Plan
    sheet: Sheet

    @classmethod
    def of(cls, template: Template, rights: Rights, *, new: bool, door: Door = STAFF_FORM) -> Form:
        """The form, drawn at its first use."""
        return cls(*house().cabinet.sheet(template, rights, language(), new=new, door=door))

    def posted(self) -> Answers:
        """The answers in this request, after “add a row” or “remove”."""
        answers = parse(self.plan, request.form)
        return edit_rows(answers, request.form.get(ADD, ""), request.form.get(REMOVE, ""))

    def page(
        self,
        evaluation: Evaluation,
        answers: Answers,
        *,
        status: int = 200,
        faults: Faults | None = None,
        slots: Mapping[str, Markup],
    ) -> Response:
        """The page with these answers and, in a summary and beside the fields, what is wrong with them."""
        said = spoken(faults or {})
        page = frame(**slots, **summary(self.plan, said))
        return html(self.sheet.fill(self._filling(evaluation, answers, said, page)), status)

    def opened(self, evaluation: Evaluation, slots: Mapping[str, Markup]) -> Sheet:
        """The page as it opens for this visitor, but for what differs from request to request."""
        filling = self._filling(evaluation, opened(self.plan, evaluation), {}, {**standing(), **slots})
        return self.sheet.leave(filling, ("csrf", "flash", "key"), house().cabinet.mark)

    def _filling(
        self, evaluation: Evaluation, answers: Answers, said: Mapping[str, str], page: Mapping[str, Markup]
    ) -> Filling:
        return fill(self.plan, evaluation, reader(), answers=answers, faults=said, lists=lists(self.plan), page=page)


def spoken(faults: Faults) -> dict[str, str]:
    """Faults in words, by HTML name."""
    return {name: " ".join(tell(f, language()) for f in found) for name, found in faults.items()}


def redraws() -> bool:
    """Whether the posted form only wants to be drawn again: other fields, one row more or less."""
    return any(name in request.form for name in (UPDATE, ADD, REMOVE))


def new_key() -> Markup:
    """An idempotency key for a form that is opened now; a posted one keeps its own."""
    sent = sent_key() if request.method == "POST" else ""
    return escape(sent or house().settings.chance(16).hex())


def sent_key() -> str:
    """The idempotency key of a posted form; none for anything that this app would not have made."""
    sent = request.form.get(KEY, "")
    return sent if len(sent) <= LONGEST_KEY and sent.isascii() and sent.isprintable() else ""


def sent_rev() -> int:
    """The revision the form was made from; 0, which is none, for anything else."""
    sent = request.form.get(REV, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 16 else 0


def reader() -> Reader:
    """How values are shown to this visitor."""
    service, tongue = house().service, language()
    departments = service.company().departments
    return Reader(tongue, service.person, lambda id: say(departments[id].label, tongue) if id in departments else id)


def lists(plan: Plan) -> dict[str, Choices]:
    """The people and departments to choose from, where the form asks for one."""
    types = {f.type for spec in plan.inputs for f in (spec, *spec.fields)}
    found: dict[str, Choices] = {}
    if "person" in types:
        found["person"] = house().people.choices()
    if "department" in types:
        departments = house().service.company().departments.values()
        found["department"] = [(d.id, say(d.label, plan.language)) for d in departments]
    return found


def summary(plan: Plan, said: Mapping[str, str], more: Mapping[str, str] | None = None) -> dict[str, Markup]:
    """The slots that tell of faults: the list at the top with links, and the number in the title.

    `more` labels what is no field of the template.
    """
    if not said:
        return {}
    tongue = plan.language
    fields = (*plan.template.fields.values(), *plan.fields)
    labels = {**(more or {}), **{f.id: say(f.label, tongue) for f in fields}}
    lines = [(name, _label(plan, name, labels), text) for name, text in said.items()]
    drawn = current_app.jinja_env.get_template("summary.html").render(lines=lines, **speech(tongue))
    ngettext = counted(tongue)
    count = ngettext("(%(n)d error) ", "(%(n)d errors) ", len(lines)) % {"n": len(lines)}
    return {"summary": Markup(drawn), "count": escape(count)}


def _label(plan: Plan, name: str, labels: Mapping[str, str]) -> str:
    """How people call the field of an HTML name: its label; in rows also which row and which column."""
    top, _, rest = name.partition(".")
    number, _, column = rest.partition(".")
    label = labels.get(top, top)
    if not number.isdecimal():
        return label
    spec = plan.template.fields[top]
    inner = next((say(c.label, plan.language) for c in spec.fields if c.id == column), "")
    return f"{label} {int(number) + 1} {inner}".rstrip()
