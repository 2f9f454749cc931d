"""`publish`: everything is rehearsed first; then bases are frozen and all versions stored, or none is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from builder.compile import Compiled, blocking, compile_template
from builder.compose.pins import freeze
from builder.workspace import Ref, Workspace
from renderer.shell.checking import told
from renderer.shell.desk import SHELL, Answer, Desk, Findings
from workflows.catalogue import CURRENT, publish
from workflows.impact import Impact, impact
from workflows.keep.port import Store

Status = Literal["new", "unchanged", "refused", "findings"]
Progress = Callable[[Sequence[Ref]], Iterable[Ref]]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What publishing one T would do. `impact` is None when it does not compile."""

    ref: Ref
    compiled: Compiled
    impact: Impact | None
    status: Status

    @property
    def version(self) -> str:
        """The version as its author wrote it, "" when it does not compile."""
        return self.compiled.template.version if self.compiled.template else ""


def published(desk: Desk, texts: Sequence[str], *, dry_run: bool, progress: Progress) -> Answer:
    """Publish some T's, without a name all; 1 when something stands in the way, and then nothing was published.

    Raises WorkspaceError, Findings, NotPublished, OSError, StoreError.
    """
    refs = wanted(desk.workspace, texts)
    with desk.store() as store:
        rehearsals = [rehearse(desk.workspace, store, ref) for ref in progress(refs)]
        blocked = any(rehearsal.status in ("refused", "findings") for rehearsal in rehearsals)
        shown = {} if blocked or dry_run else carry_out(desk, store, rehearsals)
    lines = [line for rehearsal in rehearsals for line in _lines(desk, rehearsal, shown)]
    if blocked or dry_run:
        lines.append(desk.say("shell-nothing-published" if blocked else "shell-rehearsed"))
    return Answer(tuple(lines), [_data(rehearsal, shown) for rehearsal in rehearsals], int(blocked))


def wanted(workspace: Workspace, texts: Sequence[str]) -> list[Ref]:
    """The named T's, else all; bases before the clones that may be pinned to them. Raises WorkspaceError."""
    refs = [workspace.resolve(text) for text in texts] or list(workspace.refs())
    return sorted(dict.fromkeys(refs), key=lambda ref: (bool(ref.department), str(ref)))


def rehearse(workspace: Workspace, store: Store, ref: Ref) -> Rehearsal:
    """What publishing a T would mean for the records there are. Raises OSError, StoreError."""
    compiled = compile_template(workspace, ref)
    if compiled.template is None:
        return Rehearsal(ref, compiled, None, "findings")
    meaning = impact(store, compiled.template)
    current = store.get(CURRENT, compiled.template.ref)
    if current is not None and current["hash"] == compiled.template.hash:
        return Rehearsal(ref, compiled, meaning, "unchanged")
    return Rehearsal(ref, compiled, meaning, "refused" if meaning.refused else "new")


def carry_out(desk: Desk, store: Store, rehearsals: Sequence[Rehearsal]) -> Mapping[Ref, str]:
    """Freeze the bases, then store the versions: T → version as it is shown. Raises as `published`."""
    bases = [rehearsal.ref for rehearsal in rehearsals if not rehearsal.ref.department]
    found = [diagnostic for base in bases for diagnostic in freeze(desk.workspace, base.template)[1]]
    if blocking(found):
        raise Findings(found)
    return {each.ref: publish(store, each.compiled, desk.clock(), SHELL) for each in rehearsals}


def _lines(desk: Desk, rehearsal: Rehearsal, shown: Mapping[Ref, str]) -> list[str]:
    ref, meaning = str(rehearsal.ref), rehearsal.impact
    lines = told(desk, rehearsal.compiled.diagnostics)
    if meaning is None:
        return [*lines, desk.say("shell-publish-findings", ref=ref)]
    version = shown.get(rehearsal.ref, rehearsal.version)
    return [*lines, desk.say(f"shell-publish-{rehearsal.status}", ref=ref, version=version), *means(desk, meaning)]


def means(desk: Desk, meaning: Impact) -> list[str]:
    """What it means for the records there are."""
    lines = [
        f"  {desk.say('shell-publish-records', version=version, state=state, count=count)}"
        for (version, state), count in meaning.records.items()
    ]
    for kind, lost in (("state", meaning.states), ("option", meaning.options), ("field", meaning.fields)):
        lines += [f"  {desk.say(f'shell-lost-{kind}', name=name, count=count)}" for name, count in lost.items()]
    return lines


def _data(rehearsal: Rehearsal, shown: Mapping[Ref, str]) -> dict[str, object]:
    meaning = rehearsal.impact or Impact({}, {}, {}, {})
    return {
        "template": str(rehearsal.ref),
        "version": shown.get(rehearsal.ref, rehearsal.version),
        "status": rehearsal.status,
        "records": [{"version": v, "state": s, "count": count} for (v, s), count in meaning.records.items()],
        "lost": {"states": meaning.states, "options": meaning.options, "fields": meaning.fields},
    }
