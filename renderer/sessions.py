"""Who is signed in: Flask-Login over the sessions kept by `workflows.people`.

The cookie carries a signed session token and nothing of the person; signing out ends the session in the store, so a
copied cookie is worth nothing afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, g, session
from flask_login import LoginManager, login_user, logout_user

from renderer.visit import house, remembered
from workflows.record import Actor


@dataclass(frozen=True, slots=True)
class Visitor:
    """What Flask-Login keeps of a signed-in person."""

    token: str
    actor: Actor

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What the cookie carries."""
        return self.token


def load(token: str) -> Visitor | None:
    """The visitor of a session that still lives."""
    actor = remembered(("visitor", token), lambda: house().people.visitor(token, house().settings.clock()))
    return Visitor(token, actor) if actor else None


def begin(token: str) -> None:
    """Sign in on this browser; what the session before held is gone, its CSRF token with it, and so is the session."""
    end()
    visitor = load(token)
    login_user(visitor)
    if visitor:
        g.actor = visitor.actor
    for unused in ("_id", "_fresh"):  # the session may move between addresses: what would bind it is not sent about
        session.pop(unused, None)


def end() -> None:
    """Sign out, here and in the store."""
    token = session.get("_user_id")
    if token:
        house().people.sign_out(token, house().settings.clock())
    logout_user()
    session.clear()


def install(app: Flask) -> None:
    """Let Flask-Login load visitors. The address and browser of a session may change, so it is not bound to them."""
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(load)
    manager.init_app(app, add_context_processor=False)


def local(target: str) -> str:
    """An address on this site to go on to: a path, or `/` for anything a browser could read as another host.

    Browsers take a backslash for a slash and drop control characters, so neither is let through.
    """
    plain = target.isprintable() and "\\" not in target and target.startswith("/") and not target.startswith("//")
    return target if plain and not urlsplit(target).netloc else "/"
