"""What every page has around it, and how a page becomes a response."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app, g, request, session
from markupsafe import Markup, escape

from builder.model import say
from renderer.drawing.filling import NOTHING, Filling, Ink
from renderer.i18n import LANGUAGES, speech, words
from renderer.pages.banner import banner
from renderer.sessions import csrf
from renderer.visit import house, is_stranger, language
from workflows.record import Actor


def N_(text: str) -> str:
    """Marks words for the catalogue where they stand and are translated later."""
    return text


# What a redirect leaves to be said on the next page: its word in the session → tone and sentence.
DONE: Mapping[str, tuple[str, str]] = {
    "created": ("good", N_("Saved as a new record.")),
    "changed": ("good", N_("Your changes are saved.")),
    "moved": ("good", N_("Done. The status has changed.")),
    "tagged": ("good", N_("The tags are updated.")),
    "repeated": ("good", N_("This was saved already; it was not saved twice.")),
    "not-open": ("bad", N_("Somebody changed the record meanwhile, so nothing was done. Here it is as it is now.")),
    "closed": ("good", N_("The link is closed.")),
    "signed-out": ("good", N_("You are signed out.")),
}


def frame(**more: Markup) -> dict[str, Markup]:
    """The slots around a page."""
    return {**standing(), **passing(), **more}


def standing() -> dict[str, Markup]:
    """What stays the same for a visitor at one address: itself, the company, his name, this page in other languages.

    A form that did not name its address would be sent to where the page was last scrolled to, past what is wrong.
    """
    visitor: Actor | None = g.get("actor")
    return {
        "company": escape(say(house().service.company().name, language())),
        "user": escape(visitor.name or visitor.id) if visitor else Markup(""),
        "here": escape(request.full_path.rstrip("?")),
        "switch": _switch(),
    }


def passing() -> dict[str, Markup]:
    """What differs from request to request: the CSRF token, what was just done."""
    return {} if is_stranger() else {"csrf": Markup(csrf()), "flash": banner() + notes()}


def render(name: str, status: int = 200, slots: Mapping[str, Markup] | None = None, /, **context: Any) -> Response:
    """A page that is drawn for this visitor, with more slots than every page has."""
    pen = Ink(Filling(page=frame(**(slots or {}))))
    text = current_app.jinja_env.get_template(name).render(
        pen=pen, signed_in="actor" in g, stranger=is_stranger(), **speech(language()), **context
    )
    return html(text, status)


def html(text: str | bytes, status: int = 200) -> Response:
    """A finished page as a response."""
    return Response(text, status, mimetype="text/html")


def announce(word: str) -> None:
    """Leave a word of DONE for the next page this visitor sees; a later one takes its place."""
    session[NEXT] = word


def notes() -> Markup:
    """What was just done, in words."""
    tone, text = DONE.get(session.pop(NEXT, ""), ("", "")) if NEXT in session else ("", "")
    return NOTE.format(tone, words(language())(text)) if text else NOTHING


NEXT = "done"
NOTE = Markup('<p class="note {}" role="status">{}</p>')


def _switch() -> Markup:
    """Links to this page in the other languages, with the rest of the address kept."""
    link = Markup('<a href="?{}" lang="{}" hreflang="{}">{}</a>')
    rest = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"] if request.args else []
    others = ((tag, name) for tag, name in LANGUAGES.items() if tag != language())
    return Markup(" ").join(link.format(urlencode([*rest, ("lang", tag)]), tag, tag, name) for tag, name in others)


def unsaved() -> Markup:
    """What stands over a form whose answers the store could not take."""
    _ = words(language())
    text = _("Your answers could not be saved right now. They are still here: wait a minute and save again.")
    return Markup('<p class="note bad" role="alert" data-touched>{}</p>').format(text)
