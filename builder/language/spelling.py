"""How a scalar's value is spelled in the file: from a code point of the value to one of the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Spelled = Iterator[tuple[str, int]]  # the value's code points, each with where it is spelled in the raw text

_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HEX = {"x": 2, "u": 4, "U": 8}


def spelled_at(raw: str, style: str, value: object, offset: int) -> int:
    """Where in `raw` (a scalar with its quotes or its `|` line) the code point `offset` of its value is spelled.

    An offset at the end of the value is just after its last code point. When the value cannot be traced (it was
    repaired), the answer is the offset itself, kept within the text.
    """
    if not isinstance(value, str) or (offset <= 0 and style not in _READERS):
        return 0
    for spelled in _READERS.get(style, _plain)(raw):
        where = list(spelled)
        if "".join(ch for ch, _ in where) == value:
            ends = [i for _, i in where] + [where[-1][1] + 1 if where else 0]
            return ends[min(max(offset, 0), len(value))]
    return min(max(offset, 0), max(len(raw) - 1, 0))


def _plain(raw: str) -> Iterator[Spelled]:
    yield _folded_lines([(line, 0, _literally) for line in _lines(raw)], raw)


def _single(raw: str) -> Iterator[Spelled]:
    yield _folded_lines([(line, 1, _doubled) for line in _lines(raw[1:-1])], raw)


def _double(raw: str) -> Iterator[Spelled]:
    yield _folded_lines([(line, 1, _escaped) for line in _lines(raw[1:-1])], raw)


Line = tuple[str, int]  # the line without its break, and where it starts


def _lines(text: str) -> list[Line]:
    lines, start = [], 0
    for found in _BREAK.finditer(text):
        lines.append((text[start : found.start()], start))
        start = found.end()
    return [*lines, (text[start:], start)]


def _folded_lines(parts: list[tuple[Line, int, Callable[[str, int], Spelled]]], raw: str) -> Spelled:
    """Flow scalars: a break becomes a blank, several become one fewer, blanks around them go."""
    blank = 0  # breaks seen and not yet written
    where = 0
    for number, ((line, start), shift, read) in enumerate(parts):
        body = line.lstrip(" \t") if number else line
        begin = start + shift + len(line) - len(body)
        if number < len(parts) - 1:
            body = _stripped(body, read)
        if number:
            blank += 1
        if not body and 0 < number < len(parts) - 1:
            continue
        if blank:
            yield from ((ch, where) for ch in ("\n" * (blank - 1) or " "))
        joined = read is _escaped and number < len(parts) - 1 and _ends_with_backslash(body)
        yield from read(body[:-1] if joined else body, begin)
        where = begin + len(body)
        blank = -1 if joined else 0


def _stripped(body: str, read: Callable[[str, int], Spelled]) -> str:
    bare = body.rstrip(" \t")
    escaped_blank = read is _escaped and bare != body and _ends_with_backslash(bare)
    return bare + body[len(bare)] if escaped_blank else bare


def _ends_with_backslash(body: str) -> bool:
    return (len(body) - len(body.rstrip("\\"))) % 2 == 1


def _literally(body: str, start: int) -> Spelled:
    return ((ch, start + i) for i, ch in enumerate(body))


def _doubled(body: str, start: int) -> Spelled:
    i = 0
    while i < len(body):
        yield body[i], start + i
        i += 2 if body.startswith("''", i) else 1


def _escaped(body: str, start: int) -> Spelled:
    i = 0
    while i < len(body):
        if body[i] != "\\":
            yield body[i], start + i
            i += 1
            continue
        kind = body[i + 1 : i + 2]
        digits = _HEX.get(kind, 0)
        yield (chr(int(body[i + 2 : i + 2 + digits], 16)) if digits else _ESCAPES.get(kind, kind)), start + i
        i += 2 + digits


def _block(raw: str) -> Iterator[Spelled]:
    """Block scalars: the depth of their indentation is tried, the one that spells the value is right."""
    (header, _), *lines = _lines(raw)
    deepest = max((len(line) - len(line.lstrip(" ")) for line, _ in lines), default=0)
    for indent in range(deepest, -1, -1):
        cut = [(line[indent:], start + min(indent, len(line))) for line, start in lines]
        for tail in _tails(cut, header):
            yield iter(_literal(tail) if header.startswith("|") else _folded(tail))


def _tails(lines: list[Line], header: str) -> Iterator[list[Line]]:
    """The lines with the breaks that the chomping indicator leaves at the end, as one empty line each."""
    kept = list(lines)
    while kept and not kept[-1][0]:
        kept.pop()
    after = lines[len(kept) :]
    if "-" in header.partition("#")[0]:
        yield kept
    elif "+" in header.partition("#")[0]:
        yield lines
    else:
        yield [*kept, *after[:1]]


def _literal(lines: list[Line]) -> list[tuple[str, int]]:
    out: list[tuple[str, int]] = []
    for number, (line, start) in enumerate(lines):
        if number:
            out.append(("\n", lines[number - 1][1] + len(lines[number - 1][0])))
        out += _literally(line, start)
    return out


def _folded(lines: list[Line]) -> list[tuple[str, int]]:
    """`>`: as literal, but single breaks between two unindented lines are blanks."""
    out: list[tuple[str, int]] = []
    breaks = 0
    previous = ""
    end = lines[0][1] if lines else 0
    last = len(lines) - 1
    for number, (line, start) in enumerate(lines):
        breaks += 1 if number else 0
        if not line and number < last:
            continue
        fold = bool(previous) and bool(line) and not previous[0].isspace() and not line[0].isspace()
        text = (" " if breaks == 1 else "\n" * (breaks - 1)) if fold and breaks else "\n" * breaks
        out += [(ch, end) for ch in text]
        out += _literally(line, start)
        previous, end, breaks = line or previous, start + len(line), 0
    return out


_READERS: dict[str, Callable[[str], Iterator[Spelled]]] = {"'": _single, '"': _double, "|": _block, ">": _block}
