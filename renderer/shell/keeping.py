"""`store verify`: whether what is kept is what was written."""

from __future__ import annotations

from pathlib import Path

from renderer.shell.desk import Answer, Desk, Usage
from workflows.keep.verify import verify


def verified(desk: Desk, expect: str) -> Answer:
    """The journal read from its first line; 1 when anything is wrong. Raises Usage where there is none, OSError."""
    found = verify(_journal(desk), expect or None)
    lines = [f"{problem.file}: {problem.reason} ({problem.offset})" for problem in found.problems]
    code = "shell-store-damaged" if found.problems else "shell-store-whole"
    lines.append(desk.say(code, lines=found.lines, problems=len(found.problems)))
    lines.append(desk.say("shell-head", seq=found.head.seq, hash=found.head.hash))
    problems = [{"file": p.file, "offset": p.offset, "reason": p.reason} for p in found.problems]
    head = {"seq": found.head.seq, "hash": found.head.hash}
    return Answer(tuple(lines), {"lines": found.lines, "head": head, "problems": problems}, int(bool(problems)))


def _journal(desk: Desk) -> Path:
    scheme, _, place = desk.url.partition(":")
    if scheme != "tinydb":
        raise Usage("shell-no-journal", url=scheme)
    return desk.workspace.root / place
