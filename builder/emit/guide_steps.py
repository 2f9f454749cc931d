"""The workflow in the guide: for each state what may be edited, and which steps lead out of it, whose and when."""

from __future__ import annotations

from collections.abc import Iterator

from builder.emit.guide_words import GuideWords
from builder.emit.markdown import table
from builder.model import State, Template, Transition

HEAD = ("step", "to", "by", "when", "needs", "comment")


def steps(template: Template, words: GuideWords) -> Iterator[str]:
    """The lines about states and transitions; none without a workflow."""
    if not template.states:
        return
    yield f"## {words.say('states')}"
    yield ""
    for state in template.states.values():
        yield f"### {words.text(state.label)}"
        yield ""
        yield " ".join(_facts(state, words))
        yield ""
        ways = [way for way in template.transitions.values() if state.id in way.sources]
        yield from table([words.say(f"head-{head}") for head in HEAD], [_row(template, way, words) for way in ways])


def _facts(state: State, words: GuideWords) -> Iterator[str]:
    if state.initial:
        yield words.say("initial")
    if state.final:
        yield words.say("final")
    edit = state.edit
    yield words.say("edit", fields=words.named(edit)) if isinstance(edit, tuple) else words.say(f"edit-{edit}")


def _row(template: Template, way: Transition, words: GuideWords) -> list[str]:
    return [
        words.text(way.label),
        words.text(template.states[way.target].label),
        words.people(way.by),
        words.condition(way.when) if way.when is not None else "—",
        words.listed(
            [words.named([name]) for name in way.requires] + [words.text(f.label) for f in way.fields.values()]
        ),
        words.say(f"comment-{way.comment}") if way.comment else "—",
    ]
