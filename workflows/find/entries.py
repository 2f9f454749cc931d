"""Entries of a long list of options, found by some letters: by bigrams, with pinyin initials, best first.

The index is made at the first search and lives as long as its options; all who share them share it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from builder.expressions import Options
from builder.model import Option, choosable
from workflows.find.collation import initials
from workflows.reading import BETWEEN, clean_text

WEIGHED = 500  # of all that are near, so many are looked at
SHARED = 0.5  # of its bigrams a text must share to be near
COMMON = 5000  # a bigram of more entries says little about nearness


class Entries:
    """The options of a list that can be chosen, those with short names first, and which of them hold which bigram."""

    def __init__(self, options: Options[Option]) -> None:
        able = options.once(choosable)
        told = [(option, _text(options, option)) for option in options if option.id in able]
        told.sort(key=lambda each: len(each[1]))
        self.options = [option for option, _ in told]
        self.texts = [text for _, text in told]
        found: dict[str, list[int]] = {}
        self.begins: dict[str, list[int]] = {}  # with which bigram a label begins
        for place, (option, text) in enumerate(told):
            for gram in _grams((text,)):
                found.setdefault(gram, []).append(place)
            for gram in {_folded(label)[:2] for label in option.label.values()}:
                self.begins.setdefault(gram, []).append(place)
        # Initials and digits make few bigrams of many places, which a set would take ten times the room for.
        self.places: dict[str, Collection[int]] = {
            gram: array("I", places) if gram.isascii() else frozenset(places) for gram, places in found.items()
        }

    def find(self, query: str, most: int) -> list[Option]:
        """The options whose names, synonyms, path or initials hold every part of a query, else what is near to it.

        Those whose own label begins as the last part does come first, then the shorter ones.
        """
        parts = [part for part in BETWEEN.split(_folded(query)) if part]
        if not parts:
            return []
        return [self.options[place] for place in list(islice(self._held(parts), most)) or self._near(parts)[:most]]

    def _held(self, parts: Sequence[str]) -> Iterator[int]:
        """The places that hold every part, in order."""
        grams, begins = _grams(parts), self.begins.get(parts[-1][:2], ())
        if grams == set(parts):  # one bigram, which all of its places hold
            yield from begins
            yield from sorted(self._candidates(grams).difference(begins))
            return
        found = sorted(self._candidates(grams)) if grams else range(len(self.texts))
        held = (place for place in found if all([part in self.texts[place] for part in parts]))
        yield from sorted(held, key=lambda place: place not in begins) if begins else held

    def _candidates(self, grams: Collection[str]) -> frozenset[int]:
        """The places of the two rarest bigrams, few enough to look at."""
        rarest, *others = sorted([self.places.get(gram, NOWHERE) for gram in grams], key=len)
        first = rarest if isinstance(rarest, frozenset) else frozenset(rarest)
        return first.intersection(others[0]) if others else first

    def _near(self, parts: Sequence[str]) -> list[int]:
        """The places that share at least half of the query's bigrams."""
        grams = _grams(parts)
        known = (self.places[gram] for gram in grams if len(self.places.get(gram, NOWHERE)) in range(1, COMMON))
        shared = Counter(place for places in known for place in places)
        least = max(1, SHARED * len(grams))
        return [place for place, count in shared.most_common(WEIGHED) if count >= least]


NOWHERE: frozenset[int] = frozenset()


def _grams(texts: Iterable[str]) -> set[str]:
    return {text[at : at + 2] for text in texts for at in range(len(text) - 1)}


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
    return "\n".join(map(_folded, (*spoken, *option.synonyms, *letters)))
