"""Pages and processes: both apps called in process, logged in; both started from nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from benchmarks import ours, theirs
from benchmarks.timing import Figure, in_turn, pair
from benchmarks.visitor import Visitor

PLACEHOLDER = "00000000-0000-0000-0000-000000000000"


def pages(our: Visitor, rival: Visitor) -> Iterator[Figure]:
    """GET and POST of the 30-field form, logged in, through the WSGI callables."""
    for visitor, path in ((our, "/f/lead"), (rival, "/lead/new")):
        visitor.get(path)
        visitor.settled = True
    form, drawn, cached = (
        checked(our, "/f/lead", 200),
        checked(rival, "/lead/new", 200),
        checked(rival, "/lead/cached", 200),
    )
    yield Figure("GET the form", "drawn by the rival", "≤", 0.25, in_turn(form, drawn))
    yield Figure("GET the form", "cached by the rival", "≤", 1.5, in_turn(form, cached))
    valid = (
        poster(our, "/f/lead", ours.KEY, ours.OURS_VALID, 303),
        poster(rival, "/lead/new", theirs.KEY, theirs.VALID, 303),
    )
    yield Figure("POST, valid", "the rival's", "≤", 1.0, in_turn(*valid))
    invalid = (
        poster(our, "/f/lead", ours.KEY, ours.OURS_INVALID, 422),
        poster(rival, "/lead/new", theirs.KEY, theirs.INVALID, 422),
    )
    yield Figure("POST, invalid", "the rival's", "≤", 0.5, in_turn(*invalid))


def checked(visitor: Visitor, path: str, status: int) -> Any:
    """An act: GET the path. The first answer is looked at before anything is timed."""
    answer = visitor.get(path)
    assert answer.status == status, (path, answer.status, answer.body[:500])
    return lambda: visitor.get(path)


def poster(visitor: Visitor, path: str, key: str, answers: dict[str, Any], status: int) -> Any:
    """An act: POST the answers under a fresh idempotency key; encoding the body is the browser's work."""
    fields = {**answers, **visitor.hidden(path), key: PLACEHOLDER}
    body, mark = urlencode(fields, doseq=True).encode(), PLACEHOLDER.encode()

    def act() -> int:
        return visitor.post(path, body.replace(mark, str(uuid.uuid4()).encode())).status

    assert act() == status, (path, visitor.post(path, body).body[:2000].decode())
    return act


def starts(workspace: Path, folder: Path) -> Iterator[Figure]:
    """A process of its own for each: from nothing to the first page, and the memory it rests with."""
    our = {"FORMWRIGHT_WORKSPACE": str(workspace)}, ("wsgi", "application")
    rival = {"DB_URL": theirs.database(folder)}, ("benchmarks.rival.app", "app")
    memory: dict[str, list[int]] = {"wsgi": [], "benchmarks.rival.app": []}
    # What is installed has its bytecode: where the environment forbids to write it, a start would compile us anew.
    written = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def start(environment: dict[str, str], app: tuple[str, str]) -> float:
        command = [sys.executable, "-m", "benchmarks.start", *app]
        begin = perf_counter()
        done = subprocess.run(
            command,
            env={**written, **environment},
            cwd=ours.HERE.parent,
            capture_output=True,
            text=True,
            check=True,
        )
        memory[app[0]].append(int(done.stdout))
        return perf_counter() - begin

    start(*our), start(*rival)
    for rests in memory.values():
        rests.clear()
    cold = pair(lambda: start(*our), lambda: start(*rival), rounds=5)
    yield Figure("cold start to the first page", "the rival's", "≤", 1.5, cold)
    mine, other = (iter(rests) for rests in memory.values())
    yield Figure(
        "memory at rest", "the rival's", "≤", 1.5, pair(lambda: next(mine), lambda: next(other), rounds=5), "B"
    )
