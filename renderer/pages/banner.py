"""What an admin reads over every page while definitions are written: why the last change is not served."""

from __future__ import annotations

from flask import g
from markupsafe import Markup

from builder.diagnostic import Diagnostic
from builder.language import catalogue
from renderer.drawing.filling import NOTHING
from renderer.i18n import counted, words
from renderer.visit import house, language
from workflows.record import Actor

ADMIN = "admin"  # the role; where the company has none of that name, whoever is signed in is told
MOST = 5  # findings that are named

_BANNER = Markup('<div class="note bad" role="status"><p>{}</p><ul>{}</ul></div>')
_LINE = Markup("<li><code>{}</code> {}</li>")


def banner() -> Markup:
    """The banner for this visitor; nothing where all is well, or nobody needs to know."""
    live, visitor = house().live, g.get("actor")
    if live is None or visitor is None or not _is_told(visitor):
        return NOTHING
    errors, refused = live.news.errors, live.news.refused
    if not errors and not refused:
        return NOTHING
    _, tongue = words(language()), language()
    lines = [_LINE.format(_place(each), catalogue.describe(each, tongue).cause) for each in errors[:MOST]]
    lines += [_LINE.format(ref, _("It would leave records behind.")) for ref in refused]
    if len(errors) > MOST:
        ngettext = counted(tongue)
        more = ngettext("and %(count)d more", "and %(count)d more", len(errors) - MOST)
        lines.append(Markup("<li>{}</li>").format(more % {"count": len(errors) - MOST}))
    told = _("The definitions were changed and cannot be served like this. You see their last good state.")
    return _BANNER.format(told, Markup("").join(lines))


def is_admin(visitor: Actor) -> bool:
    """Whether this is somebody who looks after the definitions."""
    return ADMIN in visitor.roles


def _is_told(visitor: Actor) -> bool:
    return is_admin(visitor) or ADMIN not in house().service.company().roles


def _place(found: Diagnostic) -> str:
    """`file:line:column`, the file as it is called in the workspace."""
    live, place = house().live, found.place
    file = live.workspace.file(place.file) if live else None
    return f"{file or place.file}:{place.line}:{place.column}"
