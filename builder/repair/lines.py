"""A text by its lines, as findings count them, with their line ends kept."""

from __future__ import annotations

import re

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")


def lines_of(text: str) -> list[str]:
    """The lines, each with its end."""
    return _LINE.findall(text)


def bare(line: str) -> str:
    """A line without its end."""
    return line.rstrip("\r\n")


def with_line(text: str, number: int, line: str) -> str:
    """The text with another line (without an end) in place of line `number`, from 1."""
    lines = lines_of(text)
    old = lines[number - 1]
    lines[number - 1] = line + old[len(bare(old)) :]
    return "".join(lines)


def without_line(text: str, number: int) -> str:
    """The text without a line."""
    lines = lines_of(text)
    return "".join(lines[: number - 1] + lines[number:])


def with_lines(text: str, number: int, new: list[str]) -> str:
    """The text with several lines in place of one; they end as it does."""
    lines = lines_of(text)
    end = lines[number - 1][len(bare(lines[number - 1])) :] or "\n"
    lines[number - 1] = "".join(line + end for line in new)
    return "".join(lines)
