"""Where a value comes from: each leaf under a path with the layers that said something there, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.compose.tree import dotted, is_collection
from builder.diagnostic import Diagnostic, Path
from builder.language.document import Document, Layer
from builder.language.grammar import is_text
from builder.nearest import nearest

# Where a short path may begin (`platform.label`), the first that has it is meant.
ROOTS: tuple[Path, ...] = (
    (),
    ("fields",),
    ("tags",),
    ("workflow",),
    ("workflow", "states"),
    ("workflow", "transitions"),
    ("sections",),
    ("lists",),
    ("cases",),
    ("vocabularies",),
)
INSIDE = ("fields", "options", "states", "transitions")  # maps whose name a short path may leave out


@dataclass(frozen=True, slots=True)
class Explained:
    """One leaf: its path, what holds now, and who said what, newest first.

    `stale`: a text whose other language was changed by a newer layer.
    """

    path: str
    value: object
    layers: tuple[Layer, ...]
    stale: bool = False


def explain(document: Document, path: str) -> tuple[list[Explained], list[Diagnostic]]:
    """The leaves at or under `fields.platform.label` or, shorter, `platform.label`; else what was perhaps meant."""
    steps = path.split(".") if path else []
    for root in ROOTS:
        here = _at(document.data, root)
        found = _find(here, steps, root) if here is not None else None
        if found is not None:
            return [_explained(document, leaf, value) for leaf, value in _leaves(document, found)], []
    known = sorted({name for root in ROOTS for name in _names(document, root, steps)})
    args = {"path": path, "suggestion": _meant(steps, known), "known": ", ".join(known[:12])}
    return [], [Diagnostic("unknown-path", document.place(()), args)]


def _at(data: object, path: Sequence[str | int]) -> object:
    for key in path:
        if isinstance(data, list):
            data = data[key] if isinstance(key, int) and key < len(data) else None
        else:
            data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _find(here: object, steps: Sequence[str], path: Path) -> Path | None:
    """The path that some steps lead to: through maps that are left out, and by an added id's short name."""
    if not steps:
        return path
    step, *rest = steps
    if isinstance(here, list):
        return _find(here[int(step)], rest, (*path, int(step))) if step.isdecimal() and int(step) < len(here) else None
    if not isinstance(here, Mapping):  # a definition that is only its label
        return path if [step, *rest] == ["label"] and is_collection(path[:-1]) else None
    for key in (key for key in here if key == step or key.endswith(f"__{step}")):
        if (found := _find(here[key], rest, (*path, key))) is not None:
            return found
    left_out = (_find(here[name], steps, (*path, name)) for name in INSIDE if isinstance(here.get(name), Mapping))
    return next((found for found in left_out if found is not None), None)


def _leaves(document: Document, path: Path) -> Iterator[tuple[Path, object]]:
    value = _at(document.data, path)
    if isinstance(value, Mapping) and value:
        for key in value:
            yield from _leaves(document, (*path, key))
    elif isinstance(value, list) and _is_mixed(document, value, path):
        for i in range(len(value)):
            yield from _leaves(document, (*path, i))
    else:
        yield path, value


def _is_mixed(document: Document, value: list[object], path: Path) -> bool:
    """A list is one leaf, with the words that made it, unless its items are maps or more than one layer's."""
    layers = {document.layer((*path, i)) for i in range(len(value))}
    return len(layers) > 1 or any(isinstance(item, Mapping) for item in value)


def _explained(document: Document, path: Path, value: object) -> Explained:
    return Explained(dotted(path), value, document.layers(path), _is_stale(document, path))


def _is_stale(document: Document, path: Path) -> bool:
    """Whether a newer layer replaced this text in another language only."""
    texts = _at(document.data, path[:-1]) if path and is_text(path[:-1]) else None
    if not isinstance(texts, Mapping):
        return False
    mine = document.layer(path)
    others = ([layer.name for layer in document.layers((*path[:-1], language))] for language in texts)
    return any(newest != mine and mine in older for newest, *older in others)


def _names(document: Document, root: Path, steps: Sequence[str]) -> Iterator[str]:
    """Paths near to what was asked, as deep as it goes."""
    here = _at(document.data, root)
    for depth in range(len(steps)):
        found = _find(here, steps[:depth], root)
        inside = _at(document.data, found) if found is not None else None
        for name in _inside(inside) if isinstance(inside, Mapping) else ():
            yield ".".join((*steps[:depth], name))


def _inside(here: Mapping[str, object]) -> Iterator[str]:
    """The next steps that may follow, added ids by their short names."""
    for key, value in here.items():
        yield key.rpartition("__")[2]
        if key in INSIDE and isinstance(value, Mapping):
            yield from (inner.rpartition("__")[2] for inner in value)


def _meant(steps: Sequence[str], known: Sequence[str]) -> str:
    """The known path that differs in one step only, and in that one least."""
    for depth in reversed(range(len(steps))):
        head = "".join(f"{step}." for step in steps[:depth])
        siblings = [name.removeprefix(head) for name in known if name.startswith(head) and name.count(".") == depth]
        if found := nearest(steps[depth], siblings):
            return ".".join((*steps[:depth], found, *steps[depth + 1 :]))
    return ""
