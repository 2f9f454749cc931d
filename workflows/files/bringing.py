"""Bringing files: a content is taken in for one person, lies ready for a day, and is his until a record has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import BinaryIO, Final

from builder.filetypes import LARGEST, UNKNOWN
from workflows.files.bare import Broken, bare
from workflows.files.facts import PARTS, File
from workflows.files.names import clean_name
from workflows.files.sniffing import sniff
from workflows.keep.port import Store
from workflows.keep.shelf import FILES, Shelf
from workflows.record import Actor

READY: Final = timedelta(days=1)
ROOM: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent: its content (cut off behind the largest size), its whole size, and its name as claimed."""

    content: BinaryIO
    size: int
    name: str


def looked_at(sent: Sent) -> File:
    """What a file that was sent is, from its content: name, type and size, and no id yet."""
    type = sniff(sent.content) if 0 < sent.size <= LARGEST else UNKNOWN
    if sent.size <= LARGEST and not _sound(sent.content, type):
        type = UNKNOWN
    return {"name": clean_name(sent.name, type), "type": type, "size": sent.size}


def _sound(content: BinaryIO, type: str) -> bool:
    try:
        bare(content, type)
    except Broken:
        return False
    return True


def bring(store: Store, actor: Actor, sent: Sent, found: File, at: str) -> File:
    """Lay a content ready for an actor. Raises StoreFailed: then nothing of it is left."""
    received = store.files.receive(bare(sent.content, str(found["type"])))
    file = {**found, "id": received.id, "size": received.size}
    with store.write(at=at, actor=actor.id):  # no row is written: the lock keeps a sweep away
        store.files.place(received, _key(actor, received.id), {**file, "at": at})
    return file


def brought(shelf: Shelf, actor: Actor, sent: object) -> File | None:
    """The file that an actor has brought and now refers to by its id; None for any other, somebody else's too."""
    id = sent.get("id") if isinstance(sent, Mapping) else None
    note = shelf.note(_key(actor, id)) if isinstance(id, str) and _somebody(actor) else None
    return {part: note[part] for part in PARTS} if note else None


def sweep(store: Store, at: str) -> int:
    """Remove what was brought more than a day ago and no record has taken; how many contents."""
    before = (datetime.fromisoformat(at) - READY).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    with store.write(at=at, actor="") as tx:
        return store.files.sweep(before, lambda id: tx.get(FILES, id) is not None)


def waiting(store: Store) -> int:
    """How much lies ready that no record has taken, in bytes; a small file counts as much as a room for one."""
    notes = (note for note in store.files.notes() if store.get(FILES, str(note["id"])) is None)
    return sum(max(int(str(note["size"])), ROOM) for note in notes)


def _somebody(actor: Actor) -> bool:
    """Whether there is anybody whose file it could be."""
    return bool(actor.id or actor.visit)


def _key(actor: Actor, id: str) -> str:
    who = f"person {actor.id}" if actor.id else f"visit {actor.visit}"
    return sha256(f"{who}\n{id}".encode("utf-8", "surrogatepass")).hexdigest()
