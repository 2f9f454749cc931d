"""What a field's own words leave of its values: `min` and `max` as conditions, and texts that it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from builder.emit.schema import NAMED, PATTERNS
from builder.expressions import BOOLEAN, INTEGER, Expression, Node
from builder.lower.fields import COUNTED
from builder.lower.symbols import TEXTUAL
from builder.model import Field

WHOLE = ("integer", "money")
LONGEST = 100
# A repeated group can take a backtracking engine very long; such a pattern is taken to admit everything.
_REPEATED_GROUP = re.compile(r"\)[*+{]")


def bounds(field: Field, reference: Node) -> Iterator[Node]:
    """`min` and `max` as conditions about a reference to the field; where it or the bound is absent they hold."""
    measured = Node("size", INTEGER, (reference,)) if field.type in COUNTED else reference
    for bound, beyond in ((field.min, "lt"), (field.max, "gt")):
        if isinstance(bound, Expression):
            fits = field.type not in COUNTED and bound.tree.type.kind == reference.type.kind
            limit = bound.tree if fits else None
        else:
            limit = Node("const", measured.type, value=bound) if isinstance(bound, int | float | str) else None
        if limit is not None:
            within = negated(Node(beyond, BOOLEAN, (measured, limit)))
            yield within if measured is reference else Node("or", BOOLEAN, (negated(given(reference)), within))


def offered(waits: Mapping[str, Sequence[Node]], reference: Node) -> Iterator[Node]:
    """What options wait for, as conditions about a reference to their choice: if one is chosen, that holds."""
    kind = "overlaps" if reference.type.kind == "list" else "one_of"
    for option, trees in waits.items():
        chosen = Node(kind, BOOLEAN, (reference,), (option,))
        yield from (Node("or", BOOLEAN, (negated(chosen), tree)) for tree in trees)


def given(reference: Node) -> Node:
    """The condition that something is there."""
    return Node("given", BOOLEAN, (reference,))


def every(trees: Sequence[Node]) -> Node:
    """The condition that some conditions, one at least, all hold."""
    return trees[0] if len(trees) == 1 else Node("and", BOOLEAN, tuple(trees))


def negated(tree: Node) -> Node:
    """The condition that another does not hold."""
    return Node("not", BOOLEAN, (tree,))


def admits(field: Field, value: str) -> bool:
    """Whether a text can be the answer of a field, as far as length, pattern, format and refused words go."""
    low, high = (bound if isinstance(bound, int) else None for bound in (field.min, field.max))
    if (low is not None and len(value) < low) or (high is not None and len(value) > high):
        return False
    return not refuses(field, value) and matches(field, value)


def refuses(field: Field, value: str) -> bool:
    """Whether a text is among those that the field refuses."""
    return any(value.strip().casefold() in refusal.values for refusal in field.refuse)


def matches(field: Field, value: str) -> bool:
    """Whether a text has the shape that the field's type, format and pattern ask of what is stored."""
    own = "" if len(value) > LONGEST or _REPEATED_GROUP.search(field.pattern) else field.pattern
    shapes = (own, NAMED.get(field.format, ""), PATTERNS.get(field.type, "") if field.type in TEXTUAL else "")
    return all(_compiled(shape).fullmatch(value) for shape in shapes if shape)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
