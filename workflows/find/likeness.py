"""Likeness of two texts: one that is found within another, and two that may name the same thing.

Width, case and blanks never count. Of names neither do marks, nor the legal form of a company at the end (`有限公司`,
`Co., Ltd.`): everybody has one, and half of the people leave it out. Traditional and simplified signs are different
signs: which is which depends on the word, and a table of words is more than a hint is worth.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, Literal

Way = Literal["holds", "similar"]

ENOUGH: Final = 0.7  # of the pairs of neighbouring signs must be the same
SHORTEST: Final = 3  # signs that a name must have to be found within another
BESIDE: Final = re.compile(r"[\W_]+")
FORM: Final = re.compile(
    r"(?:(?<=\w)(?:集团)?(?:股份|责任)?有限(?:责任)?公司|(?<=[^\W分总])公司"
    r"|(?<=\w)[\s,.]+(?:co|company|corp|corporation|inc|incorporated|llc|ltd|limited|gmbh|ag))[\W_]*\Z"
)


def plain(text: str) -> str:
    """A text without what never counts."""
    return "".join(_folded(text).split())


def named(text: str) -> str:
    """A name without what does not count in names; the legal forms go one by one, `Co., Ltd.` is two."""
    folded = _folded(text)
    while (shorter := FORM.sub("", folded)) != folded:
        folded = shorter
    return BESIDE.sub("", folded)


def holds(text: str, part: str) -> bool:
    """Whether a text contains another; nothing is found nowhere."""
    wanted = _wanted(part)
    return bool(wanted) and wanted in plain(text)


def similar(a: str, b: str) -> bool:
    """Whether two names are alike: most of their signs are the same, or one stands within the other."""
    (one, ones), (other, others) = _signs(a), _signs(b)
    if one == other:
        return bool(one)
    short, long = sorted((one, other), key=len)
    if len(short) >= SHORTEST and short in long:
        return True
    return 2 * len(ones & others) >= ENOUGH * (len(ones) + len(others)) and bool(ones)


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring signs in a text that is plain."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


WAYS: Final[Mapping[Way, Callable[[str, str], bool]]] = {"holds": holds, "similar": similar}
FOLDS: Final[Mapping[Way, Callable[[str], str]]] = {"holds": plain, "similar": named}


def _folded(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=256)
def _wanted(part: str) -> str:
    return plain(part)


@lru_cache(maxsize=4096)
def _signs(name: str) -> tuple[str, frozenset[str]]:
    folded = named(name)
    return folded, pairs(folded)
