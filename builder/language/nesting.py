"""A part of a definition that stands a step too far in: inside its neighbour, as if it were one more of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from builder.language.events import Flaw, Mark
from builder.language.shape import Shape


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


def _is_stray(key: str, value: object, data: dict[str, object], shape: Shape, place: Shape) -> bool:
    """Whether a member of a collection is a part that belongs beside the collection."""
    if key in data or key not in shape.keys or not isinstance(value, dict) or place.other is None:
        return False
    wanted = shape.keys[key]
    fits = wanted.keys.keys() & value.keys() if wanted.keys else [v for v in value.values() if isinstance(v, dict)]
    return bool(fits) and not place.other.keys.keys() & value.keys()
