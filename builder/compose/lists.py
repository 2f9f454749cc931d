"""How a layer changes a list: `{only}` replaces it, `{minus}` and `{plus}` take from it and add to it."""

from __future__ import annotations

from collections.abc import Mapping

from builder.compose.merge import Merge, Node
from builder.compose.tree import dotted, is_collection, is_verbs
from builder.diagnostic import Path
from builder.language.document import Origin

Item = tuple[object, tuple[Origin, ...]]
PEOPLE = frozenset({"by", "create", "read", "write", "export", "masked"})
GROWING = frozenset({"synonyms"})  # what the company understands a department must understand as well
WHOLE = {"all": None, "none": ()}  # words that stand for a list: `all` cannot be counted up


def change_list(run: Merge, node: Node, value: object, path: Path, where: Path) -> None:
    """Apply `{only}`, `{plus}`, `{minus}` to the list at a path; each item keeps who said it."""
    if not is_verbs(value) or not isinstance(value, dict):
        run.find("bare-list", where, property=dotted(path))
        return
    lost = next((verb for verb in ("only", "minus") if verb in value and path[-1] in GROWING), None)
    if lost is not None:
        run.find("plus-only", (*where, lost), property=dotted(path), verb=lost)
        return
    items = _items(run, node, path)
    if items is None and "only" not in value:
        run.find("list-is-all", where, property=dotted(path))
        return
    before = run.said(path) if path[-1] in node else ()
    changed = _only(run, value, where) if "only" in value else items or []
    changed = _minus(run, changed, value, path, where)
    changed = _plus(run, changed, value, path, where)
    if [item for item, _ in changed] == node.get(str(path[-1])):
        if "only" in value:
            run.repeats(path, where)
        return
    _write(node, path, [item for item, _ in changed])
    run.origins[path] = (run.mine(where), *before)
    run.origins.update({(*path, i): origins for i, (_, origins) in enumerate(changed)})


def _write(node: Node, path: Path, items: list[object]) -> None:
    """A list of names that has become empty is no longer there; who may edit nothing edits `none`."""
    key = str(path[-1])
    if not items and key == "edit":
        node[key] = "none"
    elif not items and key not in PEOPLE and not is_collection(path[:-1]):
        node.pop(key, None)
    else:
        node[key] = items


def _items(run: Merge, node: Node, path: Path) -> list[Item] | None:
    """What is in the list, one definition alone being a list of one; None where it is everything."""
    here = node.get(str(path[-1]), ())
    if isinstance(here, str) and here in WHOLE:
        here = WHOLE[here]
    if here is None:
        return None
    if isinstance(here, list | tuple):
        return [(item, run.said((*path, i))) for i, item in enumerate(here)]
    return [(here, run.said(path))]


def _only(run: Merge, value: Mapping[str, object], where: Path) -> list[Item]:
    return [(item, (run.mine(place),)) for item, place in _written(value, "only", where)]


def _minus(run: Merge, items: list[Item], value: Mapping[str, object], path: Path, where: Path) -> list[Item]:
    known = [str(item) for item, _ in items]
    gone = set()
    for item, place in _written(value, "minus", where):
        found = run.resolve(str(item), known)
        if found is None:
            run.unknown(str(item), known, path, place, "value")
        gone.add(found)
    return [(item, origins) for item, origins in items if str(item) not in gone]


def _plus(run: Merge, items: list[Item], value: Mapping[str, object], path: Path, where: Path) -> list[Item]:
    known = [item for item, _ in items]
    added: list[Item] = []
    for item, place in _written(value, "plus", where):
        if item in known:
            run.repeats((*path, known.index(item)), place)
        else:
            added.append((item, (run.mine(place),)))
    return [*items, *added]


def _written(value: Mapping[str, object], verb: str, where: Path) -> list[tuple[object, Path]]:
    """The items of a verb and their places; one item alone may stand without brackets."""
    items = value.get(verb, [])
    if isinstance(items, list):
        return [(item, (*where, verb, i)) for i, item in enumerate(items)]
    return [(items, (*where, verb))]


def retire(run: Merge, node: Node, only: object, path: Path, where: Path) -> None:
    """`{only}` on options: the others are no longer offered.

    They stay as retired options, for the base's expressions name them and stored records may hold them.
    """
    kept: set[str] = set()
    for item, place in _written({"only": only}, "only", where):
        option = run.resolve(str(item), node)
        if option is None:
            run.unknown(str(item), node, path, place, "value")
        else:
            kept.add(option)
    for option in [option for option in node if option not in kept]:
        _retire(run, node, (*path, option), (*where, "only"))


def _retire(run: Merge, node: Node, path: Path, where: Path) -> None:
    option = run.widened(node, path)
    if option.get("retired") is not True:
        run.put(option, (*path, "retired"), True, where)
