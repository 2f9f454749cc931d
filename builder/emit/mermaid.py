"""The workflow as a picture: a Mermaid state diagram."""

from __future__ import annotations

from collections.abc import Iterator

from builder.model import Template, Transition, say

# Mermaid ends a label at these, or reads them as its own signs; `#NN;` writes a character by its number.
SIGNS = str.maketrans({sign: f"#{ord(sign)};" for sign in '"#;:<>{}[]\\'} | {"\n": " "})


def mermaid(template: Template, language: str = "") -> str:
    """The states and transitions as `stateDiagram-v2`, labels in a language (else in the one written first).

    States are numbered, so that ids of any script may be used; a guard stands in brackets behind its label, as in UML.
    """
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _lines(template, language))]) + "\n"


def _lines(template: Template, language: str) -> Iterator[str]:
    names = {state: f"s{number}" for number, state in enumerate(template.states, 1)}
    for state in template.states.values():
        yield f'state "{say(state.label, language).translate(SIGNS)}" as {names[state.id]}'
    for state in template.states.values():
        if state.initial:
            yield f"[*] --> {names[state.id]}"
    for way in template.transitions.values():
        for source in way.sources:
            yield f"{names[source]} --> {names[way.target]} : {_label(way, language)}"
    for state in template.states.values():
        if state.final:
            yield f"{names[state.id]} --> [*]"


def _label(way: Transition, language: str) -> str:
    label = say(way.label, language)
    return (f"{label} [{way.when.text}]" if way.when else label).translate(SIGNS)
