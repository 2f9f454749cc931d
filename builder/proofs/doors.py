"""Each entry's records can be stored: no required field is neither asked, set nor defaulted; and no door shows records.

A captured value alone is not enough. Where a condition decides, the finding comes with answers that show it. What an
entry asks must be able to show there, and what it sets be offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.diagnostic import Diagnostic, Path, Place, Related
from builder.entry import Entry
from builder.expressions import Expression, Undecided, Witness
from builder.language import Document
from builder.model import Field, People, Template
from builder.proofs.conditions import option_path
from builder.proofs.door import AtDoor, lacks
from builder.proofs.showing import shown
from builder.proofs.world import World


def doors(world: World) -> Iterator[Diagnostic]:
    """Findings `entry-lacks-required`, `entry-undecided`, `entry-never-asks`, `set-not-offered` and `public-reads`."""
    for entry in world.template.entries.values():
        door = AtDoor.of(world, entry)
        lacking = [
            field for field in world.template.fields.values() if field.required is not False and lacks(entry, field)
        ]
        found = [(field, _asked(door, field)) for field in lacking]
        yield from _told(door, found)
        if not any(isinstance(shows, Witness) for _, shows in found):  # else nothing is stored there at all
            yield from _never_asked(world, door)
            yield from _not_offered(door)
    yield from _seen(world)


def _asked(door: AtDoor, field: Field) -> Witness | Undecided | None:
    """Answers under which a field without a value would be required."""
    required = [field.required.tree] if isinstance(field.required, Expression) else []
    return door.shown([*door.around(field), *required])


def _never_asked(world: World, door: AtDoor) -> Iterator[Diagnostic]:
    """Fields that the entry asks and that never show there, though elsewhere they do."""
    for i, name in enumerate(door.entry.fields):
        field, path = door.fields[name], ("entries", door.entry.id, "fields", i)
        shows = door.around(field)
        if shows and world.own(path) and door.never(path, shows) and not world.never(path, shows):
            related = (Related(world.document.place(("fields", field.id, "visible")), "condition-here"),)
            args = {"field": field.id, "label": field.label, "entry": door.entry.id}
            yield Diagnostic("entry-never-asks", world.document.place(path), args, related)


def _not_offered(door: AtDoor) -> Iterator[Diagnostic]:
    """Options that the entry sets and that are never offered there."""
    for name, value in door.entry.set.items():
        path: Path = ("entries", door.entry.id, "set", name)
        waits = door.waits.get(name, {})
        for option in value if isinstance(value, list) else [value]:
            if option in waits and door.own(path):
                yield from _set(door, door.fields[name], str(option), path)


def _set(door: AtDoor, field: Field, option: str, path: Path) -> Iterator[Diagnostic]:
    shows = door.around(field)
    if door.never(path, [*shows, *door.waits[field.id][option]]) and not door.never(path, shows):
        home = option_path(door, field, field.options.by_id[option])
        related = (Related(door.document.place(home, "key"), "refused-by"),) if home else ()
        args = {"label": field.label, "field": field.id, "value": option, "entry": door.entry.id}
        yield Diagnostic("set-not-offered", door.document.place(path), args, related)


def _told(door: AtDoor, found: Sequence[tuple[Field, Witness | Undecided | None]]) -> Iterator[Diagnostic]:
    """One finding an entry; whoever adds a field looks after the doors that were there, so it is told at the field."""
    template, document, entry = door.template, door.document, door.entry
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


def _seen(world: World) -> Iterator[Diagnostic]:
    """Where stored records would be shown to anybody, at a template that strangers know of."""
    door = next((entry.id for entry in world.template.entries.values() if entry.public), "")
    for path, people in _readers(world.template) if door else ():
        at = next((i for i, who in enumerate(people) if (who.kind, who.name) == ("word", "public")), None)
        if at is not None:
            yield Diagnostic("public-reads", world.document.place((*path, at)), {"what": str(path[1]), "entry": door})


def _readers(template: Template) -> Iterator[tuple[Path, People]]:
    access = template.access
    yield from ((("access", "record", verb), getattr(access, verb)) for verb in ("read", "export"))
    for name, field in access.fields.items():
        yield from ((("access", name, verb), getattr(field, verb) or ()) for verb in ("read", "masked"))
