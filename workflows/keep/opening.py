"""From a store's URL to the store."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from workflows.keep.port import NoSuchStore, Store


def open_store(url: str, folder: Path) -> Store:
    """The store a URL names: `tinydb:DIR` (DIR relative to the folder) or `memory:`.

    Raises NoSuchStore for any other URL, StoreDamaged when what is on disk is not what was written, StoreFailed when
    the disk refuses.
    """
    scheme, colon, place = url.partition(":")
    opener = _OPENERS.get(scheme if colon else "")
    if opener is None or bool(place) is not (scheme in _WITH_PLACE):
        raise NoSuchStore(url)
    return opener(folder / place)


def _memory(_: Path) -> Store:
    from workflows.keep.memory import MemoryStore

    return MemoryStore(_salt)


def _tinydb(folder: Path) -> Store:
    from workflows.keep.tiny import TinyStore

    return TinyStore(folder, _salt)


def _salt() -> str:
    return secrets.token_hex(16)


_OPENERS: dict[str, Callable[[Path], Store]] = {"memory": _memory, "tinydb": _tinydb}
_WITH_PLACE = {"tinydb"}
