"""Patterns: a small allow-listed syntax that Python, Rust and JavaScript read alike, matched against the whole text.

Allowed: literals, `.`, classes, `( )`, `(?: )`, `|`, `* + ? {m,n}`, and the escapes `\\d \\w \\s` (ASCII, as JavaScript
reads them) and `\\` before punctuation. No look-around, no back references: they are not linear-time.
"""

from __future__ import annotations

import re

CLASSES = {"d": "0-9", "w": "A-Za-z0-9_", "s": r" \t\r\n"}
SPECIAL = frozenset("\\^$.|?*+()[]{}/-\"'#&~@%,;:!=<> _`")


class PatternFault(ValueError):
    """Why a pattern is refused, and where (an offset in code points)."""

    def __init__(self, why: str, offset: int) -> None:
        super().__init__(why)
        self.why, self.offset = why, offset


def normalise_pattern(pattern: str) -> str:
    """The pattern without anchors, escapes written out as ASCII classes. Raises PatternFault."""
    body = pattern.removeprefix("^")
    start = len(pattern) - len(body)
    if body.endswith("$") and not body.endswith("\\$"):
        body = body[:-1]
    normal = "".join(_tokens(body, start))
    try:
        re.compile(normal)
    except re.error as error:
        raise PatternFault("syntax", min(start + (error.pos or 0), len(pattern) - 1)) from error
    return normal


def _tokens(body: str, start: int) -> list[str]:
    out: list[str] = []
    in_class = False
    i = 0
    while i < len(body):
        char = body[i]
        if char == "\\":
            out.append(_escape(body[i + 1 : i + 2], in_class, start + i))
            i += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif body.startswith("(?", i) and not body.startswith("(?:", i):
            raise PatternFault("group", start + i)
        elif char in "^$":
            raise PatternFault("anchor", start + i)
        out.append(char)
        i += 1
    return out


def _escape(char: str, in_class: bool, offset: int) -> str:
    if char in CLASSES and char:
        return CLASSES[char] if in_class else f"[{CLASSES[char]}]"
    if char in SPECIAL and char:
        return "\\" + char if char in r"\^$.|?*+()[]{}-/" else char
    raise PatternFault("escape", offset)
