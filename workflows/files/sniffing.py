"""The type of a file, by its content alone: neither its name nor what a browser says of it is looked at.

An own table, for what is asked is small and must not err on the side of trust: a content is one of the types that
fields may take only if its first bytes and, of office files, what is packed in them say so, and nothing that a browser
would run is among those types. Whatever is in doubt is `application/octet-stream`, which no field takes.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable
from typing import BinaryIO, Final

from builder.filetypes import UNKNOWN
from workflows.files.office import old_office, zipped

HEAD: Final = 4096  # bytes looked at first
CHUNK: Final = 64 * 1024
SAMPLE: Final = 20  # lines that tell a table from prose

Look = Callable[[BinaryIO], str]


def sniff(content: BinaryIO) -> str:
    """The type of a content that can be read from any place; where it is read to afterwards is open."""
    content.seek(0)
    head = content.read(HEAD)
    for signature, found in SIGNATURES:
        if signature.match(head):
            return found if isinstance(found, str) else found(content)
    return _text(content)


def _signature(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern, re.DOTALL)


# The beginning of a content → its type, or who looks closer. The first that matches decides.
SIGNATURES: Final[tuple[tuple[re.Pattern[bytes], str | Look], ...]] = tuple(
    (_signature(pattern), found)
    for pattern, found in (
        (rb"\xff\xd8\xff", "image/jpeg"),
        (rb"\x89PNG\r\n\x1a\n.{4}IHDR", "image/png"),
        (rb"GIF8[79]a", "image/gif"),
        (rb"RIFF.{4}WEBPVP8[ LX]", "image/webp"),
        (rb"%PDF-[12]\.[0-9]", "application/pdf"),
        (rb"PK\x03\x04", zipped),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", old_office),
        (rb"\{\\rtf1", "application/rtf"),
        (rb"RIFF.{4}WAVEfmt ", "audio/wav"),
        (rb"OggS\x00.{22}.?(?:\x01vorbis|OpusHead|\x7fFLAC)", "audio/ogg"),
        (rb"ID3[\x02-\x04].[\x00-\xf0]|\xff[\xfb\xf3\xf2][\x10-\xe0]", "audio/mpeg"),
        (rb".{4}ftyp(?:M4A |M4B )", "audio/mp4"),
        (rb".{4}ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1|avif)", "image/heic"),
        (rb".{4}ftyp", "video/mp4"),
        (rb"BM.{4}\x00\x00\x00\x00", "image/bmp"),
        (rb"II\*\x00|MM\x00\*", "image/tiff"),
        (rb"MZ|\x7fELF|[\xcf\xce]\xfa\xed\xfe|\xca\xfe\xba\xbe|#!", "application/x-executable"),
        (rb"PK\x05\x06|PK\x07\x08", "application/zip"),
        (rb"Rar!\x1a\x07", "application/vnd.rar"),
        (rb"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
        (rb"\x1f\x8b", "application/gzip"),
    )
)
TAG: Final = re.compile(r"\s*<(?:[!?/]|[A-Za-z])")
MARKUP: Final = re.compile(r"<(?:!doctype|html|head|body|script|iframe|svg|\?xml|object|embed|style|meta|a\s)", re.I)
NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def _text(content: BinaryIO) -> str:
    """Plain text in UTF-8 or GB 18030 throughout, the way tables are written or not; never markup."""
    content.seek(0)
    head = content.read(HEAD)
    for encoding in ("utf-8-sig", "gb18030"):
        if _is_text(content, encoding):
            return _written(head.decode(encoding, "ignore"))
    return UNKNOWN


def _is_text(content: BinaryIO, encoding: str) -> bool:
    content.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := content.read(CHUNK):
            if NOT_TEXT.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return content.tell() > 0


def _written(head: str) -> str:
    if TAG.match(head) or MARKUP.search(head):
        return "image/svg+xml" if re.search(r"<svg\b", head, re.I) else "text/html"
    return "text/csv" if _is_table(head) else "text/plain"


def _is_table(head: str) -> bool:
    """Whether its first lines have the same number of cells, two or more."""
    lines = head.splitlines()[: SAMPLE + 1]
    whole = [line for line in (lines[:-1] if len(lines) > SAMPLE or len(head) >= HEAD // 4 else lines) if line.strip()]
    return any(_regular(whole, separator) for separator in ",\t;")


def _regular(lines: list[str], separator: str) -> bool:
    try:
        widths = {len(cells) for cells in csv.reader(lines, delimiter=separator)}
    except csv.Error:
        return False
    return len(lines) > 1 and len(widths) == 1 and min(widths) > 1
