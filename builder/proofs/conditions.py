"""Conditions that can never hold, and conditions that always do: what depends on them never comes, or always.

A condition is asked where it stands: what a field asks, under the field's own visibility; a guard, in the states its
transition leaves. "Always" is said of forms half filled in too: a field may wait for a required one. `true` alone is
the author's own word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.diagnostic import Diagnostic, Path, Related
from builder.expressions import BOOLEAN, Expression, Node
from builder.expressions.tree import alone, names, walk
from builder.language.document import value_at
from builder.model import NO_OPTIONS, Field, Option
from builder.model import conditions as conditions_of
from builder.proofs.limits import given, negated
from builder.proofs.world import World

# What a condition decides → its codes: (it never holds, it always holds).
CODES = {
    "visible": ("never-shows", "always-shows"),
    "section": ("section-never-shows", "section-always-shows"),
    "option": ("option-never-shows", "option-always-shows"),
    "required": ("never-required", "always-required"),
    "check": ("check-never-passes", "check-never-fails"),
    "branch": ("branch-never-taken", "branch-always-taken"),
    "tag": ("tag-never-given", "tag-always-given"),
    "guard": ("guard-never-opens", "guard-always-open"),
    "list": ("list-always-empty", "list-shows-all"),
}
MOST_RELATED = 3
FORMULAS = {"compute": 0, "default": 1, "min": 1, "max": 1}  # where an `if` may stand → signs before the expression
WALKING = frozenset(("map", "filter", "exists", "all"))  # what these ask, they ask of each item


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: what it decides, where it stands, its tree, what holds wherever it is asked, and of what."""

    decides: str
    path: Path
    tree: Node
    under: tuple[Node, ...] = ()
    label: object = ""
    id: str = ""
    name: str = ""  # the field it is a condition of
    offset: int = 0  # where it begins in the text at its path


def conditions(world: World) -> Iterator[Diagnostic]:
    """A finding for each condition of the newest layer that never holds or always does, but none that only follows
    from a field that never shows or from an option that is never offered."""
    found = [(each, code) for each in every(world) if world.own(each.path) for code in _judged(world, each)]
    dead = {name for each, code in found for name in _hidden(world, each, code)}
    shut = {(each.name, each.id) for each, code in found if code == "option-never-shows"}
    for each, code in found:
        own, trees = {each.name, *_hidden(world, each, code)}, [*each.under, each.tree]
        if not (dead - own) & world.behind(trees) and not any(_asks(world, tree, shut) for tree in trees):
            place = world.document.place(each.path, offset=each.offset)
            yield Diagnostic(code, place, {"id": each.id, "label": each.label}, _deciding(world, each))


def _judged(world: World, each: Condition) -> Iterator[str]:
    never, always = CODES[each.decides]
    constant = each.tree.kind == "const"
    # a list also finds records made before a field was required; a formula is worked out while a form is filled in
    done = each.decides not in ("list", "branch")
    if world.never(each.path, [*each.under, each.tree], done=done):
        if not world.never(each.path, each.under):  # else what it stands under is the mistake, and told
            yield never
    elif not constant and world.never(each.path, each.under, [each.tree], done=False):
        yield always


def _hidden(world: World, each: Condition, code: str) -> tuple[str, ...]:
    """The fields that a finding says never show."""
    if code == "section-never-shows":
        return next(section.fields for section in world.template.sections if section.id == each.id)
    return (each.name,) if code == "never-shows" else ()


def _asks(world: World, tree: Node, shut: Collection[tuple[str, str]]) -> bool:
    """Whether a condition asks for options that are never offered, and for no other of their choice."""
    for part in walk(tree) if shut else ():
        if part.kind in ("one_of", "overlaps") and part.args[0].kind == "field" and isinstance(part.value, tuple):
            name = str(part.args[0].value)
            options = world.fields[name].options if name in world.fields else NO_OPTIONS
            ways = [options.path(value) for value in part.value]
            if ways and all(any((name, above.id) in shut for above in way) for way in ways):
                return True
    return False


def _deciding(world: World, each: Condition) -> tuple[Related, ...]:
    """The fields it speaks of whose own words have a part in it."""
    found = []
    for name in sorted(names(each.tree)):
        home, symbol = world.fields.get(name), world.scope.names[name]
        if home is not None and (symbol.visible or symbol.present or home.min is not None or home.max is not None):
            found.append(Related(world.document.place(field_path(home), "key"), "decided-here-too", {"name": name}))
    return tuple(found[:MOST_RELATED])


def every(world: World) -> Iterator[Condition]:
    """All conditions of a template."""
    for field in world.fields.values():
        yield from of_field(world, field)
    for section in world.template.sections:
        if section.visible is not None:
            yield Condition("section", ("sections", section.id, "visible"), section.visible.tree, (), section.title,
                            section.id)  # fmt: skip
    for group in world.template.tags.values():
        for option in group.options:
            if option.when is not None:
                path: Path = ("tags", group.id, "options", option.id, "when")
                yield Condition("tag", path, option.when.tree, (), option.label, option.id)
    yield from _of_workflow(world)
    for view in world.template.lists.values():
        if view.where is not None:
            yield Condition("list", ("lists", view.id, "where"), view.where.tree, (), view.title, view.id)


def _of_workflow(world: World) -> Iterator[Condition]:
    for way in world.template.transitions.values():
        if way.when is not None:
            state = Node("field", world.scope.names["state"].type, value="state")
            here = Node("one_of", BOOLEAN, (state,), tuple(sorted(way.sources)))
            yield Condition("guard", ("workflow", "transitions", way.id, "when"), way.when.tree, (here,), way.label,
                            way.id)  # fmt: skip


def of_field(world: World, field: Field) -> Iterator[Condition]:
    """The conditions of one field or column."""
    path, told = field_path(field), (field.label, field.id, field.path)
    shown = tuple(world.around(field))
    yield from _visible(world, field)
    yield from _options(world, field, shown)
    if isinstance(field.required, Expression):
        yield Condition("required", (*path, "required"), world.lifted(field, field.required.tree), shown, *told)
    answered = (*shown, given(reference(world, field))) if field.valid else ()
    for place, check in checks(world, field):
        yield Condition("check", (*place, "check"), check, answered, *told)
    for key, lead in FORMULAS.items():
        formula = getattr(field, key)
        if isinstance(formula, Expression):
            for tree, under in branches(world.lifted(field, formula.tree), shown):
                yield Condition("branch", (*path, key), tree, under, *told, offset=tree.span[0] + lead)


def branches(tree: Node, under: tuple[Node, ...]) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """The condition of each `if` in a formula, with what holds where it is asked."""
    if tree.kind == "if":
        condition, one, other = alone(tree.args[0]), *tree.args[1:]
        yield condition, under
        yield from branches(one, (*under, condition))
        yield from branches(other, (*under, negated(condition)))
    else:
        for arg in tree.args if tree.kind not in WALKING else ():
            yield from branches(arg, under)


def _options(world: World, field: Field, shown: tuple[Node, ...]) -> Iterator[Condition]:
    """Its options' conditions; each is asked where those above it can be chosen."""
    for option in field.options.once(_conditional):
        place = option_path(world, field, option)
        *above, tree = (world.lifted(field, each.tree) for each in conditions_of(field.options)[option.id])
        if place:
            yield Condition("option", (*place, "visible"), tree, (*shown, *above), option.label, option.id, field.path)


def _conditional(options: Sequence[Option]) -> tuple[Option, ...]:
    """Those that show only while a condition holds."""
    return tuple(option for option in options if option.visible is not None)


def _visible(world: World, field: Field) -> Iterator[Condition]:
    """The field's own condition, under its section's."""
    path = (*field_path(field), "visible")
    if field.visible is None or value_at(world.document.data, path) is None:
        return  # it is its section's alone
    tree = world.lifted(field, field.visible.tree)
    section = world.sections.get(field.path)
    if section is None:
        under = tuple(world.around(field)[:-1])  # of a column, where its rows show
        yield Condition("visible", path, tree, under, field.label, field.id, field.path)
    else:  # lowering joined the two by `and`
        yield Condition("visible", path, alone(tree.args[-1]), (section.tree,), field.label, field.id, field.path)


def checks(world: World, field: Field) -> Iterator[tuple[Path, Node]]:
    """Each check of a field with the place of its map."""
    if not field.valid:
        return
    home = (*field_path(field), "valid")
    several = isinstance(value_at(world.document.data, home), list)
    for i, check in enumerate(field.valid):
        yield ((*home, i) if several else home), world.lifted(field, check.check.tree)


def reference(world: World, field: Field) -> Node:
    """What an expression about a record names the field by."""
    return Node("field", world.scope.names[field.path].type, value=field.path)


def field_path(field: Field) -> Path:
    """Where a field or column stands in the definition."""
    rows, _, column = field.path.partition(".")
    return ("fields", rows, "fields", column) if column else ("fields", rows)


def option_path(world: World, field: Field, option: Option) -> Path:
    """Where an option stands in this document, the field's own or a vocabulary's; empty where it stands elsewhere."""
    home = field_path(field)
    own = (*home, "options")
    if value_at(world.document.data, own) is None:
        name, layer = value_at(world.document.data, (*home, "vocabulary")), world.document.layer(home)
        known = value_at(world.document.data, ("vocabularies",))
        names = [each for each in (name, f"{layer}__{name}") if isinstance(known, Mapping) and each in known]
        own = ("vocabularies", str(names[0])) if names else ()
    steps = [step for above in field.options.path(option.id) for step in ("options", above.id)][1:]
    path: Path = (*own, *steps)
    return path if own and value_at(world.document.data, path) is not None else ()
