"""The app factory: Flask, the doors of `urls.py`, and what guards them."""

from __future__ import annotations

from flask import Flask

from renderer.settings import Settings
from renderer.urls import RULES


def create_app(settings: Settings) -> Flask:
    """A ready WSGI application over one workspace. Raises what opening the workspace or the store raises."""
    app = Flask("renderer", static_folder=None, template_folder="templates")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=settings.max_body,
        MAX_FORM_MEMORY_SIZE=settings.max_body,
        MAX_FORM_PARTS=settings.max_parts,
    )
    for rule in RULES:
        app.add_url_rule(rule.rule, rule.endpoint, rule.view, methods=rule.methods.split())
    return app
