"""Every state can be reached from an initial one, and left unless it is final (design.md, law 1)."""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostic import Diagnostic
from builder.language import Document
from builder.model import Template


def reach(template: Template, document: Document) -> Iterator[Diagnostic]:
    """Findings `unreachable-state` and `dead-end-state`, at the state's own line."""
    reached = reachable(template)
    leaving = {source for transition in template.transitions.values() for source in transition.sources}
    for state in template.states.values():
        place = document.place(("workflow", "states", state.id), "key")
        named = {"state": state.id, "label": next(iter(state.label.values()), state.id)}
        if state.id not in reached and reached:
            yield Diagnostic("unreachable-state", place, named)
        if state.id not in leaving and not state.final:
            yield Diagnostic("dead-end-state", place, named)
        if state.id in leaving and state.final:
            leaver = next(t.id for t in template.transitions.values() if state.id in t.sources)
            yield Diagnostic("final-state-left", place, {"state": state.id, "transition": leaver})


def reachable(template: Template) -> frozenset[str]:
    """The states some path of transitions leads to from an initial state."""
    reached = {state.id for state in template.states.values() if state.initial}
    frontier = set(reached)
    while frontier:
        frontier = {t.target for t in template.transitions.values() if frontier.intersection(t.sources)} - reached
        reached |= frontier
    return frozenset(reached)
