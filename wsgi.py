"""The door for servers: `gunicorn wsgi:application`. Reads the environment; from here on everything is an argument.

FORMWRIGHT_WORKSPACE (default: found from the current folder upwards), FORMWRIGHT_STORE, FORMWRIGHT_SECRET_KEY,
FORMWRIGHT_BASE_URL.
"""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from wsgiref.types import WSGIApplication

from builder.workspace import Workspace
from renderer.app import create_app
from renderer.secret import secret_key
from renderer.settings import Settings


def now() -> str:
    """UTC now, as the store writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def build() -> WSGIApplication:
    """The app that the environment describes. Raises what `create_app` raises, WorkspaceError, WeakKey."""
    said = os.environ
    root = Workspace.find(said.get("FORMWRIGHT_WORKSPACE") or ".").root
    base_url = said.get("FORMWRIGHT_BASE_URL", "")
    given = said.get("FORMWRIGHT_SECRET_KEY", "")
    settings = Settings(
        workspace=root,
        store=said.get("FORMWRIGHT_STORE", ""),
        base_url=base_url,
        secret_key=secret_key(given, root / "data", lambda: secrets.token_urlsafe(32), production=True),
        clock=now,
        chance=secrets.token_bytes,
    )
    return create_app(settings)


application = build()
