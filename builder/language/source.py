"""The text of one definition file, and how bytes become it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from builder.diagnostic import Diagnostic, Place

Kind = Literal["workspace", "template", "overlay", "vocabulary", "linked"]
VOCABULARY: Kind = "vocabulary"
LINKED: Kind = "linked"  # a template that another one links to
BESIDE = frozenset((VOCABULARY, LINKED))  # what comes with a definition, any number of each

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Source:
    """A definition file: `path` as the user gave it, its text, and which grammar reads it."""

    path: str
    text: str
    kind: Kind

    @property
    def stem(self) -> str:
        """The file's name without its ending, which is the id of a vocabulary."""
        return PurePosixPath(self.path.replace("\\", "/")).stem


def decode(path: str, raw: bytes, kind: Kind) -> tuple[Source, list[Diagnostic]]:
    """Bytes of a file → its source, and a finding when it is not saved as UTF-8.

    A file in GBK or UTF-16 is still read, so that its other mistakes are found in the same run. A CSV may be in GBK:
    Excel in China saves it so.
    """
    try:
        return Source(path, raw.decode("utf-8-sig"), kind), []
    except UnicodeDecodeError as error:
        start = error.start
    encoding, text = _other_encoding(raw)
    if encoding == "GBK" and path.endswith(".csv"):
        return Source(path, text, kind), []
    if encoding:
        return Source(path, text, kind), [Diagnostic("other-encoding", Place(path, 1, 1), {"encoding": encoding})]
    before = raw[:start].decode("utf-8-sig")
    place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Source(path, text, kind), [Diagnostic("not-utf-8", place, {"byte": f"{raw[start]:02X}"})]


def _other_encoding(raw: bytes) -> tuple[str, str]:
    """The encoding a file is most likely saved in and its text; "" when it can only be guessed at."""
    if raw.startswith(_UTF16):
        return "UTF-16", raw.decode("utf-16", "replace")
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        text = "\0"
    if all(ch < "\x80" or _common_in_chinese(ch) for ch in text) and "\0" not in text:
        return "GBK", text
    return "", raw.decode("utf-8", "replace")


def _common_in_chinese(ch: str) -> bool:
    """GB18030 decodes almost any bytes; only text of Chinese characters and punctuation is believed."""
    return "\u4e00" <= ch <= "\u9fff" or "\u3000" <= ch <= "\u303f" or "\uff00" <= ch <= "\uffef" or ch in "“”‘’—…·×"
