"""What a person or a program sent → a neutral value or a `Fault`: one parser a type, each idempotent.

Sent values are text as typed (full-width digits, `1,000`, `5万`, `2026年1月5日`) or JSON. A neutral value read again is
itself, with one exception: money is sent in currency units (`12.50`, 12.5) and kept scaled (1250), so what was kept is
never read again; `outward.py` turns it back into what a person sends. Absent is None, "", white space, an empty list.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from builder.model import Field
from workflows.reading.answer import ANYONE, Directory, Kept, Parser, Read, absent
from workflows.reading.choices import BETWEEN, called, choice_reader, choices_reader
from workflows.reading.files import file_reader
from workflows.reading.moments import date_reader, datetime_reader, time_reader
from workflows.reading.numbers import EXACT, boolean_reader, integer_reader, money_reader, number_reader
from workflows.reading.texts import clean_text, email_reader, phone_reader, text_reader, url_reader
from workflows.record import Fault

__all__ = [
    "ANYONE", "BETWEEN", "EXACT", "Directory", "Kept", "Read", "absent", "called", "clean_text", "reader",
]  # fmt: skip


def reader(field: Field) -> Read:
    """The prepared parser of a field (all types but rows, whose columns have a parser each)."""
    return READERS[field.type](field)


def _known(kind: str, field: Field) -> Read:
    def read(raw: object, directory: Directory, kept: Kept) -> object:
        name = raw.strip() if isinstance(raw, str) else ""
        return name if name in kept or getattr(directory, kind)(name) else Fault(f"not-{kind}")

    return read


def link_reader(field: Field) -> Read:
    """A record by its id, or by its title where only one is called so."""

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        sent = clean_text(raw) if isinstance(raw, str) else ""
        if sent in kept:
            return sent
        found = directory.link(field.to, sent) if sent else ""
        return found or Fault("not-link" if found is not None else "several-links", {"sent": sent})

    return read


READERS: Mapping[str, Parser] = {
    "text": text_reader,
    "number": number_reader,
    "integer": integer_reader,
    "money": money_reader,
    "boolean": boolean_reader,
    "choice": choice_reader,
    "choices": choices_reader,
    "date": date_reader,
    "datetime": datetime_reader,
    "time": time_reader,
    "phone": phone_reader,
    "email": email_reader,
    "url": url_reader,
    "person": partial(_known, "person"),
    "department": partial(_known, "department"),
    "file": file_reader,
    "link": link_reader,
}
