"""Computed fields and tags that tell what a reader may not see: more people read them than what they are made of.

Whether something is there (`given`) is not what is in it. Who names a computed field under `access` has said who may
read it, and is not warned; a tag is seen by all who see the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.diagnostic import Diagnostic, Path, Related
from builder.expressions import Expression, Node, linked_names
from builder.model import Access, Field, People, Who
from builder.proofs.conditions import field_path
from builder.proofs.sight import readers
from builder.proofs.world import World


def leaks(world: World) -> Iterator[Diagnostic]:
    """Findings `computed-reveals`, `tag-reveals` and `default-reveals`."""
    yield from _copies(world)
    access = world.template.access
    hidden = {name for name, named in access.fields.items() if named.read is not None or named.masked is not None}
    if not hidden:
        return
    for field in world.template.fields.values():
        named = access.fields.get(field.id)
        if named is None or (named.read is None and named.masked is None):
            for home in (field, *field.fields):
                if home.compute:
                    path = (*field_path(home), "compute")
                    yield from _told(world, "computed-reveals", path, home.compute.tree, home.label, home.id)
    for group in world.template.tags.values():
        for option in group.options:
            if option.when:
                path = ("tags", group.id, "options", option.id, "when")
                yield from _told(world, "tag-reveals", path, option.when.tree, option.label, option.id)


def _copies(world: World) -> Iterator[Diagnostic]:
    """Defaults that copy what only some may see of a record linked to into what more people read."""
    access = world.template.access
    for field in world.template.fields.values():
        for home in (field, *field.fields):
            behind = linked_names(home.default.tree) if isinstance(home.default, Expression) else ()
            for target, part in sorted(behind):
                there, path = world.template.links[target], (*field_path(home), "default")
                named = there.access.fields.get(part)
                if named is None or (named.read is None and not named.masked) or not world.own(path):
                    continue
                theirs = readers(there.access, part)
                seeing = [who.name for who in readers(access, field.id) if not _covers(theirs, who)]
                if seeing:
                    args = {"label": home.label, "field": part, "target": target, "who": seeing}
                    yield Diagnostic("default-reveals", world.document.place(path), args)


def _told(world: World, code: str, path: Path, tree: Node, label: object, id: str) -> Iterator[Diagnostic]:
    access = world.template.access
    for name in sorted(set(_read(tree)) & access.fields.keys()):
        seeing = _outside(access, world.template.fields[name])
        if seeing and world.own(path):
            args = {"label": label, "id": id, "field": name, "other": world.template.fields[name].label,
                    "who": [who.name for who in seeing]}  # fmt: skip
            related = (Related(world.document.place(("access", name), "key"), "read-rights-here"),)
            yield Diagnostic(code, world.document.place(path), args, related)


def _read(tree: Node) -> Iterable[str]:
    """The fields whose value has a part in a tree."""
    if tree.kind == "given":
        return
    if tree.kind == "field":
        yield str(tree.value)
    for arg in tree.args:
        yield from _read(arg)


def _outside(access: Access, field: Field) -> list[Who]:
    """Who reads the record, and so what is made of the field, but not surely the field in clear."""
    named = access.fields[field.id]
    if named.read is None:
        return [who for who in access.read if not named.masked or _covers(named.masked, who)]
    return [who for who in access.read if not _covers(readers(access, field.id), who)]


def _covers(people: People, who: Who) -> bool:
    """Whether whoever a word means is surely among these people."""
    staff = who != Who("word", "public") and Who("word", "staff") in people
    role = who.kind == "role_at" and Who("role", who.name) in people
    return who in people or staff or role
