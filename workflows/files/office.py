"""Office files: what is packed in them, looked at without unpacking more than a few kilobytes."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import BinaryIO, Final

from builder.filetypes import DOCUMENTS, OPEN, SHEETS, SLIDES, UNKNOWN

ZIP: Final = "application/zip"
TAIL: Final = 22 + 65_535  # the end of a zip's directory with the longest comment
MOST_NAMED: Final = 1 << 20  # bytes of a zip's directory: a sheet with a thousand pictures needs 100 KB
MOST_READ: Final = 256 << 10  # bytes unpacked of the one entry that says what it is
CHUNK: Final = 64 * 1024

_PACKED: Final = tuple(type for type in (*SHEETS, *DOCUMENTS, *SLIDES) if "openxml" in type)
_MAIN: Final = {f"{type}.main+xml": type for type in _PACKED}
_SAID: Final = re.compile(rb"""ContentType\s*=\s*["']([^"']{1,200})["']""")
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for gigabytes before the first byte
_OLD: Final = {
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
}


def zipped(content: BinaryIO) -> str:
    """The type of what is packed: an office file by its own word for it, else an archive.

    One with macros has another word and is an archive; so is one whose directory would not fit in a little memory.
    """
    if not _modest(content):
        return ZIP
    try:
        with zipfile.ZipFile(content) as packed:
            return _opendocument(packed) or _openxml(packed) or ZIP
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError):
        return ZIP  # broken or made to break: nothing that a field takes


def _modest(content: BinaryIO) -> bool:
    """Whether the zip's directory is small: `zipfile` reads all of it at once."""
    size = content.seek(0, 2)
    content.seek(max(0, size - TAIL))
    tail = content.read(TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22 or b"PK\x06\x07" in tail[max(0, at - 20) : at]:
        return False
    return int.from_bytes(tail[at + 12 : at + 16], "little") <= MOST_NAMED


def _read(packed: zipfile.ZipFile, name: str) -> bytes:
    entry = packed.NameToInfo.get(name)
    if entry is None or entry.compress_type not in _METHODS:
        return b""
    with packed.open(entry) as opened:
        return opened.read(MOST_READ)


def _opendocument(packed: zipfile.ZipFile) -> str:
    said = _read(packed, "mimetype").decode("ascii", "replace").strip()
    known = (*SHEETS, *DOCUMENTS, *SLIDES)
    return said if said.startswith(OPEN) and said in known and "META-INF/manifest.xml" in packed.NameToInfo else ""


def _openxml(packed: zipfile.ZipFile) -> str:
    said = _read(packed, "[Content_Types].xml")
    parts = (part.decode("ascii", "replace") for part in _SAID.findall(said))
    return next((_MAIN[part] for part in parts if part in _MAIN), "")


def old_office(content: BinaryIO) -> str:
    """Which of the old office programs wrote a compound file: its directory names the main stream."""
    found, before = set[str](), b""
    content.seek(0)
    while chunk := content.read(CHUNK):
        window = before + chunk
        found |= {name for name in _OLD if f"{name}\0".encode("utf-16-le") in window}
        before = window[-64:]
    return next((type for name, type in _OLD.items() if name in found), UNKNOWN)
