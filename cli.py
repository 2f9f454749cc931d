"""The shell's front door: it parses words, reads environment, clock and chance, and prints what the rooms answer."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import click

from builder.workspace import Ref
from renderer.shell import (
    checking,
    explaining,
    keeping,
    linking,
    publishing,
    repairing,
    sample,
    serving,
    showing,
    staff,
    watching,
    workspaces,
)
from renderer.shell.commands import Option, Shell
from renderer.shell.desk import Answer, Desk, Usage, asked_language

TEXT, JSON, GITHUB = "text", "json", "github"
SIGNING = ("FORMWRIGHT_SECRET_KEY", "FORMWRIGHT_BASE_URL")
DEFAULT_PORT = 5000
MANY = 4  # from so many definitions on, compiling them takes long enough to be shown


def clock() -> str:
    """UTC now."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def desk(folder: str, language: str) -> Desk:
    """The desk for this run: a flag goes before the environment, the environment before the file."""
    return Desk(
        folder=folder or os.environ.get("FORMWRIGHT_WORKSPACE") or ".",
        clock=clock,
        chance=secrets.token_bytes,
        asked_language=asked_language(language, os.environ),
        store_url=os.environ.get("FORMWRIGHT_STORE", ""),
    )


main = Shell(desk)
user = main.verbs("user")
token = main.verbs("token")
link = main.verbs("link")
store = main.verbs("store")


def option(*names: str, **rules: Any) -> Callable[..., Any]:
    """An option; the catalogue explains it."""
    return click.option(*names, cls=Option, **rules)


def listing(*more: str) -> Callable[..., Any]:
    """`--format`, wherever something is listed."""
    return option("--format", "style", type=click.Choice([TEXT, JSON, *more]), default=TEXT)


def show(answer: Answer, style: str = TEXT) -> int:
    """Print an answer; its exit code."""
    if style == JSON:
        click.echo(json.dumps(answer.data, ensure_ascii=False, indent=2))
    elif answer.lines:
        click.echo("\n".join(answer.lines))
    return answer.code


def progress(refs: Sequence[Ref]) -> Iterable[Ref]:
    """A bar on the terminal while many definitions are compiled; nothing where nobody looks."""
    unseen = len(refs) < MANY or not sys.stderr.isatty()
    with click.progressbar(refs, file=sys.stderr, hidden=unseen) as bar:
        yield from bar


@main.verb()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def new(desk: Desk, folder: Path) -> int:
    """Lay out a workspace."""
    return show(workspaces.created(desk, folder))


@main.verb(hidden=True)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def starter(desk: Desk, folder: Path) -> int:
    """What `make run` begins with."""
    return show(sample.sampled(desk, folder))


@main.verb()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@listing(GITHUB)
@option("--strict", is_flag=True)
@option("--watch", is_flag=True)
@option("--fix", is_flag=True)
@click.pass_obj
def check(desk: Desk, paths: tuple[Path, ...], style: str, strict: bool, watch: bool, fix: bool) -> int:
    """All findings."""
    if watch and (fix or style != TEXT):
        raise Usage("shell-watch-alone")
    if watch:
        return interrupted(lambda: watching.watched(desk, paths, strict=strict, say=click.echo, wait=Event().wait))
    if fix and style == GITHUB:
        raise Usage("shell-bad-value", name="--format", allowed=f"{TEXT}, {JSON}")
    verb = repairing.fixed if fix else checking.annotated if style == GITHUB else checking.checked
    return show(verb(desk, paths, strict=strict), style)


@main.verb()
@click.argument("ref", metavar="T PATH|CODE")
@click.argument("path", metavar="", required=False)
@listing()
@click.pass_obj
def explain(desk: Desk, ref: str, path: str | None, style: str) -> int:
    """Layers of a property, or a finding."""
    if path is None:
        return show(explaining.explained(desk, ref), style)
    return show(showing.explained(desk, ref, path), style)


@main.verb()
@click.argument("ref", metavar="T")
@option("--emit", type=click.Choice(list(showing.EMITTERS)), required=True)
@click.pass_obj
def build(desk: Desk, ref: str, emit: str) -> int:
    """One artefact."""
    return show(showing.built(desk, ref, emit))


@main.verb("try")
@click.argument("ref", metavar="T")
@option("--data", metavar="FILE|-", type=click.File("rb"), required=True)
@option("--entry", metavar="ENTRY", default="")
@click.pass_obj
def try_(desk: Desk, ref: str, data: Any, entry: str) -> int:
    """One record, judged and not stored."""
    return show(showing.tried(desk, ref, data.read(), entry))


@main.verb()
@click.argument("refs", metavar="[T]...", nargs=-1)
@listing()
@click.pass_obj
def test(desk: Desk, refs: tuple[str, ...], style: str) -> int:
    """The templates' cases."""
    return show(showing.tested(desk, refs), style)


@main.verb()
@click.argument("refs", metavar="[T]...", nargs=-1)
@option("--dry-run", is_flag=True)
@listing()
@click.pass_obj
def publish(desk: Desk, refs: tuple[str, ...], dry_run: bool, style: str) -> int:
    """Freeze and store versions."""
    return show(publishing.published(desk, refs, dry_run=dry_run, progress=progress), style)


@main.verb()
@click.argument("template", metavar="TEMPLATE")
@click.argument("department", metavar="DEPT")
@click.pass_obj
def clone(desk: Desk, template: str, department: str) -> int:
    """Begin a department's overlay."""
    return show(workspaces.cloned(desk, template, department))


@main.verb()
@option("--host", default="127.0.0.1")
@option("--port", type=click.IntRange(0, 65535), envvar="PORT", default=DEFAULT_PORT)
@option("--watch", "live", is_flag=True)
@click.pass_obj
def serve(desk: Desk, host: str, port: int, live: bool) -> int:
    """The web app."""
    key, base_url = (os.environ.get(name, "") for name in SIGNING)
    told = serving.settings(desk, key, base_url, host, watch=live)
    return interrupted(lambda: serving.served(desk, told, host, port, click.echo))


@user.verb("add")
@click.argument("name", metavar="NAME")
@option("--role", "roles", multiple=True)
@option("--department", default="")
@option("--name", "full_name", default="")
@option("--password-stdin", is_flag=True)
@click.pass_obj
def add_user(
    desk: Desk, name: str, roles: tuple[str, ...], department: str, full_name: str, password_stdin: bool
) -> int:
    """Somebody who may sign in."""
    given = piped() if password_stdin else None
    return show(staff.add(desk, name, given, name=full_name, roles=roles, department=department))


@user.verb("list")
@listing()
@click.pass_obj
def list_users(desk: Desk, style: str) -> int:
    """Everybody."""
    return show(staff.users(desk), style)


@user.verb("disable")
@click.argument("name", metavar="NAME")
@click.pass_obj
def disable_user(desk: Desk, name: str) -> int:
    """Let somebody in no more."""
    return show(staff.disable(desk, name))


@user.verb("password")
@click.argument("name", metavar="NAME")
@option("--password-stdin", is_flag=True)
@click.pass_obj
def set_password(desk: Desk, name: str, password_stdin: bool) -> int:
    """Another password."""
    return show(staff.password(desk, name, piped() if password_stdin else None))


@token.verb("create")
@click.argument("name", metavar="USER")
@click.pass_obj
def create_token(desk: Desk, name: str) -> int:
    """A token for a program."""
    return show(staff.token(desk, name))


@link.verb("create")
@click.argument("ref", metavar="T")
@click.argument("entry", metavar="ENTRY")
@option("--set", "values", metavar="FIELD=VALUE", multiple=True)
@option("--owner", metavar="USER", default="")
@option("--label", metavar="TEXT", default="")
@option("--qr", "picture", metavar="FILE.svg|.png", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def create_link(
    desk: Desk, ref: str, entry: str, values: tuple[str, ...], owner: str, label: str, picture: Path | None
) -> int:
    """A link for visitors."""
    key, base_url, port = (os.environ.get(name, "") for name in (*SIGNING, "PORT"))
    wish = linking.Wish(values=values, owner=owner, label=label, picture=picture)
    served = int(port) if port.isdecimal() else DEFAULT_PORT
    return show(linking.created(desk, ref, entry, wish, key=key, base_url=base_url, port=served))


@store.verb("verify")
@option("--expect", metavar="HEAD", default="")
@listing()
@click.pass_obj
def verify_store(desk: Desk, expect: str, style: str) -> int:
    """Is what is kept what was written?"""
    return show(keeping.verified(desk, expect), style)


def interrupted(run: Callable[[], int | None]) -> int:
    """What runs until somebody has seen enough: Ctrl+C ends it, and that is no failure."""
    try:
        return run() or 0
    except KeyboardInterrupt:
        click.echo()
    return 0


def piped() -> str:
    """The password on the first line of the standard input."""
    return sys.stdin.readline().rstrip("\r\n")


if __name__ == "__main__":
    main()
