"""What their author reads over every page while definitions are written: why the last change is not served.

Findings quote definitions, and these say what readers may not see. So no role decides who is told: whoever opens the
address that the terminal shows is who started the server.
"""

from __future__ import annotations

from hmac import compare_digest

from flask import Response, request
from markupsafe import Markup

from builder.diagnostic import Diagnostic
from builder.language import catalogue
from renderer.drawing.filling import NOTHING
from renderer.i18n import counted, words
from renderer.visit import house, language

AUTHOR = "author"  # cookie and parameter with the key that the terminal shows
MOST = 5  # findings that are named

_BANNER = Markup('<div class="note bad" role="status"><p>{}</p><ul>{}</ul></div>')
_LINE = Markup("<li><code>{}</code> {}</li>")


def banner() -> Markup:
    """The banner for this visitor; nothing where all is well, or it is not his to know."""
    live = house().live
    if live is None or not _is_author(request.args.get(AUTHOR, "") or request.cookies.get(AUTHOR, "")):
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


def remember_author(response: Response) -> Response:
    """Keep the author's key for the pages after the one whose address had it."""
    sent = request.args.get(AUTHOR, "") if request.query_string else ""
    if _is_author(sent):
        response.set_cookie(AUTHOR, sent, httponly=True, samesite="Lax")
    return response


def _is_author(sent: str) -> bool:
    known = house().settings.author
    return bool(known) and compare_digest(sent.encode("utf-8", "replace"), known.encode())


def _place(found: Diagnostic) -> str:
    """`file:line:column`, the file as it is called in the workspace."""
    live, place = house().live, found.place
    file = live.workspace.file(place.file) if live else None
    return f"{file or place.file}:{place.line}:{place.column}"
