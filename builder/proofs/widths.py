"""How short and how long a text can be that matches a pattern (the syntax of `builder/lower/patterns.py`)."""

from __future__ import annotations

import math
import re

Width = tuple[int, float]  # least and greatest number of signs; the greatest may be infinite

_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_REPEAT = re.compile(r"([*+?])|\{(\d+)(,?)(\d*)\}")
_ONCE: Width = (1, 1)
_SIGNS: dict[str, Width] = {"*": (0, math.inf), "+": (1, math.inf), "?": (0, 1)}


def width(pattern: str) -> Width:
    """The least and the greatest length of what a pattern matches."""
    found, _ = _alternatives(pattern.removeprefix("^"), 0)
    return found


def _alternatives(text: str, at: int) -> tuple[Width, int]:
    """The width of what stands up to a closing bracket or the end, and where that is."""
    low, high = math.inf, 0.0
    while True:
        (least, most), at = _sequence(text, at)
        low, high = min(low, least), max(high, most)
        if not text.startswith("|", at):
            return (int(low), high), at
        at += 1


def _sequence(text: str, at: int) -> tuple[Width, int]:
    low, high = 0, 0.0
    while at < len(text) and text[at] not in "|)":
        (least, most), at = _piece(text, at)
        (fewest, often), at = _repeats(text, at)
        low += least * fewest
        high += 0 if not most or not often else most * often
    return (low, high), at


def _piece(text: str, at: int) -> tuple[Width, int]:
    if text[at] == "(":
        found, end = _alternatives(text, at + (3 if text.startswith("(?:", at) else 1))
        return found, end + 1
    if text[at] == "[" and (found_class := _CLASS.match(text, at)):
        return _ONCE, found_class.end()
    if text[at] == "$":
        return (0, 0), at + 1
    return _ONCE, at + (2 if text[at] == "\\" else 1)


def _repeats(text: str, at: int) -> tuple[Width, int]:
    found = _REPEAT.match(text, at)
    if found is None:
        return _ONCE, at
    lazy = 1 if text.startswith("?", found.end()) else 0
    if found[1]:
        return _SIGNS[found[1]], found.end() + lazy
    least = int(found[2])
    return (least, float(found[4]) if found[4] else math.inf if found[3] else least), found.end() + lazy
