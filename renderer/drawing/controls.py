"""One WTForms field per way of answering: it keeps the answer as typed and draws the control. No validators, ever.

In a form that is drawn for one visitor a control draws its own `data`; in a sheet (`meta.pen` set) it draws slots.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup
from wtforms import Field as WTField
from wtforms.meta import DefaultMeta
from wtforms.widgets import TextArea, TextInput, html_params

from builder.model import Field, Option, say
from renderer.drawing.filling import NOTHING, OPTION, Choices

FEW: Final = 5  # so many options are shown side by side, more go into a list


class Meta(DefaultMeta):  # type: ignore[misc]  # wtforms has no types
    """How the controls of one form draw: `pen` writes slots (None: draw the data), `lists` are choices by type."""

    def __init__(self, pen: Any = None, lists: Mapping[str, Choices] | None = None) -> None:
        self.pen, self.lists = pen, lists or {}


class Control(WTField):  # type: ignore[misc]  # wtforms has no types
    """A text as it was typed."""

    widget = TextInput()

    data: Any

    def __init__(self, *, spec: Field, language: str, attributes: Mapping[str, str], **bound: Any) -> None:
        super().__init__(**bound)
        self.spec, self.language, self.attributes = spec, language, attributes

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the first value; a missing one is an empty text."""
        self.data = valuelist[0] if valuelist else ""

    def process_data(self, value: object) -> None:
        """Keep what a filling holds."""
        self.data = value

    def _value(self) -> str:
        if self.meta.pen:
            return str(self.meta.pen("value", self.name))
        return self.data if isinstance(self.data, str) else ""

    def mark(self, word: str, option: str) -> Markup:
        """` checked` or ` selected`, where the option is chosen."""
        if self.meta.pen:
            return Markup(self.meta.pen(word, self.name, option))
        return Markup(" " + word) if self.holds(option) else NOTHING

    def holds(self, option: str) -> bool:
        """Whether this option is the answer."""
        return bool(self.data == option)

    def draw(self, invalid: Markup, required: Markup | None) -> Markup:
        """The control, with the states that assistive technology reads."""
        states = {"aria-invalid": invalid, "aria-required": required or False}  # an attribute that is False is left out
        return Markup(self(**self.attributes, **states))


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
        own = html_params(id=self.id, name=self.name, **attributes)
        return SELECT.format(own, BLANK, self.lines())

    def lines(self) -> Markup:
        """The lines to choose from; a retired option stays where it is chosen, but nobody new is offered it."""
        return NOTHING.join(
            OPTION.format(o.id, self.mark("selected", o.id) + retired(o), say(o.label, self.language))
            for o in self.spec.options
        )


class Lookup(List):
    """One of a list that changes without a new version: people, departments."""

    def lines(self) -> Markup:
        """All lines are one slot; somebody who is no longer listed stays chosen where he was."""
        if self.meta.pen:
            return Markup(self.meta.pen("choices", self.name, self.spec.type))
        listed = self.meta.lists.get(self.spec.type, ())
        known = [OPTION.format(value, self.mark("selected", value), label) for value, label in listed]
        if self.data and all(value != self.data for value, _ in listed):
            known.append(OPTION.format(self.data, Markup(" selected"), self.data))
        return NOTHING.join(known)


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
        return LABELLED.format(retired(option), control, say(option.label, self.language))


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


BLANK: Final = Markup('<option value=""></option>')
INPUT: Final = Markup("<input {}{}>")
SELECT: Final = Markup("<select {}>{}{}</select>")
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
}
WIDGETS: Final[Mapping[str, type[Control]]] = {"radios": Radios, "select": List}


def control(spec: Field, language: str, described: str) -> WTField:
    """An unbound WTForms field for one answer; `described` are the ids of the words beside it."""
    kind, attributes = _kind(spec)
    own = {**attributes, "autocomplete": "off", "aria-describedby": described}
    return kind(spec=spec, language=language, attributes=own)


def retired(option: Option) -> Markup:
    """What hides an option that is no longer offered (the style sheet shows it again where it is chosen)."""
    return Markup(" hidden") if option.retired else NOTHING


def is_group(spec: Field) -> bool:
    """Whether the answer is given with several controls, which want a fieldset and a legend."""
    return issubclass(_kind(spec)[0], Radios)


def _kind(spec: Field) -> tuple[type[Control], Mapping[str, str]]:
    if spec.type == "text" and spec.lines > 1:
        return Tall, {"rows": str(spec.lines)}
    if spec.type == "choice":
        return WIDGETS.get(spec.widget, Radios if len(spec.options) <= FEW else List), {}
    return CONTROLS[spec.type]
