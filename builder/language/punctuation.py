"""Full-width punctuation that a Chinese keyboard writes where the language wants half-width."""

from __future__ import annotations

import re

WIDE = "：，；（）［］｛｝＝＜＞！＋－＊／％＆｜？“”‘’＂＇　．"
NARROW = ":,;()[]{}=<>!+-*/%&|?\"\"''\"' ."

_NARROWED = str.maketrans(WIDE, NARROW)
_WIDE = re.compile(f"[{WIDE}]")
_STRING = re.compile(r'"[^"]*"|\'[^\']*\'')


def full_width(text: str, *, quoted: bool = False) -> re.Match[str] | None:
    """The first full-width sign; with `quoted`, those inside "…" and '…' do not count."""
    return _WIDE.search(_STRING.sub(lambda found: "." * len(found[0]), text) if quoted else text)


def half_width(text: str, *, quoted: bool = False) -> str:
    """The same text with half-width signs, of the same length; with `quoted`, "…" and '…' stay as they are."""
    if not quoted:
        return text.translate(_NARROWED)
    parts, end = [], 0
    for found in _STRING.finditer(text):
        parts += [text[end : found.start()].translate(_NARROWED), found[0]]
        end = found.end()
    return "".join([*parts, text[end:].translate(_NARROWED)])
