"""Whether the files of a workspace have changed: by their times and sizes, which every file system tells."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from builder.compose.pins import LOCK
from builder.workspace import HEAD

FOLDERS = ("templates", "departments", "published", "vocabularies", "plugins")
Stamps = Mapping[str, tuple[int, int]]  # file → time of its last change in nanoseconds, size in bytes


class Watch:
    """Remembers how the files were when it was last asked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seen = stamps(root)

    def changed(self) -> bool:
        """Whether a file has come, gone or changed since the last time."""
        before, self.seen = self.seen, stamps(self.root)
        return self.seen != before


def stamps(root: Path) -> Stamps:
    """How the files are now; what cannot be looked at, or goes meanwhile, is not there."""
    return {path: stamp for path in _files(root) if (stamp := _stamp(path))}


def _files(root: Path) -> Iterator[str]:
    yield from (str(root / HEAD), str(root / LOCK))
    for folder in FOLDERS:
        for here, _, names in os.walk(root / folder):
            yield from (os.path.join(here, name) for name in names if not name.startswith("."))


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
