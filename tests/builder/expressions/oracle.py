"""A second reading of the table in tree.py: a tree-walking interpreter that shares no code with the emitter's runtime.

Numbers are calculated as fractions where the table says exact, dates by counting days one by one through the calendar.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import inf
from typing import Any
from zoneinfo import ZoneInfo

from builder.expressions import Node, Situation

Names = dict[str, Any]
BEGIN, END = datetime(1850, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
LARGEST = 9007199254740991
SPACES = {
    chr(n)
    for n in (*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
}
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "lt": operator.lt, "le": operator.le,
    "gt": operator.gt, "ge": operator.ge, "eq": operator.eq,
}  # fmt: skip


class Oracle:
    """Interprets a tree in one situation."""

    def __init__(self, values: Names, situation: Situation, row: Names | None = None) -> None:
        self.values, self.situation, self.row = values, situation, row or {}
        self.items: list[Any] = []

    def value(self, tree: Node) -> Any:
        """The value of a node, made absent where it is white space, out of range or not finite."""
        found = getattr(self, f"on_{tree.kind}", None)
        result = found(tree) if found else self.plain(tree)
        if isinstance(result, str):
            return result if set(result) - SPACES or tree.kind == "const" else None
        if isinstance(result, float):
            return result + 0.0 if -inf < result < inf else None
        if isinstance(result, int) and not isinstance(result, bool):
            return result if abs(result) <= LARGEST else None
        return result

    def plain(self, tree: Node) -> Any:
        """Operations that are absent when an operand is; comparisons are false then."""
        args = [self.value(arg) for arg in tree.args]
        if any(arg is None for arg in args):
            return False if tree.kind in ("lt", "le", "gt", "ge", "eq") else None
        if tree.kind in OPERATORS:
            return OPERATORS[tree.kind](*args)
        return getattr(self, f"do_{tree.kind}")(tree, *args)

    def listed(self, tree: Node) -> list[Any]:
        return self.value(tree) or []

    # -- what is looked up --------------------------------------------------------------------------------------------

    def on_const(self, tree: Node) -> Any:
        return tree.value

    def on_field(self, tree: Node) -> Any:
        return self.values[str(tree.value)]

    def on_row(self, tree: Node) -> Any:
        return self.row.get(str(tree.value))

    def on_local(self, tree: Node) -> Any:
        return self.items[int(str(tree.value))]

    def on_cell(self, tree: Node) -> Any:
        return self.value(tree.args[0]).get(tree.value)

    def on_pluck(self, tree: Node) -> Any:
        return [row.get(tree.value) for row in self.listed(tree.args[0])]

    def on_pluck_all(self, tree: Node) -> Any:
        return [item for row in self.listed(tree.args[0]) for item in (row.get(tree.value) or [])]

    def on_linked(self, tree: Node) -> Any:
        id, (template, name) = self.value(tree.args[0]), tree.value  # type: ignore[misc]  # a pair
        return None if id is None else self.situation.linked(template, id).get(name)

    def on_today(self, tree: Node) -> Any:
        return self.situation.today

    def on_now(self, tree: Node) -> Any:
        return self.situation.now

    def on_me(self, tree: Node) -> Any:
        return self.situation.me or None

    def on_my_department(self, tree: Node) -> Any:
        return self.situation.me_department or None

    # -- logic --------------------------------------------------------------------------------------------------------

    def on_given(self, tree: Node) -> bool:
        found = self.value(tree.args[0])
        return found is not None and found != []

    def on_not(self, tree: Node) -> bool:
        return self.value(tree.args[0]) is not True

    def on_and(self, tree: Node) -> bool:
        return [self.value(arg) for arg in tree.args].count(True) == len(tree.args)

    def on_or(self, tree: Node) -> bool:
        return True in [self.value(arg) for arg in tree.args]

    def on_if(self, tree: Node) -> Any:
        return self.value(tree.args[1 if self.value(tree.args[0]) is True else 2])

    def on_one_of(self, tree: Node) -> bool:
        found = self.value(tree.args[0])
        return found is not None and found in list(tree.value)  # type: ignore[call-overload]  # a tuple

    def on_overlaps(self, tree: Node) -> bool:
        return bool(set(self.listed(tree.args[0])) & set(tree.value))  # type: ignore[call-overload]  # a tuple

    def on_member(self, tree: Node) -> bool:
        found = self.value(tree.args[0])
        return found is not None and found in self.listed(tree.args[1])

    # -- numbers ------------------------------------------------------------------------------------------------------

    def do_neg(self, tree: Node, a: Any) -> Any:
        return tuple(-part for part in a) if isinstance(a, tuple) else -a

    def do_abs(self, tree: Node, a: Any) -> Any:
        return max(a, -a)

    def do_div(self, tree: Node, a: Any, b: Any) -> Any:
        if b == 0:
            return None
        try:
            return float(Fraction(a) / Fraction(b))
        except OverflowError:
            return None

    def do_mod(self, tree: Node, a: Any, b: Any) -> Any:
        if b == 0:
            return None
        if isinstance(a, int):
            return a - b * (a // b)
        rest = Fraction(a) - Fraction(b) * int(Fraction(a) / Fraction(b))
        return float(rest) if rest == 0 or (rest < 0) == (b < 0) else float(rest) + b

    def do_to_number(self, tree: Node, a: int) -> float:
        return float(a)

    def do_to_money(self, tree: Node, a: int) -> int:
        return a * 10 ** int(str(tree.value))

    def do_units(self, tree: Node, a: int) -> float:
        return float(Fraction(a, 10 ** int(str(tree.value))))

    def do_round(self, tree: Node, a: float) -> float:
        return float(Fraction(rounded(a, int(str(tree.value))), 1))

    def do_round_to(self, tree: Node, a: float) -> int:
        digits, scale = tree.value  # type: ignore[misc]  # a pair
        return int(rounded(a, digits) * 10**scale)

    def do_round_off(self, tree: Node, a: int) -> int:
        return int(half_away(Fraction(a), -int(str(tree.value))))

    # -- lists --------------------------------------------------------------------------------------------------------

    def on_list(self, tree: Node) -> Any:
        return [self.value(arg) for arg in tree.args]

    def on_gather(self, tree: Node) -> Any:
        return [x for arg in tree.args for x in (self.listed(arg) if arg.type.kind == "list" else [self.value(arg)])]

    def bodies(self, tree: Node) -> list[tuple[Any, Any]]:
        found = []
        for item in self.listed(tree.args[0]):
            self.items.insert(int(str(tree.value)), item)
            found.append((item, self.value(tree.args[1])))
            self.items.pop()
        return found

    def on_map(self, tree: Node) -> Any:
        return [body for _, body in self.bodies(tree)]

    def on_filter(self, tree: Node) -> Any:
        return [item for item, body in self.bodies(tree) if body is True]

    def on_exists(self, tree: Node) -> bool:
        return True in [body for _, body in self.bodies(tree)]

    def on_all(self, tree: Node) -> bool:
        return all(body is True for _, body in self.bodies(tree))

    def on_size(self, tree: Node) -> int:
        return len(self.value(tree.args[0]) or "")

    def there(self, tree: Node) -> list[Any]:
        return [
            x for x in self.listed(tree.args[0]) if x is not None and not (isinstance(x, str) and not set(x) - SPACES)
        ]

    def on_count(self, tree: Node) -> int:
        return len(self.there(tree))

    def on_sum(self, tree: Node) -> Any:
        total: Any = 0.0 if tree.type.kind == "number" else 0
        for item in self.there(tree):
            total += item
            if not (abs(total) <= LARGEST if isinstance(total, int) else abs(total) < inf):
                return None
        return total

    def on_avg(self, tree: Node) -> Any:
        there = self.there(tree)
        total = 0.0
        for item in there:
            total += item
        return total / len(there) if there and abs(total) < inf else None

    def on_min(self, tree: Node) -> Any:
        return sorted(self.there(tree))[0] if self.there(tree) else None

    def on_max(self, tree: Node) -> Any:
        return sorted(self.there(tree))[-1] if self.there(tree) else None

    # -- texts --------------------------------------------------------------------------------------------------------

    def on_join(self, tree: Node) -> Any:
        separator = self.value(tree.args[0]) or ""
        return separator.join(x for x in self.listed(tree.args[1]) if x is not None and set(x) - SPACES)

    def do_lower(self, tree: Node, a: str) -> str:
        return a.lower()

    def do_trim(self, tree: Node, a: str) -> str:
        while a and a[0] in SPACES:
            a = a[1:]
        while a and a[-1] in SPACES:
            a = a[:-1]
        return a

    def do_starts(self, tree: Node, a: str, b: str) -> bool:
        return a[: len(b)] == b

    def do_contains(self, tree: Node, a: str, b: str) -> bool:
        return a.find(b) >= 0

    def do_label(self, tree: Node, a: str) -> str:
        return next((text for key, text in tree.value if key == a), a)  # type: ignore[attr-defined]  # pairs

    def do_person_name(self, tree: Node, a: str) -> str:
        return self.situation.person(a)

    def do_number_text(self, tree: Node, a: float) -> str:
        whole, exponent = [*repr(a).split("e"), "0"][:2]
        sign, digits = ("-", whole[1:]) if whole[0] == "-" else ("", whole)
        left, right = [*digits.split("."), ""][:2]
        shift = int(exponent)
        if shift >= 0:
            right = right.ljust(shift, "0")
            left, right = left + right[:shift], right[shift:]
        else:
            left = left.rjust(1 - shift, "0")
            left, right = left[:shift], left[shift:] + right
        left, right = left.lstrip("0") or "0", right.rstrip("0")
        return sign + left + ("." + right if right else "")

    def do_money_text(self, tree: Node, a: int) -> str:
        scale = int(str(tree.value))
        digits = str(abs(a)).rjust(scale + 1, "0")
        whole, cents = digits[:-scale], digits[-scale:]
        return ("-" if a < 0 else "") + (whole if set(cents) == {"0"} else f"{whole}.{cents}")

    def do_date_text(self, tree: Node, a: str) -> str:
        return a

    # -- dates --------------------------------------------------------------------------------------------------------

    def do_shift(self, tree: Node, a: str, by: tuple[int, int]) -> Any:
        sign = int(str(tree.value))
        year, month, day = (int(part) for part in a[:10].split("-"))
        months = year * 12 + month - 1 + sign * by[0]
        year, month = months // 12, months % 12 + 1
        if not 1 <= year <= 9999:
            return None
        number = day_number(year, month, min(day, month_length(year, month)))
        seconds = 0 if len(a) == 10 else int(a[11:13]) * 3600 + int(a[14:16]) * 60 + int(a[17:19])
        seconds += sign * by[1]
        number, seconds = number + seconds // 86400, seconds % 86400
        if not 1 <= number <= day_number(9999, 12, 31):
            return None
        if len(a) == 10:
            return day_text(number)
        return f"{day_text(number)}T{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}{a[19:]}"

    def do_shift_local(self, tree: Node, a: str, by: tuple[int, int]) -> Any:
        sign, zone = tree.value  # type: ignore[misc]  # a pair
        clock = wall(a, zone)
        moved = clock and self.do_shift(Node("", tree.type, value=sign), f"{clock}Z", (by[0], 0))
        back = moved and utc(moved[:-1], zone)
        return back and self.do_shift(Node("", tree.type, value=sign), back, (0, by[1]))

    def do_local_date(self, tree: Node, a: str) -> Any:
        clock = wall(a, str(tree.value))
        return clock and clock[:10]

    def do_moment_text(self, tree: Node, a: str) -> Any:
        clock = wall(a, str(tree.value))
        return clock and clock[:16].replace("T", " ")

    def do_days(self, tree: Node, a: str, b: str) -> int:
        apart = microseconds(b) - microseconds(a)
        return abs(apart) // 86_400_000_000 * (1 if apart >= 0 else -1)

    def do_months(self, tree: Node, a: str, b: str) -> int:
        if b < a:
            return -self.do_months(tree, b, a)
        low, high = (int(x[:4]) * 12 + int(x[5:7]) for x in (a, b))
        return max(
            n for n in range(high - low + 1) if (self.do_shift(Node("", tree.type, value=1), a, (n, 0)) or "~") <= b
        )

    def do_month(self, tree: Node, a: str) -> int:
        return int(a.split("-")[1])

    def do_year(self, tree: Node, a: str) -> int:
        return int(a.split("-")[0])

    def do_date(self, tree: Node, year: int, month: int, day: int) -> Any:
        if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= month_length(year, month)):
            return None
        return f"{year:04}-{month:02}-{day:02}"

    def do_parse_date(self, tree: Node, a: str) -> Any:
        parts = a.split("-")
        if [len(p) for p in parts] != [4, 2, 2] or not all(p.isascii() and p.isdecimal() for p in parts):
            return None
        return self.do_date(tree, *map(int, parts))


def wall(utc: str, zone: str) -> str | None:
    """The clock of a zone by the zone files themselves; after 2100 by the last offset."""
    moment = datetime.fromisoformat(utc)
    try:
        ahead = min(moment, END).astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
        return (moment.replace(tzinfo=None) + ahead).isoformat(timespec="microseconds")
    except OverflowError:
        try:  # the clock leaves the calendar, or only the zone files do
            ahead = max(moment, BEGIN).astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
            return (moment.replace(tzinfo=None) + ahead).isoformat(timespec="microseconds")
        except OverflowError:
            return None


def utc(clock: str, zone: str) -> str | None:
    """The first moment that shows a clock; in a gap, as far on as the clock was put (PEP 495, fold=0)."""
    local = datetime.fromisoformat(clock)
    if local >= END.replace(tzinfo=None):
        ahead = END.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    else:
        ahead = local.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    try:
        return (local - ahead).isoformat(timespec="microseconds") + "Z"
    except OverflowError:
        return None


def half_away(x: Fraction, digits: int) -> Fraction:
    """x rounded to so many decimals, half away from zero."""
    step = Fraction(10) ** -digits
    size = (abs(x) / step + Fraction(1, 2)).__floor__() * step
    return size if x >= 0 else -size


def rounded(x: float, digits: int) -> Fraction:
    """A double rounded as a person means it: see arithmetic.rounded."""
    shortest = Fraction(repr(x))
    if half_away(shortest, digits) == shortest:
        return shortest
    exponent = int(f"{abs(x):e}".split("e")[1]) if x else 0
    while Fraction(10) ** exponent > abs(Fraction(x)):
        exponent -= 1
    return half_away(half_away(Fraction(x), 14 - exponent), digits)


def month_length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else LENGTHS[month - 1]


def day_number(year: int, month: int, day: int) -> int:
    before = year - 1
    return (
        before * 365
        + before // 4
        - before // 100
        + before // 400
        + sum(month_length(year, m) for m in range(1, month))
        + day
    )


def day_text(number: int) -> str:
    year = min(9999, number // 366 + 1)
    while year < 9999 and day_number(year + 1, 1, 1) <= number:
        year += 1
    month = max(m for m in range(1, 13) if day_number(year, m, 1) <= number)
    return f"{year:04}-{month:02}-{number - day_number(year, month, 1) + 1:02}"


def microseconds(stamp: str) -> int:
    days = day_number(int(stamp[:4]), int(stamp[5:7]), int(stamp[8:10])) * 86_400_000_000
    if len(stamp) == 10:
        return days
    return (
        days + (int(stamp[11:13]) * 3600 + int(stamp[14:16]) * 60 + int(stamp[17:19])) * 1_000_000 + int(stamp[20:26])
    )
