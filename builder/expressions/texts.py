"""Texts of the emitted Python. White space alone is absent."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

# Unicode White_Space, written out: Python's own str.strip() takes more, JavaScript's trim() other characters.
WHITE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
# Letters whose lower case came after Unicode 14, our oldest Python's: servers and browsers would differ about them.
KNOWN = re.compile("[^\u1c89\ua7cb\ua7cc\ua7ce\ua7d2\ua7d4\ua7da\ua7dc\U00010d50-\U00010d65\U00016ea0-\U00016eb8]+")


def text(value: str | None) -> str | None:
    """A text as read: white space alone is absent."""
    return value if value is not None and value.strip(WHITE) else None


def present(value: object) -> bool:
    """Whether a value is there: not absent, not white space alone, not an empty list."""
    if isinstance(value, str):
        return bool(value.strip(WHITE))
    return value is not None and value != []


def join(separator: str | None, items: Sequence[str | None] | None) -> str | None:
    """The present ones with the separator between them."""
    return (separator or "").join([item for item in items or () if item and item.strip(WHITE)]) or None


def lower(value: str | None) -> str | None:
    """In the lower case of Unicode 14."""
    return None if value is None else KNOWN.sub(lambda found: found[0].lower(), value)


def trim(value: str | None) -> str | None:
    """Without white space at both ends."""
    return None if value is None else value.strip(WHITE)


def starts(value: str | None, part: str | None) -> bool | None:
    """Whether a text begins with another."""
    return None if value is None or part is None else value.startswith(part)


def contains(value: str | None, part: str | None) -> bool | None:
    """Whether a text contains another."""
    return None if value is None or part is None else part in value


def label(value: str | None, texts: Mapping[str, str]) -> str | None:
    """An option's label, else its id."""
    return None if value is None else texts.get(value, value)


def named(name: Callable[[str], str], user: str | None) -> str | None:
    """A person's name, by the situation."""
    return None if user is None else text(name(user))


def number_text(value: float | None) -> str | None:
    """The shortest decimal digits that name a number, without exponent; a whole double without a point."""
    if value is None:
        return None
    spelt = f"{Decimal(repr(value)):f}"
    return spelt.removesuffix(".0")


def money_text(value: int | None, scale: int) -> str | None:
    """Money with all its decimals, or with none when they are zero."""
    if value is None:
        return None
    cents = value % int(10**scale)
    return f"{Decimal(value).scaleb(-scale):f}" if cents else str(value // int(10**scale))


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "text": text, "present": present, "join": join, "lower": lower, "trim": trim, "starts": starts,
    "contains": contains, "label": label, "named": named, "number_text": number_text, "money_text": money_text,
}  # fmt: skip
