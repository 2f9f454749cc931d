"""Text becomes a `Document`: data read by place, with the position of every key and value beside it.

An author's mistake is a `Diagnostic` that names the real cause, one a line; no text whatever raises.
The words stand in the catalogues of `schemas/messages/`; `catalogue` fills them in, `rendering` prints them.
"""

from builder.language.document import Document, Layer, Origin
from builder.language.grammar import COMPOSED, policy, property_at
from builder.language.load import load
from builder.language.source import Source, decode
from builder.language.structure import check_structure

__all__ = [
    "COMPOSED",
    "Document",
    "Layer",
    "Origin",
    "Source",
    "check_structure",
    "decode",
    "load",
    "policy",
    "property_at",
]
