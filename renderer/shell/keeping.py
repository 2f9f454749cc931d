"""`store verify`: whether what is kept is what was written."""

from __future__ import annotations

import re
from pathlib import Path

from renderer.shell.desk import Answer, Desk, Usage
from workflows.keep.verify import Problem, verify

_HASH = re.compile(r"[0-9a-f]{64}")


def verified(desk: Desk, expect: str) -> Answer:
    """The journal read from its first line; 1 when anything is wrong. Raises Usage where there is none, OSError."""
    if expect and not _HASH.fullmatch(expect):
        raise Usage("shell-no-hash", written=expect)
    found = verify(_journal(desk), expect or None)
    problems = [_problem(desk, problem) for problem in found.problems]
    lines = [desk.say("shell-store-problem", file=p["file"], offset=p["offset"], reason=p["reason"]) for p in problems]
    code = "shell-store-damaged" if found.problems else "shell-store-whole"
    lines.append(desk.say(code, lines=found.lines, problems=len(found.problems)))
    lines.append(desk.say("shell-head", seq=found.head.seq, hash=found.head.hash))
    head = {"seq": found.head.seq, "hash": found.head.hash}
    return Answer(tuple(lines), {"lines": found.lines, "head": head, "problems": problems}, int(bool(problems)))


def _problem(desk: Desk, found: Problem) -> dict[str, object]:
    """What is wrong where, by its code and in the reader's language."""
    reason = desk.say(found.code, **found.args)
    return {"file": found.file, "offset": found.offset, "code": found.code, "reason": reason}


def _journal(desk: Desk) -> Path:
    scheme, _, place = desk.url.partition(":")
    if scheme != "tinydb":
        raise Usage("shell-no-journal", url=scheme)
    return desk.workspace.root / place
