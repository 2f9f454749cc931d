"""The kinds of files that a field may take, in words people know, and the types behind each (language.md: `kinds`).

A type is a media type, found in a file's content and never in its name (`workflows/sniffing.py`). The pages, the
judge and the API all read this one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

OFFICE: Final = "application/vnd.openxmlformats-officedocument."
OPEN: Final = "application/vnd.oasis.opendocument."
UNKNOWN: Final = "application/octet-stream"

# type → what its names end with
IMAGES: Final = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
SHEETS: Final = {
    f"{OFFICE}spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-excel": "xls",
    f"{OPEN}spreadsheet": "ods",
    "text/csv": "csv",
}
DOCUMENTS: Final = {
    f"{OFFICE}wordprocessingml.document": "docx",
    "application/msword": "doc",
    f"{OPEN}text": "odt",
    "application/rtf": "rtf",
}
SLIDES: Final = {
    f"{OFFICE}presentationml.presentation": "pptx",
    "application/vnd.ms-powerpoint": "ppt",
    f"{OPEN}presentation": "odp",
}
AUDIO: Final = {"audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/wav": "wav", "audio/ogg": "ogg"}

KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "image": IMAGES,
    "pdf": {"application/pdf": "pdf"},
    "sheet": SHEETS,
    "document": DOCUMENTS,
    "slides": SLIDES,
    "text": {"text/plain": "txt", "text/csv": "csv"},
    "audio": AUDIO,
}
EXTENSIONS: Final[Mapping[str, str]] = {type: end for types in KINDS.values() for type, end in types.items()}
BY_EXTENSION: Final[Mapping[str, str]] = {
    **{end: type for type, end in EXTENSIONS.items()},
    "jpeg": "image/jpeg",
    "log": "text/plain",
    "md": "text/plain",
}
LARGEST: Final = 20 * 1024 * 1024  # bytes of one file
LONGEST_NAME: Final = 200  # characters


def types_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """The types behind some kinds, each once."""
    return tuple(dict.fromkeys(type for kind in kinds for type in KINDS[kind]))


def kind_of(type: str) -> str:
    """The first kind that a type belongs to; "" when it belongs to none."""
    return next((kind for kind, types in KINDS.items() if type in types), "")
