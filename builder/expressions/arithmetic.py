"""Arithmetic of the emitted Python: whole numbers (integers, money) and doubles. None is absent, in and out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

LARGEST = 2**53 - 1
_EXACT = Context(prec=350)  # no double has more digits before its point
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)  # decimal digits that every double keeps

Whole = int | None
Number = float | None


def whole(value: int) -> Whole:
    """A whole number, absent where it leaves ±(2⁵³−1)."""
    return value if -LARGEST <= value <= LARGEST else None


def finite(value: float) -> Number:
    """A double, absent where it is not finite; −0 is 0."""
    return value + 0.0 if math.isfinite(value) else None


def _both(calculate: Callable[[Any, Any], Any], keep: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    def function(a: Any, b: Any) -> Any:
        return None if a is None or b is None else keep(calculate(a, b))

    return function


def div(a: float | None, b: float | None) -> Number:
    """The quotient, absent by zero. Of whole numbers it is rounded once."""
    return None if a is None or not b else finite(a / b)


def mod_whole(a: Whole, b: Whole) -> Whole:
    """The remainder with the divisor's sign, absent by zero."""
    return None if a is None or not b else a % b


def mod_number(a: Number, b: Number) -> Number:
    """The remainder with the divisor's sign, absent by zero: fmod, then one step into the divisor's sign."""
    if a is None or not b:
        return None
    rest = math.fmod(a, b)
    return finite(rest + b if rest and (rest < 0) != (b < 0) else rest)


def neg(a: Any) -> Any:
    """The negative."""
    return None if a is None else 0 - a


def absolute(a: Any) -> Any:
    """The amount without its sign."""
    return None if a is None else abs(a)


def to_number(a: Whole) -> Number:
    """A whole number as a double: exact."""
    return None if a is None else float(a)


def to_money(a: Whole, scale: int) -> Whole:
    """Units as scaled money."""
    return None if a is None else whole(a * int(10**scale))


def units(a: Whole, scale: int) -> Number:
    """Scaled money as a double of units, rounded once."""
    return None if a is None else a / int(10**scale)


def rounded(x: float, digits: int) -> Decimal:
    """A double rounded half away from zero, as the decimal a person means by it.

    A double whose shortest spelling has no more digits stays that decimal. Any other is first taken to 15 significant
    digits, which removes the dust of binary calculation (1.15 · 3 = 3.4499999999999997 rounds to 3.5).
    """
    shortest = Decimal(repr(x))
    step = Decimal(1).scaleb(-digits)
    if shortest == shortest.quantize(step, context=_EXACT):
        return shortest
    return _FIFTEEN.plus(Decimal(x)).quantize(step, rounding=ROUND_HALF_UP, context=_EXACT)


def round_number(x: Number, digits: int) -> Number:
    """Rounded to a double."""
    return None if x is None else finite(float(rounded(x, digits)))


def round_to(x: Number, digits: int, scale: int) -> Whole:
    """Rounded, as a whole number of 10**-scale."""
    return None if x is None else whole(int(rounded(x, digits).scaleb(scale, context=_EXACT)))


def round_off(a: Whole, digits: int) -> Whole:
    """The last digits of a whole number made zero, half away from zero."""
    if a is None:
        return None
    step = int(10**digits)
    size = (abs(a) + step // 2) // step * step
    return whole(size if a > 0 else -size)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "add_whole": _both(lambda a, b: a + b, whole), "add_number": _both(lambda a, b: a + b, finite),
    "sub_whole": _both(lambda a, b: a - b, whole), "sub_number": _both(lambda a, b: a - b, finite),
    "mul_whole": _both(lambda a, b: a * b, whole), "mul_number": _both(lambda a, b: a * b, finite),
    "mod_whole": mod_whole, "mod_number": mod_number, "div": div, "neg": neg, "abs": absolute,
    "to_number": to_number, "to_money": to_money, "units": units,
    "round": round_number, "round_to": round_to, "round_off": round_off,
}  # fmt: skip
