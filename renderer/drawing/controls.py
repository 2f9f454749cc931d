"""One WTForms field per way of answering: it keeps the answer as typed and draws the control. No validators, ever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from markupsafe import Markup
from wtforms import Field as WTField
from wtforms.widgets import TextArea, html_params

from builder.expressions import JOINT
from builder.model import Field, Option, say
from renderer.drawing.attached import accepted, read_line, taken
from renderer.drawing.choosing import HANDFUL, Way, named, way
from renderer.drawing.control import Control
from renderer.drawing.filling import NOTHING, OPTION, attached
from renderer.drawing.levels import Levels, Search
from renderer.drawing.linkbox import LinkBox
from renderer.i18n import words


class Tall(Control):
    """A text of several lines."""

    widget = TextArea()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Browsers send CR LF; a text keeps plain line ends."""
        self.data = valuelist[0].replace("\r\n", "\n") if valuelist else ""


class Tick(Control):
    """A checkbox; an unticked one is an answer too."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Whether it was sent at all."""
        self.data = bool(valuelist)

    def widget(self, field: WTField, **attributes: Any) -> Markup:
        """One box."""
        own = html_params(id=self.id, name=self.name, type="checkbox", value="yes", **attributes)
        return INPUT.format(own, self._ticked())

    def _ticked(self) -> Markup:
        if self.meta.pen:
            return Markup(self.meta.pen("ticked", self.name))
        return Markup(" checked") if self.data is True else NOTHING


class List(Control):
    """One of many, in a list that opens."""

    def widget(self, field: WTField, **attributes: Any) -> Markup:
        """A select whose first line is empty."""
        people = {"data-people": True} if self.spec.type == "person" else {}
        own = html_params(id=self.id, name=self.name, **people, **attributes)
        return SELECT.format(own, BLANK, self.lines())

    def lines(self) -> Markup:
        """The lines to choose from; what has options under it is a heading, unless it is chosen all the same."""
        return NOTHING.join(map(self._line, self.spec.options.children.get("", ())))

    def _line(self, option: Option) -> Markup:
        if option.id not in self.spec.options.children:
            return self._choice(option, say(option.label, self.language))
        return GROUP.format(say(option.label, self.language), NOTHING.join(self._under(option, option)))

    def _under(self, first: Option, above: Option) -> Iterator[Markup]:
        """All under an option of the first level, each called by what stands between them."""
        for option in (above, *self.spec.options.children[above.id]):
            if option is not above and option.id in self.spec.options.children:
                yield from self._under(first, option)
            else:
                names = self.spec.options.path(option.id)[0 if option is first else 1 :]
                hidden = Markup(" hidden") if option is above else NOTHING
                yield self._choice(option, JOINT.join(say(o.label, self.language) for o in names), hidden)

    def _choice(self, option: Option, label: str, hidden: Markup = NOTHING) -> Markup:
        """A retired option stays where it is chosen, but nobody new is offered it."""
        return OPTION.format(option.id, self.mark("selected", option.id) + (hidden or self.shut(option)), label)


class Lookup(List):
    """One of a list that changes without a new version: people, departments."""

    def lines(self) -> Markup:
        """All lines are one slot; somebody who is no longer listed stays chosen where he was."""
        if self.meta.pen:
            return Markup(self.meta.pen("choices", self.name, self.spec.type))
        listed = self.meta.filling.lists.get(self.spec.type, ())
        known = [OPTION.format(value, self.mark("selected", value), label) for value, label in listed]
        if self.data and all(value != self.data for value, _ in listed):
            known.append(OPTION.format(self.data, Markup(" selected"), self.data))
        return NOTHING.join(known)


class Files(Control):
    """What is there, each with a tick that keeps it, and a control to choose more."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """The files that are still ticked, and those that came with the form."""
        self.data = [file for text in valuelist if (file := read_line(text))]

    def widget(self, field: WTField, **attributes: Any) -> Markup:
        """The files, what is taken, and the browser's own way to choose."""
        many = {} if self.spec.max == 1 else {"multiple": True}
        own = html_params(id=self.id, name=self.name, type="file", accept=accepted(self.spec), **many, **attributes)
        return FILES.format(self._attached(), INPUT.format(own, NOTHING), taken(self.spec, self.language))

    def _attached(self) -> Markup:
        if self.meta.pen:
            return Markup(self.meta.pen("attached", self.name, self.language))
        return attached(self.name, self.data or (), self.language)


class Radios(Control):
    """One of a few, side by side."""

    kind = "radio"
    group_states: tuple[str, ...] = (
        "aria-required",
        "aria-invalid",
    )  # a radio button has neither; its group, the fieldset, does

    def widget(self, field: WTField, **attributes: Any) -> Markup:
        """A label around each button; the group is the fieldset that the page draws around them."""
        for state in self.group_states:
            attributes.pop(state, None)
        return NOTHING.join(self._one(n, option, attributes) for n, option in enumerate(self.spec.options))

    def _one(self, number: int, option: Option, attributes: Mapping[str, Any]) -> Markup:
        own_id = f"{self.id}-{number}" if number else self.id  # the first one is where a link to the field leads
        own = html_params(**attributes, id=own_id, name=self.name, type=self.kind, value=option.id)
        control = INPUT.format(own, self.mark("checked", option.id))
        parent = option.id in self.spec.options.children  # is a heading, unless it is chosen all the same
        drawn = LABELLED.format(Markup(" hidden") if parent else self.shut(option), control, self._label(option))
        return LEVEL.format(self._label(option)) + drawn if parent else drawn

    def _label(self, option: Option) -> str:
        return say(option.label, self.language)


class Boxes(Radios):
    """Any of them."""

    kind = "checkbox"
    group_states = ("aria-required",)

    def process_formdata(self, valuelist: list[str]) -> None:
        """All that were ticked."""
        self.data = list(valuelist)

    def holds(self, option: str) -> bool:
        """Whether this option is among the answers."""
        return option in (self.data or ())

    def widget(self, field: WTField, **attributes: Any) -> Markup:
        """The boxes; more than a handful in a list that scrolls, above which a script puts a search."""
        boxes = super().widget(field, **attributes)
        _ = words(self.language)
        return PICKLIST.format(_("Search these options"), boxes) if len(self.spec.options) > HANDFUL else boxes


BLANK: Final = Markup('<option value=""></option>')
INPUT: Final = Markup("<input {}{}>")
SELECT: Final = Markup("<select {}>{}{}</select>")
FILES: Final = Markup('<div class="files">{}{}<p class="help">{}</p></div>')
GROUP: Final = Markup('<optgroup label="{}">{}</optgroup>')
LEVEL: Final = Markup('<span class="level">{}</span>')
PICKLIST: Final = Markup('<div class="picklist" data-filter="{}">{}</div>')
LABELLED: Final = Markup('<label class="option"{}>{} <span>{}</span></label>')

# type → control, and the attributes that bring up the right keyboard
CONTROLS: Final[Mapping[str, tuple[type[Control], Mapping[str, str]]]] = {
    "text": (Control, {"type": "text"}),
    "number": (Control, {"type": "text", "inputmode": "decimal"}),
    "integer": (Control, {"type": "text", "inputmode": "numeric"}),
    "money": (Control, {"type": "text", "inputmode": "decimal"}),
    "boolean": (Tick, {}),
    "choice": (List, {}),
    "choices": (Boxes, {}),
    "date": (Control, {"type": "date"}),
    "datetime": (Control, {"type": "datetime-local"}),
    "time": (Control, {"type": "time"}),
    "phone": (Control, {"type": "tel", "inputmode": "tel"}),
    "email": (Control, {"type": "email", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}),
    "url": (Control, {"type": "url", "inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    "person": (Lookup, {}),
    "department": (Lookup, {}),
    "file": (Files, {}),
    "link": (LinkBox, {}),
}
WAYS: Final[Mapping[Way, type[Control]]] = {"radio": Radios, "select": List, "levels": Levels, "search": Search}


def control(spec: Field, language: str, described: str) -> WTField:
    """An unbound WTForms field for one answer; `described` are the ids of the words beside it."""
    kind, attributes = _kind(spec)
    own = {**attributes, "aria-describedby": described}
    if kind is not Files:
        own["autocomplete"] = "off"
    if kind in (Search, LinkBox):
        _ = words(language)
        own["placeholder"] = _("Type a few letters")
    return kind(spec=spec, language=language, attributes=own)


def is_group(spec: Field) -> bool:
    """Whether the answer is given with several controls, which want a fieldset and a legend."""
    return issubclass(_kind(spec)[0], Radios | Levels)


def _kind(spec: Field) -> tuple[type[Control], Mapping[str, str]]:
    if spec.type == "text" and spec.lines > 1:
        return Tall, {"rows": str(spec.lines)}
    if spec.type == "choice":
        return WAYS[way(spec)], {}
    if named(spec):
        return Tall, {"rows": "2"}
    return CONTROLS[spec.type]
