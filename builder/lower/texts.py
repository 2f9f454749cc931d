"""Texts in several languages: each in one that the workspace speaks."""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostic import Path
from builder.expressions.inserted import HOLE
from builder.language.grammar import is_text
from builder.language.ids import id_fault
from builder.lower.context import Lowering
from builder.lower.workflow import part
from builder.nearest import nearest

FILLED = ("say", "thanks")  # the texts into which values are put


def check_texts(run: Lowering) -> None:
    """Findings `unknown-language`: nobody would ever read that text; `nothing-inserted`: it names a field in vain."""
    spoken = run.company.languages
    for path, languages in _tongues(run.data, frozenset(spoken)):
        for language in languages:
            if language not in spoken and is_text(path):
                run.find("unknown-language", (*path, language), at="key", name=language, known=", ".join(spoken),
                         suggestion=nearest(language, spoken))  # fmt: skip
    fields = part(run, "fields")
    for path, text in _braced(run.data):
        home = path[:-1] if path[-1] in spoken else path
        for hole in HOLE.finditer(text) if home[-1] not in FILLED and is_text(home) else ():
            if run.resolve(hole[1], fields, run.document.layer(path)):
                run.find("nothing-inserted", path, offset=hole.start(), name=hole[1])


def _tongues(data: object, spoken: frozenset[str]) -> Iterator[tuple[Path, list[str]]]:
    """The maps whose keys could be languages, others than those spoken.

    What they are the grammar knows, but asking it costs more.
    """
    for path, here in _collections(data):
        if isinstance(here, dict) and not spoken.issuperset(here) and not any(map(_no_tongue, here.items())):
            yield path, list(here)


def _braced(data: object) -> Iterator[tuple[Path, str]]:
    """The scalars with a brace in them."""
    for path, here in _collections(data):
        for key, item in here.items() if isinstance(here, dict) else enumerate(here):
            if isinstance(item, str) and "{" in item:
                yield (*path, key), item


def _collections(data: object) -> Iterator[tuple[Path, dict[str, object] | list[object]]]:
    """Every map and list of the document."""
    waiting: list[tuple[Path, object]] = [((), data)]
    for path, here in waiting:  # the list grows while it is walked
        # not Mapping: this walks the whole document, and asking an ABC costs more
        if isinstance(here, (dict, list)):
            yield path, here
            inner = here.items() if isinstance(here, dict) else enumerate(here)
            waiting += [((*path, key), item) for key, item in inner if isinstance(item, (dict, list))]


def _no_tongue(pair: tuple[str, object]) -> bool:
    """Whether a key with its value is no text in a language."""
    key, text = pair
    return not isinstance(text, str) or bool(id_fault(key, "language"))
