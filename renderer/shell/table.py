"""Rows as aligned columns: wide characters take two places in a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

GAP = "  "


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines; every column is as wide as its widest cell, the last one is not filled up."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [GAP.join(_filled(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in rows]


def width(text: str) -> int:
    """How many places a text takes in a terminal."""
    return sum(sign_width(sign) for sign in text)


def sign_width(sign: str) -> int:
    """0 for a combining mark, 2 for a wide sign, else 1."""
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def _filled(cell: str, wide: int) -> str:
    return cell + " " * (wide - width(cell))
