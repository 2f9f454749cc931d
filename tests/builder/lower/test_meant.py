"""What is suggested for a number that is none: never another amount than the one that was meant."""

from __future__ import annotations

import pytest

from builder.lower.values import meant


@pytest.mark.parametrize(
    ("kind", "written", "write"),
    [
        ("money", "50元", "50"),
        ("money", "￥1,000", "1,000"),
        ("integer", "3个", "3"),
        ("number", "50%", "0.5"),
        ("number", "５0％", "0.5"),
        ("integer", "1千", "1000"),  # not one
        ("integer", "3百万", "3000000"),
        ("number", "3k", ""),  # a thousand, or a unit
        ("integer", "1.5", ""),
        ("integer", "1.5元", ""),
        ("money", "1.234", ""),  # there is no such amount of fen
        ("integer", "三", ""),
    ],
)
def test_what_a_number_was_meant_to_be(kind: str, written: str, write: str) -> None:
    assert meant(kind, written) == write
