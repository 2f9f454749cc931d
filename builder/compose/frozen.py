"""Vocabularies of a version: beside a frozen base stand those it names, `published/ID/VERSION/NAME.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from builder.compose.pins import digest, normalised, read_lock, write
from builder.diagnostic import Diagnostic, Place
from builder.language import Source, load
from builder.vocabularies.named import mentions, named

if TYPE_CHECKING:
    from builder.workspace import Workspace


def shelved(
    workspace: Workspace,
    base: Source | None,
    overlay: Source | None,
    linked: Iterable[Source],
    found: list[Diagnostic],
) -> tuple[Source, ...]:
    """The vocabulary files that these may name: of a frozen base, and of its overlay, those frozen with it."""
    texts = [source.text for source in (base, overlay) if source is not None]
    frozen = base is not None and _frozen_at(workspace, base)
    current = workspace.vocabularies()
    files = _mentioned(frozen_files(workspace, frozen) if frozen else current, texts)
    sources = _read(workspace, files.values(), found)
    if frozen and base is not None:
        found += _held(workspace, frozen, base, sources)
    others = _mentioned(current, [source.text for source in linked])
    return (*sources, *_read(workspace, (file for name, file in others.items() if name not in files), found))


def _mentioned(files: Mapping[str, str], texts: Sequence[str]) -> dict[str, str]:
    return {name: file for name, file in files.items() if any(mentions(text, name) for text in texts)}


def _read(workspace: Workspace, files: Iterable[str], found: list[Diagnostic]) -> list[Source]:
    sources: list[Source] = []
    for file in files:
        source, findings = workspace.source(file)
        found += findings
        sources += [source] if source is not None else []
    return sources


def _frozen_at(workspace: Workspace, base: Source) -> str:
    """`published/ID/VERSION` of a frozen base, "" for one that is being written."""
    file = workspace.file(base.path) or ""
    return file.removesuffix(".yaml") if file.startswith("published/") else ""


def frozen_files(workspace: Workspace, folder: str) -> dict[str, str]:
    """The vocabularies frozen in a folder, by id."""
    path = workspace.path(folder)
    names = sorted(each.name for each in path.iterdir()) if path.is_dir() else []
    kept = (name for name in names if name.endswith((".csv", ".yaml")))
    return {PurePosixPath(name).stem: f"{folder}/{name}" for name in kept}


def _held(workspace: Workspace, folder: str, base: Source, sources: list[Source]) -> Iterator[Diagnostic]:
    """Whether frozen vocabularies are what the lock says they were."""
    lines, damage = read_lock(workspace)
    for source in sources if not damage else ():
        pin = pin_of(folder, source)
        if pin not in lines:
            yield Diagnostic("pin-unlocked", Place(source.path, 1, 1), {"pin": pin})
        elif lines[pin] != digest(source.text):
            yield Diagnostic("pin-changed", Place(source.path, 1, 1), {"pin": pin, "file": source.path})


def pin_of(folder: str, source: Source) -> str:
    """A frozen vocabulary as the lock names it: `ID@N.N.N/NAME.csv`."""
    _, template, version = folder.split("/")
    return f"{template}@{version}/{PurePosixPath(source.path).name}"


def freeze_vocabularies(
    workspace: Workspace, template: str, version: str, base: Source
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Write the vocabularies that a base names beside it; the lock's lines for them.

    A version that was published with other entries is never overwritten: finding `version-taken`. Raises OSError.
    """
    document = load(base)[0]
    wanted = named(document)
    folder = f"published/{template}/{version}"
    fresh = {name: file for name, file in workspace.vocabularies().items() if name in wanted}
    before = frozen_files(workspace, folder)
    lines: dict[str, str] = {}
    for name, file in fresh.items():
        source = workspace.source(file)[0]
        kept = workspace.source(before[name])[0] if name in before else source
        if source is None or kept is None:
            continue
        if digest(kept.text) != digest(source.text):
            place = document.place(("version",)) if document else Place(base.path, 1, 1)
            args = {"template": template, "version": version, "file": workspace.shown(before[name])}
            return {}, [Diagnostic("version-taken", place, args)]
        lines[pin_of(folder, source)] = digest(source.text)
        path = workspace.path(f"{folder}/{PurePosixPath(file).name}")
        if not path.exists():
            write(path, normalised(source.text))
    return lines, []
