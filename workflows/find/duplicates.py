"""Likeness of two texts that may name the same thing: a name written twice, with or without what stands around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

ENOUGH: Final = 0.7  # of the pairs of neighbouring signs must be the same
SHORTEST: Final = 3  # signs that a name must have to be found within another
BESIDE: Final = re.compile(r"[\W_]+")


def same(a: str, b: str) -> bool:
    """Whether two stored values are one."""
    return a == b


def similar(a: str, b: str) -> bool:
    """Whether two texts are alike: blanks, marks, width and case do not count; one may stand within the other."""
    (one, ones), (other, others) = _folded(a), _folded(b)
    if one == other:
        return bool(one)
    short, long = sorted((one, other), key=len)
    if len(short) >= SHORTEST and short in long:
        return True
    return 2 * len(ones & others) >= ENOUGH * (len(ones) + len(others)) and bool(ones)


@lru_cache(maxsize=4096)
def _folded(text: str) -> tuple[str, frozenset[str]]:
    """A text without what does not count, and its pairs of neighbouring signs."""
    plain = BESIDE.sub("", unicodedata.normalize("NFKC", text).casefold())
    return plain, frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


WAYS: Final[Mapping[str, Callable[[str, str], bool]]] = {"exact": same, "similar": similar}
