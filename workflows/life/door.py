"""What a door takes: the answers it asks for, what its link fixed, what was captured on arrival; and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from builder.entry import Entry
from builder.model import Template
from workflows.evaluate import Evaluation
from workflows.guard.access import Level, Rights
from workflows.record import Faults

STAFF: Final = "staff"  # the entry of what staff fill in without choosing one
Answers = Mapping[str, object]


def admitted(
    entry: Entry, answers: Answers, fixed: Answers, captured: Answers, judge: Callable[[Answers], Evaluation]
) -> Evaluation:
    """The record as it comes in by an entry, judged.

    Nobody can correct what was captured: where it is at fault it counts as not captured, and what the entry sets holds.
    """
    asked = {name: answers[name] for name in entry.fields if name in answers}
    taken = {name: value for name, value in captured.items() if name in entry.capture}
    judged = judge({**asked, **taken, **fixed})
    faulty = judged.faults.keys() & taken.keys()
    if not faulty:
        return judged
    return judge({**asked, **{name: value for name, value in taken.items() if name not in faulty}, **fixed})


def public_record(maker: str, owner: str, department: str) -> dict[str, object]:
    """What expressions know of a record that is being made at a door: nobody creates a public one, its link's maker
    owns it."""
    return {"creator": maker or None, "owner": owner or None, "department": department or None}


def at_door(template: Template, entry: Entry, rights: Rights | None) -> Rights:
    """What may be written and seen at an entry: what it asks; computed fields among that are shown.

    A visitor (`rights` None) has no rights of his own, the link gives him these; staff keep within theirs.
    """
    mine = dict.fromkeys(template.fields, "write") if rights is None else rights.fields
    levels: dict[str, Level] = dict.fromkeys(template.fields, "hidden")
    for name in entry.fields:
        level = mine[name]
        levels[name] = "read" if level == "write" and template.fields[name].compute is not None else level  # type: ignore[assignment]  # a level, whichever branch
    return Rights(create=True, read=False, write=True, export=False, tag=False, fields=levels)


def stuck(entry: Entry, faults: Faults) -> Faults:
    """The faults of answers that the entry does not ask for: whoever fills it can do nothing about them."""
    return {name: found for name, found in faults.items() if name.partition(".")[0] not in entry.fields}
