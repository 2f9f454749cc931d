"""Rows by the signs of their texts: a look finds the few that it may mean, and nobody reads the others.

Postings are arrays of numbers that rows are given, a fiftieth of what sets of ids would take. A row that changes is put
under its new signs and left under the old ones: the index narrows, and whoever asked looks at each row anyway.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Final

from workflows.find.interpret import reader, texts
from workflows.find.likeness import ENOUGH, FOLDS, SHORTEST, Way, pairs
from workflows.find.query import Row

WORN: Final = 10_000  # postings left behind before it is asked whether they are too many
TINY: Final = 1e-9  # what a product of decimals may be off
NOTHING: Final = array("I")


class Texts:
    """The texts of one column, folded as one way of looking folds them; `find` answers ids, some of them in vain."""

    def __init__(self, column: str, way: Way, rows: Mapping[str, Row]) -> None:
        self._read, self._way, self._fold = reader(column), way, FOLDS[way]
        self.places: dict[str, array[int]] = defaultdict(_none)  # two signs, or a text's last one → numbers
        self.whole: dict[str, array[int]] = defaultdict(_none)  # a name → numbers
        self.longest = 0
        self.sizes = array("I")  # number → pairs of its shortest name
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}
        self._kept = self._left = 0
        for id, row in rows.items():
            self.follow(id, None, row)

    @property
    def worn(self) -> bool:
        """Whether so much was left behind that it is time to begin anew."""
        return self._left > WORN and self._left > self._kept

    def find(self, text: str) -> list[str]:
        """The ids of rows among which are all that a look means."""
        return [self._ids[number] for number in _FINDS[self._way](self, self._fold(text))]

    def follow(self, id: str, old: Row | None, new: Row | None) -> None:
        """A row was put (old None: inserted) or removed (new None)."""
        before, after = self._folded(old), self._folded(new)
        if before == after:
            return
        number = self._number(id)
        held, now = _keys(before), _keys(after)
        places = self.places
        for key in now - held if held else now:
            places[key].append(number)
        if self._way == "similar":
            self._name(number, after)
        self._kept += len(now) - len(held)
        self._left += len(held - now)

    def _number(self, id: str) -> int:
        number = self._numbers.setdefault(id, len(self._ids))
        if number == len(self._ids):
            self._ids.append(id)
            self.sizes.append(0)
        return number

    def _name(self, number: int, names: set[str]) -> None:
        self.sizes[number] = min((len(pairs(name)) for name in names), default=0)
        for name in names:
            self.whole[name].append(number)
            self.longest = max(self.longest, len(name))

    def _folded(self, row: Row | None) -> set[str]:
        found = set() if row is None else set(map(self._fold, texts(self._read(row))))
        found.discard("")
        return found


def _none() -> array[int]:
    return array("I")


def _keys(folded: Iterable[str]) -> set[str]:
    return {text[at : at + 2] for text in folded for at in range(len(text))}


def _holding(index: Texts, part: str) -> set[int]:
    """The numbers of the two rarest pairs; of a single sign those of all that begin with it."""
    if len(part) < 2:
        return _union(places for key, places in index.places.items() if part and key[0] == part)
    rarest, *others = sorted((index.places.get(pair, NOTHING) for pair in pairs(part)), key=len)
    found = set(rarest)
    return found.intersection(others[0]) if others else found


def _similar(index: Texts, name: str) -> set[int]:
    """Whatever shares enough pairs, or all; what stands within the name is known as a whole.

    Two names of n and m pairs share enough where it is ENOUGH/2 · (n + m). They do not share more than m, so it is
    ENOUGH/(2 - ENOUGH) · n at least: most have gone by that before anybody asks for their m.
    """
    own = pairs(name)
    shared = Counter(chain.from_iterable(index.places.get(pair, NOTHING) for pair in own))
    enough, least = ENOUGH / 2 - TINY, len(own) * ENOUGH / (2 - ENOUGH) - TINY
    many = [(n, count) for n, count in shared.items() if count >= least]
    near = (n for n, count in many if count >= min(len(own), enough * (len(own) + index.sizes[n])))
    lengths = range(SHORTEST, min(len(name), index.longest + 1))
    within = (name[at : at + length] for length in lengths for at in range(len(name) - length + 1))
    return _union(index.whole.get(part, NOTHING) for part in (name, *within)).union(near)


def _union(postings: Iterable[array[int]]) -> set[int]:
    found: set[int] = set()
    found.update(*postings)
    return found


_FINDS: Final[Mapping[Way, Callable[[Texts, str], set[int]]]] = {"holds": _holding, "similar": _similar}
