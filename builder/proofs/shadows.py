"""Tags of an exclusive group that an earlier one always takes the place of."""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostic import Diagnostic, Path, Related
from builder.model import Option, TagGroup
from builder.proofs.world import World


def shadows(world: World) -> Iterator[Diagnostic]:
    """Finding `tag-shadowed`: whenever its condition holds, an earlier one of its group holds as well."""
    for group in world.template.tags.values():
        if not group.many:
            yield from _of_group(world, group)


def _of_group(world: World, group: TagGroup) -> Iterator[Diagnostic]:
    before: list[Option] = []
    for option in group.options:
        if option.when is None:
            continue
        path = _path(group, option)
        earlier = [each.when.tree for each in before if each.when]
        never = bool(before) and world.own(path) and world.never(path, [option.when.tree], earlier)
        if never and not world.never(path, [option.when.tree]):  # which is told by itself
            args = {"label": option.label, "id": option.id, "earlier": [each.id for each in before]}
            places = (world.document.place(_path(group, each)) for each in before[:3])
            related = tuple(Related(place, "earlier-tag-here") for place in places)
            witness = world.example([option.when.tree])
            yield Diagnostic("tag-shadowed", world.document.place(path), args, related, witness)
        before.append(option)


def _path(group: TagGroup, option: Option) -> Path:
    return ("tags", group.id, "options", option.id, "when")
