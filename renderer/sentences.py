"""Catalogue codes as sentences, for the doors that answer in plain text: the shell and the API."""

from __future__ import annotations

from collections.abc import Mapping

from builder.diagnostic import Diagnostic, Place
from builder.language import catalogue
from builder.model import say
from workflows.record import Fault

_NOWHERE = Place("", 1, 1)


def sentence(code: str, language: str, args: Mapping[str, object] | None = None) -> str:
    """The cause, then the way out, holes filled; a text of several languages in `args` is said in this one."""
    message = catalogue.describe(Diagnostic(code, _NOWHERE, args or {}), language)
    return " ".join(part for part in (message.cause, message.help) if part)


def explain(fault: Fault, language: str) -> str:
    """What is wrong with an answer: the author's own words where there are some."""
    return say(fault.text, language) if fault.text else sentence(fault.code, language, fault.args)
