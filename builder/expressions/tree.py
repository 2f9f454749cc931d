"""The typed tree: plain frozen data that says everything; each emitter translates it and decides nothing.

(see KINDS)
"""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.expressions.types import Type

Constant = object  # None bool int float str, or tuples of these


@dataclass(frozen=True, slots=True)
class Node:
    """One operation.

    `present`: its value is never absent, in no record at all. `span`: start and end in the text, in code points.
    Neither belongs to its identity: two trees are equal when they mean the same, operation by operation.
    """

    kind: str
    type: Type
    args: tuple[Node, ...] = ()
    value: Constant = None
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    present: bool = field(default=False, compare=False)
