"""A form as a page: the drawn sheet, filled for this visitor; and what a posted one asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from flask import Response, current_app, jsonify, request, url_for
from flask.json import dumps
from markupsafe import Markup, escape

from builder.model import Field, Template, say
from renderer.drawing.answers import ROWS, Answers, edit_rows, opened, parse
from renderer.drawing.cabinet import STAFF_FORM, Door
from renderer.drawing.display import Reader
from renderer.drawing.filling import Choices, Filling
from renderer.drawing.plan import DOOR, PART, Plan
from renderer.drawing.said import look
from renderer.drawing.script import Script, Seen
from renderer.drawing.sheet import OpenSheet, Sheet
from renderer.drawing.visitor import fill
from renderer.i18n import counted, speech
from renderer.pages.linked import linker, offering, title
from renderer.pages.page import frame, html, standing
from renderer.pages.posting import posted_form
from renderer.pages.searching import found, searched
from renderer.visit import house, language
from workflows.guard.access import Rights
from workflows.reading import ANYONE
from workflows.reading import reader as parser
from workflows.record import Fault, Faults, NotFound
from workflows.words import tell

Alike = Mapping[str, Markup]  # field id → ready HTML of records that may be of the same thing
NONE: Alike = MappingProxyType({})
LONGEST_KEY = 200
KEY, REV, UPDATE, PROGRAM = "idempotency-key", "form-rev", "form-update", "program"


@dataclass(frozen=True, slots=True)
class Form:
    """One template's form under one visitor's rights."""

    plan: Plan
    sheet: Sheet
    script: Script

    @classmethod
    def of(cls, template: Template, rights: Rights, *, new: bool, door: Door = STAFF_FORM) -> Form:
        """The form, drawn at its first use."""
        return cls(*house().cabinet.sheet(template, rights, language(), new=new, door=door))

    def aside(self, caller: str) -> Response | None:
        """What is asked of this address beside the page: the form's program, the entries of a long list."""
        if programs():
            return self.program(programs())
        return found(self.plan, caller) if searched() else None

    def posted(self) -> Answers:
        """The answers in this request, after a row was added, removed or moved."""
        return posted(self.plan)

    def again(
        self,
        seen: Seen,
        answers: Answers,
        status: int = 200,
        *,
        faults: Faults | None = None,
        alike: Alike = NONE,
        slots: Mapping[str, Markup],
    ) -> Response:
        """The form once more, with what was sent; to its script, what only the server can say of that."""
        if asks():
            return self.reply(seen, answers, alike)
        return self.page(seen, answers, status, faults=faults, alike=alike, slots=slots)

    def page(
        self,
        seen: Seen,
        answers: Answers,
        status: int = 200,
        *,
        faults: Faults | None = None,
        alike: Alike = NONE,
        slots: Mapping[str, Markup],
    ) -> Response:
        """The page with these answers; beside the fields what is wrong (in a summary, too) and what is alike."""
        said = spoken(faults or {})
        page = frame(**{**summary(self.plan, said), **slots})
        return html(self.sheet.fill(self._filling(seen, answers, said, page, alike)), status)

    def opened(self, seen: Seen, slots: Mapping[str, Markup]) -> OpenSheet:
        """The page as it opens for this visitor, but for what differs from request to request."""
        filling = self._filling(seen, opened(self.plan, seen.evaluation), {}, {**standing(), **slots})
        return self.sheet.leave(filling, ("csrf", "flash", "key"), house().cabinet.mark)

    def reply(self, seen: Seen, answers: Answers, alike: Alike = NONE) -> Response:
        """What only the server can settle, read, judge and know of these answers: asked in the background, as JSON."""
        shown = fill(self.plan, seen.evaluation, reader(), answers=answers, faults={}, lists={}, page={})
        faults = seen.evaluation.faults.items()
        drawn = {name: each for name, each in faults if name.partition(".")[0] in self.drawn}
        return jsonify(
            system=self.script.told(seen.evaluation),
            read=self.script.read(seen, answers, heard),
            faults=spoken(drawn),
            outputs={name: escape(text) for name, text in self.script.outputs(shown.outputs).items()},
            hidden=self.script.cells(shown.hidden),
            required=self.script.cells(shown.required),
            levels=shown.levels,
            offers=self.script.offers(seen.evaluation),
            alike=dict(alike),
        )

    @property
    def drawn(self) -> frozenset[str]:
        """The ids of the fields on the page."""
        return self.script.cut.drawn

    def program(self, digest: str) -> Response:
        """The form's program under the name that its pages know. Raises NotFound when it has another one by now."""
        if digest != self.script.digest:
            raise NotFound("no-such-version")
        response = Response(self.script.text, mimetype="text/javascript")
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return response

    def _filling(
        self, seen: Seen, answers: Answers, said: Mapping[str, str], page: Mapping[str, Markup], alike: Alike = NONE
    ) -> Filling:
        return self._fill(seen, answers, said, {**page, **self.scripted(seen, answers)}, alike)

    def scripted(self, seen: Seen, answers: Answers, also: str = "") -> dict[str, Markup]:
        """The slots from which the form's script starts; `also` goes with the program's address."""
        return {
            "program": escape(f"{request.path}?{PROGRAM}={self.script.digest}{also}"),
            "opens": escape(dumps(self.script.opens(seen, answers, heard))),
            "completeness": escape(seen.evaluation.completeness),
        }

    def _fill(
        self, seen: Seen, answers: Answers, said: Mapping[str, str], page: Mapping[str, Markup], alike: Alike
    ) -> Filling:
        return fill(
            self.plan,
            seen.evaluation,
            reader(),
            answers=answers,
            faults=said,
            lists=lists(self.plan),
            page=page,
            alike=alike,
            offering=offering(making=self.plan.page != PART),
        )


def spoken(faults: Faults) -> dict[str, str]:
    """Faults in words, by HTML name."""
    return {name: " ".join(tell(f, language()) for f in found) for name, found in faults.items()}


def heard(field: Field, text: str, kept: Collection[object]) -> object:
    """What the server reads in a typed text: the neutral value, or what is wrong with it in words."""
    there = replace(ANYONE, link=linker().exact) if field.type == "link" else ANYONE
    value = parser(field)(text, there, kept)
    return {"code": "unread", "say": tell(value, language())} if isinstance(value, Fault) else value


def posted(plan: Plan) -> Answers:
    """The answers in this request to what a plan asks, after a row was added, removed or moved."""
    return edit_rows(parse(plan, posted_form(plan)), {name: request.form.get(name, "") for name in ROWS})


def redraws() -> bool:
    """Whether the posted form only wants to be drawn again: other fields, one row more or less, or in another place."""
    return any(name in request.form for name in (UPDATE, *ROWS))


def asks() -> bool:
    """Whether a script only asks what only the server can settle."""
    return UPDATE in request.form and request.accept_mimetypes.best == "application/json"


def programs() -> str:
    """The digest of the program that is asked for; "" when the page itself is."""
    return request.args.get(PROGRAM, "") if request.query_string else ""


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


def reader(record: str = "") -> Reader:
    """How values are shown to this visitor; with a record's id, its files as links."""
    service, tongue = house().service, language()
    departments = service.company().departments
    address = (lambda field, file: url_for("files.show", id=record, field=field, file=file)) if record else None
    return Reader(
        tongue,
        service.person,
        lambda id: say(departments[id].label, tongue) if id in departments else id,
        title,
        address,
    )


def lists(plan: Plan) -> dict[str, Choices]:
    """The people and departments to choose from, where the form asks for one."""
    types = {f.type for spec in plan.inputs for f in (spec, *spec.asked)}
    found: dict[str, Choices] = {}
    if "person" in types:
        found["person"] = house().people.choices()
    if "department" in types:
        departments = house().service.company().departments.values()
        found["department"] = [(d.id, say(d.label, plan.language)) for d in departments]
    return found


def summary(plan: Plan, said: Mapping[str, str]) -> dict[str, Markup]:
    """The slots that tell of faults: the list at the top, with links to what is on the page, and the number."""
    if not said:
        return {}
    tongue = plan.language
    fields = (*plan.template.fields.values(), *plan.fields)
    labels = {f.id: say(f.label, tongue) for f in fields}
    drawn = {f.id for f in plan.fields}
    lines = [
        (name if name.partition(".")[0] in drawn else "", _label(plan, name, labels), text)
        for name, text in said.items()
    ]
    told = {"n": len(lines)}
    heading = look(tongue, len(lines), door=plan.page == DOOR) % told
    shown = current_app.jinja_env.get_template("summary.html").render(heading=heading, lines=lines, **speech(tongue))
    count = counted(tongue)("(%(n)d error) ", "(%(n)d errors) ", len(lines)) % told
    return {"summary": Markup(shown), "count": escape(count)}


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
