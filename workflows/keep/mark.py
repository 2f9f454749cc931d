"""How far the journal reached: a small file beside it, rewritten after each line and never waited for.

It is a lower bound of what was acknowledged. A journal that ends before it was cut; one that ends behind it lost power.
"""

from __future__ import annotations

import json
from hashlib import sha256
from io import FileIO
from pathlib import Path

from workflows.keep.disk import Disk
from workflows.keep.port import Head

_SIZE = 256  # one write inside one page


def read_mark(path: Path) -> Head | None:
    """The head it names; None when there is none or it was torn: then it bounds nothing."""
    try:
        content, _, digest = path.read_bytes().strip().rpartition(b" ")
    except FileNotFoundError:
        return None
    if sha256(content).hexdigest().encode() != digest:
        return None
    return Head(*json.loads(content))


def write_mark(file: FileIO, head: Head, disk: Disk) -> None:
    """Name this head. Raises OSError."""
    content = json.dumps([head.seq, head.hash]).encode()
    disk.write(file, 0, (content + b" " + sha256(content).hexdigest().encode()).ljust(_SIZE - 1) + b"\n")
