"""The words an artefact puts around an author's own, from the catalogues."""

from __future__ import annotations

from builder.diagnostic import Diagnostic, Place
from builder.language import catalogue

_NOWHERE = Place("", 1, 1)


def phrase(code: str, language: str, **args: object) -> str:
    """The words of a catalogue code in a language, holes filled; a map of languages in `args` is said in this one."""
    return catalogue.describe(Diagnostic(code, _NOWHERE, args), language).cause
