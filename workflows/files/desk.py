"""The desk where files are handed in and out, for an actor, under his rights."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import BinaryIO, Final

from builder.filetypes import LARGEST
from builder.model import Field
from workflows.files.bringing import Sent, bring, looked_at, sweep, waiting
from workflows.files.facts import File, files_in, unfit
from workflows.files.pictures import small
from workflows.keep.port import StoreDamaged
from workflows.record import Actor, Fault, NotFound
from workflows.service import Service

MOST_WAITING: Final = 4 << 30  # bytes that may lie unclaimed before strangers are asked to wait
PAUSE: Final = timedelta(hours=1)  # between two sweeps of one process


class FileDesk:
    """Takes files for records that are yet to be stored, and gives those of stored ones to whoever may read them."""

    def __init__(self, service: Service) -> None:
        self.service, self.store = service, service.store
        self._next_sweep, self._looked, self._waiting = "", "", 0

    def take(self, actor: Actor, sent: Sent, fields: Iterable[Field]) -> File | Fault:
        """Lay a file ready that one of the fields would take, whole with its id; else why the first would not.

        Raises StoreFailed: then nothing of it is left.
        """
        found, at = looked_at(sent), self.service.clock()
        faults = [unfit(field, found) for field in fields]
        fault = next(iter(faults), None) if None not in faults else None
        if fault is not None:
            return fault
        self._tidy(at)
        if not actor.id and self._crowded(at):
            return Fault("file-not-taken", {"name": found["name"]})
        return bring(self.store, actor, sent, found, at)

    def fetch(self, actor: Actor, id: str, field: str, file: str) -> tuple[File, BinaryIO]:
        """A file of a record's field, and its content. Raises NotFound, also where it is not his to see in clear."""
        view = self.service.read(actor, id)
        spec = view.template.fields.get(field)
        if spec is None or not view.rights.clear(field):
            raise NotFound("no-such-file")
        values = files_in(spec, view.evaluation.values.get(field))
        found = next((known for known in values if known["id"] == file), None)
        if found is None:
            raise NotFound("no-such-file")
        content = self.store.files.open(file)
        if content is None:
            raise StoreDamaged(file, 0, "kept-file-missing")
        return found, content

    def small(self, actor: Actor, id: str, field: str, file: str) -> bytes:
        """A picture made small, as JPEG. Raises NotFound, also for what is no picture that can be shown."""
        found, content = self.fetch(actor, id, field, file)
        with content:
            made = self.store.files.recall(file)
            if made is None:
                made = small(content, str(found["type"])) or b""
                self.store.files.remember(file, made)  # that there is none is remembered, too
        if not made:
            raise NotFound("no-such-file")
        return made

    def _crowded(self, at: str) -> bool:
        """Whether so much lies unclaimed that strangers bring no more; looked at once a minute."""
        minute = at[:16]
        if self._looked != minute:
            self._looked, self._waiting = minute, waiting(self.store)
        self._waiting += LARGEST
        return self._waiting > MOST_WAITING

    def _tidy(self, at: str) -> None:
        """Sweep now and then, while somebody is here anyway."""
        if at >= self._next_sweep:
            sweep(self.store, at)
            self._next_sweep = (datetime.fromisoformat(at) + PAUSE).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
