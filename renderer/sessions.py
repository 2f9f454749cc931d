"""Who is signed in, by the sessions kept by `workflows.people`.

The cookie carries a signed session token and nothing of the person; signing out ends the session in the store, so a
copied cookie is worth nothing afterwards. The address and browser of a session may change, so it is not bound to them:
of what Flask-Login does, which hashes both at every request and takes a second cookie for a proof, little is left.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import g, session
from flask_wtf.csrf import generate_csrf

from renderer.visit import house, remembered
from workflows.record import Actor

TOKEN: Final = "token"
CSRF_FIELD: Final = "csrf-token"  # with a hyphen: no field of a template can be called so


def visitor() -> Actor | None:
    """Whose session this browser brings, as long as it lives."""
    token = session.get(TOKEN)
    if not token:
        return None
    return remembered(("visitor", token), lambda: house().people.visitor(token, house().settings.clock()))


def begin(token: str) -> None:
    """Sign in on this browser; what the session before held is gone, its CSRF token with it, and so is the session."""
    end()
    session[TOKEN] = token
    actor = visitor()
    if actor:
        g.actor = actor


def end() -> None:
    """Sign out, here and in the store."""
    token = session.get(TOKEN)
    if token:
        house().people.sign_out(token, house().settings.clock())
    session.clear()


def csrf() -> str:
    """The CSRF token of this session. It is good as long as the session, so one signature does for many pages."""
    known = session.get(CSRF_FIELD)
    return str(remembered(("csrf", known), generate_csrf) if known else generate_csrf())


def local(target: str) -> str:
    """An address on this site to go on to: a path, or `/` for anything a browser could read as another host.

    Browsers take a backslash for a slash and drop control characters, so neither is let through.
    """
    plain = target.isprintable() and "\\" not in target and target.startswith("/") and not target.startswith("//")
    return target if plain and not urlsplit(target).netloc else "/"
