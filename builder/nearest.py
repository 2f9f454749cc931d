"""Did you mean: the known word that a misspelled one was most likely meant to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

LONGEST = 64  # a longer word is not misspelt, it is something else


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word within a third of its length in edits, swaps counting as one; "" when none is near enough.

    Upper case, full-width letters, `-` and `_` count for nothing. Of several equally near, the most similar one.
    """
    plain = _plain(word[:LONGEST])
    rated = ((found, -SequenceMatcher(None, plain, _plain(k)).ratio(), k)
             for k in known if k and (found := gap(word, k)) is not None)  # fmt: skip
    return min(rated, default=(0, 0, ""))[2]


def gap(word: str, known: str) -> int | None:
    """How many edits lead from a word to a known one; None when they are too many for a misspelling."""
    plain, other = _plain(word[:LONGEST]), _plain(known)
    found = distance(plain, other)
    return found if found <= _enough(plain, known) and found < len(plain) else None


def _enough(plain: str, known: str) -> int:
    """How many edits still make the same word: a third of the shorter one's letters, one at the least."""
    return max(1, (min(len(plain), len(known)) + 1) // 3)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("-", "_")


def distance(a: str, b: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours that lead from a to b (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
