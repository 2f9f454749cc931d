"""A file as it stands in a form: one line, `ID TYPE SIZE NAME`, that goes out with the page and comes back with it.

It is a note for the page and proves nothing: the service believes the id alone, and that only of whoever brought the
content or of the record that holds it. A file that was sent and not taken has `-` for its id, and is told of once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from builder.emit.phrases import phrase
from builder.filetypes import EXTENSIONS, KINDS, LARGEST, types_of
from builder.model import Field
from renderer.i18n import words
from workflows.files.facts import File, megabytes

NO_ID: Final = "-"
LINE: Final = re.compile(r"([0-9a-f]{64}|-) ([\w.+/-]{1,100}) ([0-9]{1,15}) (.{0,300})", re.ASCII)


def line(file: Mapping[str, object]) -> str:
    """A file in one line."""
    return f"{file.get('id', NO_ID)} {file['type']} {file['size']} {file['name']}"


def read_line(text: str) -> File | None:
    """The file a line tells of; None for any other text."""
    found = LINE.fullmatch(text)
    if found is None:
        return None
    file: dict[str, object] = {"name": found[4], "type": found[2], "size": int(found[3])}
    return file if found[1] == NO_ID else {**file, "id": found[1]}


def accepted(spec: Field) -> str:
    """What a browser offers to choose: the types by name, which a telephone converts to, and by ending."""
    types = types_of(spec.kinds)
    return ",".join([*types, *(f".{end}" for end in dict.fromkeys(EXTENSIONS[type] for type in types))])


def taken(spec: Field, language: str) -> str:
    """What is taken, how many and how large, in words; kinds are left unsaid where all are taken."""
    _ = words(language)
    all_ = len(spec.kinds) == len(KINDS)
    kinds = [] if all_ else [phrase(f"file-is-{kind}", language) for kind in spec.kinds]
    many = _("up to %(n)d files") % {"n": spec.max} if isinstance(spec.max, int) and spec.max > 1 else ""
    each = _("at most %(size)s each") % {"size": megabytes(LARGEST)}
    listed = ("、" if language == "zh" else ", ").join(kinds)
    text = ("；" if language == "zh" else "; ").join(part for part in (listed, many, each) if part)
    return text[:1].upper() + text[1:]
