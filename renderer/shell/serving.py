"""`serve`: the web app on one laptop."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from renderer.secret import secret_key
from renderer.settings import Settings
from renderer.shell.desk import Desk
from workflows.keep.port import Store

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def settings(desk: Desk, given_key: str, base_url: str, host: str) -> Settings:
    """What the app must be told. Raises WeakKey where others than this machine's user may come, Findings, OSError."""
    workspace = desk.workspace.root
    production = bool(base_url) or host not in LOOPBACK
    key = secret_key(given_key, workspace / "data", lambda: desk.chance(32).hex(), production=production)
    return Settings(
        workspace=workspace,
        secret_key=key,
        clock=desk.clock,
        chance=desk.chance,
        store=desk.url,
        base_url=base_url,
    )


def served(desk: Desk, told: Settings, host: str, port: int, say: Callable[[str], object]) -> None:
    """Serve until interrupted; `say` gets the lines to print. Raises OSError for a port that is taken, StoreError."""
    from renderer.app import create_app
    from renderer.serving import serve

    app = create_app(told)
    store: Store = app.extensions["formwright"].store

    def ready(address: str) -> None:
        head = store.head()
        say(desk.say("shell-serving", address=address))
        say(desk.say("shell-head", seq=head.seq, hash=head.hash))
        say(desk.say("shell-serving-note"))

    with closing(store):
        serve(app, host, port, ready)
