"""A raw line of a definition, taken apart without a parser: its key, its values, its brackets and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PAIR = re.compile(r"""(?:^[ \t]*(?:-[ ]+)*|[{,\[][ ]*)(?P<key>[^\s:：,{}\[\]'"#]+):[ \t]+(?=\S)""")
_CLOSER = {"{": "}", "[": "]", "(": ")"}
OPEN, CLOSE = "{[", "}]"


@dataclass(frozen=True, slots=True)
class Pair:
    """A `key: value` of a line; `start` and `end` bound the value, `flow` says it stands inside { }."""

    key: str
    value: str
    start: int
    end: int
    flow: bool


def pairs(line: str) -> Iterator[Pair]:
    """The pairs of a line that have a value, the outer first; inside { } a value ends at a comma in no bracket."""
    at = 0
    while found := _PAIR.search(line, at):
        flow = any(sign in OPEN for sign, _ in unclosed(line[: found.end("key")]))
        end = _flow_end(line, found.end()) if flow else len(line)
        value = line[found.end() : end].rstrip()
        if value:
            yield Pair(found["key"], value, found.end(), found.end() + len(value), flow)
        at = found.end()


def _flow_end(line: str, start: int) -> int:
    """Where a plain value of a flow map was meant to end: at a comma or closing bracket that it did not open itself."""
    depth, quote = 0, ""
    for i in range(start, len(line)):
        sign = line[i]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in _CLOSER:
            depth += 1
        elif sign in ")]}":
            depth -= 1
        if depth < 0 or (sign == "," and depth == 0 and not quote):
            return i
    return len(line)


def unclosed(line: str) -> list[tuple[str, int]]:
    """The { and [ that are not closed in a line and the } and ] that close nothing, each with its place."""
    waiting: list[tuple[str, int]] = []
    quote = ""
    for i, sign in enumerate(line):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and (i == 0 or line[i - 1] in " \t{[,("):
            quote = sign
        elif sign in OPEN:
            waiting.append((sign, i))
        elif sign in CLOSE:
            if waiting and waiting[-1][0] in OPEN and _CLOSER[waiting[-1][0]] == sign:
                waiting.pop()
            else:
                waiting.append((sign, i))
    return waiting


def code(line: str) -> str:
    """A line without the comment at its end; a `#` glued to a word is taken for a part of the text."""
    for found in re.finditer(r"(?:^|(?<=\s))#(?=\s|$)", line):
        before = line[: found.start()]
        if not any(before.count(quote) % 2 for quote in "\"'"):
            return before.rstrip()
    return line.rstrip()


def closers(signs: list[tuple[str, int]]) -> str:
    """What closes the open brackets, the inner first."""
    return "".join(_CLOSER[sign] for sign, _ in reversed(signs) if sign in OPEN)


def indent(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))


def quoted(text: str) -> str:
    """A text in '…', its own quotes doubled."""
    return "'" + text.replace("'", "''") + "'"
