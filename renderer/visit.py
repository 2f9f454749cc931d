"""One request's circumstances: who asks, in which language, through which house."""

from __future__ import annotations

from typing import cast

from flask import Response, current_app, g, request
from flask_login import current_user

from renderer import i18n
from renderer.house import House
from workflows.record import Actor

COOKIE = "language"


def house() -> House:
    """What stands behind the app."""
    return cast(House, current_app.extensions["formwright"])


def actor() -> Actor:
    """The signed-in person; only where the route asks for a session."""
    return cast(Actor, current_user.actor)


def language() -> str:
    """The interface's language: asked for in the address, remembered, the person's own, the browser's, else Chinese."""
    if "language" not in g:
        g.language = _asked() or i18n.best(request.cookies.get(COOKIE, "")) or _own() or _accepted() or i18n.DEFAULT
    return cast(str, g.language)


def remember_language(response: Response) -> Response:
    """Keep a language that was asked for in the address for the next pages."""
    asked = _asked()
    if asked:
        secure = house().settings.secure
        response.set_cookie(COOKIE, asked, max_age=31_536_000, httponly=True, samesite="Lax", secure=secure)
    return response


def _asked() -> str:
    return i18n.best(request.args.get("lang", ""))


def _own() -> str:
    return i18n.best(current_user.actor.language) if current_user.is_authenticated else ""


def _accepted() -> str:
    return next((found for tag in request.accept_languages.values() if (found := i18n.best(tag))), "")
