"""Narrowing: a clone may ask more than its base, never less (law 3), proved on the two lowered templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.diagnostic import Diagnostic, Path, Related
from builder.language.document import Document, value_at
from builder.model import BASE, State, Template
from builder.proofs.narrowing_access import wider_access
from builder.proofs.narrowing_fields import wider_fields
from builder.proofs.narrowing_options import wider_options
from builder.proofs.narrowing_workflow import wider_transitions
from builder.proofs.stricter import shorter

Found = tuple[str, Path, Mapping[str, object]]
# About a definition as a whole, so told at its id.
AT_KEY = frozenset({"counts-as-missing", "counts-differently", "merges-below-min", "added-way", "row-of-its-own"})


def narrowing(base: Template, clone: Template, document: Document) -> Iterator[Diagnostic]:
    """Whatever in the clone is wider than in its base; `document` is the composed one and gives the places.

    What cannot be shown to be narrower is refused: a pattern, a check or a condition is as strict as another when it
    is the same, a clone's `A or B` is a stricter `required` than the base's `A`.
    """
    for code, lowered, args in _wider(base, clone):
        path = _written(document, lowered)
        place = document.place(path, "key" if code in AT_KEY else "value")
        yield Diagnostic(code, place, {"base": base.version, **args}, _base_says(document, path))


def _written(document: Document, path: Path) -> Path:
    """Where the options or the refused words of a field stand: in a vocabulary, when it names one."""
    if path[-1:] == ("refuse",):
        return next(_shared(document, value_at(document.data, path)), path)
    at = path.index("options") if "options" in path else 0
    field = value_at(document.data, path[:at])
    name = str(field.get("vocabulary", "")) if isinstance(field, dict) else ""
    known = document.data.get("vocabularies")
    return ("vocabularies", name, *path[at + 1 :]) if isinstance(known, dict) and name in known else path


def _shared(document: Document, refusals: object) -> Iterator[Path]:
    """The vocabularies that refusals name and a layer has changed."""
    for each in refusals if isinstance(refusals, list) else [refusals]:
        path: Path = ("vocabularies", str(each.get("values", ""))) if isinstance(each, dict) else ()
        if path and value_at(document.data, path) is not None and document.layer(path):
            yield path


def _base_says(document: Document, path: Path) -> tuple[Related, ...]:
    oldest = document.layers(path)[-1:]
    return tuple(Related(layer.place, "base-says") for layer in oldest if layer.name == BASE)


def _wider(base: Template, clone: Template) -> Iterator[Found]:
    yield from wider_fields(base.fields.values(), clone.fields, ("fields",))
    yield from wider_options(base, clone)
    yield from _states(base, clone)
    yield from wider_transitions(base, clone)
    yield from wider_access(base, clone)
    yield from _privacy(base, clone)


def _states(base: Template, clone: Template) -> Iterator[Found]:
    path: Path = ("workflow", "states")
    for state in clone.states.values() if base.states else ():
        counted_as = state.id if state.id in base.states else state.counts_as
        if counted_as not in base.states:
            yield "counts-as-missing", (*path, state.id), {"id": state.id, "known": ", ".join(base.states)}
            continue
        was = base.states[counted_as]
        if state.initial and not was.initial:
            yield "added-initial", (*path, state.id, "initial"), {"state": state.id, "counts_as": was.id}
        if opened := _opened(base, was, state):
            yield "wider-edit", (*path, state.id, "edit"), {"state": was.id, "fields": ", ".join(sorted(opened))}


def _opened(base: Template, was: State, now: State) -> set[str]:
    """Which of the base's fields may be written in a state though they may not in the base's."""
    return _editable(base, now) - _editable(base, was)


def _editable(base: Template, state: State) -> set[str]:
    if isinstance(state.edit, tuple):
        return set(state.edit) & base.fields.keys()
    return set(base.fields) if state.edit == "all" else set()


def _privacy(base: Template, clone: Template) -> Iterator[Found]:
    if base.retain and not shorter(base.retain, clone.retain):
        yield "wider-retain", ("privacy", "retain"), {"was": base.retain, "now": clone.retain}
    if any(clone.purpose.get(language) != text for language, text in base.purpose.items()):
        yield "other-purpose", ("privacy", "purpose"), {"was": next(iter(base.purpose.values()))}
