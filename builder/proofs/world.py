"""What the valid records of one template can be, and whether a condition can come to hold or to fail in one of them.

Every answer is on the safe side: "never" is said only of what no record at all can do. Where trying cannot tell, the
question is noted as undecided, and nothing is claimed.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from builder.diagnostic import Diagnostic, Path
from builder.expressions import (
    BOOLEAN,
    INTEGER,
    UNDECIDED,
    Expression,
    Node,
    Options,
    OptionType,
    Scope,
    Situation,
    Symbol,
    Undecided,
    Witness,
)
from builder.expressions.tree import names, walk
from builder.expressions.types import Type
from builder.expressions.witness import BUDGET, Budget, witness
from builder.language import Document
from builder.lower.symbols import TEXTUAL
from builder.model import Field, Template, conditions
from builder.proofs.excluding import excluding
from builder.proofs.limits import admits, bounds, every, given, negated, offered
from builder.proofs.links import freed, without_links
from builder.proofs.moments import moments
from builder.proofs.ranges import Ranges
from builder.proofs.showing import shown
from builder.proofs.sometimes import Sometimes, Waits

MOST_WAITING = 50  # options of one choice that wait for something: of more, all are taken to be offered
SOMEWHERE = "…"  # a department or person that no definition names
# What a record need not have: at creation it has no id yet, a visitor is nobody, and not every form has states.
LOOSE = ("id", "owner", "creator", "department", "entry", "state", "completeness")


@dataclass
class World:
    """One template under proof. `undecided` collects the places of questions that trying could not settle."""

    template: Template
    document: Document
    undecided: list[Path] = field(default_factory=list)
    purse: Budget = field(default_factory=lambda: Budget(BUDGET))
    loose: Sequence[str] = LOOSE  # what a record need not have of what the system knows
    freed: dict[str, Symbol] = field(default_factory=dict)  # the names of `scope`, those behind links as they are met

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field, and every column under `rows.column`."""
        every = self.template.fields.values()
        return {each.path: each for top in every for each in (top, *top.fields)}

    @cached_property
    def sections(self) -> Mapping[str, Expression]:
        """Field → the condition of the section it is in, where that has one."""
        shown = ((section.fields, section.visible) for section in self.template.sections)
        return {name: visible for fields, visible in shown if visible is not None for name in fields}

    @cached_property
    def scope(self) -> Scope:
        """The names of conditions, columns too, as records have them."""
        found = {name: _loose(name, symbol, self.loose) for name, symbol in self.template.scope.names.items()}
        for rows in self.template.fields.values():
            for column in rows.fields:
                found[column.path] = _column(self.template.scope, rows, column)
        self.freed.update((name, without_links(symbol, self.freed)) for name, symbol in found.items())
        return replace(self.template.scope, names=self.freed)

    @cached_property
    def computed(self) -> Mapping[str, Expression]:
        """What follows from other answers."""
        own = {path: self.lifted(each, each.compute.tree) for path, each in self.fields.items() if each.compute}
        own |= {} if self.template.checklist else {"completeness": Node("const", INTEGER, value=100, present=True)}
        found = {path: freed(tree, self.freed) for path, tree in own.items()}
        return {path: Expression("", tree, tree.type, names(tree)) for path, tree in found.items()}

    @cached_property
    def unfinished(self) -> Scope:
        """The same names while a form is being filled in: what is required need not be there yet."""
        found = {name: replace(symbol, present=False, present_if=()) if symbol.present or symbol.present_if else symbol
                 for name, symbol in self.scope.names.items()}  # fmt: skip
        return replace(self.scope, names=ChainMap(found, self.freed))

    @cached_property
    def sometimes(self) -> Mapping[bool, Sometimes]:
        """What can be told of conditions from their shape alone; True: of finished records, False: of any form."""
        scopes = {True: self.scope, False: self.unfinished}
        return {done: Sometimes(scope, self.fields, self.computed, self.waits) for done, scope in scopes.items()}

    @cached_property
    def waits(self) -> Waits:
        """Choice → option → what has to hold for it to be offered, of the choices that have such options."""
        held = {path: conditions(each.options) for path, each in self.fields.items() if each.options}
        return {
            path: {option: [freed(self.lifted(self.fields[path], each.tree), self.freed) for each in all_]
                   for option, all_ in options.items()}
            for path, options in held.items() if 0 < len(options) <= MOST_WAITING
        }  # fmt: skip

    @cached_property
    def ranges(self) -> Ranges:
        """What numbers can come to."""
        return Ranges(self.fields, self.computed)

    def lifted(self, home: Field, tree: Node) -> Node:
        """A tree of a column with the row's columns as names of their own."""
        rows, _, column = home.path.partition(".")
        return lift(tree, rows) if column else tree

    def around(self, field: Field) -> list[Node]:
        """The conditions under which a field is there to be asked; of a column, its rows' and its own."""
        rows = self.fields[field.path.partition(".")[0]]
        homes = (field,) if rows is field else (rows, field)
        return [self.lifted(home, home.visible.tree) for home in homes if home.visible is not None]

    def own(self, path: Path) -> bool:
        """Whether the newest layer wrote this: what the base says was proved with the base."""
        return not self.template.department or bool(self.document.layer(path))

    def never(self, path: Path, holds: Sequence[Node], fails: Sequence[Node] = (), *, done: bool = True) -> bool:
        """Whether no record lets all of `holds` hold and all of `fails` fail; asked for what stands at a path.

        () is for what an author did not ask: where it stays open, nothing is said.
        Unless the record is `done`, what is required may be missing.
        """
        holds, fails = ([freed(tree, self.freed) for tree in trees] for trees in (holds, fails))
        if self.sometimes[done].can(holds, fails):
            return False
        found = self.shown(holds, fails, done=done)
        if found is UNDECIDED and path:
            self.undecided.append(path)
        return found is None

    def shown(
        self, holds: Sequence[Node], fails: Sequence[Node] = (), *, done: bool = True
    ) -> Witness | Undecided | None:
        """A record in which all of `holds` hold and all of `fails` fail."""
        holds, fails = ([freed(tree, self.freed) for tree in trees] for trees in (holds, fails))
        refuted = any(map(self.ranges.refute, holds)) or any(self.ranges.refute(tree, False) for tree in fails)
        if refuted or excluding(holds, fails, self.ranges):
            return None
        read = sorted(self.behind([*holds, *fails]))
        rules = list(self._rules(read, [*holds, *fails]))
        behind = [tree for name in read for tree in self._deciding(name)]
        around, whole = moments([*holds, *fails, *rules, *behind])
        holding, failing = [_asked(each) for each in (*holds, *rules)], [_asked(each) for each in fails]
        results = []
        for situation in around:
            found = self._witness(holding, failing, situation, done)
            if isinstance(found, Witness):
                return found
            results.append(found)
        return UNDECIDED if UNDECIDED in results or not whole else None

    def example(self, holds: Sequence[Node], fails: Sequence[Node] = ()) -> dict[str, object] | None:
        """Answers of such a record as an author would write them, or None."""
        found = self.shown(holds, fails)
        return shown(self.template, found) if isinstance(found, Witness) else None

    def _witness(
        self, holds: Sequence[Expression], fails: Sequence[Expression], situation: Situation, done: bool
    ) -> Witness | Undecided | None:
        scope = self.scope if done else self.unfinished
        return witness(holds, fails, scope=scope, situation=situation, computed=self.computed, budget=self.purse)

    def behind(self, trees: Iterable[Node]) -> set[str]:
        """Every name that has a part in some conditions: those they read, and what those depend on."""
        waiting = [name for tree in trees for name in sorted(names(tree))]
        seen: dict[str, None] = {}
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen[name] = None
                waiting += sorted({other for tree in self._deciding(name) for other in names(tree)})
        return set(seen)

    def _deciding(self, name: str) -> list[Node]:
        """What has a part in a name's value, and in whether it has one."""
        symbol = self.scope.names[name]
        around = [tree for tree in (symbol.visible, *symbol.present_if) if tree is not None]
        return around + ([self.computed[name].tree] if name in self.computed else self._own(name))

    def _rules(self, behind: Sequence[str], trees: Sequence[Node]) -> Iterator[Node]:
        """What bounds the values of the names behind some trees."""
        for name in behind:
            if name not in self.computed:
                yield from self._bounded(name, trees)

    def _own(self, name: str) -> list[Node]:
        """`min` and `max` of a field, what its options wait for, and what gives a tag, as conditions."""
        home, symbol = self.fields.get(name), self.scope.names[name]
        reference = Node("field", symbol.type, value=name)
        own = [] if home is None else [freed(self.lifted(home, tree), self.freed) for tree in bounds(home, reference)]
        return [*own, *offered(self.waits.get(name, {}), reference), *self._given(name, reference)]

    def _given(self, name: str, reference: Node) -> Iterator[Node]:
        """A tag is there while its rule holds; of a group of which one option holds, some option."""
        group = self.template.tags.get(name)
        for option in group.options if group else ():
            if option.when is not None:
                several = reference.type.kind == "list"
                there = Node("overlaps", BOOLEAN, (reference,), (option.id,)) if several else given(reference)
                yield Node("or", BOOLEAN, (negated(freed(option.when.tree, self.freed)), there))

    def _bounded(self, name: str, trees: Iterable[Node]) -> Iterator[Node]:
        yield from self._own(name)
        home, symbol = self.fields.get(name), self.scope.names[name]
        if home is not None and home.type in TEXTUAL:
            reference = Node("field", symbol.type, value=name)
            refused = {value for value in _compared(reference, trees) if not admits(home, value)}
            if refused:
                yield negated(Node("one_of", BOOLEAN, (reference,), tuple(sorted(refused))))


def undecided(world: World) -> Iterator[Diagnostic]:
    """One finding `proofs-undecided` for all questions that could not be settled, with their number."""
    paths = list(dict.fromkeys(world.undecided))
    if paths:
        yield Diagnostic("proofs-undecided", world.document.place(paths[0]), {"count": len(paths)})


def lift(tree: Node, rows: str) -> Node:
    """The columns of the row at hand as the fields `rows.column`."""
    if tree.kind == "row":
        return replace(tree, kind="field", value=f"{rows}.{tree.value}")
    if not tree.args:
        return tree
    return replace(tree, args=tuple(lift(arg, rows) for arg in tree.args))


def _loose(name: str, symbol: Symbol, loose: Sequence[str]) -> Symbol:
    """A symbol that claims no more than every record holds."""
    kept = symbol if name not in loose else replace(symbol, present=False)
    return replace(kept, type=_open(symbol.type)) if symbol.type.name == "department" else kept


def _open(type: Type) -> Type:
    """Departments come and go: a record may be of one that is not listed yet."""
    return replace(type, options=Options((*type.options, OptionType(SOMEWHERE))))


def _column(scope: Scope, rows: Field, column: Field) -> Symbol:
    """A column's symbol with what only the lowered field knows; its row is there, while the rows show."""
    item = scope.names[rows.id].type.item
    assert item is not None
    required, symbol = column.required, _loose("", item.columns[column.id], ())
    shows = [each.visible.tree for each in (rows, column) if each.visible is not None]
    return replace(
        symbol,
        present=required is True or (column.compute is not None and column.compute.present),
        present_if=(lift(required.tree, rows.id),) if isinstance(required, Expression) else (),
        visible=lift(every(shows), rows.id) if shows else None,
    )


def _asked(tree: Node) -> Expression:
    return Expression("", tree, BOOLEAN, names(tree))


def _compared(reference: Node, trees: Iterable[Node]) -> Iterator[str]:
    """The texts that a reference is compared with."""
    for tree in trees:
        for part in walk(tree):
            if part.kind == "one_of" and part.args[0] == reference and isinstance(part.value, tuple):
                yield from (value for value in part.value if isinstance(value, str))
