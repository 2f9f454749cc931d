"""From the typed tree to a Python function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from builder.expressions.tree import Node

if TYPE_CHECKING:
    from builder.expressions.expression import Situation


def emit(tree: Node) -> Callable[[Mapping[str, Any], Situation, Mapping[str, Any]], object]:
    """A function of (values, situation, row) that computes the tree."""
    value = tree.value
    return lambda values, situation, row: value
