"""Catalogue codes as sentences, for the doors that answer in plain text: the shell and the API."""

from __future__ import annotations

from collections.abc import Mapping

from builder.diagnostic import Diagnostic, Place
from builder.language import catalogue

_NOWHERE = Place("", 1, 1)


def sentence(code: str, language: str, args: Mapping[str, object] | None = None) -> str:
    """The cause, then the way out, holes filled; a text of several languages in `args` is said in this one."""
    return catalogue.told(Diagnostic(code, _NOWHERE, args or {}), language)
