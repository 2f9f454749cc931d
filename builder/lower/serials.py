"""Serial numbers: the pattern, and what a number that is given by itself leaves nothing to say of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from builder.diagnostic import Path, Related
from builder.lower.context import Lowering
from builder.serial import BadSerial, read_serial

EXCLUDES: Final = (
    "default", "compute", "required", "valid", "refuse", "min", "max", "pattern", "format", "lines", "readonly",
    "when_hidden",
)  # fmt: skip


def lower_serial(run: Lowering, data: Mapping[str, object], path: Path) -> str:
    """The pattern of a field's serial number, "" where it has none or a faulty one."""
    written = data.get("serial")
    if not isinstance(written, str):
        return ""
    for key in EXCLUDES:
        if key in data:
            first = Related(run.document.place((*path, "serial"), "key"), "numbered-here")
            run.find("serial-excludes", (*path, key), at="key", key=key, related=(first,))
    try:
        read_serial(written)
    except BadSerial as bad:
        run.find(bad.code, (*path, "serial"), offset=bad.offset, found=bad.found, suggestion=bad.write)
        return ""
    return written
