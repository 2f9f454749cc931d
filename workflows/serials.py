"""Serial numbers: given when a record is made, under the writers' lock, in the transaction that stores the record.

So no number is given twice, and none is missing among the records that were acknowledged. Collection `serials`:
`TEMPLATE/FIELD/PERIOD` holds the last number of a period, `TEMPLATE/FIELD` the patterns that the field has had. A
department's clone counts with its base, for their records are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from builder.expressions.dates import local_date
from builder.model import Field, Template
from builder.serial import read_serial
from workflows.filing import RECORDS, Reader, record_of
from workflows.find.query import Query
from workflows.keep.port import Transaction

SERIALS: Final = "serials"


def numbered(template: Template) -> Iterator[Field]:
    """The fields that are numbered by themselves."""
    return (field for field in template.fields.values() if field.serial)


def next_numbers(tx: Transaction, template: Template, at: str) -> dict[str, str]:
    """Field → the number of a record that is made at a moment (neutral); drawn, and counted in the transaction."""
    day = local_date(at, template.timezone) or ""
    return {field.id: _draw(tx, template.id, field, day) for field in numbered(template)}


def coming_numbers(reader: Reader, template: Template, at: str) -> dict[str, str]:
    """The numbers that a record made now would be given, drawn by nobody: what is judged and shown until it is made.

    Whoever is faster takes them, and the record is judged again with its own.
    """
    day = local_date(at, template.timezone) or ""
    return {field.id: _coming(reader, template.id, field, day) for field in numbered(template)}


def given_numbers(reader: Reader, template: Template, record: str) -> dict[str, object]:
    """The numbers that a stored record was given."""
    row = reader.get(RECORDS, record)
    data = record_of(row).data if row else {}
    return {field.id: data[field.id] for field in numbered(template) if field.id in data}


def first_numbers(template: Template, at: str) -> dict[str, str]:
    """The same for a record that is the first of its period: what a case's record gets."""
    day = local_date(at, template.timezone) or ""
    return {field.id: read_serial(field.serial).write(day, 1) for field in numbered(template)}


def _coming(reader: Reader, template: str, field: Field, day: str) -> str:
    serial = read_serial(field.serial)
    return serial.write(day, _number(reader.get(SERIALS, f"{template}/{field.id}/{serial.period(day)}")) + 1)


def _draw(tx: Transaction, template: str, field: Field, day: str) -> str:
    serial, name = read_serial(field.serial), f"{template}/{field.id}"
    taken = _taken(tx, template, field, name)
    id = f"{name}/{serial.period(day)}"
    last = _number(tx.get(SERIALS, id)) + 1
    while serial.write(day, last) in taken:
        last += 1
    tx.put(SERIALS, id, {"id": id, "last": last})
    return serial.write(day, last)


def _number(row: Mapping[str, object] | None) -> int:
    return int(str(row["last"])) if row else 0


def _taken(tx: Transaction, template: str, field: Field, name: str) -> frozenset[str]:
    """What other patterns may have written before: none, as long as the field has had only this one."""
    row = tx.get(SERIALS, name)
    known = row["patterns"] if row else []
    patterns = [str(pattern) for pattern in known] if isinstance(known, list) else []
    if field.serial not in patterns:
        patterns.append(field.serial)
        tx.put(SERIALS, name, {"id": name, "patterns": patterns})
    if len(patterns) == 1:
        return frozenset()
    records = tx.find(Query(collection=RECORDS, where={"template": template})).rows
    data = (row["data"] for row in records)
    return frozenset(str(each.get(field.id, "")) for each in data if isinstance(each, Mapping))
