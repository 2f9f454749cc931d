"""Pictures without what their camera wrote into them: place, time, owner, device (personal data nobody asked for).

The pixels stay bit for bit; of what stands beside them only what is needed to show them: size, colours, and which way
is up. What follows the picture (a second picture, a film) is left out as well.
"""

from __future__ import annotations

import mmap
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from io import UnsupportedOperation
from itertools import islice
from typing import BinaryIO, Final

CHUNK: Final = 256 * 1024
MOST_PARTS: Final = 20_000  # of one picture: 20 MB in pieces of a kilobyte; millions of four bytes fill the memory
MOST_SCANS: Final = 50  # passes over a JPEG; encoders make ten. Each costs the time of a whole picture, and 75 bytes
EXIF: Final = b"Exif\0\0"
ICC: Final = b"ICC_PROFILE\0"
UP: Final = 0x0112  # the TIFF tag that says which way is up
PNG_KEPT: Final = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split())
WEBP_KEPT: Final = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
WEBP_NAMES_EXIF_OR_XMP: Final = 0x08 | 0x04
SCANNED: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)  # the marker behind a stretch of pixels

View = bytes | mmap.mmap
Span = tuple[int, int] | bytes  # from where to where of the content, or bytes of our own


class Broken(ValueError):
    """The picture is not built as its type is."""


def bare(content: BinaryIO, type: str) -> Iterator[bytes]:
    """The content to keep, in pieces; all of it where the type is no picture. Raises Broken before the first piece."""
    view = _view(content)
    walk = WALKS.get(type)
    spans: list[Span] = _few(walk(view)) if walk else [(0, len(view))]
    return _pieces(view, spans)


def _few(parts: Iterator[Span]) -> list[Span]:
    """The parts of a picture that is made of no more than any picture is. Raises Broken."""
    found = [*islice(parts, MOST_PARTS + 1)]
    if len(found) > MOST_PARTS:
        raise Broken("more parts than any picture has")
    return found


def _view(content: BinaryIO) -> View:
    """The whole content without reading it into memory, where it lies in a file."""
    try:
        return mmap.mmap(content.fileno(), 0, access=mmap.ACCESS_READ)
    except (UnsupportedOperation, ValueError):  # in memory, or empty
        content.seek(0)
        return content.read()


def _pieces(view: View, spans: list[Span]) -> Iterator[bytes]:
    for span in spans:
        if isinstance(span, bytes):
            yield span
        else:
            yield from (view[at : min(at + CHUNK, span[1])] for at in range(span[0], span[1], CHUNK))


def _jpeg(view: View) -> Iterator[Span]:
    """Segments up to the end of the first picture, an empty one for each that is left out."""
    at, turned, scans = 2, 1, 0
    yield 0, 2
    while True:
        marker, end = _segment(view, at)
        if marker == 0xD9:
            yield at, at + 2
            return
        if marker == 0xE1 and view[at + 4 : at + 10] == EXIF:
            turned = _up(view[at + 10 : end])
            yield _which_way_is_up(turned) if turned != 1 else b""
        else:
            yield (at, end) if _jpeg_needs(view, marker, at) else b""
        at = end
        if marker == 0xDA:
            scans += 1
            if scans > MOST_SCANS:
                raise Broken("more passes than any picture has")
            found = SCANNED.search(view, at)
            at = found.start() if found else len(view)
            yield end, at


def _segment(view: View, at: int) -> tuple[int, int]:
    """The marker at a place, and where its segment ends. Raises Broken."""
    if view[at : at + 1] != b"\xff" or len(view) < at + 2:
        raise Broken("no marker")
    marker = view[at + 1]
    if marker == 0xD9:
        return marker, at + 2
    size = int.from_bytes(view[at + 2 : at + 4], "big")
    if size < 2 or at + 2 + size > len(view):
        raise Broken("a segment that does not end")
    return marker, at + 2 + size


def _jpeg_needs(view: View, marker: int, at: int) -> bool:
    """Whether a picture cannot be shown without this segment: no application's own but colours, and no comment."""
    if marker == 0xE2:
        return view[at + 4 : at + 4 + len(ICC)] == ICC
    return marker in (0xE0, 0xEE) or not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _up(tiff: bytes) -> int:
    """Which way is up, 1 to 8; 1 where it is not said."""
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2], "")
    if order not in ("little", "big"):
        return 1

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if order == "little" else "big")

    first = number(4, 4)
    for entry in range(first + 2, first + 2 + 12 * min(number(first, 2), 100), 12):
        if number(entry, 2) == UP:
            found = number(entry + 8, 2)
            return found if 1 <= found <= 8 else 1
    return 1


def _which_way_is_up(turned: int) -> bytes:
    """A segment that says this and nothing else."""
    tiff = struct.pack(">2sHIHHHIHxxI", b"MM", 42, 8, 1, UP, 3, 1, turned, 0)
    return struct.pack(">HH", 0xFFE1, 2 + len(EXIF) + len(tiff)) + EXIF + tiff


def _png(view: View) -> Iterator[Span]:
    yield 0, 8
    at = 8
    while True:
        size, name = int.from_bytes(view[at : at + 4], "big"), view[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(view):
            raise Broken("a chunk that does not end")
        yield (at, end) if name in PNG_KEPT else b""
        if name == b"IEND":
            return
        at = end


def _webp(view: View) -> Iterator[Span]:
    """A RIFF file: its chunks, and its size anew."""
    spans = _few(_webp_chunks(view))
    size = 4 + sum(len(span) if isinstance(span, bytes) else span[1] - span[0] for span in spans)
    yield b"RIFF" + size.to_bytes(4, "little") + b"WEBP"
    yield from spans


def _webp_chunks(view: View) -> Iterator[Span]:
    end, at = 8 + int.from_bytes(view[4:8], "little"), 12
    if end > len(view):
        raise Broken("a file that does not end")
    while at + 8 <= end:
        name, size = view[at : at + 4], int.from_bytes(view[at + 4 : at + 8], "little")
        after = at + 8 + size + size % 2
        if after > end:
            raise Broken("a chunk that does not end")
        if name == b"VP8X":
            yield from ((at, at + 8), bytes([view[at + 8] & ~WEBP_NAMES_EXIF_OR_XMP & 0xFF]), (at + 9, after))
        else:
            yield (at, after) if name in WEBP_KEPT else b""
        at = after


WALKS: Final[Mapping[str, Callable[[View], Iterator[Span]]]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}
