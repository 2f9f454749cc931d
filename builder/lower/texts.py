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
    for path, languages in _tongues(run.data, ()):
        for language in languages:
            if language not in spoken and is_text(path):
                run.find("unknown-language", (*path, language), at="key", name=language, known=", ".join(spoken),
                         suggestion=nearest(language, spoken))  # fmt: skip


def _tongues(here: object, path: Path) -> Iterator[tuple[Path, list[str]]]:
    """The maps whose keys could be languages: what they are the grammar knows, but asking it costs more."""
    if isinstance(here, dict):  # not Mapping: this walks the whole document, and asking an ABC costs more
        if not any(id_fault(str(key), "language") or not isinstance(text, str) for key, text in here.items()):
            yield path, list(here)
        for key, item in here.items():
            yield from _tongues(item, (*path, key))
    elif isinstance(here, list):
        for i, item in enumerate(here):
            yield from _tongues(item, (*path, i))
