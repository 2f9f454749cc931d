"""A template as one of its steps asks it: what the step requires is required, and its comment is a field as well.

So a step is judged, drawn and followed in the browser as any form is, and says the same wherever it is taken.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from builder.emit.phrases import phrase
from builder.model import Field, Template, Transition
from workflows.guard.access import Level, Rights
from workflows.kept import Kept
from workflows.record import Data, Faults

COMMENT: Final = "form-comment"  # no field of a template can be called so
SAID: Final = "comment"  # what programs and cases call it
LANGUAGES: Final = ("zh", "en")

_asked: Kept[Template] = Kept()


def asked(template: Template, step: Transition) -> Template:
    """The template with what a step asks; its hash is its own, so that nothing made of one is taken for the other's."""

    def make() -> Template:
        fields = {**template.fields, **{name: replace(template.fields[name], required=True) for name in step.requires}}
        more = {COMMENT: _comment(step)} if step.comment else {}
        return replace(template, fields={**fields, **more}, hash=f"{template.hash}/{step.id}")

    return _asked.of(template, make, step.id)


def names(step: Transition) -> tuple[str, ...]:
    """The fields that a step always asks, in order."""
    return (*step.requires, *([COMMENT] if step.comment else []))


def allowed(rights: Rights, step: Transition) -> Rights:
    """The rights of whoever may take a step: what is only its own is his to write."""
    more: dict[str, Level] = dict.fromkeys([COMMENT] if step.comment else [], "write")
    return replace(rights, fields={**rights.fields, **more})


def own(template: Template, data: Data) -> dict[str, object]:
    """Of a step's answers those that are the record's own."""
    return {name: value for name, value in data.items() if name in template.fields}


def outside(faults: Faults) -> Faults:
    """The faults of a step as they are told to who sends its comment beside the answers."""
    found = {name: each for name, each in faults.items() if name != COMMENT}
    return {**found, SAID: (*found.get(SAID, ()), *faults[COMMENT])} if COMMENT in faults else found


def _comment(step: Transition) -> Field:
    label = {language: phrase("comment", language) for language in LANGUAGES}
    return Field(id=COMMENT, path=COMMENT, type="text", label=label, lines=3, required=step.comment == "required")
