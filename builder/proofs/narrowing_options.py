"""Narrowing of options: what a clone adds to a choice counts as one of the base's, wherever the base looks at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from builder.diagnostic import Path
from builder.expressions import Expression, Node, Options
from builder.lower.options import option_path
from builder.model import Field, Option, Template
from builder.proofs.stricter import same

SHOWN = 12  # options listed in a message
Found = tuple[str, Path, Mapping[str, object]]
# Comparing two answers, or counting the items of one, does not follow `counts_as`; comparing with a literal does.
COMPARING = frozenset({"eq", "member"})
COUNTING = frozenset({"size", "count"})
ITEMS = frozenset({"field", "row", "cell", "pluck_all"})  # the items of one answer, of which two may count as one


def wider_options(base: Template, clone: Template) -> Iterator[Found]:
    """Added options that count as none of the base's, or that the base would count otherwise than they say."""
    added: dict[str, Path] = {}
    for was, now, path in _choices(base, clone):
        yield from counted(was.options, now.options, path)
        fresh = [option.id for option in now.options if was.option(option.id) is None]
        added |= {option: option_path(now.options, path, option) for option in fresh}
        yield from _merging(was, now, fresh, path)
    for group in base.tags.values():
        yield from counted(group.options, clone.tags[group.id].options, ("tags", group.id, "options"))
    yield from _miscounted(base, clone, added)


def counted(base: Options[Option], clone: Options[Option], path: Path) -> Iterator[Found]:
    """Added options that count as none of the base's and stand under none, and retired ones offered again."""
    if base is clone:
        return
    for option in clone:
        known = base.by_id.get(option.id)
        if known is None and not option.parent and base.by_id.keys().isdisjoint(clone.above(option.id)):
            place = option_path(clone, path, option.id)
            yield "counts-as-missing", place, {"id": option.id, "known": ", ".join(islice(base.by_id, SHOWN))}
        elif known is not None and known.retired and not option.retired:
            yield "wider-retired", (*option_path(clone, path, option.id), "retired"), {"id": option.id}


def _choices(base: Template, clone: Template) -> Iterator[tuple[Field, Field, Path]]:
    """The base's choices and the columns among them, as both see them, with the path of their options."""
    for was, now, path in _fields(base, clone):
        if was.options:
            yield was, now, (*path, "options")


def _fields(base: Template, clone: Template) -> Iterator[tuple[Field, Field, Path]]:
    for field in base.fields.values():
        now = clone.fields[field.id]
        yield field, now, ("fields", field.id)
        columns = {column.id: column for column in now.fields}
        for column in field.fields:
            yield column, columns[column.id], ("fields", field.id, "fields", column.id)


def _merging(was: Field, now: Field, fresh: list[str], path: Path) -> Iterator[Found]:
    """Two choices that count as one are one to the base, which wants at least `min`."""
    least, own = (int(field.min) if isinstance(field.min, int) else 0 for field in (was, now))
    if was.type == "choices" and fresh and least > 1 and own - len(fresh) < least:
        args = {"field": was.path, "min": least, "enough": least + len(fresh)}
        yield "merges-below-min", option_path(now.options, path, fresh[0]), args


def _miscounted(base: Template, clone: Template, added: Mapping[str, Path]) -> Iterator[Found]:
    """The base's own words, read over the clone's options: each added one is told once."""
    told: set[str] = set()
    for was, now, _ in _fields(base, clone):
        for expression in _kept(was, now):
            for option in _blind(expression.tree):
                if option in added and option not in told:
                    told.add(option)
                    args = {"id": option, "field": now.path, "expression": expression.text}
                    yield "counts-differently", added[option], args


def _kept(was: Field, now: Field) -> Iterator[Expression]:
    """The expressions of a field that stand in the clone as in the base."""
    theirs, own = _expressions(was), _expressions(now)
    return (expression for expression in own if any(same(other, expression) for other in theirs))


def _expressions(field: Field) -> list[Expression]:
    written = (field.visible, field.required, field.compute, field.min, field.max)
    checks = [check.check for check in field.valid]
    return [*(expression for expression in written if isinstance(expression, Expression)), *checks]


def _blind(node: Node) -> Iterator[str]:
    """The options of answers that a tree compares or counts without following `counts_as`."""
    if node.kind in COMPARING or (node.kind in COUNTING and node.args[0].kind in ITEMS):
        for arg in node.args:
            options = (arg.type.item or arg.type).options
            yield from (option.id for option in options if option.counts_as or option.parent)
    for arg in node.args:
        yield from _blind(arg)
