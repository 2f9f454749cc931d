"""Texts in several languages: each in one that the workspace speaks."""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostic import Path
from builder.language.grammar import is_text
from builder.language.ids import id_fault
from builder.lower.context import Lowering
from builder.nearest import nearest


def check_texts(run: Lowering) -> None:
    """Findings `unknown-language`: nobody would ever read that text."""
    spoken = run.company.languages
    for path, languages in _tongues(run.data, frozenset(spoken)):
        for language in languages:
            if language not in spoken and is_text(path):
                run.find("unknown-language", (*path, language), at="key", name=language, known=", ".join(spoken),
                         suggestion=nearest(language, spoken))  # fmt: skip


def _tongues(data: object, spoken: frozenset[str]) -> Iterator[tuple[Path, list[str]]]:
    """The maps whose keys could be languages, others than those spoken.

    What they are the grammar knows, but asking it costs more.
    """
    waiting: list[tuple[Path, object]] = [((), data)]
    for path, here in waiting:  # the list grows while it is walked
        # not Mapping: this walks the whole document, and asking an ABC costs more
        if isinstance(here, dict) and not spoken.issuperset(here) and not any(map(_no_tongue, here.items())):
            yield path, list(here)
        inner = here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ()
        waiting += [((*path, key), item) for key, item in inner if isinstance(item, (dict, list))]


def _no_tongue(pair: tuple[str, object]) -> bool:
    """Whether a key with its value is no text in a language."""
    key, text = pair
    return not isinstance(text, str) or bool(id_fault(key, "language"))
