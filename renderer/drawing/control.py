"""What every control is: a WTForms field that keeps the answer as typed and draws itself or its slots.

In a form that is drawn for one visitor a control draws its own `data`; in a sheet (`meta.pen` set) it draws slots.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from wtforms import Field as WTField
from wtforms.meta import DefaultMeta
from wtforms.widgets import TextInput

from builder.model import Field, Option, conditions
from renderer.drawing.filling import EMPTY, NOTHING, Filling, Ink


class Meta(DefaultMeta):  # type: ignore[misc]  # wtforms has no types
    """How the controls of one form draw: `pen` writes slots (None: draw the data of `filling`)."""

    def __init__(self, pen: Any = None, filling: Filling = EMPTY) -> None:
        self.pen, self.filling = pen, filling


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

    def shut(self, option: Option) -> Markup:
        """What hides an option that is not offered (the style sheet shows it again where it is chosen)."""
        if option.retired:
            return Markup(" hidden")
        if option.id not in conditions(self.spec.options):
            return NOTHING
        return self.slot("shut", option.id)

    def slot(self, kind: str, option: str = "", name: str = "") -> Markup:
        """A slot of this control (or of another name), or what this visitor has there."""
        pen = self.meta.pen or Ink(self.meta.filling)
        return Markup(pen(kind, name or self.name, option))

    def holds(self, option: str) -> bool:
        """Whether this option is the answer."""
        return bool(self.data == option)

    def draw(self, invalid: Markup, required: Markup | None) -> Markup:
        """The control, with the states that assistive technology reads."""
        states = {"aria-invalid": invalid, "aria-required": required or False}  # an attribute that is False is left out
        return Markup(self(**self.attributes, **states))
