"""What a form offers where a record is linked to: the one chosen, those that a typed text finds, a new one.

The answer is the radio button's; a text that was typed since the page was drawn goes before it, for then the buttons
are of an earlier search. `NAME-text` is that text, `NAME-asked` the one the buttons were found by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from markupsafe import Markup

from builder.model import Field, Template, Text, say
from renderer.drawing.filling import NOTHING, Offer
from renderer.i18n import words

TEXT, ASKED = "-text", "-asked"
MOST: Final = 12  # records offered at once
ID: Final = re.compile("[0-9a-hjkmnp-tv-z]{26}")


class Found(Protocol):
    """A record that could be linked to."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def state(self) -> Text: ...


class Links(Protocol):
    """What a visitor sees of records that are linked to (`workflows/linking.py`)."""

    def title(self, target: str, id: str) -> str | None:
        """What he calls a record; None when it is not his to know."""
        ...

    def exact(self, target: str, sent: str) -> str | None:
        """The id of the one record that a text names."""
        ...

    def search(self, target: str, text: str, most: int) -> Sequence[Found]:
        """The records that a text finds."""
        ...


@dataclass(frozen=True, slots=True)
class Offering:
    """One visitor's page: `here` is its address, `creatable` the template of which he may make a record, if he may."""

    links: Links
    language: str
    here: str
    creatable: Callable[[str], Template | None]
    address: Callable[[str], str]  # of a template's form

    def __call__(self, spec: Field, name: str, answer: object) -> Offer:
        """What stands around the box of one link; `answer` is an id, or a text as typed."""
        sent = answer.strip() if isinstance(answer, str) else ""
        id = self._meant(spec.to, sent)
        text = "" if id else sent
        matches = self.links.search(spec.to, text, MOST) if text else ()
        lines = [(id, self._title(spec.to, id), "")] if id else [self._line(match) for match in matches]
        label = say(spec.label, self.language)
        return Offer(text, self._found(label, name, text, id, lines), self._create(spec, name))

    def _meant(self, target: str, sent: str) -> str:
        if not sent or ID.fullmatch(sent):
            return sent
        return self.links.exact(target, sent) or ""

    def _title(self, target: str, id: str) -> str:
        return titled(self.links.title(target, id), self.language)

    def _line(self, match: Found) -> tuple[str, str, str]:
        return match.id, titled(match.title, self.language), say(match.state, self.language)

    def _found(self, label: str, name: str, text: str, id: str, lines: Sequence[tuple[str, str, str]]) -> Markup:
        _ = words(self.language)
        if not lines:
            return NONE.format(_("Nothing is found for “%(text)s”.") % {"text": text}) if text else NOTHING
        radios = [RADIO.format(name, v, CHECKED if v == id else "", title, about) for v, title, about in lines]
        none = RADIO.format(name, "", NOTHING if id else CHECKED, _("no record") if id else _("none of them"), "")
        return RADIOS.format(label, Markup("").join([*radios, none]))

    def _create(self, spec: Field, name: str) -> Markup:
        template = self.creatable(spec.to)
        if template is None:
            return NOTHING
        _ = words(self.language)
        label = _("New: %(form)s") % {"form": say(template.title, self.language)}
        return CREATE.format(f"{self.here} {name}", self.address(spec.to), label)


def titled(title: str | None, language: str) -> str:
    """A record's title, or what stands in its place where the reader sees none."""
    _ = words(language)
    return _("a record you may not see") if title is None else title or _("a record without a name")


NONE: Final = Markup('<p class="soft">{}</p>')
RADIOS: Final = Markup('<div class="options" role="radiogroup" aria-label="{}">{}</div>')
CHECKED: Final = Markup(" checked")
RADIO: Final = Markup(
    '<label class="option"><input type="radio" name="{}" value="{}"{}> '
    '<span>{} <span class="soft">{}</span></span></label>'
)
CREATE: Final = Markup(
    '<button class="quiet" type="submit" name="form-for" value="{}" formaction="{}" formnovalidate>{}</button>'
)
