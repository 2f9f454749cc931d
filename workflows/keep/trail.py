"""Where each line of the journal stands, and which line before it was about the same id: sixteen bytes a line."""

from __future__ import annotations

from array import array


class Trail:
    """Lines count from 1; a place is a byte offset in the whole journal, all segments laid end to end."""

    def __init__(self) -> None:
        self._places, self._before = array("Q"), array("Q")
        self._last: dict[str, int] = {}

    def add(self, record: str, place: int) -> None:
        """The next line is about this id and stands there."""
        self._places.append(place)
        self._before.append(self._last.get(record, 0))
        self._last[record] = len(self._places)

    def spans(self, record: str, end: int) -> list[tuple[int, int]]:
        """Where the lines about an id start and stop, oldest first; `end` is the journal's."""
        found, seq = [], self._last.get(record, 0)
        while seq:
            found.append((self._places[seq - 1], self._places[seq] if seq < len(self._places) else end))
            seq = self._before[seq - 1]
        return found[::-1]

    def state(self) -> tuple[list[int], list[int], dict[str, int]]:
        """Everything as JSON data."""
        return self._places.tolist(), self._before.tolist(), dict(self._last)

    def restore(self, places: list[int], before: list[int], last: dict[str, int]) -> None:
        """Go on from what `state` gave."""
        self._places, self._before, self._last = array("Q", places), array("Q", before), last
