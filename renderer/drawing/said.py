"""What a form's script says by itself, in the visitor's language; of two texts the first is for one."""

from __future__ import annotations

from renderer.drawing.display import CURRENCIES
from renderer.i18n import counted, words

ONE_AND_MORE = (1, 2)


def look(language: str, n: int, *, door: bool) -> str:
    """What stands over the answers that are wrong; the number goes into `%(n)d`. What a visitor writes is sent."""
    ngettext = counted(language)
    if door:
        return ngettext("Not sent yet: %(n)d answer needs a look", "Not sent yet: %(n)d answers need a look", n)
    return ngettext("Not saved yet: %(n)d answer needs a look", "Not saved yet: %(n)d answers need a look", n)


def said(language: str, *, door: bool) -> dict[str, object]:
    """The words by name; numbers stand for `%(n)s`."""
    _, ngettext = words(language), counted(language)
    return {
        "look": [look(language, n, door=door) for n in ONE_AND_MORE],
        "title": [ngettext("(%(n)d error) ", "(%(n)d errors) ", n) for n in ONE_AND_MORE],
        "still": [
            ngettext("%(n)d answer still needs a look", "%(n)d answers still need a look", n) for n in ONE_AND_MORE
        ],
        "fine": _("All answers are in order now"),
        "added": _("Row %(n)s was added"),
        "removed": _("Row %(n)s was removed"),
        "moved": _("This is row %(n)s now"),
        "complete": _("Completeness"),
        "truth": [_("No"), _("Yes")],
        "colon": _(": "),
        "comma": "、" if language == "zh" else ", ",
        "currency": {code: _(code) for code in CURRENCIES},
    }
