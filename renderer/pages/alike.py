"""What may already be there: records like the one that is being filled in, as far as this visitor may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import url_for
from markupsafe import Markup

from renderer.drawing.display import show
from renderer.i18n import words
from renderer.pages.form import reader
from renderer.visit import actor, house, language
from workflows.view import Alike, Blank, View


def called(found: Alike) -> str:
    """What people call a record that may be of the same thing: the answers that are compared."""
    fields, told = found.line.template.fields, reader()
    texts = (show(fields[name], value, told) for name, value in found.line.values.items() if name in fields)
    return " · ".join(filter(None, texts))


def alike(seen: View | Blank) -> Mapping[str, Markup]:
    """What to show under each field, by its id: links to the records that are alike by it."""
    every = house().service.alike(actor(), seen)
    names = dict.fromkeys(name for found in every for name in found.fields)
    return {name: _shown([found for found in every if name in found.fields]) for name in names}


def _shown(found: list[Alike]) -> Markup:
    _ = words(language())
    tab = _("(opens in a new tab)")
    links = (LINK.format(url_for("record.show", id=each.line.id), called(each), tab) for each in found)
    return NOTE.format(_("May already be there:"), Markup("").join(links))


NOTE: Final = Markup("<p>{}</p><ul>{}</ul>")
LINK: Final = Markup('<li><a href="{}" target="_blank">{}<span class="unseen"> {}</span></a></li>')
