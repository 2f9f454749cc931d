"""What the emitted Python calls. None is absent; a function says what absent does, by the table in tree.py."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

LARGEST = 2**53 - 1
# Unicode White_Space, written out: Python's own str.strip() takes more, JavaScript's trim() other characters.
WHITE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_EXACT = Context(prec=350)  # no double has more digits before its point
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)  # decimal digits that every double keeps

Whole = int | None
Number = float | None
Row = Mapping[str, Any]


def text(value: str | None) -> str | None:
    """A text as read: white space alone is absent."""
    return value if value is not None and value.strip(WHITE) else None


def present(value: object) -> bool:
    """Whether a value is there: not absent, not white space alone, not an empty list."""
    if isinstance(value, str):
        return bool(value.strip(WHITE))
    return value is not None and value != []


def whole(value: int) -> Whole:
    """A whole number, absent where it leaves ±(2⁵³−1)."""
    return value if -LARGEST <= value <= LARGEST else None


def finite(value: float) -> Number:
    """A double, absent where it is not finite; −0 is 0."""
    return value + 0.0 if math.isfinite(value) else None


# -- arithmetic: whole numbers (integers, money) and doubles ----------------------------------------------------------


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


# -- lists ------------------------------------------------------------------------------------------------------------


def gather(*items: tuple[bool, Any]) -> list[Any]:
    """One list of all: a pair (whether it is a list, value) each."""
    found: list[Any] = []
    for several, value in items:
        if not several:
            found.append(value)
        elif value is not None:
            found += value
    return found


def pluck(rows: Sequence[Row] | None, column: str) -> list[Any]:
    """The column of every row."""
    return [row.get(column) for row in rows or ()]


def pluck_all(rows: Sequence[Row] | None, column: str) -> list[Any]:
    """The column's lists of every row, joined to one."""
    return [item for row in rows or () for item in row.get(column) or ()]


def each(items: Sequence[Any] | None, body: Callable[[Any], Any]) -> list[Any]:
    """The body for each item."""
    return [body(item) for item in items or ()]


def keep(items: Sequence[Any] | None, body: Callable[[Any], Any]) -> list[Any]:
    """The items for which the body holds."""
    return [item for item in items or () if body(item)]


def exists(items: Sequence[Any] | None, body: Callable[[Any], Any]) -> bool:
    """Whether the body holds for one item."""
    return any(body(item) for item in items or ())


def every(items: Sequence[Any] | None, body: Callable[[Any], Any]) -> bool:
    """Whether the body holds for each item."""
    return all(body(item) for item in items or ())


def overlaps(items: Sequence[Any] | None, values: tuple[object, ...]) -> bool:
    """Whether an item is one of the values."""
    return any(item in values for item in items or ())


def member(value: object, items: Sequence[Any] | None) -> bool:
    """Whether a present value is an item."""
    return value is not None and items is not None and value in items


def size(value: Sequence[Any] | None) -> int:
    """Items, or code points; 0 of absent and of white space alone."""
    return len(value) if value is not None and present(value) else 0


def _there(items: Sequence[Any] | None) -> list[Any]:
    return [item for item in items or () if item is not None]


def count(items: Sequence[Any] | None) -> int:
    """How many are present."""
    return sum(1 for item in items or () if present(item))


def _sum(items: Iterable[Any], start: Any, within: Callable[[Any], Any]) -> Any:
    total = start
    for item in items:  # from left to right, one by one: sum() of doubles compensates, and nobody else does
        total = within(total + item)
        if total is None:
            return None
    return total


def sum_whole(items: Sequence[int | None] | None) -> Whole:
    """The sum of the present ones, from left to right; absent where it leaves the range on the way."""
    return _sum(_there(items), 0, whole)  # type: ignore[no-any-return]  # whole() gives int or None


def sum_number(items: Sequence[Number] | None) -> Number:
    """The sum of the present ones, from left to right."""
    return _sum(_there(items), 0.0, finite)  # type: ignore[no-any-return]  # finite() gives float or None


def avg(items: Sequence[Number] | None) -> Number:
    """The sum of the present ones divided by how many they are."""
    there = _there(items)
    return div(sum_number(there), len(there))


def least(items: Sequence[Any] | None) -> Any:
    """The least present one."""
    return min(_there(items), default=None)


def most(items: Sequence[Any] | None) -> Any:
    """The greatest present one."""
    return max(_there(items), default=None)


# -- texts ------------------------------------------------------------------------------------------------------------


def join(separator: str | None, items: Sequence[str | None]) -> str | None:
    """The present ones with the separator between them."""
    return (separator or "").join([item for item in items if item and item.strip(WHITE)]) or None


def lower(value: str | None) -> str | None:
    """In lower case."""
    return None if value is None else value.lower()


def trim(value: str | None) -> str | None:
    """Without white space at both ends."""
    return None if value is None else value.strip(WHITE)


def starts(value: str | None, part: str | None) -> bool | None:
    """Whether a text begins with another."""
    return None if value is None or part is None else value.startswith(part)


def contains(value: str | None, part: str | None) -> bool | None:
    """Whether a text contains another."""
    return None if value is None or part is None else part in value


def label(value: str | None, pairs: tuple[tuple[str, str], ...]) -> str | None:
    """An option's label, else its id."""
    return None if value is None else dict(pairs).get(value, value)


def named(name: Callable[[str], str], user: str | None) -> str | None:
    """A person's name, by the situation."""
    return None if user is None else text(name(user))


def number_text(value: float | None) -> str | None:
    """The shortest decimal digits that name a number, without exponent; a whole double without a point."""
    if value is None:
        return None
    spelt = f"{Decimal(repr(value)):f}"
    return spelt.removesuffix(".0")


def money_text(value: Whole, scale: int) -> str | None:
    """Money with all its decimals, or with none when they are zero."""
    if value is None:
        return None
    cents = value % int(10**scale)
    return f"{Decimal(value).scaleb(-scale):f}" if cents else str(value // int(10**scale))


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "text": text, "present": present,
    "add_whole": _both(lambda a, b: a + b, whole), "add_number": _both(lambda a, b: a + b, finite),
    "sub_whole": _both(lambda a, b: a - b, whole), "sub_number": _both(lambda a, b: a - b, finite),
    "mul_whole": _both(lambda a, b: a * b, whole), "mul_number": _both(lambda a, b: a * b, finite),
    "mod_whole": mod_whole, "mod_number": mod_number, "div": div, "neg": neg, "abs": absolute,
    "to_number": to_number, "to_money": to_money, "units": units,
    "round": round_number, "round_to": round_to, "round_off": round_off,
    "gather": gather, "pluck": pluck, "pluck_all": pluck_all,
    "map": each, "filter": keep, "exists": exists, "all": every,
    "overlaps": overlaps, "member": member, "size": size, "count": count, "sum_whole": sum_whole,
    "sum_number": sum_number, "avg": avg, "min": least, "max": most,
    "join": join, "lower": lower, "trim": trim, "starts": starts, "contains": contains,
    "label": label, "named": named, "number_text": number_text, "money_text": money_text,
}  # fmt: skip
