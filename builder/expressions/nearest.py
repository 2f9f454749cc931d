"""Did you mean …?"""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 64  # longer names are not misspelt, they are something else


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is at most a third of its letters away (swaps count one), or the empty string."""
    written = word.casefold()[:LONGEST]
    near = [(distance(written, name.casefold()[:LONGEST]), i, name) for i, name in enumerate(known)]
    best = min((item for item in near if item[0] <= max(1, len(item[2]) // 3) and item[0] < len(written)), default=None)
    return best[2] if best else ""


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
