"""Named text formats: how people write them, and the check digits that their pattern in the JSON Schema cannot say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
RESIDENT_SIGNS = "10X98765432"
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
BETWEEN = re.compile("[ \\t\\n\u2010-]")  # what people write between groups of digits
COUNTRY = re.compile(r"(?:\+|00)?86(?=1[0-9]{10}$)")


def tidy(name: str, text: str) -> str:
    """A text of a named format as it is kept: no full-width signs, blanks or hyphens, capitals, no +86."""
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    return COUNTRY.sub("", plain, count=1) if name == "cn_mobile" and COUNTRY.match(plain) else plain


def check_uscc(text: str) -> bool:
    """Whether the 18th sign of a unified social credit code fits the others (GB 32100-2015, modulo 31)."""
    total = sum(USCC_SIGNS.index(sign) * weight for sign, weight in zip(text, USCC_WEIGHTS, strict=False))
    return USCC_SIGNS[-total % 31] == text[17]


def check_resident_id(text: str) -> bool:
    """Whether the 18th sign of a resident identity number fits the others (GB 11643-1999, modulo 11), born on a day."""
    total = sum(int(digit) * weight for digit, weight in zip(text, RESIDENT_WEIGHTS, strict=False))
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return RESIDENT_SIGNS[total % 11] == text[17]


def check_bank_card(text: str) -> bool:
    """Whether the last digit of a card number fits the others (ISO/IEC 7812-1, the Luhn algorithm)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(text)))
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "uscc": check_uscc,
    "resident_id": check_resident_id,
    "bank_card": check_bank_card,
}
