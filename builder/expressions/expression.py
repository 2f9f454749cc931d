"""A compiled expression, and what it may know of the moment it is evaluated in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from builder.expressions.emitter import emit
from builder.expressions.tree import Node
from builder.expressions.types import Type

Function = Callable[[Mapping[str, object], "Situation", Mapping[str, object]], object]


def _same(user: str) -> str:
    return user


def _nothing(template: str, id: str) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class Situation:
    """Inputs stamped by the server: nothing else of the world reaches an expression.

    `today` YYYY-MM-DD in the workspace's zone, `now` YYYY-MM-DDTHH:MM:SS.ffffffZ, `me` a user id ("" is nobody),
    `me_department` a department id, `person` user id → name, `linked` (template, record id) → the values of that record
    that the reader may see in clear, under the names and in the terms that its link was compiled against.
    """

    today: str
    now: str
    me: str = ""
    me_department: str = ""
    person: Callable[[str], str] = _same
    linked: Callable[[str, str], Mapping[str, object]] = _nothing


@dataclass(frozen=True)
class Expression:
    """A checked expression. Two are equal when their typed trees are.

    `reads`: the field ids and system names looked up in `values`; `columns`: those looked up in the row.
    `present`: every valid record gives it a value.
    """

    text: str = field(compare=False)
    tree: Node
    type: Type = field(compare=False)
    reads: frozenset[str] = field(compare=False)
    columns: frozenset[str] = field(compare=False, default=frozenset())
    present: bool = field(compare=False, default=False)

    @cached_property
    def function(self) -> Function:
        """The Python function (values, situation, row) → neutral value, None when absent; made at first use."""
        return emit(self.tree)

    def __call__(
        self, values: Mapping[str, object], situation: Situation, row: Mapping[str, object] | None = None
    ) -> object:
        """The value in a record; None is absent. `values` holds every name of `reads` (None when absent)."""
        return self.function(values, situation, row or {})
