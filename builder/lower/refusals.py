"""`refuse`: texts that are no answer; and the reading of what may stand once or several times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.diagnostic import Path
from builder.expressions import Symbol
from builder.lower.context import Lowering
from builder.lower.options import known_vocabularies, option_types
from builder.lower.saying import said
from builder.lower.workflow import part
from builder.model import Refusal


def refusals(run: Lowering, written: object, path: Path, columns: Mapping[str, Symbol] | None) -> Iterator[Refusal]:
    """One refusal or a list of them; its values stand there or in a vocabulary."""
    for place, data in several(written, path):
        values = frozenset(_refused(run, data.get("values"), (*place, "values")))
        yield Refusal(values, said(run, data.get("say"), (*place, "say"), columns))


def _refused(run: Lowering, values: object, path: Path) -> Iterator[str]:
    if isinstance(values, str):
        name = run.reference(values, known_vocabularies(run), path, "words")
        values = _entries(run, name) if name else []
    if isinstance(values, list):
        yield from (fold(str(value)) for value in values)


def _entries(run: Lowering, name: str) -> list[str]:
    """What a vocabulary's entries are called: its words, or the ids, labels and synonyms of its options."""
    if name in run.tables:
        return [word for option in run.tables[name].options for word in (option.id, *option.words)]
    entries = part(run, "vocabularies").get(name)
    if not isinstance(entries, Mapping):
        return [str(entry) for entry in entries] if isinstance(entries, list) else []
    options = option_types(run, entries, ("vocabularies", name))
    return [word for option in options for word in (option.id, *option.words)]


def fold(text: str) -> str:
    """A text as `refuse` compares it: trimmed and case folded."""
    return text.strip().casefold()


def several(value: object, path: Path) -> Iterator[tuple[Path, Mapping[str, object]]]:
    """Each of what is written once or as a list, with its path."""
    if isinstance(value, dict):
        yield path, value
    elif isinstance(value, list):
        yield from (((*path, i), item) for i, item in enumerate(value) if isinstance(item, dict))
