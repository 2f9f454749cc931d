"""What is known of a file, and what is said of one that cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

from builder.emit.phrases import phrase
from builder.filetypes import BY_EXTENSION, LARGEST, UNKNOWN, kind_of, types_of
from builder.model import Field
from workflows.record import Fault

File = Mapping[str, object]  # {id, name, type, size}: id is the lower-case sha256 of the content
PARTS: Final = frozenset({"id", "name", "type", "size"})
SPOKEN: Final = ("zh", "en")

# What is found in files that no field takes → the words for it (`file-is-…` in the catalogue).
FOREIGN: Final[Mapping[str, str]] = {
    "application/x-executable": "program",
    "application/zip": "archive",
    "application/gzip": "archive",
    "application/x-7z-compressed": "archive",
    "application/vnd.rar": "archive",
    "text/html": "page",
    "image/svg+xml": "drawing",
    "image/heic": "heic",
    "image/bmp": "picture",
    "image/tiff": "picture",
    "video/mp4": "video",
}
ENDINGS: Final[Mapping[str, str]] = {  # of those, for a file that is only a name
    "exe": "application/x-executable",
    "zip": "application/zip",
    "html": "text/html",
    "svg": "image/svg+xml",
    "heic": "image/heic",
    "bmp": "image/bmp",
    "mp4": "video/mp4",
}


def imagined(item: object) -> File | None:
    """A file for a name, where none need exist (cases, trials): its kind by its ending; a whole one is itself."""
    if isinstance(item, Mapping) and item.keys() == PARTS:
        return item
    if not isinstance(item, str) or not item.strip():
        return None
    name = item.strip()
    end = name.rpartition(".")[2].casefold()
    type = BY_EXTENSION.get(end) or ENDINGS.get(end, UNKNOWN)
    return {"id": sha256(name.encode("utf-8", "surrogatepass")).hexdigest(), "name": name, "type": type, "size": 1}


def named(item: object) -> str:
    """What a file is called in a message; "" for what is none."""
    if isinstance(item, Mapping):
        return str(item.get("name", ""))
    return item if isinstance(item, str) else ""


def files_in(field: Field, value: object) -> Iterator[File]:
    """The files in a value of a field; of rows, those in every column."""
    columns = [column for column in field.fields if column.type == "file"]
    for item in value if isinstance(value, list) else ():
        if field.type == "file":
            yield item
        for column in columns:
            yield from files_in(column, item.get(column.id))


def unfit(field: Field, file: File) -> Fault | None:
    """Why a file cannot be an answer of a field: it is empty, too large or of another kind."""
    size, name = file.get("size"), {"name": named(file)}
    if size == 0:
        return Fault("file-empty", name)
    if isinstance(size, int) and size > LARGEST:
        return Fault("file-too-large", {**name, "most": megabytes(LARGEST)})
    if file.get("type") not in types_of(field.kinds):
        return Fault("file-kind", {**name, "found": _found(str(file.get("type"))), "kinds": _taken(field)})
    return None


def megabytes(size: int) -> str:
    """A size in the unit people know, `20 MB`; small ones in KB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0") + " MB"


def _found(type: str) -> Mapping[str, str]:
    what = FOREIGN.get(type) or kind_of(type) or "unknown"
    return {language: phrase(f"file-is-{what}", language) for language in SPOKEN}


def _taken(field: Field) -> Mapping[str, str]:
    return {
        language: ("、" if language == "zh" else ", ").join(phrase(f"file-is-{kind}", language) for kind in field.kinds)
        for language in SPOKEN
    }
