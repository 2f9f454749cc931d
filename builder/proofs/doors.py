"""Each entry's records can be stored: no required field is neither asked, set nor defaulted; and no door shows records.

A captured value alone is not enough. Where a condition decides, the finding comes with answers that show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from builder.diagnostic import Diagnostic, Path, Place, Related
from builder.entry import Entry
from builder.expressions import Expression, Scope, Symbol
from builder.expressions.tree import Node
from builder.expressions.types import BOOLEAN
from builder.expressions.witness import Undecided, Witness, witness
from builder.language import Document
from builder.model import Field, People, Template, Value
from builder.proofs.guards import SOME_DAY, shown

NEVER = Node("const", BOOLEAN, value=False)
STATE = "state"


def doors(template: Template, document: Document) -> Iterator[Diagnostic]:
    """Findings `entry-lacks-required`, `entry-undecided` and `public-reads`."""
    for entry in template.entries.values():
        lacking = [field for field in template.fields.values() if field.required is not False and _lacks(entry, field)]
        if lacking:
            scope, fixed = _scope(template, entry), _fixed(template, entry)
            found = [(field, _asked(field, scope, fixed)) for field in lacking]
            yield from _told(template, document, entry, found)
    yield from _seen(template, document)


def _lacks(entry: Entry, field: Field) -> bool:
    """Whether an entry may leave a field without a value: what is captured may be missing."""
    given = field.id in entry.fields or field.id in entry.ask_link or field.id in entry.set
    return not given and field.default is None and field.compute is None


def _asked(field: Field, scope: Scope, fixed: Mapping[str, Expression]) -> Witness | Undecided | None:
    """Answers under which a field without a value would be required."""
    conditions = [each for each in (field.visible, field.required) if isinstance(each, Expression)]
    return witness(conditions, scope=scope, situation=SOME_DAY, computed=fixed)


def _told(
    template: Template, document: Document, entry: Entry, found: Sequence[tuple[Field, Witness | Undecided | None]]
) -> Iterator[Diagnostic]:
    """One finding an entry; whoever adds a field looks after the doors that were there, so it is told at the field."""
    mine = [(field, shows) for field, shows in found if isinstance(shows, Witness) and field.layer == entry.layer]
    at = document.place(("entries", entry.id), "key")
    if mine:
        related = tuple(Related(_place(document, field), "required-here") for field, _ in mine)
        yield Diagnostic(
            "entry-lacks-required", at, _args(entry, [f for f, _ in mine]), related, _shown(template, mine)
        )
    for field, shows in found:
        if isinstance(shows, Undecided):
            yield Diagnostic("entry-undecided", _place(document, field), _args(entry, [field]))
        elif shows is not None and field.layer != entry.layer:
            args, there = _args(entry, [field]), (Related(at, "entry-here"),)
            answers = _shown(template, [(field, shows)])
            yield Diagnostic("entry-lacks-required", _place(document, field), args, there, answers)


def _place(document: Document, field: Field) -> Place:
    return document.place(("fields", field.id, "required"), "key")


def _args(entry: Entry, fields: Sequence[Field]) -> dict[str, object]:
    labels = (next(iter(field.label.values()), field.id) for field in fields)
    return {"entry": entry.id, "field": ", ".join(f.id for f in fields), "label": ", ".join(labels)}


def _shown(template: Template, found: Sequence[tuple[Field, object]]) -> dict[str, object] | None:
    """The answers that show the first one; None where no answer is needed for it."""
    return next((answers for _, w in found if isinstance(w, Witness) and (answers := shown(template, w))), None)


def _scope(template: Template, entry: Entry) -> Scope:
    """The names of the template as records of this entry have them: what nothing gives a value is absent."""
    names = dict(template.scope.names)
    for field in template.fields.values():
        names[field.id] = _symbol(names[field.id], field, entry)
    return Scope(names, layer=template.scope.layer)


def _symbol(symbol: Symbol, field: Field, entry: Entry) -> Symbol:
    if not _lacks(entry, field):
        return symbol
    unsure = replace(symbol, present=False, present_if=())
    return unsure if field.id in entry.capture else replace(unsure, visible=NEVER)


def _fixed(template: Template, entry: Entry) -> dict[str, Expression]:
    """What follows from other answers or from nothing: computed fields, what is set, defaults nobody can change."""
    fixed: dict[str, Expression] = {}
    for field in template.fields.values():
        value = field.compute or entry.set.get(field.id, _default(entry, field))
        if value is not None and field.id not in entry.capture:
            fixed[field.id] = _constant(template, field.id, value)
    initial = next((state.id for state in template.states.values() if state.initial), None)
    begins = entry.set.get(STATE, initial)
    return fixed if begins is None else {**fixed, STATE: _constant(template, STATE, begins)}


def _default(entry: Entry, field: Field) -> Value | Expression:
    return None if field.id in (*entry.fields, *entry.ask_link) else field.default


def _constant(template: Template, name: str, value: Value | Expression) -> Expression:
    if isinstance(value, Expression):
        return value
    kind = template.scope.names[name].type
    return Expression(str(value), Node("const", kind, value=value), kind, frozenset())


def _seen(template: Template, document: Document) -> Iterator[Diagnostic]:
    """Where stored records would be shown to anybody, at a template that strangers know of."""
    door = next((entry.id for entry in template.entries.values() if entry.public), "")
    for path, people in _readers(template) if door else ():
        at = next((i for i, who in enumerate(people) if (who.kind, who.name) == ("word", "public")), None)
        if at is not None:
            yield Diagnostic("public-reads", document.place((*path, at)), {"what": str(path[1]), "entry": door})


def _readers(template: Template) -> Iterator[tuple[Path, People]]:
    access = template.access
    yield from ((("access", "record", verb), getattr(access, verb)) for verb in ("read", "export"))
    for name, field in access.fields.items():
        yield from ((("access", name, verb), getattr(field, verb) or ()) for verb in ("read", "masked"))
