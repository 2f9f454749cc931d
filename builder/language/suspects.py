"""What YAML reads without complaint and yet does not mean what was written: cut texts, swallowed lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.language.events import Flaw, Mark
from builder.numerals import read_decimal

_HASH = re.compile(r"(?<=\S)([ \t]+)(#[^\s#!][^\r\n]*)")
_GLUED = re.compile(r"^[ \t]*(?:- )?([^\W\d][\w-]*)([:：])(?=[^\s/])", re.MULTILINE)
_SIGNS = re.compile(r"\s*(&&|\|\|)\s*")
_WORDS = {"&&": " and ", "||": " or "}
_TEXTS = re.compile(r"""("[^"]*"|'[^']*')""")
_WORD = re.compile(r"[\w.-]+")
_OR = re.compile(r"\|\||\bor\b")


def _together(formulas: list[str]) -> str:
    """Several conditions as one."""
    several = len(formulas) > 1
    return " and ".join(f"({each})" if several and _OR.search(each) else each for each in map(_spelled, formulas))


def _spelled(formula: str) -> str:
    """A formula with our words for the signs of programmers, outside its texts."""
    parts = _TEXTS.split(formula)
    return "".join(part if i % 2 else _SIGNS.sub(lambda sign: _WORDS[sign[1]], part) for i, part in enumerate(parts))


def _literal(word: str) -> str:
    """A word as a formula says it: a text stands in quotes."""
    return word if read_decimal(word) is not None or word in ("true", "false") else f'"{word}"'


@dataclass(frozen=True, slots=True)
class Meant:
    """What a flow map's key without a value was meant to be: the rest of the text at `key`, or a pair of its own.

    `told` is False when an earlier key already told of the same text.
    """

    code: str
    key: str
    value: str
    index: int
    told: bool = True


class Suspects:
    """Looks at the raw text beside the tree. `hashes` maps the end of a plain text to the comment glued to it."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = _HASH.finditer(text) if " #" in text or "\t#" in text else iter(())
        self.hashes = {match.start(): (match.start(2), match[2].rstrip()) for match in found}

    def swallowed(self, value: object, mark: Mark) -> bool:
        """Whether a key of a flow map has neither value nor colon: then it is no id."""
        return value is None and ":" not in self.text[mark.key : mark.start + 1]

    def bare(self, mark: Mark, key: str) -> bool:
        """Whether a key of a map is a word alone in { }."""
        return mark.style == "{" and isinstance(mark.inner, dict) and self.swallowed(None, mark.inner[key])

    def header(self, mark: Mark) -> str:
        """What stands on the first line of a block text, with its sign."""
        return self.text[mark.start : mark.end].split("\n", 1)[0].strip() if mark.style in ("|", ">") else ""

    def formula(self, value: object, mark: Mark) -> str:
        """What a formula in { }, or several in a list, were meant to be; "" where nobody knows."""
        if isinstance(value, list):
            parts = [item for item in value if isinstance(item, str)]
            return _together(parts) if 0 < len(parts) == len(value) else ""
        if not isinstance(value, dict) or not isinstance(mark.inner, dict):
            return ""
        if mark.style == "{" and all(self.swallowed(inner, mark.inner[key]) for key, inner in value.items()):
            return _together([*value])
        said = [f"{key} == {_literal(inner)}" for key, inner in value.items()
                if key.isidentifier() and isinstance(inner, str) and _WORD.fullmatch(inner)]  # fmt: skip
        return _together(said) if 0 < len(said) == len(value) else ""

    def key_index(self, mark: Mark, key: str) -> int:
        """Where a key of a map stands."""
        return mark.inner[key].key if isinstance(mark.inner, dict) else mark.start

    def meant(self, key: str, data: dict[str, object], mark: Mark) -> Meant | None:
        """What a key without value was meant to be, or None when nothing was written after it."""
        if mark.style != "{" or not isinstance(mark.inner, dict):
            return None
        spot = mark.inner[key]
        if glued := _GLUED.match(key):
            code = "blank-after-colon" if glued[2] == ":" else "full-width-colon"
            return Meant(code, glued[1], key[glued.end() :].strip(), spot.key + glued.start(2))
        before = [k for k in data if mark.inner[k].key < spot.key and data[k] is not None]
        cut = mark.inner[before[-1]] if before and self.swallowed(None, spot) else None
        value = data[before[-1]] if before else None
        if cut is None or cut.style or not isinstance(value, str):
            return None
        last, marks = key, mark.inner
        for after in (k for k in data if marks[k].key > spot.key):
            if not self.swallowed(data[after], marks[after]):
                break
            last = after
        whole = self.text[cut.start : marks[last].key + len(last)]
        return Meant("comma-ends-text", before[-1], whole, self.text.index(",", cut.end), told="," not in value)


def swallowed_lines(text: str, mark: Mark) -> Iterator[Flaw]:
    """Lines that look like `key：…` or `key:…` and were read as part of the plain text above them."""
    for found in _GLUED.finditer(text):
        spot = _plain_around(mark, found.start(1))
        if spot is not None and "\n" in text[spot.start : found.start(1)]:
            code = "blank-after-colon" if found[2] == ":" else "full-width-colon"
            line = text[found.start(1) :].split("\n", 1)[0].rstrip()
            yield Flaw(code, found.start(2), {"key": found[1], "written": line.replace(found[2], ": ", 1)})


def _plain_around(mark: Mark, index: int) -> Mark | None:
    """The plain scalar whose spelling holds a code point of the text."""
    while mark.inner:
        inner = mark.inner.values() if isinstance(mark.inner, dict) else mark.inner
        around = next((spot for spot in inner if spot.start <= index < spot.end), None)
        if around is None:
            return None
        mark = around
    return mark if not mark.style and mark.start <= index < mark.end else None
