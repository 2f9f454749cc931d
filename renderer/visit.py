"""One request's circumstances: who asks, in which language, through which house."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar, cast

from flask import Request, Response, current_app, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from renderer import i18n
from renderer.house import House
from renderer.memo import Results
from workflows.record import Actor

COOKIE = "language"
T = TypeVar("T")


def house() -> House:
    """What stands behind the app."""
    return cast(House, current_app.extensions["formwright"])


def actor() -> Actor:
    """The signed-in person; only where the route asks for a session (see `renderer.security`)."""
    return cast(Actor, g.actor)


def bearer() -> Actor:
    """Whose the files of this request are: the signed-in person's, or those of a visitor's open form."""
    return actor() if "actor" in g else Actor(id="", visit=g.visit)


def is_stranger() -> bool:
    """Whether somebody came by a link: then no session is looked at or begun, and no cookie is needed."""
    return "stranger" in g


def speak(tongue: str) -> None:
    """Speak another language from here on in this request; one that the interface lacks changes nothing."""
    if i18n.best(tongue):
        g.language = i18n.best(tongue)


def remembered(key: Hashable, work_out: Callable[[], T]) -> T:
    """What was worked out since the last write, else work it out; one request sees one moment."""
    results: Results | None = g.get("results")
    if results is None:
        results = g.results = house().memo.results()
    found: T | None = results.get(key)
    if found is None:
        found = results[key] = work_out()
    return found


def language() -> str:
    """The interface's language: asked for in the address, remembered, the person's own, the browser's, else Chinese."""
    known: str | None = g.get("language")
    if known is None:
        asked = cast(Any, request)._get_current_object()  # once: each look through the proxy searches again
        known = g.language = _language(asked, g.get("actor"))
    return known


def _language(asked: Request, person: Actor | None) -> str:
    best = i18n.best
    return (
        (asked.query_string and best(asked.args.get("lang", "")))
        or best(asked.cookies.get(COOKIE, ""))
        or best(person.language if person else "")
        or _first(asked.headers.get("Accept-Language", ""))
        or i18n.DEFAULT
    )


def remember_language(response: Response) -> Response:
    """Keep a language that was asked for in the address for the next pages."""
    asked = i18n.best(request.args.get("lang", "")) if request.query_string else ""
    if asked:
        secure = house().settings.secure
        response.set_cookie(COOKIE, asked, max_age=31_536_000, httponly=True, samesite="Lax", secure=secure)
    return response


@lru_cache(maxsize=256)
def _first(header: str) -> str:
    """The first language of an Accept-Language header that the interface has; browsers send few different ones."""
    tags = parse_accept_header(header, LanguageAccept).values()
    return next((found for tag in tags if (found := i18n.best(tag))), "")
