"""What a layer may do with a property: the schema's `x-layer`, and the `lock` of the fields above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from builder.diagnostic import Path
from builder.language.grammar import COMPOSED, deref, grammar, policy, property_at

ALL = "all"


@dataclass(frozen=True, slots=True)
class Seal:
    """Why a property may not be changed: its policy, or the lock at `path`; `possible` names what else may be."""

    possible: tuple[str, ...]
    path: Path
    lock: bool = False


def seal(path: Path, base: Mapping[str, object]) -> Seal | None:
    """Why the property at a path may not be changed over a base, or None when it may."""
    locked = lock(path, base)
    if locked is not None or policy(path) != "sealed":
        return locked
    return Seal(possible(path[:-1]), path)


def lock(path: Path, base: Mapping[str, object]) -> Seal | None:
    """The lock of a field that closes what stands at a path, or None; a vocabulary is closed with its field."""
    through = (_lock(home, base) for home in _users(path, base))
    return _lock(path, base) or next((replace(found, possible=()) for found in through if found), None)


def _users(path: Path, base: Mapping[str, object]) -> Iterator[Path]:
    """Where an entry of a vocabulary stands in effect: in the fields that name it."""
    for home, key, name in _naming(base.get("fields"), ("fields",)) if path[:1] == ("vocabularies",) else ():
        if path[1:2] == (name,):
            yield (*home, key)
            if key == "vocabulary":
                yield (*home, "options")


def _naming(fields: object, path: Path) -> Iterator[tuple[Path, str, object]]:
    """Each field and column that names a vocabulary: its path, by which property, and the name."""
    for id, field in fields.items() if isinstance(fields, Mapping) else ():
        if not isinstance(field, Mapping):
            continue
        refusals = field.get("refuse")
        for refusal in refusals if isinstance(refusals, list) else [refusals]:
            if isinstance(refusal, Mapping):
                yield (*path, id), "refuse", refusal.get("values")
        yield (*path, id), "vocabulary", field.get("vocabulary")
        yield from _naming(field.get("fields"), (*path, id, "fields"))


def _lock(path: Path, base: Mapping[str, object]) -> Seal | None:
    here: object = base
    for depth, key in enumerate(path):
        locked = _locked(here)
        if ALL in locked or key in locked:
            free = () if ALL in locked else tuple(name for name in possible(path[:depth]) if name not in locked)
            return Seal(free, (*path[:depth], "lock"), lock=True)
        here = here.get(key) if isinstance(here, Mapping) and isinstance(key, str) else None
    return None


def possible(path: Path) -> tuple[str, ...]:
    """The properties of the definition at a path that a layer may change."""
    return tuple(name for name in _properties(path) if policy((*path, name)) != "sealed")


def _properties(path: Path) -> tuple[str, ...]:
    """The properties that the definition at a path may have."""
    root = grammar(COMPOSED)
    found = property_at(path) if path else root
    schema = deref(dict(found), root) if found is not None else {}
    parts = [schema, *(deref(part, root) for word in ("anyOf", "allOf") for part in schema.get(word, ()))]
    bodies = [item for part in parts for item in part.get("properties", {}).items()]
    closed = {name for name, body in bodies if body is False}
    return tuple(dict.fromkeys(name for name, _ in bodies if name not in closed))


def _locked(definition: object) -> tuple[str, ...]:
    found = definition.get("lock") if isinstance(definition, Mapping) else None
    return (found,) if isinstance(found, str) else tuple(found) if isinstance(found, list) else ()
