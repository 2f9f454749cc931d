"""The name of a file as people gave it, without what could lead anybody astray: paths, control and direction signs."""

from __future__ import annotations

import unicodedata
from typing import Final

from builder.filetypes import BY_EXTENSION, EXTENSIONS, LONGEST_NAME

REFUSED: Final = frozenset('\\/:*?"<>|')  # what Windows takes in no name
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # control, direction, half and unassigned signs
DEVICES: Final = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
LONGEST_END: Final = 8
NAMELESS: Final = "file"


def clean_name(raw: str, type: str) -> str:
    """A name to keep and to offer for download; its ending is one of its type, whatever it was called.

    `客户名单.xlsx` stays as it is; `../../etc/passwd` is `passwd`, and a program called `photo.png` never comes here.
    """
    last = unicodedata.normalize("NFC", raw.replace("\\", "/").rpartition("/")[2])
    seen = "".join(" " if sign.isspace() else sign for sign in last if _plain(sign) or sign in "\t\n")
    stem, end = _ending(" ".join(seen.split()).strip(". "), type)
    stem = stem.strip(". ") or NAMELESS
    if stem.partition(".")[0].casefold() in DEVICES:
        stem = f"_{stem}"
    return f"{stem[: LONGEST_NAME - LONGEST_END].rstrip('. ')}{end}"


def _plain(sign: str) -> bool:
    return sign not in REFUSED and unicodedata.category(sign) not in UNSEEN


def _ending(name: str, type: str) -> tuple[str, str]:
    """The name without its ending, and the ending that its type has: the one it was given, where that is right."""
    right = EXTENSIONS.get(type, "")
    stem, dot, end = name.rpartition(".")
    if not dot or not right:
        return name, f".{right}" if right else ""
    if _fits(end.casefold(), type):
        return stem, f".{end}"
    return name, f".{right}"


def _fits(end: str, type: str) -> bool:
    text = type in ("text/plain", "text/csv")  # what a plain text is called says nothing of what opens it wrongly
    return BY_EXTENSION.get(end) == type or (text and end in ("txt", "csv", "log", "md"))
