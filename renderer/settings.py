"""What the app must be told: one frozen value, made by `wsgi.py`, `cli.py` or a test; nothing here reads the world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the workspace is, where records are kept, what signs cookies, how much a visitor may send.

    `store` is a store URL (empty: what the workspace file says); `base_url` decides whether cookies are `Secure`.
    `clock` gives UTC now (`YYYY-MM-DDTHH:MM:SS.ffffffZ`), `chance` as many random bytes as asked. Sizes are bytes:
    `max_body` of a request, `max_upload` of one with files, `max_visit` and `max_visit_upload` likewise of a public
    form. `max_parts` counts the answers in one form, `api_per_minute` the requests of one caller, `visits_per_minute`
    the requests for public forms from one address: at a fair many share it.
    """

    workspace: Path
    secret_key: str
    clock: Callable[[], str]
    chance: Callable[[int], bytes]
    store: str = ""
    base_url: str = ""
    live: bool = False  # serve the workspace's own definitions while they are written
    author: str = ""  # a key: who has it is told on the pages what is found in them; "" is nobody
    testing: bool = False
    max_body: int = 2 * 1024 * 1024
    max_upload: int = 64 * 1024 * 1024
    max_parts: int = 20_000
    api_per_minute: int = 1_200
    max_visit: int = 256 * 1024
    max_visit_upload: int = 24 * 1024 * 1024
    visits_per_minute: int = 600

    @property
    def secure(self) -> bool:
        """Whether visitors come by https, so that cookies must not travel without it."""
        return self.base_url.startswith("https://")
