"""Authors' words in Markdown: shown as written, whatever signs are in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|#~&$"})
LINE_START = re.compile(r"^([-+=:]|[0-9]+(?=[.)]))")  # what would begin a list, a rule or a table

BAR, BAR_SHOWN = re.compile(r"(?<!\\)\|"), r"\\|"


def plain(text: str) -> str:
    """A text as one line that Markdown reads as nothing but text."""
    return LINE_START.sub(_escaped, " ".join(text.split()).translate(SIGNS))


def _escaped(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def code(text: str) -> str:
    """A text as code."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if "`" in text else ""
    return f"{fence}{space}{' '.join(text.split())}{space}{fence}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table and a blank one; nothing without rows."""
    if rows:
        yield _row(head)
        yield _row(["---"] * len(head))
        yield from map(_row, rows)
        yield ""


def _row(cells: Sequence[str]) -> str:
    """A bar would end its cell, even in code."""
    return f"| {' | '.join(BAR.sub(BAR_SHOWN, cell) for cell in cells)} |"
