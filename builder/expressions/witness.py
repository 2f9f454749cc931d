"""Answers under which some conditions hold and others do not: what shows an author that a finding is true."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builder.expressions.domains import Use, domain, uses
from builder.expressions.emitter import emit
from builder.expressions.expression import Expression, Situation
from builder.expressions.order import dependency_order
from builder.expressions.tree import Node, names
from builder.expressions.types import BOOLEAN, Scope

BUDGET = 10**6
GUESSES, FEW = 24, 3  # of so few names all values are soon tried
HOPELESS = 20_000  # how far to look where not finding anything would prove nothing
TRUE = Node("const", BOOLEAN, value=True)
Values = dict[str, object]
Condition = Callable[[Mapping[str, object]], bool]


@dataclass
class Budget:
    """How many values may still be tried; several questions may share one."""

    left: int = BUDGET


class Undecided(enum.Enum):
    """Nothing was found, but not everything could be tried."""

    UNDECIDED = "undecided"


UNDECIDED = Undecided.UNDECIDED


@dataclass(frozen=True, slots=True)
class Witness:
    """Neutral values, by name, of a record that shows it; None is absent."""

    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """Names with the values to try, in order, and conditions that can be asked as soon as their names have values."""

    domains: Mapping[str, Callable[[Mapping[str, object]], Sequence[object]]]
    conditions: tuple[tuple[frozenset[str], Condition], ...]
    exact: bool = True  # whether the values are all that can make a difference


def witness(
    holds: Sequence[Expression],
    fails: Sequence[Expression] = (),
    *,
    scope: Scope,
    situation: Situation,
    computed: Mapping[str, Expression] | None = None,
    budget: int | Budget = BUDGET,
) -> Witness | Undecided | None:
    """Values of a valid record under which every one of `holds` holds and none of `fails` does.

    Finite domains are tried whole, numbers and dates at the ends of the intervals that the conditions speak of.
    Hidden names are absent, required ones present; a name in `computed` follows from its expression. None: there are
    no such values. UNDECIDED: more than `budget` steps, or operations that trying cannot settle.
    """
    asked = {True: [each.tree for each in holds], False: [each.tree for each in fails]}
    trees = [*asked[True], *asked[False]]
    found = _question(trees, scope, situation, computed or {})
    conditions = [(names(tree), _condition(tree, situation, wanted)) for wanted in asked for tree in asked[wanted]]
    return search(Question(found.domains, (*conditions, *found.conditions), found.exact), budget)


def search(question: Question, budget: int | Budget = BUDGET) -> Witness | Undecided | None:
    """The first values that satisfy a question, name by name; each is given up as soon as a condition refuses it."""
    order = list(question.domains)
    place = {name: i for i, name in enumerate(order)}
    due: list[list[Condition]] = [[] for _ in range(len(order) + 1)]
    for needed, condition in question.conditions:
        due[max((place[name] + 1 for name in needed), default=0)].append(condition)
    values: Values = {}
    if not all(condition(values) for condition in due[0]):
        return None
    guessed = _guessed(question, order, due)
    if guessed is not None:
        return Witness(guessed)
    purse = Budget(budget) if isinstance(budget, int) else budget
    spent = Budget(min(purse.left, BUDGET if question.exact else HOPELESS))
    before = spent.left
    found = _Search(question, order, due, spent).at(0, values)
    purse.left -= before - max(spent.left, 0)
    return Witness(dict(values)) if found else UNDECIDED if found is None or not question.exact else None


def _guessed(question: Question, order: Sequence[str], due: Sequence[Sequence[Condition]]) -> Values | None:
    """Values tried without ever going back: sums that many answers bring about together are not found name by name."""
    for guess in range(GUESSES if len(order) >= FEW else 0):
        values: Values = {}
        for place, name in enumerate(order):
            fitting = []
            for value in question.domains[name](values):
                values[name] = value
                if all(condition(values) for condition in due[place + 1]):
                    fitting.append(value)
            if not fitting:
                break
            values[name] = _picked(fitting, guess, place)
        else:
            return values
    return None


def _picked(choices: Sequence[object], guess: int, place: int) -> object:
    """A high value or, every other time, a low one; of some names any other."""
    present = [value for value in choices if value is not None] or [None]
    numbers = [value for value in present if isinstance(value, int | float)]
    ordered: Sequence[object] = sorted(numbers) if len(numbers) == len(present) else present
    if guess > 1 and (place * 7 + guess * 3) % 5 == 0:
        return ordered[(place + guess) * 13 % len(ordered)]
    return ordered[guess % 2 - 1]


class _Search:
    def __init__(self, question: Question, order: list[str], due: list[list[Condition]], purse: Budget) -> None:
        self.question, self.order, self.due, self.purse = question, order, due, purse

    def at(self, depth: int, values: Values) -> bool | None:
        """True with `values` filled; False when there are none; None when the budget ran out."""
        if depth == len(self.order):
            return True
        name = self.order[depth]
        for value in self.question.domains[name](values):
            self.purse.left -= 1
            if self.purse.left < 0:
                return None
            values[name] = value
            if all(condition(values) for condition in self.due[depth + 1]):
                found = self.at(depth + 1, values)
                if found is not False:
                    return found
        values.pop(name, None)
        return False


def _condition(tree: Node, situation: Situation, outcome: bool) -> Condition:
    function = emit(tree)
    return lambda values: bool(function(values, situation, {})) is outcome


def _question(
    trees: Sequence[Node], scope: Scope, situation: Situation, computed: Mapping[str, Expression]
) -> Question:
    """The names behind some trees, what they can be, and what makes a record of them possible."""
    following = {name: each.tree for name, each in computed.items() if _scalar(each, scope)}
    reads = _closure(trees, scope, following)
    constraints = [tree for name in reads for tree in _around(name, scope, following)]
    speaking = [*trees, *constraints]
    free = {name: scope.names[name].type for name in reads if name not in following}
    used = uses(free, speaking, situation)
    domains: dict[str, Callable[[Mapping[str, object]], Sequence[object]]] = {}
    exact = True
    for name in _ordered(reads):
        domains[name], whole = _choices(name, scope, situation, speaking, following, used)
        exact = exact and whole
    conditions = [rule for name in domains if name not in following for rule in _rules(name, scope, situation)]
    return Question(domains, tuple(conditions), exact)


def _scalar(each: Expression, scope: Scope) -> bool:
    """Whether values of single fields decide it; what is summed over rows is left free."""
    return all(name in scope.names and scope.names[name].type.kind != "list" for name in each.reads)


def _around(name: str, scope: Scope, following: Mapping[str, Node]) -> list[Node]:
    """The trees around a name. What it follows from stands under a node of its own: the whole of it is used, too."""
    symbol, whole = scope.names[name], following.get(name)
    flows = Node("flows", whole.type, (whole,)) if whole is not None else None
    return [tree for tree in (symbol.visible, *symbol.present_if, flows) if tree is not None]


def _closure(trees: Iterable[Node], scope: Scope, following: Mapping[str, Node]) -> dict[str, frozenset[str]]:
    """Every name that matters, with the names it must come after."""
    reads: dict[str, frozenset[str]] = {}
    waiting = [name for tree in trees for name in sorted(names(tree))]
    while waiting:
        name = waiting.pop(0)
        if name in reads:
            continue
        around = _around(name, scope, following)
        needs = [part for part in (scope.names[name].visible, following.get(name)) if part is not None]
        reads[name] = frozenset().union(*map(names, needs)) if needs else frozenset()
        waiting += sorted(frozenset().union(*map(names, around))) if around else []
    return reads


def _ordered(reads: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    order, _ = dependency_order(reads)
    return (*order, *(name for name in reads if name not in order))


def _choices(
    name: str,
    scope: Scope,
    situation: Situation,
    trees: Sequence[Node],
    following: Mapping[str, Node],
    used: Mapping[str, Use],
) -> tuple[Callable[[Mapping[str, object]], Sequence[object]], bool]:
    """The values to try for a name (given those before it), and whether they are all that matter."""
    symbol = scope.names[name]
    if name in following:
        compute, visible = emit(following[name]), emit(symbol.visible or TRUE)
        return lambda v: (compute(v, situation, {}) if visible(v, situation, {}) else None,), True
    values, exact = domain(symbol.type, used[name], trees, situation)
    certain = symbol.present and symbol.visible is None
    tried = values if certain else (*values, None)
    return lambda values: tried, exact


def _rules(name: str, scope: Scope, situation: Situation) -> Iterable[tuple[frozenset[str], Condition]]:
    """A hidden name is absent; a visible one that is required is present."""
    symbol = scope.names[name]
    visible = emit(symbol.visible or TRUE)
    about = frozenset((name,)) | names(symbol.visible or TRUE)
    if symbol.visible is not None:
        yield about, lambda values: values[name] is None or bool(visible(values, situation, {}))
    if symbol.present or symbol.present_if:
        asked = [emit(tree) for tree in symbol.present_if]
        needed = about.union(*map(names, symbol.present_if))

        def required(values: Mapping[str, object]) -> bool:
            return values[name] is not None or not all(each(values, situation, {}) for each in (visible, *asked))

        yield needed, required
