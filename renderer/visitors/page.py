"""The pages of a public form: one of its steps, the check page, thanks, and a door that is shut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from flask import Response
from markupsafe import Markup, escape

from builder.expressions.inserted import filled
from builder.model import say
from renderer.drawing.answers import Answers, as_sent, flat
from renderer.drawing.cabinet import Door
from renderer.drawing.display import show as shown_value
from renderer.drawing.filling import NOTHING
from renderer.drawing.plan import DOOR
from renderer.drawing.visitor import fill
from renderer.i18n import LANGUAGES, counted, words
from renderer.pages.form import Form, reader, spoken, summary
from renderer.pages.page import frame, html, render
from renderer.sentences import sentence
from renderer.visit import house, language
from renderer.visitors.steps import CHECK, Step, before, shown, steps
from renderer.visitors.tokens import Pass, write_pass
from workflows.doors import Visit
from workflows.evaluate import Evaluation
from workflows.hours import Shut
from workflows.record import Faults

PASS: Final = "form-pass"
STEP: Final = "form-step"
BACK: Final = "form-back"
CHANGE: Final = "form-change"
RETURN: Final = "form-return"
SPOKEN: Final = "form-lang"
SPEAK: Final = "form-speak"
TRAP: Final = "form-website"  # a field that nobody sees; what fills it is no person

HIDDEN: Final = Markup('<input type="hidden" name="{}" value="{}">')
BUTTON: Final = Markup('<button class="{}" type="submit" name="{}" value="{}" formnovalidate>{}</button>')
NOTE: Final = Markup('<p class="note {}" role="alert"{}>{}</p>')
SWITCH: Final = Markup(
    '<button class="quiet" type="submit" form="form" name="{}" value="{}" lang="{}" formnovalidate>{}</button>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One answer on the check page; `step` is the page it is changed on, None for what is worked out."""

    label: str
    text: str
    step: str | None


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody at a door with what he has answered so far."""

    visit: Visit
    carried: Pass
    form: Form
    answers: Answers
    evaluation: Evaluation
    returns: bool = False  # he came from the check page and goes back there

    @property
    def steps(self) -> tuple[Step, ...]:
        """The pages of the entry."""
        return steps(self.visit.template, self.visit.entry)

    @property
    def paged(self) -> bool:
        """Whether there is more than one page, and so a check page."""
        return len(self.steps) > 1

    def page(self, step: Step, *, status: int = 200, faults: Faults | None = None, note: Markup = NOTHING) -> Response:
        """One page of the form with what he has answered; the answers of the others travel along unseen."""
        visit = self.visit
        form, said = self.at(step), spoken(faults or {})
        script = form.scripted(house().doors.seen(visit, self.evaluation), self.answers, f"&{SPOKEN}={language()}")
        slots = self._slots(step, note) | summary(form.plan, said) | script
        filling = fill(
            form.plan, self.evaluation, reader(), answers=self.answers, faults=said, lists={}, page=frame(**slots)
        )
        return html(form.sheet.fill(filling), status)

    def at(self, step: Step) -> Form:
        """The form of one page."""
        door = Door(asked=step.fields, headed=step.headed, page=DOOR)
        return Form.of(self.visit.template, self.visit.rights, new=True, door=door)

    def reply(self, step: Step) -> Response:
        """What only the server can settle of this page's answers."""
        return self.at(step).reply(house().doors.seen(self.visit, self.evaluation), self.answers)

    def check(self, *, status: int = 200, note: Markup = NOTHING) -> Response:
        """All answers once more, each with the way back to its page."""
        slots = self._slots(None, note)
        return render("check.html", status, slots, lines=list(self._lines()))

    def thanks(self, record: str, again: str) -> Response:
        """What is said when it is stored; the record's id is what he names when he asks about it later."""
        entry = self.visit.entry
        _ = words(language())
        text = say(self._thanks(record), language()) if entry.thanks else _("Thank you. We have received it.")
        heading = say(entry.title, language())
        return render("thanks.html", 200, heading=heading, text=text, reference=record, again=again)

    def _slots(self, step: Step | None, note: Markup) -> dict[str, Markup]:
        return {
            "heading": escape(say(self.visit.entry.title, language())),
            "switch": _switch(),
            "flash": note,
            "intro": self._progress(step) + (self._why() if step == self.steps[0] else NOTHING),
            "carried": self._carried(step),
            "buttons": self._buttons(step),
        }

    def _progress(self, step: Step | None) -> Markup:
        """Which page this is, of those he will meet as far as can be told now."""
        met = shown(self.steps, self.evaluation.visible)
        if not self.paged or step not in met:
            return NOTHING
        told = {"page": met.index(step) + 1, "count": len(met)}
        bar = Markup('<progress max="{}" value="{}" aria-hidden="true"></progress>').format(told["count"], told["page"])
        text = words(language())("Page %(page)d of %(count)d") % told
        return Markup('<p class="progress">{}{}</p>').format(text, bar)

    def _why(self) -> Markup:
        """Why personal data are asked for, and how long they are kept."""
        template, tongue = self.visit.template, language()
        if not any(template.fields[name].holds_personal for name in self.visit.entry.fields):
            return NOTHING
        _ = words(tongue)
        told = {"purpose": say(template.purpose, tongue), "time": kept_for(template.retain, tongue)}
        return Markup('<p class="why">{}</p>').format(
            _("What we use your data for: %(purpose)s. We keep it for %(time)s after the last change.") % told
        )

    def _carried(self, step: Step | None) -> Markup:
        """The pass, the page he is on and the answers that this page does not ask."""
        here = step.fields if step else ()
        cells, _ = flat(self.form.plan, self.answers)
        others = [pair for pair in as_sent(cells) if pair[0].partition(".")[0] not in here]
        own = [(PASS, write_pass(house().settings.secret_key, self.carried)), (STEP, step.id if step else CHECK)]
        own += [(RETURN, "1")] if self.returns and step else []
        own += [(SPOKEN, language())]
        return Markup("\n").join(HIDDEN.format(name, value) for name, value in [*own, *others])

    def _buttons(self, step: Step | None) -> Markup:
        _ = words(language())
        ends = step is None or not self.paged
        label = _("Send") if ends else _("Back to the check page") if self.returns else _("Continue")
        buttons = [Markup('<button class="primary" type="submit">{}</button>').format(label)]
        if not self.returns and before(self.steps, step, self.evaluation.visible):
            buttons.append(BUTTON.format("quiet", BACK, "1", _("Back")))
        return Markup("\n").join(buttons)

    def _lines(self) -> Iterator[Line]:
        fields, values = self.visit.template.fields, self.evaluation.values
        homes = {name: step.id for step in self.steps for name in step.fields}
        for name in self.visit.entry.fields:
            if name in self.evaluation.visible:
                field = fields[name]
                text = shown_value(field, values.get(name), reader())
                step = None if field.compute is not None else homes.get(name)
                yield Line(label=say(field.label, language()), text=text, step=step)

    def _thanks(self, record: str) -> Mapping[str, str]:
        """The entry's words with what was stored in them, written as every text of the definition writes a value."""
        came = house().doors.judge(self.visit, self.answers, self.carried.captured, record)
        seen = house().doors.seen(self.visit, came)
        return filled(self.visit.entry.thanks, {**came.values, **seen.system}, seen.situation, {})


def shut(reason: Shut) -> Response:
    """A door that is closed, and why."""
    tongue = language()
    text = sentence(reason.code, tongue, reason.args_)
    return render("shut.html", reason.status, heading=say(reason.title, tongue), reason=text)


def kept_for(duration: str, tongue: str) -> str:
    """`3y` in words."""
    number, unit = re.fullmatch(r"(\d+)(\w+)", duration or "0d").groups()  # type: ignore[union-attr]  # a Dur always fits
    n = int(number)
    ngettext = counted(tongue)
    spoken_units = {
        "min": ngettext("%(n)d minute", "%(n)d minutes", n),
        "h": ngettext("%(n)d hour", "%(n)d hours", n),
        "d": ngettext("%(n)d day", "%(n)d days", n),
        "w": ngettext("%(n)d week", "%(n)d weeks", n),
        "mo": ngettext("%(n)d month", "%(n)d months", n),
        "y": ngettext("%(n)d year", "%(n)d years", n),
        "wh": ngettext("%(n)d working hour", "%(n)d working hours", n),
        "wd": ngettext("%(n)d working day", "%(n)d working days", n),
    }
    return spoken_units[unit] % {"n": n}


def _switch() -> Markup:
    """The other languages, as buttons of the form: what is written stays."""
    others = ((tag, name) for tag, name in LANGUAGES.items() if tag != language())
    return Markup(" ").join(SWITCH.format(SPEAK, tag, tag, name) for tag, name in others)
