"""What the doors can do stands in their manuals: an undocumented verb, option, variable, call or status is red."""

from __future__ import annotations

import re
from pathlib import Path

import click

import cli
from builder.emit.openapi import PROBLEMS
from renderer.api.problem import BY_STATUS
from renderer.shell.commands import GLOBAL
from renderer.urls import API

COMMAND = re.compile(r"\bformwright (?:-C \S+ )?([a-z]+) ?([\w-]*)([^`\n\"。；;，,|&)]*)")


def test_the_shells_manual_names_each_verb_and_option(root: Path) -> None:
    manual = (root / "docs/cli.md").read_text("utf-8")
    for name, command in cli.main.commands.items():
        verbs = command.commands.items() if isinstance(command, click.Group) else [("", command)]
        for inner, verb in verbs:
            written = f"{name} {inner}".strip()
            assert verb.hidden or f"`{written}" in manual, written
            options = [option for p in verb.params if isinstance(p, click.Option) for option in p.opts]
            assert verb.hidden or [option for option in options if option not in manual] == [], written


def test_the_shells_manual_names_each_variable(root: Path) -> None:
    manual = (root / "docs/cli.md").read_text("utf-8")
    read = {
        name
        for door in ("cli.py", "wsgi.py")
        for name in re.findall(r"FORMWRIGHT_[A-Z_]+[A-Z]", (root / door).read_text())
    }
    assert read and [name for name in read if f"`{name}`" not in manual] == []


def test_each_command_that_a_page_or_a_message_names_is_one(root: Path) -> None:
    pages = [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("schemas/messages/*.yaml")]
    named = {found.groups() for path in pages for found in COMMAND.finditer(path.read_text("utf-8"))}
    assert len(named) > 50 and [words for words in sorted(named) if not exists(*words)] == []


def exists(verb: str, inner: str, rest: str) -> bool:
    """Whether there is such a verb, and under it such options."""
    command = cli.main.commands.get(verb)
    if isinstance(command, click.Group):
        command = command.commands.get(inner)
    known = {name for each in command.params for name in each.opts} | GLOBAL.keys() if command else set()
    return command is not None and set(re.findall(r" (--[a-z-]+)", f" {inner}{rest}")) <= known | {"--help"}


def test_the_finding_it_shows_is_the_one_that_the_tutorial_types(root: Path) -> None:
    manual, readme = ((root / name).read_text("utf-8") for name in ("docs/cli.md", "README.md"))
    shown = manual.partition("```text\n")[2].partition("```")[0]
    assert shown and f"$ formwright check\n{shown}" in readme


def test_the_apis_manual_names_each_call_and_status(root: Path) -> None:
    manual = (root / "docs/api.md").read_text("utf-8")
    names = {"<template>": "T", "<record>": "ID", "<action>": "ACTION", "<field>": "FIELD", "<file>": "FILE"}
    for rule in API:
        path = rule.rule
        for hole, name in names.items():
            path = path.replace(hole, name)
        method = f"{rule.methods} {path}"
        assert f"`{method}" in manual or f"`{method}?" in manual, method
    statuses = {*BY_STATUS, *PROBLEMS, 403, 409, 422, 428, 503} - {500}
    assert [status for status in statuses if not re.search(rf"\b{status}\b", manual)] == []
