"""The workspace's own definitions served while they are written (`serve --watch`): the last good state of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from builder.compile import Compiled, compile_template, settled
from builder.diagnostic import Diagnostic
from builder.language import catalogue
from builder.workspace import Ref, Workspace
from workflows.drafts import Drafts
from workflows.impact import Impact, impact

AUTHOR = "shell"  # the actor of what a server does for the author at its terminal


@dataclass(frozen=True, slots=True)
class News:
    """How the definitions are now: what is found, what is held back since it would leave records behind, what is new.

    `refused` and `served` go by T; `served` says the version as it is shown.
    """

    findings: tuple[Diagnostic, ...] = ()
    refused: Mapping[str, Impact] = field(default_factory=dict)
    served: Mapping[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that keep something from being served as it is written."""
        return tuple(each for each in self.findings if catalogue.severity(each.code) == "error")

    @property
    def held(self) -> bool:
        """Whether anything is served otherwise than it is written."""
        return bool(self.errors or self.refused)


class Live:
    """Compiles a workspace and offers what is good of it. One thread calls `refresh`, all may read `news`."""

    def __init__(self, workspace: Workspace, drafts: Drafts, clock: Callable[[], str]) -> None:
        self.workspace, self.drafts, self.clock = workspace, drafts, clock
        self.news = News()
        self._offered: dict[Ref, object] = {}

    def refresh(self) -> News:
        """Compile everything once more; serve what is sound and leaves no record behind. Raises OSError, StoreError."""
        compiled = {ref: compile_template(self.workspace, ref) for ref in self.workspace.refs()}
        found = settled(each for one in compiled.values() for each in one.diagnostics)
        good = {ref: one for ref, one in compiled.items() if one.template and self._offered.get(ref) != _state(one)}
        meaning = {ref: impact(self.drafts.store, one.template) for ref, one in good.items() if one.template}
        served = {str(ref): self._offer(ref, one) for ref, one in good.items() if not meaning[ref].refused}
        self.news = News(found, {str(ref): each for ref, each in meaning.items() if each.refused}, served)
        return self.news

    def _offer(self, ref: Ref, compiled: Compiled) -> str:
        shown = self.drafts.offer(compiled, self.clock(), AUTHOR)
        self._offered[ref] = _state(compiled)
        return shown


def _state(compiled: Compiled) -> object:
    """What two states of a T that serve alike have in common."""
    return compiled.template and compiled.template.hash, compiled.company
