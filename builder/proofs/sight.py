"""No guard, `requires` or required field that the role at that step cannot see or write (design.md, law 1).

`owner creator superior department` may coincide with any role, so a finding arises only where no holder of the role
could ever see or write the field (language.md, Meaning).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from builder.diagnostic import Diagnostic, Path, Related
from builder.expressions import Expression, linked_names
from builder.language import Document
from builder.model import Access, Field, People, Template, Transition, Who
from builder.proofs.world import World


def sight(world: World) -> Iterator[Diagnostic]:
    """Findings `guard-unseen`, `required-unseen`, `required-unwritable`, `required-readonly`, `edit-excludes-required`
    and `write-outside-read`."""
    template, document = world.template, world.document
    for transition in template.transitions.values():
        yield from _guard(template, transition, document)
        yield from _requires(template, transition, document)
    yield from _creation(world)
    yield from _written(template.access, document)


def roles_of(people: People) -> frozenset[str]:
    """The roles a people list names, with or without a department."""
    return frozenset(who.name for who in people if who.kind in ("role", "role_at"))


def may_match(role: str, people: People) -> bool:
    """Whether some holder of a role could be among these people; an empty list is nobody."""
    return any(who.kind in ("word", "field") or who.name == role for who in people)


def readers(access: Access, field: str) -> People:
    """Who sees a field in clear."""
    named = access.fields.get(field)
    return access.read if named is None or named.read is None else named.read


def writers(access: Access, field: str) -> People:
    """Who writes a field."""
    named = access.fields.get(field)
    return access.write if named is None or named.write is None else named.write


def sees(access: Access, field: str, role: str) -> bool:
    """Whether some holder of a role could see a field in clear: where only `masked` is named, those see the mask."""
    named = access.fields.get(field)
    masked = (named.masked or ()) if named is not None and named.read is None else ()
    veiled = any(who.name in ("staff", "public") if who.kind == "word" else who == Who("role", role) for who in masked)
    return not veiled and may_match(role, readers(access, field))


def writes(access: Access, field: str, role: str) -> bool:
    """Whether some holder of a role could write a field that he sees."""
    return may_match(role, writers(access, field))


def _written(access: Access, document: Document) -> Iterator[Diagnostic]:
    """Who may write what he never sees: of the record, and of each field that names its writers."""
    lists = [("record", access.write, access.read)] if access.read else []  # else nobody reads, which is told
    for field, named in access.fields.items():
        seeing = (*access.read, *access.create) if named.read is None else named.read
        lists.append((field, named.write or (), seeing))
    for home, writing, seeing in lists:
        for i, who in enumerate(writing):
            if who.kind in ("role", "role_at") and not may_match(who.name, seeing):
                path: Path = ("access", home, "write", i)
                yield Diagnostic("write-outside-read", document.place(path), {"name": home, "role": who.name})


def _guard(template: Template, transition: Transition, document: Document) -> Iterator[Diagnostic]:
    path: Path = ("workflow", "transitions", transition.id, "when")
    reads = sorted(transition.when.reads & template.fields.keys()) if transition.when else []
    for field in reads:
        for role in _blind(transition, template.access, field, sees):
            yield _finding("guard-unseen", path, field, role, transition.id, "read", document)
    behind = linked_names(transition.when.tree) if transition.when else ()
    for target, part in sorted(behind):
        for role in _blind(transition, template.links[target].access, part, sees):
            args = {"field": f"{target}.{part}", "role": role, "transition": transition.id}
            yield Diagnostic("guard-unseen", document.place(path), args)


def _requires(template: Template, transition: Transition, document: Document) -> Iterator[Diagnostic]:
    for i, field in enumerate(transition.requires):
        path: Path = ("workflow", "transitions", transition.id, "requires", i)
        blind = _blind(transition, template.access, field, sees)
        for role in blind:
            yield _finding("required-unseen", path, field, role, transition.id, "read", document)
        for role in _blind(transition, template.access, field, writes):
            if role not in blind:
                yield _finding("required-unwritable", path, field, role, transition.id, "write", document)
        if _never_filled(template.fields[field]):
            yield Diagnostic("required-readonly", document.place(path), {"field": field})
        yield from _shut(template, transition, field, path, document)


def _shut(
    template: Template, transition: Transition, field: str, path: Path, document: Document
) -> Iterator[Diagnostic]:
    if template.fields[field].required is True:
        return
    for source in transition.sources:
        edit = template.states[source].edit
        if edit == "none" or (isinstance(edit, tuple) and field not in edit):
            place = document.place(("workflow", "states", source, "edit"))
            args = {"field": field, "state": source, "transition": transition.id}
            yield Diagnostic("edit-excludes-required", document.place(path), args, (Related(place, "edit-here"),))


def _creation(world: World) -> Iterator[Diagnostic]:
    access, document = world.template.access, world.document
    making = replace(access, read=access.create, write=access.create)  # who makes a record sees and writes it
    for field in world.template.fields.values():
        path: Path = ("fields", field.id, "required")
        shut = [role for role in sorted(roles_of(access.create)) if not writes(making, field.id, role)]
        blind = [role for role in sorted(roles_of(access.create)) if not sees(making, field.id, role)]
        if (shut or blind) and _asked(world, field, path):
            for role in sorted({*shut, *blind}):
                code, verb = ("required-unwritable", "write") if role in shut else ("required-unseen", "read")
                yield _finding(code, path, field.id, role, "", verb, document)


def _asked(world: World, field: Field, path: Path) -> bool:
    """Whether a person has to answer this field: a condition that can hold counts as well."""
    if field.required is False or field.default is not None or field.compute is not None:
        return False
    required = [field.required.tree] if isinstance(field.required, Expression) else []
    return not world.never(path, [*world.around(field), *required])


def _never_filled(field: Field) -> bool:
    return field.readonly and field.default is None and field.compute is None


def _blind(transition: Transition, access: Access, field: str, could: Callable[[Access, str, str], bool]) -> list[str]:
    return [role for role in sorted(roles_of(transition.by)) if not could(access, field, role)]


def _finding(
    code: str, path: Path, field: str, role: str, transition: str, verb: str, document: Document
) -> Diagnostic:
    """Both lines: where it is needed and where the right is (field's own list, else the record's)."""
    access = document.data.get("access")
    named = access.get(field) if isinstance(access, dict) else None
    home = field if isinstance(named, dict) and verb in named else "record"
    related = (Related(document.place(("access", home, verb)), f"{verb}-rights-here"),)
    return Diagnostic(code, document.place(path), {"field": field, "role": role, "transition": transition}, related)
