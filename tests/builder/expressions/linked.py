"""The records that links lead to in the tests of expressions: a few written by hand, and some of all types."""

from __future__ import annotations

import random
from collections.abc import Mapping

from tests.builder.expressions.trees import LINKS, PARTS, TARGET, drawn

LINKED: Mapping[str, Mapping[str, Mapping[str, object]]] = {
    "firm": {
        "f1": {"name": "恒远精密", "level": "east__video", "credit": 150, "size": 7, "since": "2026-02-28",
               "boss": "li", "parent": "f2", "marks": ["hot", "new"], "constructor": 3},
        "f2": {"name": " ", "parent": "f1", "lines": [{"qty": 2}, {"qty": None}, {"qty": 5}]},
    },
    TARGET: {id: {name: value for name, type in PARTS.items() if (value := drawn(type, random.Random(id + name)))
                  is not None} for id in LINKS},
}  # fmt: skip


def linked(template: str, id: str) -> Mapping[str, object]:
    """As a situation gives it: nothing of a record that is not there, or that its reader may not see."""
    return LINKED.get(template, {}).get(id, {})
