"""One request's circumstances: who asks, in which language, through which house."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from flask import Response, current_app, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from renderer import i18n
from renderer.house import House
from workflows.record import Actor

COOKIE = "language"


def house() -> House:
    """What stands behind the app."""
    return cast(House, current_app.extensions["formwright"])


def actor() -> Actor:
    """The signed-in person; only where the route asks for a session (see `renderer.security`)."""
    return cast(Actor, g.actor)


def language() -> str:
    """The interface's language: asked for in the address, remembered, the person's own, the browser's, else Chinese."""
    known: str | None = g.get("language")
    if known is None:
        known = _asked() or i18n.best(request.cookies.get(COOKIE, "")) or _own() or _accepted() or i18n.DEFAULT
        g.language = known
    return known


def remember_language(response: Response) -> Response:
    """Keep a language that was asked for in the address for the next pages."""
    asked = _asked() if request.query_string else ""
    if asked:
        secure = house().settings.secure
        response.set_cookie(COOKIE, asked, max_age=31_536_000, httponly=True, samesite="Lax", secure=secure)
    return response


def _asked() -> str:
    return i18n.best(request.args.get("lang", "")) if request.query_string else ""


def _own() -> str:
    known: Actor | None = g.get("actor")
    return i18n.best(known.language) if known else ""


def _accepted() -> str:
    return _first(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=256)
def _first(header: str) -> str:
    """The first language of an Accept-Language header that the interface has; browsers send few different ones."""
    tags = parse_accept_header(header, LanguageAccept).values()
    return next((found for tag in tags if (found := i18n.best(tag))), "")
