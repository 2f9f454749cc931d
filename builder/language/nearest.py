"""Did you mean: the known word that a misspelled one was most likely meant to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word within a third of its length in edits, swaps counting as one; "" when none is near enough.

    Upper case, full-width letters, `-` and `_` count for nothing. Of several equally near, the most similar one.
    """
    plain = _plain(word)
    rated = ((distance(plain, _plain(k)), -SequenceMatcher(None, plain, _plain(k)).ratio(), k) for k in known)
    best = min(rated, default=None)
    enough = max(1, (len(plain) + 1) // 3)
    return best[2] if best is not None and best[0] <= enough and best[0] < max(2, len(plain)) else ""


def distance(a: str, b: str) -> int:
    """Edits from a to b: insert, delete, replace, swap of two neighbours (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("-", "_")
