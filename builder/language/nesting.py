"""Parts of a definition that stand a step too far in or out: inside a neighbour as if they were one more of its kind,
or where the id of one of its kind is missing."""

from __future__ import annotations

from collections.abc import Iterator

from builder.language.events import Flaw, Mark
from builder.language.shape import Shape

UNNAMED = "unnamed"


def lifted(data: dict[str, object], mark: Mark, shape: Shape) -> Iterator[Flaw]:
    """Move such parts out to where they belong, in data and marks; a flaw for each.

    `transitions` under `states` is no state: it has none of a state's keys, and it is missing beside `states`.
    """
    marks = mark.inner
    for owner in [key for key, held in data.items() if isinstance(held, dict)] if isinstance(marks, dict) else ():
        held, place = data[owner], shape.keys.get(owner)
        inner = marks[owner].inner if isinstance(marks, dict) else None
        if place is None or place.other is None or not isinstance(held, dict) or not isinstance(inner, dict):
            continue
        for key in [key for key in held if _is_stray(key, held[key], data, shape, place)]:
            yield Flaw("too-far-in", inner[key].key, {"key": key, "owner": owner})
            data[key] = held.pop(key)
            mark.inner[key] = inner.pop(key)  # type: ignore[index]  # a map's marks, as was looked at above


def unnamed(data: dict[str, object], mark: Mark, shape: Shape) -> Iterator[Flaw]:
    """Give a name to a definition that stands where a collection of such belongs, in data and marks; a flaw for each.

    `title`, `fields` and `public` right under `entries` are no entries: they lack the id above them.
    """
    marks = mark.inner
    if not isinstance(marks, dict):
        return
    for owner, held in list(data.items()):
        place, spot = shape.keys.get(owner), marks[owner]
        inner = spot.inner
        if place is None or not isinstance(held, dict) or not isinstance(inner, dict) or not _is_member(held, place):
            continue
        first = next(iter(held))
        yield Flaw("id-missing", inner[first].key, {"owner": owner, "key": _first_of(held), "first": first})
        data[owner] = {UNNAMED: held}
        moved = Mark(inner[first].key, spot.start, spot.end, spot.style, inner)
        marks[owner] = Mark(spot.key, spot.start, spot.end, spot.style, {UNNAMED: moved})


def _first_of(held: dict[str, object]) -> str:
    first, second, *more = held
    return f"{first}, {second}{', …' if more else ''}"


def _is_member(held: dict[str, object], place: Shape) -> bool:
    """Whether a map has nothing but the keys of what its place collects, and not one member."""
    member = place.other
    if member is None or member.scalar or place.keys or len(held) < 2 or not held.keys() <= member.keys.keys():
        return False
    return not any(isinstance(value, dict) and value.keys() & member.keys.keys() for value in held.values())


def _is_stray(key: str, value: object, data: dict[str, object], shape: Shape, place: Shape) -> bool:
    """Whether a member of a collection is a part that belongs beside the collection."""
    if key in data or key not in shape.keys or not isinstance(value, dict) or place.other is None:
        return False
    wanted = shape.keys[key]
    fits = wanted.keys.keys() & value.keys() if wanted.keys else [v for v in value.values() if isinstance(v, dict)]
    return bool(fits) and not place.other.keys.keys() & value.keys()
