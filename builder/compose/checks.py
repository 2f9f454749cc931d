"""How a layer changes `valid` and `refuse`: it adds to them, or rewords what is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from builder.compose.merge import Merge, Node
from builder.compose.tree import dotted, is_verbs
from builder.diagnostic import Path

Change = Callable[[Merge, Node, Mapping[str, object], Path, Path], None]
IDENTITY = {"valid": "check", "refuse": "values"}  # what makes two of them the same one


def change_checks(run: Merge, node: Node, value: object, path: Path, where: Path, change: Change) -> None:
    """Apply each written check: one that is there (or the only one, none being named) is reworded, others are added."""
    here = node.get(str(path[-1]))
    fresh = [
        (words, place) for words, place in _maps(value, where) if not _reword(run, here, words, path, place, change)
    ]
    if fresh:
        _listed(run, node, path, fresh[0][1])
    for words, place in fresh:
        _append(run, node[str(path[-1])], words, path, place, change)


def _maps(value: object, path: Path) -> list[tuple[Node, Path]]:
    """The checks at a place, which may be one or a list, each with its path."""
    items = [(value, path)] if isinstance(value, dict) else []
    items += [(item, (*path, i)) for i, item in enumerate(value)] if isinstance(value, list) else []
    return [(item, at) for item, at in items if isinstance(item, dict)]


def _reword(run: Merge, here: object, words: Node, path: Path, where: Path, change: Change) -> bool:
    """Change the check that is meant; False when it is a new one."""
    identity = IDENTITY[str(path[-1])]
    named = words.get(identity)
    unnamed = named is None or is_verbs(named)
    meant = [(item, at) for item, at in _maps(here, path) if unnamed or item.get(identity) == named]
    if (named is None and not meant) or (unnamed and len(meant) > 1):
        run.find("which-check", where, property=dotted(path), name=identity)
        return True
    if not meant:
        return False
    check, at = meant[0]
    said = {key: value for key, value in words.items() if key != identity or unnamed}
    if said:
        change(run, check, said, at, where)
    else:
        run.repeats(at, where)
    return True


def _listed(run: Merge, node: Node, path: Path, where: Path) -> None:
    """Make room for more: a check that stands alone becomes the first of a list, with all that was said of it."""
    key = str(path[-1])
    before = run.said(path) if key in node else ()
    items = _maps(node.get(key), path)
    moved = {at: run.said(at) for _, at in items}
    if isinstance(node.get(key), dict):
        moved = {(*path, 0): before}
        inside = [old for old in run.origins if old[: len(path)] == path and len(old) > len(path)]
        moved |= {(*path, 0, *old[len(path) :]): run.origins.pop(old) for old in inside}
    run.origins.update({**moved, path: (run.mine(where), *before)})
    node[key] = [check for check, _ in items]


def _append(run: Merge, checks: object, words: Node, path: Path, where: Path, change: Change) -> None:
    assert isinstance(checks, list)
    check: Node = {}
    at = (*path, len(checks))
    run.origins[at] = (run.mine(where),)
    checks.append(check)
    change(run, check, words, at, where)
