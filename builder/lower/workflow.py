"""States and transitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.diagnostic import Path
from builder.expressions import BOOLEAN
from builder.lower.context import Lowering, widened
from builder.lower.options import counted, layer_of
from builder.lower.people import lower_people
from builder.model import Field, State, Transition

STATES: Path = ("workflow", "states")
TRANSITIONS: Path = ("workflow", "transitions")


def part(run: Lowering, *path: str | int) -> Mapping[str, object]:
    """The map at a path of the document; the empty map where nothing is written."""
    here: object = run.data
    for key in path:
        here = here.get(key) if isinstance(here, Mapping) else None
    return here if isinstance(here, Mapping) else {}


def lower_states(run: Lowering, fields: Mapping[str, Field]) -> dict[str, State]:
    """The states in written order; the first `initial` one is the default at creation."""
    states = part(run, *STATES)
    lowered = {key: _state(run, key, widened(data), states, fields) for key, data in states.items()}
    if lowered and not any(state.initial for state in lowered.values()):
        run.find("no-initial-state", STATES, at="key", first=next(iter(lowered)))
    return lowered


def _state(
    run: Lowering, key: str, data: Mapping[str, object], states: Mapping[str, object], fields: Mapping[str, Field]
) -> State:
    path: Path = (*STATES, key)
    edit = data.get("edit", "all")
    return State(
        id=key,
        label=run.text(data.get("label", key)),
        initial=data.get("initial") is True,
        final=data.get("final") is True,
        edit=run.references(edit, fields, (*path, "edit"), "field") if isinstance(edit, list)
        else "none" if edit == "none" else "all",
        counts_as=counted(run, data, path, states),
        layer=layer_of(key),
    )  # fmt: skip


def lower_transitions(run: Lowering, fields: Mapping[str, Field]) -> dict[str, Transition]:
    """The transitions in written order."""
    return {key: _transition(run, key, data, fields) for key, data in part(run, *TRANSITIONS).items()
            if isinstance(data, Mapping)}  # fmt: skip


def _transition(run: Lowering, key: str, data: Mapping[str, object], fields: Mapping[str, Field]) -> Transition:
    path: Path = (*TRANSITIONS, key)
    states = [*part(run, *STATES)]
    when = data.get("when")
    comment = data.get("comment", "")
    return Transition(
        id=key,
        action=str(data.get("action", key)),
        label=run.text(data.get("label", key)),
        sources=_sources(run, data.get("from"), states, (*path, "from")),
        target=run.reference(str(data.get("to")), states, (*path, "to"), "state") or "",
        by=lower_people(run, _names(data.get("by")), (*path, "by")),
        when=run.expression(when, (*path, "when"), expect=BOOLEAN, guard=True) if isinstance(when, str) else None,
        order=int(str(data.get("order", 0))),
        requires=run.references(_names(data.get("requires")), fields, (*path, "requires"), "field"),
        comment="required" if comment == "required" else "optional" if comment == "optional" else "",
        layer=layer_of(key),
    )


def _sources(run: Lowering, value: object, states: Sequence[str], path: Path) -> tuple[str, ...]:
    if isinstance(value, list):
        return run.references(_names(value), states, path, "state")
    found = run.reference(str(value), states, path, "state")
    return (found,) if found else ()


def _names(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
