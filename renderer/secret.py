"""The key that signs cookies and tokens: given, or made once under the workspace's `data/`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

FILE = "secret.key"
SHORTEST = 32  # characters; a key made here has 43 (256 bits)
FEWEST = 12  # different characters


class WeakKey(Exception):
    """The secret key given could be guessed."""


def secret_key(given: str, data: Path, make: Callable[[], str], *, production: bool) -> str:
    """The key given, else the one in `data/secret.key`, which is made (mode 0600) when there is none.

    `make` gives a new key. Raises WeakKey when production is given one that could be guessed, OSError from the disk.
    """
    if given:
        if production and is_weak(given):
            raise WeakKey
        return given
    return _kept(data / FILE) or _made(data / FILE, make())


def is_weak(key: str) -> bool:
    """Whether a key is short or of few different characters."""
    return len(key) < SHORTEST or len(set(key)) < FEWEST


def _kept(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        return ""


def _made(path: Path, key: str) -> str:
    """Several workers may start at once: the first link wins and all read that file, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key + "\n")
        os.link(draft, path)
    except FileExistsError:
        return _kept(path)
    finally:
        os.unlink(draft)
    return key
