"""A template as one of its steps asks it: what the step requires is required, and its comment is a field as well.

So a step is judged, drawn and followed in the browser as any form is, and says the same wherever it is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from builder.emit.phrases import phrase
from builder.expressions import dependency_order
from builder.lower.order import field_reads
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
        more = {**step.fields, **({COMMENT: _comment(step)} if step.comment else {})}
        order, _ = dependency_order({f.id: field_reads(f) & step.fields.keys() for f in step.fields.values()})
        named = f"{template.hash}/{step.id}"
        return replace(template, fields={**fields, **more}, order=(*template.order, *order), hash=named)

    return _asked.of(template, make, step.id)


def names(step: Transition) -> tuple[str, ...]:
    """The fields that a step always asks, in order."""
    return (*step.requires, *step.fields, *([COMMENT] if step.comment else []))


def allowed(rights: Rights, step: Transition) -> Rights:
    """The rights of whoever may take a step: what is only its own is his to write."""
    written = (*(field.id for field in step.fields.values() if field.compute is None), COMMENT)
    more: dict[str, Level] = {**dict.fromkeys(step.fields, "read"), **dict.fromkeys(written, "write")}
    return replace(rights, fields={**rights.fields, **more})


def own(template: Template, data: Data) -> dict[str, object]:
    """Of a step's answers those that are the record's own."""
    return {name: value for name, value in data.items() if name in template.fields}


def given(step: Transition, data: Data) -> dict[str, object]:
    """Of a step's answers those that only its history keeps: what people gave, not what was worked out from it."""
    typed = (field.id for field in step.fields.values() if field.compute is None)
    return {name: data[name] for name in typed if name in data}


def fields_of(template: Template, step: str) -> Mapping[str, Field]:
    """The fields that the history of a step can speak of."""
    taken = template.transitions.get(step)
    return {**template.fields, **taken.fields} if taken else template.fields


def outside(faults: Faults) -> Faults:
    """The faults of a step as they are told to who sends its comment beside the answers."""
    found = {name: each for name, each in faults.items() if name != COMMENT}
    return {**found, SAID: (*found.get(SAID, ()), *faults[COMMENT])} if COMMENT in faults else found


def _comment(step: Transition) -> Field:
    label = {language: phrase("comment", language) for language in LANGUAGES}
    return Field(id=COMMENT, path=COMMENT, type="text", label=label, lines=3, required=step.comment == "required")
