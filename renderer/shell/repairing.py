"""`check --fix`: what can be put right for certain is, in the author's own files; shown as a difference."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from builder.compose.pins import write
from builder.repair import repair
from renderer.shell import checking
from renderer.shell.desk import Answer, Desk

_BOM = b"\xef\xbb\xbf"


def fixed(desk: Desk, paths: Sequence[Path], *, strict: bool) -> Answer:
    """Cure what is certain, say what was changed, then what remains. Raises as `checked`."""
    workspace = desk.workspace
    found, wanted = checking.found_in(workspace, paths), checking.located(workspace, paths)
    done = repair(workspace, [each for each in found if not wanted or checking.stands_in(each, wanted)])
    for file, (_, text) in done.texts.items():
        path = workspace.path(file)
        write(path, ("\ufeff" if path.read_bytes().startswith(_BOM) else "") + text)
    lines = [line for file, texts in done.texts.items() for line in _difference(workspace.shown(file), *texts)]
    rest = checking.answered(desk, checking.found_in(workspace, paths), strict=strict)
    count = sum(line.startswith("-") and not line.startswith("---") for line in lines)
    summary = [desk.say("shell-fixed", count=count) if count else desk.say("shell-nothing-fixed")]
    return Answer((*lines, *summary, *rest.lines), rest.data, rest.code)


def _difference(file: str, before: str, after: str) -> Iterator[str]:
    """The changed lines of a file, two lines around them."""
    yield from difflib.unified_diff(before.splitlines(), after.splitlines(), file, file, n=2, lineterm="")
    yield ""
