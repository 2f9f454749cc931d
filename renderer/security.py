"""What every request passes before a view, and what every response carries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from renderer import sessions
from renderer.api import door
from renderer.api.budget import Budget
from renderer.uploads import MULTIPART, admit_files
from renderer.urls import BEARER, LINK, PUBLIC, SESSION, Permission, Rule
from renderer.visit import house
from workflows.guard.attempts import host

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

VISITS: Final = "formwright-visits"
FORM: Final = "application/x-www-form-urlencoded"

POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NO_STORE: Final = [("Cache-Control", "no-store")]
STRICT: Final = [("Strict-Transport-Security", "max-age=31536000")]


def install(app: Flask, rules: Sequence[Rule], *, secure: bool) -> None:
    """Guard the app: permission, body and CSRF before each view, headers after it."""
    permissions = {rule.endpoint: rule.permission for rule in rules}
    app.config.update(WTF_CSRF_FIELD_NAME=sessions.CSRF_FIELD, WTF_CSRF_TIME_LIMIT=None)
    app.config["UPLOADS"] = frozenset(rule.endpoint for rule in rules if rule.uploads)
    app.before_request(lambda: admit(permissions))
    csrf = CSRFProtect(app)
    for rule in rules:
        if rule.permission in (BEARER, LINK):  # neither acts for a session that a browser would send along
            csrf.exempt(rule.view)
    app.wsgi_app = Protected(app.wsgi_app, secure=secure)  # type: ignore[method-assign]  # Flask's own way to wrap


def admit(permissions: Mapping[str, Permission]) -> ResponseReturnValue | None:
    """Refuse a request that may not come in; a route without a permission lets nobody in."""
    house().sweeper(house().settings.clock())
    endpoint = request.endpoint
    if endpoint is None:
        return None  # no such address or method: the router's own answer follows
    permission = permissions.get(endpoint)
    if permission is None:
        abort(403)
    return ADMIT[permission]()


def _welcome() -> ResponseReturnValue | None:
    _check_form()
    return None


def _signed_in() -> ResponseReturnValue | None:
    visitor = sessions.visitor()
    if visitor:
        g.actor = visitor
        if request.method == "POST":
            _let_files_in()
            _check_form()
        return None
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("login.show", next=request.full_path.rstrip("?")), 303)
    _count_answers()  # they go along to the sign-in page, whoever sent them
    abort(401)


def _by_link() -> ResponseReturnValue | None:
    g.stranger = True
    settings, address = house().settings, host(request.remote_addr or "")
    budget: Budget = current_app.extensions.setdefault(VISITS, Budget(settings.visits_per_minute))
    if address and budget.wait(address, datetime.fromisoformat(settings.clock()).timestamp()):
        abort(429)
    request.max_content_length = settings.max_visit
    _check_form()
    return None


def _by_token() -> ResponseReturnValue | None:
    door.admit()
    _let_files_in()
    return None


ADMIT: Final[Mapping[Permission, Callable[[], ResponseReturnValue | None]]] = {
    PUBLIC: _welcome,
    LINK: _by_link,
    SESSION: _signed_in,
    BEARER: _by_token,
}


def _let_files_in() -> None:
    """Where files are asked for, somebody who is known may bring them; a stranger's are let in by the view."""
    if request.endpoint in current_app.config["UPLOADS"] and request.mimetype == MULTIPART:
        admit_files(house().settings.max_upload, keep=True)


def _check_form() -> None:
    """One content type, and no more answers than a form has: Werkzeug counts the parts of multipart bodies only."""
    if request.method != "POST":
        return
    if request.mimetype == MULTIPART and request.endpoint in current_app.config["UPLOADS"]:
        return  # its parts are counted by the parser
    if request.mimetype != FORM:
        abort(415)
    _count_answers()


def _count_answers() -> None:
    """Refuse more answers than a form has before they are taken apart."""
    if request.mimetype == FORM and request.get_data(cache=True).count(b"&") >= current_app.config["MAX_FORM_PARTS"]:
        abort(413)


class Protected:
    """The app, with the headers that every response carries, whatever went wrong inside.

    What a signed-in person sees is kept by no cache: only a response that says otherwise itself may be.
    """

    def __init__(self, app: WSGIApplication, *, secure: bool) -> None:
        self.app = app
        self.headers = [*HEADERS.items(), *(STRICT if secure else ())]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            private = [] if any(name == "Cache-Control" for name, _ in headers) else NO_STORE
            return start_response(status, [*headers, *self.headers, *private], *more)

        return self.app(environ, start)
