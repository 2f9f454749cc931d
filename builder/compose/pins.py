"""Pins: `extends: ID@N.N.N` means one text for ever, frozen in `published/` and held by `formwright.lock`."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from builder.diagnostic import Diagnostic, Place
from builder.language import Document, Source, load
from builder.nearest import nearest

if TYPE_CHECKING:
    from builder.workspace import Workspace

LOCK = "formwright.lock"
# A base, or a vocabulary that was frozen with it: `ID@N.N.N: HASH`, `ID@N.N.N/NAME.csv: HASH`.
NAME = "[a-z][a-z0-9-]{0,62}"
LINE = re.compile(rf"({NAME}@[0-9]+\.[0-9]+\.[0-9]+(?:/{NAME}\.(?:csv|yaml))?): ([0-9a-f]{{64}})")
MODELINE = re.compile(r"\A# yaml-language-server:.*\n")
Pinned = tuple[Source | None, list[Diagnostic]]


def pinned(workspace: Workspace, overlay: Document) -> Pinned:
    """The base that an overlay extends: the frozen file, or while there is none the template of that version.

    Findings: `pin-missing` (no such version), `pin-changed` and `pin-unlocked` (a frozen file that `formwright.lock`
    knows with another hash, or not at all), and what is wrong with the lock file.
    """
    pin = str(overlay.data.get("extends", ""))
    template, _, version = pin.partition("@")
    place = overlay.place(("extends",))
    if not version:  # `extends` itself is damaged, which is told where it stands
        return None, []
    file = f"published/{template}/{version}.yaml"
    if workspace.path(file).is_file():
        source, found = workspace.source(file)
        return source, [*found, *_held(workspace, pin, source, place)]
    return _draft(workspace, template, version, place)


def _held(workspace: Workspace, pin: str, source: Source | None, place: Place) -> list[Diagnostic]:
    """Whether a frozen file is what the lock says it was."""
    lines, found = read_lock(workspace)
    if source is None or found:
        return found
    if pin not in lines:
        return [Diagnostic("pin-unlocked", place, {"pin": pin})]
    if lines[pin] != digest(source.text):
        return [Diagnostic("pin-changed", place, {"pin": pin, "file": source.path})]
    return []


def _draft(workspace: Workspace, template: str, version: str, place: Place) -> Pinned:
    known = workspace.templates()
    if template not in known:
        args = {"name": template, "known": ", ".join(known), "suggestion": nearest(template, known)}
        return None, [Diagnostic("unknown-template", place, args)]
    source, found = workspace.source(f"templates/{template}.yaml")
    current = version_of(source)
    if current == version:
        return source, found
    versions = [*dict.fromkeys((*workspace.versions(template), current))]
    args = {"template": template, "version": version, "known": ", ".join(filter(None, versions))}
    return None, [*found, Diagnostic("pin-missing", place, args)]


def version_of(source: Source | None) -> str:
    """The version a template's source says it is; empty when it cannot be read."""
    document = load(source)[0] if source else None
    return str(document.data.get("version", "")) if document else ""


def freeze(workspace: Workspace, template: str) -> tuple[Path | None, list[Diagnostic]]:
    """Write `published/ID/VERSION.yaml` and its line in the lock; the same text again changes nothing.

    A version that was published with another text is never overwritten: finding `version-taken`. Raises OSError.
    """
    source, found = workspace.source(f"templates/{template}.yaml")
    document = load(source)[0] if source else None
    version = str(document.data.get("version", "")) if document else ""
    if source is None or document is None or not version:
        return None, found
    pin, file = f"{template}@{version}", f"published/{template}/{version}.yaml"
    path = workspace.path(file)
    frozen = workspace.source(file)[0] if path.exists() else source
    if frozen is None or normalised(frozen.text) != normalised(source.text):
        args = {"template": template, "version": version, "file": path.as_posix()}
        return None, [*found, Diagnostic("version-taken", document.place(("version",)), args)]
    from builder.compose.frozen import freeze_vocabularies  # which reads the lock

    lines, damage = read_lock(workspace)
    if not path.exists():
        write(path, normalised(source.text))
    elif lines.get(pin, digest(source.text)) != digest(source.text):
        return None, [Diagnostic("pin-changed", document.place(("version",)), {"pin": pin, "file": path.as_posix()})]
    if damage:
        return None, damage
    vocabularies, taken = freeze_vocabularies(workspace, template, version, source)
    if taken:
        return None, taken
    write_lock(workspace, {**lines, **vocabularies, pin: digest(source.text)})
    return path, found


def digest(text: str) -> str:
    """sha256 of a source, in hex; the same for LF and CRLF."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()


def normalised(text: str) -> str:
    """A text with LF at its line ends, which git may turn round between two computers, and without its editor's line.

    That line names the schema by the way from the file to it, which is another one once the file is frozen.
    """
    return MODELINE.sub("", text.replace("\r\n", "\n"))


def read_lock(workspace: Workspace) -> tuple[dict[str, str], list[Diagnostic]]:
    """Pin → hash; a line that is neither (a merge left open) is a finding."""
    path = workspace.path(LOCK)
    lines: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines() if path.is_file() else (), 1):
        if found := LINE.fullmatch(line.rstrip()):
            lines[found[1]] = found[2]
        elif line.strip() and not line.startswith("#"):
            return {}, [Diagnostic("lock-damaged", Place(workspace.shown(LOCK), number, 1), {"text": line[:40]})]
    return lines, []


def write_lock(workspace: Workspace, lines: dict[str, str]) -> None:
    """Write the lock, sorted, so that two branches rarely touch the same line. Raises OSError."""
    text = "".join(f"{pin}: {lines[pin]}\n" for pin in sorted(lines))
    path = workspace.path(LOCK)
    if not path.is_file() or path.read_text("utf-8", "replace") != text:
        write(path, text)


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all, with LF line ends. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # a temporary file is its owner's alone; a source is everybody's
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
