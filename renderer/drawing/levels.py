"""Choices out of many: one list a level, or a text box that searches."""

from __future__ import annotations

from typing import Any, Final

from markupsafe import Markup
from wtforms import Field as WTField
from wtforms.utils import unset_value
from wtforms.widgets import html_params

from builder.expressions import Options
from builder.model import Option, say
from renderer.drawing.choosing import level_name
from renderer.drawing.control import Control
from renderer.drawing.filling import NOTHING, OPTION, Choices
from renderer.i18n import words

SELECT: Final = Markup('<select {}{}><option value=""></option>{}</select>')
ASKED, PICK = "asked", "pick"  # beside a text box: for which text the nearest options were offered, and which was taken


class Levels(Control):
    """One list for each level; the later ones offer what stands under what is chosen before."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """The deepest choice that stands under those before it; a whole answer under the plain name is taken too."""
        super().process(formdata, data, extra_filters)
        if formdata is not None and level_name(self.name, 1) in formdata:
            sent = [formdata.get(level_name(self.name, level)) or "" for level in self._levels()]
            self.data = deepest(self.spec.options, sent)

    def _levels(self) -> range:
        return range(1, self.spec.options.levels + 1)

    def widget(self, field: WTField, **attributes: Any) -> Markup:
        """The lists, in a row."""
        return NOTHING.join(self._list(level, attributes) for level in self._levels())

    def _list(self, level: int, attributes: dict[str, Any]) -> Markup:
        _ = words(self.language)
        name = level_name(self.name, level)
        label = _("%(label)s, level %(n)d") % {"label": say(self.spec.label, self.language), "n": level}
        own_id = self.id if level == 1 else name  # the first one is where a link to the field leads
        own = html_params(**attributes, id=own_id, name=name, aria_label=label, data_level=str(level))
        if level > 1:
            return SELECT.format(own, self.slot("closed", name=name), self.slot("level", name=name))
        first = self.spec.options.children[""]
        return SELECT.format(own, NOTHING, NOTHING.join(map(self._first, first)))

    def _first(self, option: Option) -> Markup:
        marks = self.slot("selected", option.id, level_name(self.name, 1)) + self.shut(option)
        return OPTION.format(option.id, marks, say(option.label, self.language))


def deepest(options: Options[Option], sent: list[str]) -> str:
    """The last of the choices level by level that stands under the one before it; "" when there is none."""
    chosen = ""
    for option in map(options.by_id.get, sent):
        if option is None or option.parent != chosen:
            break
        chosen = option.id
    return chosen


class Search(Control):
    """A text box in which a name, a synonym or a path is typed; the script of the page searches while one types.

    Without it the page offers what comes nearest, to be picked (`NAME-pick`) for the text it was offered for.
    """

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """What was typed; a picked option counts while the text is still the one it was offered for."""
        super().process(formdata, data, extra_filters)
        picked = formdata.get(f"{self.name}-{PICK}") if formdata is not None else None
        if picked and self.data == formdata.get(f"{self.name}-{ASKED}"):
            self.data = picked

    def widget(self, field: WTField, **attributes: Any) -> Markup:
        """The box, and under it what is nearest to its text."""
        own = html_params(id=self.id, name=self.name, type="text", data_search=self.spec.path, **attributes)
        return BOX.format(own, self._value(), self.slot("nearest"))


BOX: Final = Markup('<input {} value="{}">{}')
NEAR: Final = Markup(
    '<fieldset class="nearest"><legend>{}</legend><input type="hidden" name="{}" value="{}">{}</fieldset>'
)
NEAR_ONE: Final = Markup('<label class="option"><input type="radio" name="{}" value="{}"> <span>{}</span></label>')


def draw_nearest(name: str, asked: str, found: Choices, language: str) -> Markup:
    """The options nearest to a typed text, one of which may be picked instead of it."""
    _ = words(language)
    listed = NOTHING.join(NEAR_ONE.format(f"{name}-{PICK}", id, label) for id, label in found)
    return NEAR.format(_("Did you mean"), f"{name}-{ASKED}", asked, listed)
