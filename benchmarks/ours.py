"""Formwright with the same form: a workspace made and published by the shell, opened by the door for servers."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.theirs import INVALID, VALID
from benchmarks.visitor import Visitor

HERE = Path(__file__).resolve().parent
RENAMED = {"department": "dept", "owner": "owner_name"}
WORKSPACE = """\
formwright: 1
company: Bench
languages: [en]
currency: CNY
timezone: Asia/Shanghai
roles: {clerk: Clerk}
departments: {office: Office}
store: tinydb:data
"""
USER, PASSWORD, KEY = "bench", "a long password for the bench", "idempotency-key"


def translated(answers: dict[str, Any]) -> dict[str, Any]:
    """The rival's answers under our names."""
    return {RENAMED.get(name, name): value for name, value in answers.items()}


OURS_VALID, OURS_INVALID = translated(VALID), translated(INVALID)


def make_workspace(folder: Path, definitions: Mapping[str, str] | None = None) -> Path:
    """A workspace with definitions (the lead form) published and one user, made by the shell's own verbs."""
    (folder / "templates").mkdir(parents=True)
    (folder / "formwright.yaml").write_text(WORKSPACE, "utf-8")
    for name, text in (definitions or {"lead": (HERE / "lead.yaml").read_text("utf-8")}).items():
        (folder / "templates" / f"{name}.yaml").write_text(text, "utf-8")
    shell(folder, "publish")
    shell(folder, "user", "add", USER, "--role", "clerk", "--department", "office", "--password-stdin", typed=PASSWORD)
    return folder


def shell(folder: Path, *words: str, typed: str = "") -> str:
    """One command of the shell in a workspace; what it printed."""
    command = [sys.executable, str(HERE.parent / "cli.py"), "-C", str(folder), *words]
    return subprocess.run(command, input=typed, capture_output=True, text=True, check=True).stdout


def open_app(workspace: Path) -> Any:
    """The WSGI application of the door for servers, over a workspace."""
    os.environ["FORMWRIGHT_WORKSPACE"] = str(workspace)
    return importlib.import_module("wsgi").application


def another_app(workspace: Path) -> Any:
    """The application over another workspace, beside the first."""
    os.environ["FORMWRIGHT_WORKSPACE"] = str(workspace)
    return importlib.import_module("wsgi").build()


def login(app: Any) -> Visitor:
    """Somebody logged in."""
    visitor = Visitor(app)
    answer = visitor.post("/login", {**visitor.hidden("/login"), "user": USER, "password": PASSWORD})
    assert answer.status in (302, 303), answer.body
    return visitor
