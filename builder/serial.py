"""Serial numbers: `KH-{YYYY}{MM}-{0000}`, as a number format of a spreadsheet, its parts in braces.

`{YYYY}` and `{YY}` are the year, `{MM}` the month, `{DD}` the day on which the record was made, by the company's clock;
`{0000}` is the counter with as many digits at least. It starts at 1 again with each new value of the date parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

PART = re.compile(r"\{([^{}]*)\}|([^{}]+)|([{}])")
COUNTER = re.compile(r"0{1,12}")
DATES: Final[Mapping[str, tuple[int, int]]] = {
    "YYYY": (0, 4),
    "YY": (2, 4),
    "MM": (5, 7),
    "DD": (8, 10),
}  # of YYYY-MM-DD
LARGER: Final[Mapping[str, str]] = {"DD": "MM", "MM": "YYYY"}  # what must stand there, too, or numbers come again
LONGEST: Final = 60
_BARE = re.compile(r"[yY]{4}|[yY]{2}|MM|mm|DD|dd|0+1?|#+")  # as a spreadsheet has them
_BRACKETS = str.maketrans({**dict.fromkeys("[（(［｛【", "{"), **dict.fromkeys("]）)］｝】", "}")})
_SPECIAL = re.compile(r"[.^$*+?()\[\]{}|\\/]")


class BadSerial(ValueError):
    """A pattern that is none: a code of the catalogue, where in the text, what stands there, what to write instead."""

    def __init__(self, code: str, offset: int, found: str, write: str = "") -> None:
        super().__init__(code)
        self.code, self.offset, self.found, self.write = code, offset, found, write


@dataclass(frozen=True, slots=True)
class Serial:
    """A pattern that was read: literal texts, and the names of holes in braces."""

    parts: tuple[tuple[bool, str], ...]  # whether it is a hole; text

    def period(self, day: str) -> str:
        """What of a day (YYYY-MM-DD) the number says, in the order of the calendar; "" where it says nothing of it."""
        said = {part for hole, part in self.parts if hole}
        return "-".join(_of(name, day) for name in DATES if name in said)

    def write(self, day: str, number: int) -> str:
        """The number that a record gets on a day; more digits than the pattern has where they do not suffice."""
        return "".join(_written(part, day, number) if hole else part for hole, part in self.parts)

    @property
    def pattern(self) -> str:
        """A regular expression of all that it can write."""
        return "".join(_expected(part) if hole else _SPECIAL.sub(r"\\\g<0>", part) for hole, part in self.parts)


def _of(name: str, day: str) -> str:
    start, end = DATES[name]
    return day[start:end]


def _written(part: str, day: str, number: int) -> str:
    return _of(part, day) if part in DATES else f"{number:0{len(part)}d}"


def _expected(part: str) -> str:
    return f"[0-9]{{{len(part)}}}" if part in DATES else f"[0-9]{{{len(part)},}}"


@lru_cache(maxsize=256)
def read_serial(text: str) -> Serial:
    """The pattern that a text writes. Raises BadSerial."""
    if len(text) > LONGEST:
        raise BadSerial("serial-too-long", LONGEST, text[LONGEST:])
    parts = tuple(_parts(text))
    holes = [part for hole, part in parts if hole]
    counters = [part for part in holes if part not in DATES]
    if len(counters) != 1:
        again = text.rfind("{" + counters[-1] + "}") if counters else 0
        raise BadSerial("serial-counter", again, counters[-1] if counters else text, "" if counters else _braced(text))
    for name in holes:
        larger = LARGER.get(name, "")
        if larger and not {larger, larger[2:]} & set(holes):
            at = text.index("{" + name + "}")
            raise BadSerial("serial-date", at, name, f"{text[:at]}{{{larger}}}{text[at:]}")
    return Serial(parts)


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    for found in PART.finditer(text):
        hole, literal, brace = found.groups()
        if brace or (hole is not None and hole not in DATES and not COUNTER.fullmatch(hole)):
            raise BadSerial("serial-hole", found.start(), found[0], _meant(hole or ""))
        yield (True, hole) if hole is not None else (False, literal)


def _meant(hole: str) -> str:
    """The hole that another spelling means: {yyyy}, {0001}, {####}; "" when nobody knows."""
    plain = hole.strip().upper()
    if plain in DATES:
        return "{" + plain + "}"
    return "{" + "0" * len(plain) + "}" if re.fullmatch(r"[0-9#N]{1,12}", plain) else ""


def _braced(text: str) -> str:
    """A pattern as spreadsheets have it, or in other brackets, with its parts in braces; "" where it has no counter."""
    plain = text.translate(_BRACKETS)
    bare = PART.sub(lambda part: "".join(each or "" for each in part.groups()[:2]), plain)
    found = _BARE.sub(lambda part: "{" + re.sub("[#1]", "0", part[0].upper()) + "}", bare)
    return found if found.count("{0") == 1 else ""
