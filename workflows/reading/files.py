"""Files: what was sent refers to content that lies ready, or that the record already holds; claims are not believed.

A reference is a map with the `id` of the content; a map without one tells of a file that was sent and not taken
(`{name, type, size}`), and is a fault. Name, type and size of a neutral value come from where the content lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.model import Field
from workflows.files.facts import File, named, unfit
from workflows.reading.answer import Directory, Kept, Read, absent
from workflows.record import Fault


def file_reader(field: Field) -> Read:
    def read(raw: object, directory: Directory, kept: Kept) -> object:
        held = {file["id"]: file for file in _held(kept)}
        found: dict[object, File] = {}
        for item in raw if isinstance(raw, list | tuple) else [raw]:
            file = None if absent(item) else _file(field, item, held, directory)
            if isinstance(file, Fault):
                return file
            if file is not None:
                found.setdefault(file["id"], file)
        return list(found.values()) or None

    return read


def _file(field: Field, item: object, held: Mapping[object, File], directory: Directory) -> File | Fault:
    if not isinstance(item, str | Mapping):
        return Fault("not-file")
    unknown = Fault("file-unknown", {"name": named(item)})
    id = item.get("id") if isinstance(item, Mapping) else None
    if isinstance(item, Mapping) and id is None:
        return unfit(field, item) or Fault("file-not-taken", {"name": named(item)})
    found = held.get(id) if isinstance(id, str) else None
    return found or directory.file(item) or unknown


def _held(kept: Iterable[object]) -> Iterator[File]:
    """The files the record holds here; of a column, those of every row."""
    for value in kept:
        if isinstance(value, Mapping):
            yield value
        elif isinstance(value, list):
            yield from _held(value)
