"""Base and overlay → one Document: the base's tree with the overlay's words in it, each leaf knowing who said it."""

from __future__ import annotations

from collections.abc import Mapping

from builder.compose.add import add
from builder.compose.change import change
from builder.compose.merge import Merge
from builder.compose.sections import place_in_sections
from builder.diagnostic import Diagnostic, Path
from builder.language import COMPOSED, Document, check_structure


def compose(base: Document, overlay: Document | None, *, language: str) -> tuple[Document, list[Diagnostic]]:
    """The template that an overlay makes of its base, and what is wrong with the overlay.

    `language` is the workspace's first: the one a text without a language is written in. Neither document is changed.
    A property that may not be changed keeps what the base says, so one mistake is one finding. Added ids are stored as
    `DEPT__id`; names inside lists and expressions stay as written, `layer(path)` tells in whose words to read them.
    Options left out by `{only}` or `{minus}` stay as retired ones. A text replaces its own language only.
    """
    if overlay is None:
        return base, []
    run = Merge(base, overlay, str(overlay.data.get("overlay", "")), language)
    for verb, apply in (("change", change), ("add", add)):
        words = overlay.data.get(verb)
        if isinstance(words, Mapping):
            apply(run, run.data, words, (), (verb,))
    place_in_sections(run)
    broken = base.broken | {_composed(run, path) for path in overlay.broken}
    composed = base.with_(data=run.data, origins=run.sayings, broken=broken)
    return _checked(composed, run.findings)


def _checked(composed: Document, findings: list[Diagnostic]) -> tuple[Document, list[Diagnostic]]:
    """Only the whole shows whether something is missing: what a layer adds may be a part or a definition of its own."""
    sound, faults = check_structure(composed.with_(kind=COMPOSED))
    found = sorted([*findings, *faults], key=lambda finding: finding.place)
    return (sound or composed).with_(kind=composed.kind), found


def _composed(run: Merge, where: Path) -> Path:
    """The composed path of a place in the overlay; its head (`extends` …) has none and stays as it is."""
    if not where or where[0] not in ("change", "add"):
        return ("overlay", *where)
    path: Path = ()
    for key in where[1:]:
        here: object = run.data
        for step in path:
            here = here.get(step) if isinstance(here, Mapping) else None
        known = here if isinstance(here, Mapping) else {}
        path = (*path, run.resolve(key, known) or key if isinstance(key, str) else key)
    return path
