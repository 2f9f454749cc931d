"""The app factory: Flask, the doors of `urls.py`, what guards them and what stands behind them."""

from __future__ import annotations

from flask import Flask

from builder.model import say
from renderer import errors, security
from renderer.drawing.display import show
from renderer.house import open_house
from renderer.pages.assets import asset
from renderer.pages.banner import remember_author
from renderer.settings import Settings
from renderer.uploads import UploadRequest
from renderer.urls import RULES
from renderer.visit import remember_language


def create_app(settings: Settings) -> Flask:
    """A ready WSGI application over one workspace. Raises NoStore, StoreError."""
    app = Flask("renderer", static_folder=None)
    app.request_class = UploadRequest
    _configure(app, settings)
    app.jinja_env.filters["say"] = say
    app.jinja_env.globals.update(asset=asset, show=show)
    app.url_map.merge_slashes = False  # it would redirect to whatever host a request names
    app.extensions["formwright"] = open_house(settings, app.jinja_env)
    for rule in RULES:
        app.add_url_rule(rule.rule, rule.endpoint, rule.view, methods=rule.methods.split())
    security.install(app, RULES, secure=settings.secure)
    errors.install(app)
    app.after_request(remember_language)
    app.after_request(remember_author)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=settings.max_body,
        MAX_FORM_MEMORY_SIZE=settings.max_body,
        MAX_FORM_PARTS=settings.max_parts,
        SESSION_COOKIE_NAME="__Host-session" if settings.secure else "session",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
