"""`check --watch`: all findings once; then, whenever files change, what has come and what has gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from builder.diagnostic import Diagnostic
from builder.language import catalogue
from builder.watch import Watch
from renderer.shell import checking
from renderer.shell.desk import Answer, Desk
from renderer.shell.findings import at

Wait = Callable[[float], bool]  # waits so many seconds; whether to stop
Say = Callable[[str], object]
PAUSE = 0.5  # seconds between two looks at the files' times: soon enough after a save, and next to no work


def watched(desk: Desk, paths: Sequence[Path], *, strict: bool, say: Say, wait: Wait) -> int:
    """Check again and again until `wait` says stop; the last exit code. Raises as `checked`, at the beginning."""
    watch = Watch(desk.workspace.root)
    found: Sequence[Diagnostic] = checking.found_in(desk.workspace, paths)
    first = checking.answered(desk, found, strict=strict)
    _print(first, say)
    say(desk.say("shell-watching"))
    code = first.code
    while not wait(PAUSE):
        if watch.changed():
            found, code = _again(desk, paths, found, code, strict=strict, say=say)
    return code


def _again(
    desk: Desk, paths: Sequence[Path], before: Sequence[Diagnostic], code: int, *, strict: bool, say: Say
) -> tuple[Sequence[Diagnostic], int]:
    """Check once more and tell the difference; a file that is just being written is looked at when it is there."""
    try:
        found = checking.found_in(desk.workspace, paths)
    except OSError:
        return before, code
    come, gone = _less(desk, found, before), _less(desk, before, found)
    for each in gone:
        say(desk.say("shell-gone", place=at(each.place), cause=_cause(desk, each), name=each.code))
    rest = checking.answered(desk, found, strict=strict)
    if come or gone:
        _print(Answer((*checking.told(desk, come), rest.lines[-1])), say)
    return found, rest.code


def _less(desk: Desk, found: Sequence[Diagnostic], others: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Findings that are not among others; one that has only moved to another line is the same."""
    known = Counter(_identity(desk, each) for each in others)
    kept = []
    for each in found:
        known[_identity(desk, each)] -= 1
        if known[_identity(desk, each)] < 0:
            kept.append(each)
    return kept


def _identity(desk: Desk, found: Diagnostic) -> tuple[str, str, str]:
    return found.code, found.place.file, _cause(desk, found)


def _cause(desk: Desk, found: Diagnostic) -> str:
    return catalogue.describe(found, desk.language).cause


def _print(answer: Answer, say: Say) -> None:
    for line in answer.lines:
        say(line)
