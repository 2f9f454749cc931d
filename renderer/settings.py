"""What the app must be told: one frozen value, made by `wsgi.py`, `cli.py` or a test, never read from the environment here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the workspace is, where records are kept, what signs cookies, and how much a visitor may send.

    `store` is a store URL (empty: what the workspace file says); `base_url` decides whether cookies are `Secure`.
    Sizes are bytes, `max_parts` counts the answers in one form, `session_hours` how long a signed-in session lives.
    """

    workspace: Path
    secret_key: str
    store: str = ""
    base_url: str = ""
    testing: bool = False
    max_body: int = 2 * 1024 * 1024
    max_parts: int = 20_000
    session_hours: int = 12

    @property
    def secure(self) -> bool:
        """Whether visitors come by https, so that cookies must not travel without it."""
        return self.base_url.startswith("https://")
