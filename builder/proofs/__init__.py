"""What lowering cannot see: reach, overlap, gaps and sight of the whole template, and what its conditions come to.

Narrowing compares two lowered templates, so it is asked for by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostic import Diagnostic
from builder.language import Document
from builder.model import Template
from builder.proofs.absence import absences
from builder.proofs.answers import answers
from builder.proofs.choosing import choosing
from builder.proofs.conditions import conditions
from builder.proofs.doors import doors
from builder.proofs.filters import filters
from builder.proofs.guards import guards
from builder.proofs.leaks import leaks
from builder.proofs.reach import reach
from builder.proofs.shadows import shadows
from builder.proofs.sight import sight
from builder.proofs.unused import unused
from builder.proofs.world import World, undecided

OF_RECORDS = (
    guards,
    sight,
    doors,
    conditions,
    filters,
    answers,
    choosing,
    absences,
    shadows,
    unused,
    leaks,
    undecided,
)  # which says last how much was left open


def prove(template: Template, document: Document) -> Iterator[Diagnostic]:
    """Every finding of every proof over one lowered template."""
    yield from reach(template, document)
    world = World(template, document)
    for of_records in OF_RECORDS:
        yield from of_records(world)


__all__ = ["prove"]
