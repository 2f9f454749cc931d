"""The records of one entry: what it neither asks nor fixes is absent, and what it fixes is what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from builder.entry import Entry
from builder.expressions import BOOLEAN, Expression, Node, Scope, Symbol
from builder.expressions.tree import names
from builder.expressions.types import Type
from builder.model import Field, Value
from builder.proofs.links import freed
from builder.proofs.world import World

NEVER = Node("const", BOOLEAN, value=False)
NOWHERE = Entry(id="", title={})
STATE, ENTRY = "state", "entry"


def lacks(entry: Entry, field: Field) -> bool:
    """Whether an entry may leave a field without a value: what is captured may be missing."""
    given = field.id in entry.fields or field.id in entry.ask_link or field.id in entry.set
    return not given and field.default is None and field.compute is None


@dataclass
class AtDoor(World):
    """A template's records as they come in by one entry."""

    entry: Entry = NOWHERE

    @classmethod
    def of(cls, world: World, entry: Entry) -> AtDoor:
        """The world of an entry, within the budget of the template's own."""
        return cls(world.template, world.document, world.undecided, world.purse, entry=entry)

    @cached_property
    def scope(self) -> Scope:
        """The names of conditions as records of this entry have them."""
        usual = super().scope
        for field in self.template.fields.values():
            self.freed[field.id] = self._symbol(self.freed[field.id], field)
        return usual  # whose names these are

    @cached_property
    def computed(self) -> Mapping[str, Expression]:
        """What follows from other answers or from nothing: what is computed or set, defaults nobody can change."""
        fixed = ((name, freed(tree, self.freed)) for name, tree in self._fixed())
        return {**super().computed, **{name: Expression("", tree, tree.type, names(tree)) for name, tree in fixed}}

    def _symbol(self, symbol: Symbol, field: Field) -> Symbol:
        if not lacks(self.entry, field):
            return symbol
        unsure = replace(symbol, present=False, present_if=())
        return unsure if field.id in self.entry.capture else replace(unsure, visible=NEVER)

    def _fixed(self) -> Iterator[tuple[str, Node]]:
        entry, asked = self.entry, (*self.entry.fields, *self.entry.ask_link)
        for field in self.template.fields.values():
            value = entry.set.get(field.id, None if field.id in asked else field.default)
            if value is not None and field.compute is None and field.id not in entry.capture:
                yield field.id, _constant(self.scope.names[field.id].type, value)
        yield ENTRY, _constant(self.scope.names[ENTRY].type, entry.id)
        first = next((state.id for state in self.template.states.values() if state.initial), None)
        begins = entry.set.get(STATE, first)  # an entry does not ask for the state
        if begins is not None:
            yield STATE, _constant(self.scope.names[STATE].type, begins)


def _constant(type: Type, value: Value | Expression) -> Node:
    return value.tree if isinstance(value, Expression) else Node("const", type, value=value)
