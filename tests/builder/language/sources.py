"""Small definitions that the tests of this room break."""

from __future__ import annotations

from builder.diagnostic import Diagnostic
from builder.language import Document, Source, load

HEAD = "template: t\nversion: 1.0.0\ntitle: 表\nfields:\n"
BODY_LINE = 5  # the first line under `fields:`


def template(body: str) -> tuple[Document | None, list[Diagnostic]]:
    """Load a template whose fields are `body` (its first line is line 5)."""
    return load(Source("t.yaml", HEAD + body, "template"))


def whole(text: str, kind: str = "template") -> tuple[Document | None, list[Diagnostic]]:
    """Load a whole file."""
    return load(Source("t.yaml", text, kind))  # type: ignore[arg-type]  # a plain str in tables of tests


def spots(findings: list[Diagnostic]) -> list[tuple[str, int, int]]:
    """Findings as (code, line, column)."""
    return [(found.code, found.place.line, found.place.column) for found in findings]
