"""What a door takes: the answers it asks for, what its link fixed, what was captured on arrival; and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from builder.entry import ALWAYS_THERE, Entry
from builder.model import Template
from workflows.evaluate import Evaluation
from workflows.guard.access import Level, Rights
from workflows.record import Faults, NotFound

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


def at_door(template: Template, entry: Entry) -> Rights:
    """What a visitor writes and sees at an entry: what it asks; what is computed among that is shown.

    He has no rights of his own: the link gives him these.
    """
    levels: dict[str, Level] = dict.fromkeys(template.fields, "hidden")
    levels |= {name: "write" if template.fields[name].compute is None else "read" for name in entry.fields}
    return Rights(create=True, read=False, write=True, export=False, tag=False, fields=levels)


def at_desk(template: Template, entry: str, rights: Rights) -> Rights:
    """What staff write who fill an entry: what it asks, as far as it is theirs, and what its link would have fixed.

    So paper that came in by a public entry is entered as that. The doors that are always there ask the whole form.
    Raises NotFound.
    """
    if entry in ALWAYS_THERE:
        return rights
    door = template.entries.get(entry)
    if door is None:
        raise NotFound("no-such-entry", name=entry, template=template.ref)
    asked = (*door.fields, *door.ask_link)
    return replace(rights, fields={name: rights.fields[name] if name in asked else "hidden" for name in rights.fields})


def stuck(entry: Entry, faults: Faults) -> Faults:
    """The faults of answers that the entry does not ask for: whoever fills it can do nothing about them."""
    return {name: found for name, found in faults.items() if name.partition(".")[0] not in entry.fields}
