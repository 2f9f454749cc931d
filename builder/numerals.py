"""Numbers as people write them: `1,000`, full-width digits, `5万`, `1.5亿` (language.md, rule 2); and back."""

from __future__ import annotations

import re
import unicodedata
from decimal import Context, Decimal

_NUMERAL = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(\.[0-9]+)?(万|亿)?")
_UNITS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
LONGEST = 40
_EXACT = Context(prec=2 * LONGEST)  # wider than any of them: nothing is rounded


def read_decimal(text: str) -> Decimal | None:
    """The exact number a person wrote, or None when it is not one. Never NaN or infinite; at most 40 characters."""
    plain = (text if text.isascii() else unicodedata.normalize("NFKC", text).replace("−", "-")).strip()
    found = _NUMERAL.fullmatch(plain) if len(plain) <= LONGEST else None
    if found is None or not (found[2] or found[3]):
        return None
    digits = (found[2] or "0").replace(",", "") + (found[3] or "")
    number = Decimal(found[1] + digits)
    return _EXACT.multiply(number, _UNITS[found[4]]) if found[4] else number


def in_units(scaled: int, scale: int) -> int | float:
    """A scaled integer as a number of whole units, as in JSON; its shortest spelling is exact up to 15 digits."""
    number = Decimal(scaled).scaleb(-scale)
    return int(number) if number == number.to_integral_value() else float(number)
