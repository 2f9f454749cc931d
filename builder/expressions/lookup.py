"""What a written word means: a name, a part of something, an option; and what was meant when it means nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from builder.clock import NoSuchTime, read_moment, read_time
from builder.expressions import dates
from builder.expressions.notation import as_day
from builder.expressions.syntax import Syntax
from builder.expressions.tree import Node, node
from builder.expressions.types import PERSON, TEXT, UNKNOWN, Symbol, Type, choice, list_of, resolve
from builder.nearest import nearest
from builder.numerals import read_decimal

if TYPE_CHECKING:
    from builder.expressions.checker import Checker

OWN_WORDS = ("state", "department", "entry")  # options of the system's that have a name of their own
USER = re.compile(r"[a-z][a-z0-9-]{0,62}")
RECORD_ID = re.compile(r"[0-9A-Za-z_-]+")  # what else is written beside a link was meant for a name
SHOWN = 12  # options or columns listed in a message


def name(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    """A name on its own: a quantifier's, `me`, a column of the row at hand, a field or a system name."""
    written = str(tree.value)
    local = _local(run, tree, written)
    if local is not None:
        return local
    if written == "me":
        return run.made("me", PERSON, tree)
    found = run.scope.resolve(written)
    if found is None:
        return _unknown(run, tree, written, hint)
    kind = "row" if found in run.scope.row else "field"
    return _reference(run, Node(kind, run.scope.names[found].type, (), found, (tree.start, tree.end)))


def knows(run: Checker, tree: Syntax) -> bool:
    """Whether a tree, if it is a bare name, is the name of something."""
    if tree.kind != "name":
        return True
    written = str(tree.value)
    named = run.scope.resolve(written) or labelled(written, run.scope.names)
    return written == "me" or bool(named) or any(written == n for n, _ in run.locals)


def _reference(run: Checker, reference: Node) -> Node:
    return node(reference.kind, reference.type, reference.args, reference.value, span=reference.span,
                known=reference in run.present)  # fmt: skip


def _local(run: Checker, tree: Syntax, written: str) -> Node | None:
    for depth in reversed(range(len(run.locals))):
        if run.locals[depth][0] == written:
            return _reference(run, Node("local", run.locals[depth][1], (), depth, (tree.start, tree.end)))
    return None


def _unknown(run: Checker, tree: Syntax, written: str, hint: Type | None) -> Node:
    if hint is not None and hint.kind == "choice" and hint.options:
        known = _option_id(run, written, hint)
        if known:
            return run.fail("option-unquoted", tree, f'"{shown(run, known)}"', id=shown(run, known))
        called = _called(written, hint)
        if called:
            return run.fail("label-not-id", tree, f'"{shown(run, called)}"', label=written, id=shown(run, called))
    if written in ("today", "now"):
        return run.fail("call-needed", tree, f"{written}()", name=written)
    by_label = labelled(written, run.scope.names)
    if by_label:
        run.fail("label-not-name", tree, shown(run, by_label), label=written, id=shown(run, by_label))
        meant = run.scope.names[by_label].type  # and read on with it
        return Node("field", meant, (), by_label, (tree.start, tree.end))
    if written.lower() in ("null", "none", "nil", "undefined", "empty", "blank", "空", "空白"):
        return run.fail("no-null", tree, name=written)
    better = _column_elsewhere(run, written) or nearest(written, [shown(run, known) for known in _names(run)])
    if not better and hint is not None and hint.kind == "choice" and hint.options:  # as if it were quoted
        return option(run, tree, written, hint)
    return run.fail("unknown-name", tree, better, name=written)


def _names(run: Checker) -> Iterable[str]:
    return (*(local for local, _ in run.locals), *run.scope.names, "me")


def _column_elsewhere(run: Checker, written: str) -> str:
    for rows, symbol in run.scope.names.items():
        item = symbol.type.item
        if item is not None and item.kind == "row" and written in item.columns:
            return f"{rows}.{written}"
    return ""


def no_record(run: Checker, tree: Syntax, link: Type) -> Node:
    """The finding for a text that stands where only a record of a template could be equal."""
    part = next((name for name, symbol in link.columns.items() if symbol.type.kind == "text"), "")
    return run.fail("link-literal", tree, target=link.target, part=part, link=_linking(run, link))


def _linking(run: Checker, link: Type) -> str:
    """The first name in scope that leads where a link does."""
    return next((name for name, symbol in run.scope.names.items() if symbol.type == link), "link")


def labelled(written: str, names: Mapping[str, Symbol]) -> str:
    """The name whose label this is, or the empty string."""
    return next((known for known, symbol in names.items() if written in symbol.label.values()), "")


def shown(run: Checker, known: str) -> str:
    """An id as its own layer writes it."""
    return known.removeprefix(f"{run.scope.layer}__") if run.scope.layer else known


def part(run: Checker, tree: Syntax, hint: Type | None) -> Node:
    """`rows.column`, a quantifier's `x.column`, `me.department`."""
    whole, written = tree.args[0], str(tree.value)
    if whole.kind == "name" and whole.value == "me" and written == "department" and _local(run, whole, "me") is None:
        known = run.scope.names.get("department")
        return run.made("my_department", known.type if known else choice(name="department"), tree)
    of = run.check(whole)
    if of.type.kind == "unknown":
        return of
    row = of.type.item if of.type.kind == "list" else of.type
    if row is not None and row.kind == "link":
        return _linked(run, tree, of, row, written)
    if row is None or row.kind != "row":
        return run.fail("no-parts", tree, name=run.source(whole), part=written, found=of.type.kind)
    return _column(run, tree, of, row, written)


def _linked(run: Checker, tree: Syntax, of: Node, link: Type, written: str) -> Node:
    """`customer.phone`; of a list of links (`lines.product.price`) a list."""
    known = link.columns.get(written)
    if known is None:
        better = labelled(written, link.columns) or nearest(written, link.columns)
        return run.fail_at("no-such-linked", tree.end - len(written), tree.end, better, name=written,
                           link=run.source(tree.args[0]), target=link.target, known=_listed(link.columns))  # fmt: skip
    if known.live:
        return run.fail_at("live-linked", tree.end - len(written), tree.end, name=written, target=link.target)
    if known.type is UNKNOWN:
        return Node("const", UNKNOWN)
    place, span = (link.target, written), (tree.start, tree.end)
    if of.type.kind == "link":
        return _reference(run, Node("linked", known.type, (of,), place, span))
    if known.type.kind == "list":
        return run.fail("list-of-lists", tree, name=written, list=run.source(tree.args[0]))
    each = Node("local", link, (), len(run.locals), span)
    return run.made("map", list_of(known.type), tree, of, Node("linked", known.type, (each,), place, span),
                    value=len(run.locals))  # fmt: skip


def _column(run: Checker, tree: Syntax, of: Node, row: Type, written: str) -> Node:
    column = resolve(written, row.columns, run.scope.layer)
    if column is None:
        better = labelled(written, row.columns) or nearest(written, row.columns)
        return run.fail_at("no-such-column", tree.end - len(written), tree.end, better, rows=run.source(tree.args[0]),
                           name=written, known=_listed(row.columns))  # fmt: skip
    type = row.columns[column].type
    if of.type.kind == "row":
        return _reference(run, Node("cell", type, (of,), column, (tree.start, tree.end)))
    if type.kind == "list":
        return run.made("pluck_all", type, tree, of, value=column)
    return run.made("pluck", list_of(type), tree, of, value=column)


def option(run: Checker, tree: Syntax, written: str, type: Type) -> Node:
    """A literal where an option is meant: its id, or a finding that knows the label, the synonym, the near miss."""
    if not type.options and type.name == "state":
        return run.fail("no-states", tree, value=written)
    known = _option_id(run, written, type) if type.options else written
    if known:
        return run.made("const", type, tree, value=known)
    called = _called(written, type)
    if called:
        return run.fail("label-not-id", tree, f'"{shown(run, called)}"', label=written, id=shown(run, called))
    words = {word: each.id for each in type.options for word in (shown(run, each.id), each.id, *each.words)}
    better = words.get(nearest(written, words), "")
    code, named = (f"unknown-{type.name}", "name") if type.name in OWN_WORDS else ("not-an-option", "value")
    return run.fail(code, tree, f'"{shown(run, better)}"' if better else "",
                    known=_listed(shown(run, each.id) for each in type.options), **{named: written})  # fmt: skip


def user(run: Checker, tree: Syntax, written: str) -> Node:
    """A literal where a person is meant: a user's id. Which users there are no definition says."""
    if not USER.fullmatch(written):
        return run.fail("not-a-user-id", tree, value=written)
    return run.made("const", PERSON, tree, value=written)


def _option_id(run: Checker, written: str, type: Type) -> str:
    return resolve(written, type.options.by_id, run.scope.layer) or ""


def _called(written: str, type: Type) -> str:
    word = written.strip()
    return next((each.id for each in type.options if word in each.words), "")


def _listed(words: Iterable[str]) -> str:
    found = list(words)
    return ", ".join(found[:SHOWN]) + (", …" if len(found) > SHOWN else "")


def _clocked(run: Checker, tree: Syntax, value: str, hint: Type) -> Node:
    """A time of day, or a day with one on the company's clock; written otherwise, it is told how."""
    try:
        found = read_time(value) if hint.kind == "time" else read_moment(value, run.scope.zone)
    except NoSuchTime:
        found = ""
    if not found:
        return run.fail("no-such-time-literal", tree, value=value, type=hint.kind)
    neutral = found if isinstance(found, str) else found[0]
    plain = neutral if hint.kind == "time" else (dates.moment_text(neutral, run.scope.zone) or "")
    if value not in (plain, plain + ":00"):
        return run.fail("time-spelling", tree, f'"{plain}"', value=value, write=plain)
    return run.made("const", hint, tree, value=neutral)


def quoted(run: Checker, tree: Syntax, value: str, hint: Type) -> Node:
    """A text where something else is meant: a date or a number in quotes is named; otherwise it stays a text."""
    if hint.kind == "date" and (day := as_day(value)):
        return run.fail("quoted-date", tree, f'date("{day}")', value=value, day=day)
    if hint.kind in ("time", "datetime"):
        return _clocked(run, tree, value, hint)
    if hint.kind in ("number", "integer", "money"):
        number = read_decimal(value)
        if number is not None:
            return run.fail("quoted-number", tree, f"{number.normalize():f}", value=value)
    return run.made("const", TEXT, tree, value=value)
