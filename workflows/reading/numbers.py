"""Numbers, amounts and yes or no."""

from __future__ import annotations

import math
from decimal import Context, Decimal

from builder.emit.schema import LARGEST
from builder.model import Field
from builder.numerals import read_decimal
from workflows.reading.answer import Directory, Kept, Read
from workflows.reading.texts import folded
from workflows.record import Fault

FEW = 9  # digits: an amount of so many is within the range of numbers in any currency
EXACT = Context(prec=400)  # wider than any number that can be written: shifting the point never rounds
YES = frozenset({"true", "yes", "on", "y", "1", "是", "有"})
NO = frozenset({"false", "no", "off", "n", "0", "否", "无"})


def _decimal(raw: object) -> Decimal | None:
    """The exact number that was sent; None when it is not one (NaN, infinities and booleans are not)."""
    if isinstance(raw, str):
        return read_decimal(raw)
    if isinstance(raw, float):
        return Decimal(repr(raw)) if math.isfinite(raw) else None
    return Decimal(raw) if isinstance(raw, int) and not isinstance(raw, bool) else None


def _digits(raw: object) -> int | None:
    """What nearly all numbers are: a few plain digits, which need no closer reading."""
    return int(raw) if isinstance(raw, str) and len(raw) <= FEW and raw.isascii() and raw.isdecimal() else None


def number_reader(field: Field) -> Read:
    def read(raw: object, directory: Directory, kept: Kept) -> object:
        digits = _digits(raw)
        if digits is not None:
            return float(digits)
        number = _decimal(raw)
        value = math.inf if number is None else float(number)
        return value + 0.0 if math.isfinite(value) else Fault("not-number")

    return read


def _whole(number: Decimal | None, fault: Fault) -> object:
    if number is None or number != number.to_integral_value():
        return fault
    return int(number) if abs(number) <= LARGEST else Fault("out-of-range", {"max": LARGEST})


def integer_reader(field: Field) -> Read:
    fault = Fault("not-integer")

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        digits = _digits(raw)
        return _whole(_decimal(raw), fault) if digits is None else digits

    return read


def money_reader(field: Field) -> Read:
    scale = field.scale
    fault = Fault("too-many-decimals", {"scale": scale, "currency": field.currency})

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        digits = _digits(raw)
        if digits is not None:
            return digits * 10**scale
        number = _decimal(raw)
        if number is None:
            return Fault("not-money")
        return _whole(EXACT.scaleb(number, scale), fault)

    return read


def boolean_reader(field: Field) -> Read:
    def read(raw: object, directory: Directory, kept: Kept) -> object:
        if isinstance(raw, bool):
            return raw
        word = folded(raw, "not-boolean")
        if isinstance(word, Fault):
            return word
        return True if word.lower() in YES else False if word.lower() in NO else Fault("not-boolean")

    return read
