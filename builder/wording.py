"""Findings in their author's words: ids as the layer wrote them, and what people call the answers of a witness."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from builder.diagnostic import Diagnostic
from builder.model import Field, TagGroup, Template, Text


def labelled(found: Diagnostic, template: Template) -> Diagnostic:
    """A finding whose witness knows the labels of its fields and of the options chosen in them."""
    if not found.witness:
        return found
    return replace(found, labels=dict(_labels(template, found.witness)))


def _labels(template: Template, witness: Mapping[str, object]) -> Iterator[tuple[str, Text]]:
    columns = {column.path: column for field in template.fields.values() for column in field.fields}
    for name, value in witness.items():
        home: Field | TagGroup | None = template.fields.get(name) or columns.get(name) or template.tags.get(name)
        if home is not None:
            yield name, home.label
            chosen = value if isinstance(value, list) else [value]
            yield from ((f"{name}={each.id}", each.label) for each in home.options if each.id in chosen)
        elif name == "entry" and str(value) in template.entries:
            yield f"entry={value}", template.entries[str(value)].title
        elif name == "state" and str(value) in template.states:
            yield f"state={value}", template.states[str(value)].label


def as_written(found: Iterable[Diagnostic], department: str) -> Iterator[Diagnostic]:
    """Findings about a composed definition with the ids a layer added as it wrote them: `extra`, not `rd__extra`."""
    added = re.compile(rf"(?<![\w-]){re.escape(department)}__(\w+)")

    def shown(text: str) -> str:
        return added.sub(r"\1", text)

    for each in found:
        args = {key: _each(value, shown) for key, value in each.args.items()}
        related = tuple(replace(other, args={key: _each(value, shown) for key, value in other.args.items()})
                        for other in each.related)  # fmt: skip
        witness = None if each.witness is None else {shown(name): value for name, value in each.witness.items()}
        labels = {shown(name): label for name, label in each.labels.items()}
        yield replace(each, args=args, related=related, witness=witness, labels=labels)


def _each(value: object, shown: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return shown(value)
    return [_each(item, shown) for item in value] if isinstance(value, list | tuple) else value
