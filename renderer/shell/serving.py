"""`serve`: the web app on one laptop."""

from __future__ import annotations

from contextlib import closing
from errno import EADDRINUSE
from threading import Event, Thread
from typing import TYPE_CHECKING

from builder.watch import Watch
from renderer.secret import secret_key
from renderer.settings import Settings
from renderer.shell import checking, publishing
from renderer.shell.desk import Desk, Usage
from renderer.shell.failures import report
from renderer.shell.watching import PAUSE, Say, Wait
from workflows.keep.port import StoreError

if TYPE_CHECKING:  # both come with Flask, which only this verb needs
    from renderer.house import House
    from renderer.live import Live

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def settings(desk: Desk, given_key: str, base_url: str, host: str, *, watch: bool = False) -> Settings:
    """What the app must be told. Raises WeakKey where others than this machine's user may come, Findings, OSError.

    Definitions that nobody has published are served to this machine's user only: Usage for `watch` where others come.
    """
    workspace = desk.workspace.root
    production = bool(base_url) or host not in LOOPBACK
    if watch and production:
        raise Usage("shell-watch-local")
    key = secret_key(given_key, workspace / "data", lambda: desk.chance(32).hex(), production=production)
    return Settings(
        workspace=workspace,
        secret_key=key,
        clock=desk.clock,
        chance=desk.chance,
        store=desk.url,
        base_url=base_url,
        live=watch,
        author=desk.chance(16).hex() if watch else "",
    )


def served(desk: Desk, told: Settings, host: str, port: int, say: Say) -> None:
    """Serve until interrupted; `say` gets the lines to print. Raises OSError for a port that is taken, StoreError."""
    from renderer.app import create_app
    from renderer.pages.banner import AUTHOR
    from renderer.serving import serve

    app = create_app(told)
    house: House = app.extensions["formwright"]
    stop = Event()

    def ready(address: str) -> None:
        head = house.store.head()
        say(desk.say("shell-serving", address=address))
        if told.author:
            say(desk.say("shell-author", address=f"{address}?{AUTHOR}={told.author}"))
        say(desk.say("shell-head", seq=head.seq, hash=head.hash))
        say(desk.say("shell-serving-note"))

    with closing(house.store):
        follower = following(desk, house.live, stop, say) if house.live else None
        try:
            serve(app, host, port, ready)
        except OSError as error:  # the address says which, where the system says only why
            error.filename = str(port) if error.errno == EADDRINUSE else host
            raise
        finally:
            stop.set()
            if follower:
                follower.join()


def following(desk: Desk, live: Live, stop: Event, say: Say) -> Thread:
    """Serve the definitions as they are now, and a thread that goes on doing so until it is stopped."""
    watch = Watch(desk.workspace.root)
    follow(desk, live, say)
    thread = Thread(target=lambda: _follow(desk, live, watch, stop.wait, say), name="definitions", daemon=True)
    thread.start()
    return thread


def _follow(desk: Desk, live: Live, watch: Watch, wait: Wait, say: Say) -> None:
    while not wait(PAUSE):
        if watch.changed():
            follow(desk, live, say)


def follow(desk: Desk, live: Live, say: Say) -> None:
    """Serve what is good of the definitions, and tell what is not; what cannot be read or stored now waits."""
    before = live.news
    try:
        news = live.refresh()
    except (OSError, StoreError) as error:
        for line in report(desk, error)[0]:
            say(line)
        return
    for line in checking.told(desk, news.findings):
        say(line)
    for ref, meaning in news.refused.items():
        for line in (desk.say("shell-publish-refused", ref=ref, version=""), *publishing.means(desk, meaning)):
            say(line)
    for ref, version in news.served.items():
        say(desk.say("shell-live", ref=ref, version=version))
    if news.held:
        say(desk.say("shell-live-held"))
    elif before.held:
        say(desk.say("shell-live-mended"))
