"""Did you mean: the known word that a misspelled one was most likely meant to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from builder.expressions.nearest import distance


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word within a third of its length in edits, swaps counting as one; "" when none is near enough.

    Upper case, full-width letters, `-` and `_` count for nothing. Of several equally near, the most similar one.
    """
    plain = _plain(word)
    rated = ((distance(plain, _plain(k)), -SequenceMatcher(None, plain, _plain(k)).ratio(), k) for k in known)
    best = min(rated, default=None)
    enough = max(1, (len(plain) + 1) // 3)
    return best[2] if best is not None and best[0] <= enough and best[0] < len(plain) else ""


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("-", "_")
