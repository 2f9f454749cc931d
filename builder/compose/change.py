"""`change`: what a layer says differently of what is there, deep by id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from builder.compose.checks import IDENTITY, change_checks
from builder.compose.lists import change_list, retire
from builder.compose.merge import Merge, Node
from builder.compose.tree import (
    BY_FIELD,
    ONLY,
    RECORD,
    VERBS,
    dotted,
    holds_collections,
    is_collection,
    is_options,
    is_ordered,
    is_verbs,
)
from builder.diagnostic import Path


def change(run: Merge, node: Node, over: Mapping[str, object], path: Path, where: Path) -> None:
    """Apply one map of `change` to the map at a path."""
    definitions = is_collection(path)
    for key, value in over.items():
        if key == ONLY and is_options(path):
            if not run.is_sealed(path, where):
                retire(run, node, value, path, where)
        elif key in VERBS and is_options(path):
            run.find("options-only", (*where, key), property=dotted(path))
        elif definitions:
            _definition(run, node, key, value, path, (*where, key))
        else:
            _property(run, node, value, (*path, key), (*where, key))


def _definition(run: Merge, node: Node, key: str, value: object, path: Path, where: Path) -> None:
    known = [*_fields(run), RECORD] if path == BY_FIELD else list(node)
    found = run.resolve(key, known)
    if found is None:
        return _missing(run, key, known, path, where)
    if path == BY_FIELD and found not in node:
        node[found] = {}
    target = (*path, found)
    if isinstance(node[found], list):
        return _property(run, node, value, target, where)
    definition = run.widened(node, target)
    if isinstance(value, Mapping):
        change(run, definition, value, target, where)
        return _move(run, node, definition, target, where)
    _property(run, definition, value, (*target, "label"), where)


def _missing(run: Merge, key: str, known: list[str], path: Path, where: Path) -> None:
    """What this layer adds it need not change: it says so where it adds it."""
    added: object = run.overlay.data.get("add")
    for step in (*path, key):
        added = added.get(str(step)) if isinstance(added, Mapping) else None
    if added is None:
        run.unknown(key, known, path, where)
    else:
        run.find("changes-its-own", where, name=key, path=dotted(path))


def _move(run: Merge, node: Node, definition: Node, path: Path, where: Path) -> None:
    """`after` is a layer's word: it places, and is gone from the result."""
    anchor = definition.pop("after", None)
    run.origins.pop((*path, "after"), None)
    if anchor is None or not is_ordered(path[:-1]):
        return
    found = run.resolve(str(anchor), [key for key in node if key != path[-1]])
    if found is None:
        return run.unknown(str(anchor), node, path[:-1], (*where, "after"), "value")
    place_after(node, str(path[-1]), found)


def place_after(node: Node, key: str, anchor: str) -> None:
    """Move a key of a map directly behind another one."""
    moved = node.pop(key)
    for other in list(node):
        node[other] = node.pop(other)
        if other == anchor:
            node[key] = moved


def _property(run: Merge, node: Node, value: object, path: Path, where: Path) -> None:
    key = str(path[-1])
    here = node.get(key)
    if here is None and is_options(path) and "vocabulary" in node:
        return run.find("options-of-vocabulary", where, property=dotted(path), name=node["vocabulary"])
    if holds_collections(path) and isinstance(value, Mapping) and (here is None or isinstance(here, dict)):
        return change(run, cast("Node", node.setdefault(key, {})), value, path, where)
    if here is not None and here == value:
        return run.repeats(path, where)
    if run.is_sealed(path, where):
        return None
    if key in IDENTITY:
        return change_checks(run, node, value, path, where, change)
    if isinstance(value, list) or is_verbs(value) or (isinstance(here, list) and isinstance(value, Mapping)):
        return change_list(run, node, value, path, where)
    if isinstance(here, dict) and isinstance(value, Mapping):
        return change(run, here, value, path, where)
    if {type(here), type(value)} == {dict, str}:
        return _text(run, node, value, path, where)
    return run.put(node, path, value, where)


def _text(run: Merge, node: Node, value: object, path: Path, where: Path) -> None:
    """A text over {zh, en}: one language is replaced, the other is kept (and shown as stale by `explain`)."""
    here = node[str(path[-1])]
    texts = here if isinstance(here, dict) else {run.language: here}
    if texts is not here:
        run.origins[(*path, run.language)] = run.said(path)
        node[str(path[-1])] = texts
    wanted = value if isinstance(value, Mapping) else {run.language: value}
    for language, text in wanted.items():
        place = (*where, language) if isinstance(value, Mapping) else where
        if texts.get(language) == text:
            run.repeats((*path, language), place)
        else:
            run.put(texts, (*path, language), text, place)


def _fields(run: Merge) -> Mapping[str, object]:
    fields = run.data.get("fields")
    return fields if isinstance(fields, Mapping) else {}
