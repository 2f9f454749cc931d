"""Check digits of named text formats: what their pattern in the JSON Schema cannot say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
RESIDENT_SIGNS = "10X98765432"
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_uscc(text: str) -> bool:
    """Whether the 18th sign of a unified social credit code fits the others (GB 32100-2015, modulo 31)."""
    total = sum(USCC_SIGNS.index(sign) * weight for sign, weight in zip(text, USCC_WEIGHTS, strict=False))
    return USCC_SIGNS[-total % 31] == text[17]


def check_resident_id(text: str) -> bool:
    """Whether the 18th sign of a resident identity number fits the others (GB 11643-1999, modulo 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(text, RESIDENT_WEIGHTS, strict=False))
    return RESIDENT_SIGNS[total % 11] == text[17]


CHECKS: Mapping[str, Callable[[str], bool]] = {"uscc": check_uscc, "resident_id": check_resident_id}
