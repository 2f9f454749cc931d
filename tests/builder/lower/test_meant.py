"""What is suggested for a value that is none of its type."""

from __future__ import annotations

import pytest

from builder.lower.values import meant


@pytest.mark.parametrize(
    ("kind", "written", "suggested"),
    [
        ("date", "2026/1/5", "2026-01-05"),
        ("date", "2026年1月5日", "2026-01-05"),
        ("date", "today()", "=today()"),
        ("date", "soon", ""),
        ("number", "100%", "1"),
        ("number", "5%", "0.05"),
        ("money", "50元", "50"),
        ("money", "¥5万", "5万"),
        ("integer", "100字", "100"),
        ("integer", "1e3", ""),
        ("text", "100字", ""),
    ],
)
def test_what_was_meant(kind: str, written: str, suggested: str) -> None:
    assert meant(kind, written) == suggested
