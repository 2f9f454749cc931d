"""Entries of a long list of options, found by some letters: by bigrams, with pinyin initials, best first.

The index is made at the first search and lives as long as its options; all who share them share it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from itertools import islice, pairwise

from builder.expressions import Options
from builder.model import Option, choosable
from workflows.find.collation import initials
from workflows.reading import BETWEEN, clean_text

WEIGHED = 500  # of all that match, so many are put in order
SHARED = 0.5  # of its bigrams a text must share to be near
COMMON = 5000  # a bigram of more entries says little about nearness


class Entries:
    """The options of a list that can be chosen, and which of them hold which bigram."""

    def __init__(self, options: Options[Option]) -> None:
        able = options.once(choosable)
        self.options = [option for option in options if option.id in able]
        self.labels = [_folded(" ".join(option.label.values())) for option in self.options]
        self.texts = [_text(options, option) for option in self.options]
        self.places: dict[str, array[int]] = {}
        for place, text in enumerate(self.texts):
            for gram in set(map("".join, pairwise(text))):
                found = self.places.get(gram)
                if found is None:
                    self.places[gram] = array("I", (place,))
                else:
                    found.append(place)

    def find(self, query: str, most: int) -> list[Option]:
        """The options whose names, synonyms, path or initials hold every part of a query; else what is near to it."""
        parts = [part for part in BETWEEN.split(_folded(query)) if part]
        if not parts:
            return []
        candidates = self._candidates(parts)
        held = (place for place in candidates if all(part in self.texts[place] for part in parts))
        found = list(islice(held, WEIGHED)) or self._near(parts)
        return [self.options[place] for place in nsmallest(most, found, key=lambda place: self._rank(place, parts))]

    def _candidates(self, parts: Sequence[str]) -> Iterable[int]:
        """The places of the rarest bigram; all of them where every part is a single character."""
        grams = {gram for part in parts for gram in map("".join, pairwise(part))}
        if not grams:
            return range(len(self.texts))
        return min((self.places.get(gram, NOWHERE) for gram in grams), key=len)

    def _near(self, parts: Sequence[str]) -> list[int]:
        """The places that share at least half of the query's bigrams."""
        grams = {gram for part in parts for gram in map("".join, pairwise(part))}
        known = (self.places[gram] for gram in grams if len(self.places.get(gram, NOWHERE)) in range(1, COMMON))
        shared = Counter(place for places in known for place in places)
        least = max(1, SHARED * len(grams))
        return [place for place, count in shared.most_common(WEIGHED) if count >= least]

    def _rank(self, place: int, parts: Sequence[str]) -> tuple[int, int, int]:
        label, last = self.labels[place], parts[-1]
        how = 0 if label == last else 1 if label.startswith(last) else 2 if last in label else 3
        return how, len(self.texts[place]), place


NOWHERE: array[int] = array("I")


def look_up(options: Options[Option], query: str, most: int) -> list[Option]:
    """At most so many options that can be chosen, the best match first."""
    return options.once(Entries).find(query, most)


def _folded(text: str) -> str:
    return clean_text(text).casefold()


def _text(options: Options[Option], option: Option) -> str:
    """Everything an entry can be found by, one way a line."""
    path = [each.label for each in options.path(option.id)]
    languages = dict.fromkeys(language for label in path for language in label)
    spoken = ["".join(label.get(language, "") for label in path) for language in languages]
    letters = (initials(text) for text in spoken if not text.isascii())
    return "\n".join(map(_folded, (*spoken, *option.synonyms, *letters, option.id)))
