"""What went wrong, as a page in the visitor's language; under `/api/` as the API's own problem."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, Unauthorized

from builder.diagnostic import Diagnostic
from builder.language import catalogue
from renderer.api import door
from renderer.api.problem import Problem
from renderer.i18n import words
from renderer.pages import login, resume
from renderer.pages.page import render
from renderer.visit import is_stranger, language
from workflows.keep.port import StoreError
from workflows.record import Refused
from workflows.words import NOWHERE

API: Final = "/api/"


def N_(text: str) -> str:
    """Marks words for the catalogue where they stand and are translated later."""
    return text


# status → what happened, and the way out
PAGES: Final[Mapping[int, tuple[str, str]]] = {
    400: (
        N_("This page is out of date"),
        N_("It was opened before you signed in, or too long ago. Go back, reload the page and try again."),
    ),
    401: (N_("You are signed out"), N_("Sign in in another tab, then go back: what you wrote is still there.")),
    403: (N_("You may not do this"), N_("Ask the owner of the record or your superior.")),
    404: (N_("Page not found"), N_("The address is wrong, or you may not see this page.")),
    405: (N_("This page cannot do that"), N_("Go back and use the buttons of the page.")),
    409: (N_("Somebody was faster"), N_("What you wanted to change is different now. Open the record again.")),
    413: (N_("That is too much at once"), N_("Shorten the longest answers or remove some rows, then save again.")),
    415: (N_("This kind of content is not taken"), N_("Use the form of the page.")),
    422: (N_("This cannot be saved yet"), N_("Go back and correct the answers.")),
    428: (N_("This page is out of date"), N_("Open the record again.")),
    429: (N_("Too many attempts"), N_("Wait a minute and try again.")),
    500: (
        N_("Our mistake"),
        N_("The error has been written to the log. Nothing was saved. Try again, or tell your administrator."),
    ),
    503: (
        N_("Nothing can be saved right now"),
        N_("Your answers were not saved. Wait a minute and send them again."),
    ),
}

# Likewise where nothing was to be saved: a page that was only asked for
UNREAD: Final = (
    N_("This page cannot be shown right now"),
    N_("The records cannot be read. Wait a minute and reload the page; if that does not help, ask your administrator."),
)
LINKLESS: Final = N_("Check the link, or ask whoever gave it to you.")  # the way out for whoever came by a link


def install(app: Flask) -> None:
    """Answer every failure in one place."""
    for kind in (HTTPException, Refused, StoreError, Problem):
        app.register_error_handler(kind, respond)


def respond(error: Exception) -> ResponseReturnValue:
    """The response to a failed request."""
    if request.path.startswith(API):
        return door.respond(error)
    if isinstance(error, Refused):
        return page(error.status, None if error.status == 404 else error)
    if isinstance(error, StoreError):
        return page(503)
    if isinstance(error, HTTPException) and (error.code is None or error.code < 400):
        return error  # a redirect of the router's own
    kept = resume.refused() if isinstance(error, Unauthorized | CSRFError) else ""
    if kept and isinstance(error, CSRFError):
        return resume.offer(request.path, kept, 400) or page(400)
    if kept:
        return login.again(kept)
    return page(error.code or 500, headers=error) if isinstance(error, HTTPException) else page(500)


def page(status: int, refused: Refused | None = None, headers: HTTPException | None = None) -> Response:
    """An error page; what was refused says more exactly why, and often a way out of its own."""
    _ = words(language())
    reads = request.method in ("GET", "HEAD")
    title, way = UNREAD if status == 503 and reads else PAGES.get(status, PAGES[500])
    cause, help_ = _told(refused) if refused else ("", "")
    out = help_ or _(LINKLESS if status == 404 and is_stranger() else way)
    response = render("error.html", status, heading=_(title), reason=cause, way=out, code=status)
    if headers is not None:
        passed = dict(headers.get_headers())
        response.headers.extend([(name, passed[name]) for name in ("Allow", "Retry-After") if name in passed])
    return response


def _told(error: Refused) -> tuple[str, str]:
    """The catalogue's words for a refusal: the cause and the way out."""
    message = catalogue.describe(Diagnostic(error.code, NOWHERE, error.args_), language())
    return message.cause, message.help
