"""A fault in words: the author's own where there are some, else the catalogue's cause and way out."""

from __future__ import annotations

from builder.diagnostic import Diagnostic, Place
from builder.language import catalogue
from builder.model import say
from workflows.record import Fault

NOWHERE = Place("", 1, 1)


def tell(fault: Fault, language: str) -> str:
    """What is wrong with an answer, and what to write instead."""
    if fault.text:
        return say(fault.text, language)
    return catalogue.told(Diagnostic(fault.code, NOWHERE, fault.args), language)
