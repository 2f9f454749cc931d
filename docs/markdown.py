"""What the written pages are made of: Markdown, in one of two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parent / "reference"
LANGUAGES = ("en", "zh")


def said(language: str, en: str, zh: str) -> str:
    """One of two texts."""
    return zh if language == "zh" else en


def said_all(language: str, en: tuple[str, ...], zh: tuple[str, ...]) -> tuple[str, ...]:
    """One of two lists of texts."""
    return zh if language == "zh" else en


def intro(page: str, language: str) -> str:
    """What a page says first."""
    written: Mapping[str, Mapping[str, str]] = yaml.safe_load(FOLDER.with_suffix(".yaml").read_text("utf-8"))
    return written[page][language]


def table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    """A Markdown table, and an empty line."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)
    yield ""


def plain(text: str) -> str:
    """A sentence in which nothing is taken for Markdown."""
    return re.sub(r"([<*_\[\]`])", r"\\\1", text)


def code(text: str) -> str:
    """A piece of a definition within a line."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"
