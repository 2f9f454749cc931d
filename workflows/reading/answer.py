"""What a parser takes and gives: what was sent, who and what exists, and when nothing was said."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from builder.model import Field
from workflows.files.facts import File, imagined


def no_file(sent: object) -> File | None:
    """Nothing was brought."""
    return None


@dataclass(frozen=True, slots=True)
class Directory:
    """Who and what exists: whether an id is an enabled user, whether it is a department; which file or record is meant.

    `file` takes what was sent for one and gives what is known of it, None where this caller may not use it. `link`
    (template, what was sent) → the id of the one record of that template which this is the id or the title of, as far
    as whoever sends it may know of it; "" when there is none, None when several are called so.
    """

    person: Callable[[str], bool]
    department: Callable[[str], bool]
    link: Callable[[str, str], str | None] = lambda template, sent: ""
    file: Callable[[object], File | None] = no_file


ANYONE = Directory(person=bool, department=bool, link=lambda template, sent: sent, file=imagined)

Kept = Collection[object]  # what the record already holds here: it may stay although it could not be chosen anew
Read = Callable[[object, Directory, Kept], object]  # what was sent → neutral value, None (absent) or Fault
Parser = Callable[[Field], Read]


def absent(raw: object) -> bool:
    """Whether nothing was said: None, white space alone, an empty list or map."""
    if isinstance(raw, str):
        return not raw or raw.isspace()
    return raw is None or (isinstance(raw, list | dict) and not raw)
