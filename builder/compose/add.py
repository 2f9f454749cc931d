"""`add`: what a layer says of things the base does not have."""

from __future__ import annotations

from collections.abc import Mapping

from builder.compose.change import place_after
from builder.compose.merge import Merge, Node
from builder.compose.tree import BY_FIELD, RECORD, dotted, holds_collections, is_collection, is_options, is_ordered
from builder.diagnostic import Path


def add(run: Merge, node: Node, over: Mapping[str, object], path: Path, where: Path) -> None:
    """Apply one map of `add` to the map at a path. An id that is there leads deeper, into the base's own tree."""
    added: dict[str, str] = {}
    for key, value in over.items():
        if is_collection(path):
            found = run.resolve(key, node)
            if found is None:
                added |= _definition(run, node, key, value, path, (*where, key))
            else:
                _deeper(run, node, value, (*path, found), (*where, key))
        else:
            _property(run, node, value, (*path, key), (*where, key))
    if is_ordered(path):
        _order(run, node, added, path, where)


def _definition(run: Merge, node: Node, key: str, value: object, path: Path, where: Path) -> dict[str, str]:
    """Put a new definition under its long id; gives {id: the id it comes after}."""
    name = _field(run, key, where) if path == BY_FIELD else run.own(key)
    if name is None or run.is_locked(path, where):
        return {}
    run.put(node, (*path, name), value, where)
    definition = node[name]
    if is_options(path) and isinstance(definition, dict):
        _own_ids(run, definition, (*path, name), where)
    after = definition.pop("after", None) if isinstance(definition, dict) and is_ordered(path) else None
    return {name: "" if after is None else str(after)}


def _own_ids(run: Merge, option: Node, path: Path, where: Path) -> None:
    """What stands under an added option is added to the same tree, under the layer's own ids."""
    inner = option.get("options")
    if not isinstance(inner, dict):
        return
    option["options"] = {run.own(key): value for key, value in inner.items()}
    for key, value in inner.items():
        below, place = (*path, "options", run.own(key)), (*where, "options", key)
        run.origins[below] = (run.mine(place),)
        if isinstance(value, dict):
            _own_ids(run, value, below, place)


def _field(run: Merge, key: str, where: Path) -> str | None:
    """The field that a key of `access` names."""
    fields = run.data.get("fields")
    known = [*(fields if isinstance(fields, Mapping) else ()), RECORD]
    found = run.resolve(key, known)
    if found is None:
        run.unknown(key, known, BY_FIELD, where)
    return found


def _deeper(run: Merge, node: Node, value: object, path: Path, where: Path) -> None:
    """What exists is not added again; only its collections take new ids."""
    definition = node[str(path[-1])]
    inner = value if isinstance(value, Mapping) else {}
    if is_collection(path) and isinstance(definition, dict):  # a vocabulary of options
        return add(run, definition, inner, path, where)
    known = [key for key in inner if not is_collection((*path, key))]
    if known or not inner:
        place = (*where, known[0]) if known else where
        run.find("add-existing", place, related=run.before(path), name=str(path[-1]), path=dotted(path))
    collections = {key: item for key, item in inner.items() if key not in known}
    if isinstance(definition, str) and collections:
        definition = run.widened(node, path)
    if isinstance(definition, dict):
        add(run, definition, collections, path, where)


def _property(run: Merge, node: Node, value: object, path: Path, where: Path) -> None:
    key = str(path[-1])
    if key not in node and is_options(path) and "vocabulary" in node:
        run.find("options-of-vocabulary", where, property=dotted(path), name=node["vocabulary"])
    elif holds_collections(path) and isinstance(value, Mapping):
        inner = node.setdefault(key, {})
        if isinstance(inner, dict):
            add(run, inner, value, path, where)
    elif key in node:
        run.find("add-existing", where, related=run.before(path), name=key, path=dotted(path))
    else:
        run.put(node, path, value, where)


def _order(run: Merge, node: Node, added: Mapping[str, str], path: Path, where: Path) -> None:
    """Place each added field behind the one it names; those that name the same one stay in written order."""
    last: dict[str, str] = {}
    waiting = {name: after for name, after in added.items() if after}
    while ready := [name for name, after in waiting.items() if _settled(run, after, node, waiting)]:
        for name in ready:
            anchor = run.resolve(waiting.pop(name), node) or ""
            place_after(node, name, last.get(anchor, anchor))
            last[anchor] = name
    for name, after in waiting.items():
        known = [key for key in node if key not in waiting]
        run.unknown(after, known, path, (*_written(name, run, where), "after"), "value")


def _settled(run: Merge, after: str, node: Node, waiting: Mapping[str, str]) -> bool:
    found = run.resolve(after, node)
    return found is not None and found not in waiting


def _written(name: str, run: Merge, where: Path) -> Path:
    """Where an added definition stands in the overlay, under its long or its short id."""
    return next((origin.path for path, (origin, *_) in run.origins.items()
                 if path[-1:] == (name,) and origin.path[: len(where)] == where), where)  # fmt: skip
