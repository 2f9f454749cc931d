"""Full-width punctuation that a Chinese keyboard writes where the language wants half-width."""

from __future__ import annotations

import re

WIDE = "：，；（）［］｛｝＝＜＞！＋－＊／％＆｜？“”‘’＂＇　．"
NARROW = ":,;()[]{}=<>!+-*/%&|?\"\"''\"' ."

_NARROWED = str.maketrans(WIDE, NARROW)
_WIDE = re.compile(f"[{WIDE}]")


def full_width(text: str) -> re.Match[str] | None:
    """The first full-width sign of a text."""
    return _WIDE.search(text)


def half_width(text: str) -> str:
    """The same text with half-width signs, of the same length."""
    return text.translate(_NARROWED)


def unwrapped(text: str) -> str:
    """What a text says inside “…” or ＂…＂ around all of it; "" when it is not written like that."""
    if len(text) > 2 and text[0] + text[-1] in ("“”", "＂＂", "””", "““"):
        inner = text[1:-1].strip()
        return "" if any(sign in inner for sign in "“”＂") else inner
    return ""
