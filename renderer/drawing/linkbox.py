"""The box in which a record to link to is searched for; what it finds stands around it (`offers.py`)."""

from __future__ import annotations

from typing import Any, Final

from markupsafe import Markup
from wtforms import Field as WTField
from wtforms.utils import unset_value
from wtforms.widgets import html_params

from renderer.drawing.control import Control
from renderer.drawing.offers import ASKED, TEXT


class LinkBox(Control):
    """The answer is a radio button's (`NAME`), or a text that was typed since the buttons were drawn (`NAME-text`)."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """The button's answer, unless the text is another one than it was found by (`NAME-asked`)."""
        super().process(formdata, data, extra_filters)
        if formdata is not None:
            text, asked = (formdata.get(self.name + part, "").strip() for part in (TEXT, ASKED))
            self.data = self.data if text == asked else text

    def widget(self, field: WTField, **attributes: Any) -> Markup:
        """The box, and beside it what was in it when the buttons were drawn."""
        text = self.slot("offer", "text")
        own = html_params(id=self.id, name=self.name + TEXT, type="search", maxlength=100, **attributes)
        return BOX.format(own, text, self.name + ASKED, text)


BOX: Final = Markup('<input {} value="{}"><input type="hidden" name="{}" value="{}">')
