"""Records as rows of the store, and the idempotency keys filed beside them.

Collections: `records` (a record's attributes, `completeness` for lists, `links` to other records), `keys` (what a key
was used for) and `files` (the contents that records refer to, or did).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any, Protocol

from builder.model import Template
from workflows.evaluate import Evaluation
from workflows.files.facts import File, files_in
from workflows.find.query import Page, Query
from workflows.guard.attempts import later
from workflows.keep.port import Row, Transaction
from workflows.keep.shelf import FILES, Shelf
from workflows.record import Actor, Data, Fault, Invalid, KeyReused, Record
from workflows.view import Done

RECORDS, KEYS = "records", "keys"
KEY_DAYS = 30  # how long a used key answers for its request: longer than any session that could send the page again
LINKED = "links"  # the column of a record's row with the ids of the records it links to
_ATTRIBUTES = tuple(attribute.name for attribute in fields(Record))


class Reader(Protocol):
    """Whatever rows can be read from: a store, or a transaction."""

    def get(self, collection: str, id: str) -> Row | None:
        """The row, or None."""
        ...

    def find(self, query: Query) -> Page:
        """What the query asks for."""
        ...


def row_of(template: Template, record: Record, completeness: int) -> dict[str, object]:
    """The row of a record; where it links to others, with their ids, by which it is found from there."""
    linked = sorted(linked_ids(template, record.data))
    row = {**{name: getattr(record, name) for name in _ATTRIBUTES}, "completeness": completeness}
    return {**row, LINKED: linked} if linked else row


def linked_ids(template: Template, data: Data) -> set[str]:
    """The records that answers link to, in rows too."""
    found: set[str] = set()
    for field in template.fields.values():
        value = data.get(field.id)
        columns = [column.id for column in field.fields if column.type == "link"]
        if field.type == "link" and value is not None:
            found.add(str(value))
        elif columns and isinstance(value, list):
            found.update(str(row[column]) for row in value for column in columns if row.get(column) is not None)
    return found


def record_of(row: Mapping[str, Any]) -> Record:
    """The record of a row."""
    return Record(**{name: row[name] for name in _ATTRIBUTES})


def file_record(tx: Transaction, template: Template, record: Record, evaluation: Evaluation) -> None:
    """Put a record where it is found again."""
    tx.put(RECORDS, record.id, row_of(template, record, evaluation.completeness))


def claim_files(tx: Transaction, shelf: Shelf, template: Template, before: Data, after: Data) -> None:
    """Claim the contents that a record refers to from now on, for good. Raises Invalid when one has gone meanwhile.

    A content that was ever claimed stays: the record's history refers to it.
    """
    for field in template.fields.values():
        held = {file["id"] for file in files_in(field, before.get(field.id))}
        for file in files_in(field, after.get(field.id)):
            id = str(file["id"])
            if id not in held and tx.get(FILES, id) is None:
                _claim(tx, shelf, field.id, file)


def _claim(tx: Transaction, shelf: Shelf, field: str, file: File) -> None:
    content = shelf.open(str(file["id"]))
    if content is None:
        raise Invalid({field: (Fault("file-unknown", {"name": file["name"]}),)})
    content.close()
    tx.put(FILES, str(file["id"]), {"id": file["id"], "type": file["type"], "size": file["size"]})


def key_over(row: Row, at: str) -> bool:
    """Whether a used key has answered as long as it is promised to."""
    return later(str(row["at"]), days=KEY_DAYS) <= at


class Once:
    """An idempotency key of one actor for one request; without a key every request is its own."""

    def __init__(self, actor: Actor, key: str, *request: object) -> None:
        self.id = sha256(f"{actor.id}\n{key}".encode()).hexdigest() if key else ""
        body = json.dumps(request, ensure_ascii=False, sort_keys=True, default=str) if key else ""
        self.body = sha256(body.encode("utf-8", "surrogatepass")).hexdigest()

    def earlier(self, reader: Reader) -> Done | None:
        """What this request came to the first time; None when it is new. Raises KeyReused for another body."""
        row: Any = reader.get(KEYS, self.id) if self.id else None
        if row is None:
            return None
        if row["body"] != self.body:
            raise KeyReused("key-reused")
        return Done(id=row["record"], rev=row["rev"], state=row["state"], repeated=True)

    def file(self, tx: Transaction, done: Done, at: str) -> Done:
        """File the result under the key, in the transaction that brought it about."""
        if self.id:
            result = {"record": done.id, "rev": done.rev, "state": done.state, "at": at}
            tx.put(KEYS, self.id, {"id": self.id, "body": self.body, **result})
        return done
