"""`check`: what is wrong in a workspace, or in what is compiled with some of its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from builder.compile import Compiled, check_workspace, compile_template, settled
from builder.diagnostic import Diagnostic, Place
from builder.workspace import Ref, Workspace
from renderer.shell import findings
from renderer.shell.desk import Answer, Desk, Findings, Usage


def checked(desk: Desk, paths: Sequence[Path], *, strict: bool) -> Answer:
    """All findings, or those of every T that some files (or the files of some folders) are compiled into.

    Raises Usage for a path that is no part of the workspace, WorkspaceError, OSError.
    """
    return answered(desk, found_in(desk.workspace, paths), strict=strict)


def found_in(workspace: Workspace, paths: Sequence[Path]) -> list[Diagnostic]:
    """All findings of a workspace, or those of some of its paths. Raises as `checked`."""
    return _of_paths(workspace, paths) if paths else check_workspace(workspace)


def answered(desk: Desk, found: Sequence[Diagnostic], *, strict: bool) -> Answer:
    """Findings as an answer: each as a paragraph, then how many there are."""
    counts = findings.counted(found)
    summary = (
        desk.say("shell-counted", **counts) if found else desk.say("shell-clean", files=1 + len(desk.workspace.refs()))
    )
    return Answer((*told(desk, found), summary), as_json(desk, found), failing(found, strict=strict))


def failing(found: Iterable[Diagnostic], *, strict: bool) -> int:
    """The exit code for findings: 1 with an error among them, in strict mode also with a warning."""
    counts = findings.counted(found)
    return int(bool(counts["error"] or (strict and counts["warning"])))


def told(desk: Desk, found: Iterable[Diagnostic]) -> list[str]:
    """Findings as paragraphs, a blank line behind each."""
    return [f"{findings.as_text(one, desk.language, source_line)}\n" for one in found]


def as_json(desk: Desk, found: Iterable[Diagnostic]) -> list[findings.Json]:
    """Findings as data."""
    return [findings.as_json(one, desk.language) for one in found]


def annotated(desk: Desk, paths: Sequence[Path], *, strict: bool) -> Answer:
    """The same findings as GitHub annotations."""
    found = found_in(desk.workspace, paths)
    lines = tuple(findings.as_annotation(one, desk.language) for one in found)
    return Answer(lines, code=failing(found, strict=strict))


def compiled(desk: Desk, text: str) -> Compiled:
    """What `TEMPLATE[@DEPT]` compiles to, without errors. Raises WorkspaceError, Findings, OSError."""
    found = compile_template(desk.workspace, desk.workspace.resolve(text))
    if found.template is None:
        raise Findings(found.diagnostics)
    return found


def source_line(place: Place) -> str:
    """The author's line at a place, "" when it cannot be read any more."""
    try:
        lines = Path(place.file).read_text("utf-8-sig", "replace").split("\n")
    except OSError:
        return ""
    return lines[place.line - 1] if place.line <= len(lines) else ""


def _of_paths(workspace: Workspace, paths: Sequence[Path]) -> list[Diagnostic]:
    wanted = located(workspace, paths)
    refs = [ref for ref in workspace.refs() if any(_uses(workspace, ref, path) for path in wanted)]
    if not refs:
        return [found for found in check_workspace(workspace) if stands_in(found, wanted)]
    return list(settled(d for ref in refs for d in compile_template(workspace, ref).diagnostics))


def located(workspace: Workspace, paths: Iterable[Path]) -> list[Path]:
    """Where some paths are: counted from the current folder, or else from the workspace's. Raises Usage."""
    return [_within(workspace, path) for path in paths]


def _within(workspace: Workspace, path: Path) -> Path:
    for place in (path, workspace.root / path):
        if workspace.file(place) is not None and place.exists():
            return place.resolve()
    raise Usage("shell-no-file", path=str(path), root=str(workspace.root.resolve()))


def _uses(workspace: Workspace, ref: Ref, path: Path) -> bool:
    """Whether a T is made of this file, or of one in this folder."""
    return any(Path(source.path).resolve().is_relative_to(path) for source in workspace.sources(ref)[0])


def stands_in(found: Diagnostic, paths: Iterable[Path]) -> bool:
    """Whether a finding is in one of some files, or of the files of some folders, as `located` gives them."""
    return any(Path(found.place.file).resolve().is_relative_to(path) for path in paths)
