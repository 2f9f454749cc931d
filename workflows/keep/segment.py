"""A segment of the journal: one file, as far as somebody has read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash as Sha256

Seal = tuple[int, int, str]  # a segment's first line, how many of its bytes were read, their sha256


@dataclass(slots=True)
class Segment:
    """The number of its first line, its place in the whole journal, its size and checksum."""

    first: int
    base: int
    end: int = 0
    sum: Sha256 = field(default_factory=sha256)

    def seal(self) -> Seal:
        """What a snapshot keeps of it."""
        return self.first, self.end, self.sum.hexdigest()


def borne_out(seals: tuple[Seal, ...], path: Callable[[int], Path]) -> tuple[list[Segment], bool] | None:
    """The segments these seals are of, and whether the last one is complete.

    None when any is no longer, byte for byte, what it was.
    """
    segments, base, content = list[Segment](), 0, b""
    for first, end, checksum in seals:
        try:
            content = path(first).read_bytes()
        except FileNotFoundError:
            return None
        grown = len(content) > end and first != seals[-1][0]  # only the last one may
        segment = Segment(first, base, end, sha256(memoryview(content)[:end]))
        if grown or segment.seal() != (first, end, checksum):
            return None
        segments.append(segment)
        base += end
    return segments, content.endswith(b"\n\n", 0, seals[-1][1])
