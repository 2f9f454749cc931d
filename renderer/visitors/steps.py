"""The pages of an entry: all at once, one for each section, or one for each question; and the way through them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from builder.entry import Entry
from builder.model import Template

CHECK: Final = "check-answers"  # with a hyphen: no field and no section can be called so


@dataclass(frozen=True, slots=True)
class Step:
    """One page: the fields it asks; `headed` draws them under their section's heading."""

    id: str
    fields: tuple[str, ...]
    headed: bool = False


def steps(template: Template, entry: Entry) -> tuple[Step, ...]:
    """The pages of an entry in order, each with something to ask."""
    if entry.pages == "one":
        asked = (name for name in entry.fields if template.fields[name].compute is None)
        return tuple(Step(name, (name,)) for name in asked)
    if entry.pages == "section" and template.sections:
        return _by_section(template, entry)
    return (Step("", entry.fields),)


def _by_section(template: Template, entry: Entry) -> tuple[Step, ...]:
    found = ((section.id, tuple(name for name in entry.fields if name in section.fields))
             for section in template.sections)  # fmt: skip
    return tuple(Step(id, fields, True) for id, fields in found
                 if any(template.fields[name].compute is None for name in fields))  # fmt: skip


def shown(all_: Sequence[Step], visible: Collection[str]) -> tuple[Step, ...]:
    """The pages that ask anything of somebody who has answered like this; the first one, if none does."""
    return tuple(step for step in all_ if any(name in visible for name in step.fields)) or tuple(all_[:1])


def step_at(all_: Sequence[Step], id: str) -> Step:
    """The page of this id, else the first."""
    return next((step for step in all_ if step.id == id), all_[0])


def after(all_: Sequence[Step], here: Step, visible: Collection[str]) -> Step | None:
    """The next page that asks anything; None behind the last."""
    later = all_[all_.index(here) + 1 :]
    return next((step for step in later if any(name in visible for name in step.fields)), None)


def before(all_: Sequence[Step], here: Step | None, visible: Collection[str]) -> Step | None:
    """The page before, of the check page (None) the last one; None before the first."""
    earlier = all_[: all_.index(here)] if here else all_
    return next((step for step in reversed(earlier) if any(name in visible for name in step.fields)), None)
