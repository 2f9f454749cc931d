"""What lowering cannot see: reach, overlap, gaps and sight of the whole template, each finding with its witness.

Narrowing compares two lowered templates, so it is asked for by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostic import Diagnostic
from builder.language import Document
from builder.model import Template
from builder.proofs.doors import doors
from builder.proofs.guards import guards
from builder.proofs.reach import reach
from builder.proofs.sight import sight

PROOFS = (reach, guards, sight, doors)


def prove(template: Template, document: Document) -> Iterator[Diagnostic]:
    """Every finding of every proof over one lowered template."""
    for proof in PROOFS:
        yield from proof(template, document)


__all__ = ["PROOFS", "prove"]
