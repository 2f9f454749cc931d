"""One composition being made: the tree so far, who said what, and the findings."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field

from builder.compose.policy import Seal, lock, seal
from builder.compose.tree import dotted
from builder.diagnostic import Diagnostic, Path, Related
from builder.language.document import At, Document, Origin
from builder.model import BASE
from builder.nearest import nearest

Node = dict[str, object]


@dataclass
class Merge:
    """A base under change. Paths named `path` are of the composed tree, paths named `where` of the overlay's file."""

    base: Document
    overlay: Document
    name: str
    language: str
    data: Node = field(default_factory=dict)
    origins: dict[Path, tuple[Origin, ...]] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.data = deepcopy(self.base.data)
        self.origins = dict(self.base.origins)

    def find(
        self,
        code: str,
        where: Path,
        *,
        at: At = "key",
        related: tuple[Related, ...] = (),
        **args: object,
    ) -> None:
        """Add a finding at a place of the overlay."""
        self.findings.append(Diagnostic(code, self.overlay.place(where, at), args, related))

    @property
    def sayings(self) -> dict[Path, tuple[Origin, ...]]:
        """Who says what; all that no layer touched the base says, as it was: `data` has a layer's words in it."""
        return {(): (Origin(BASE, self.base, ()),), **self.origins} if self.origins else {}

    def said(self, path: Path) -> tuple[Origin, ...]:
        """Who has said something at a path so far, newest first."""
        for cut in range(len(path), -1, -1):
            if path[:cut] in self.origins:
                return tuple(Origin(o.name, o.document, (*o.path, *path[cut:])) for o in self.origins[path[:cut]])
        return (Origin(BASE, self.base, path),)

    def put(self, node: Node, path: Path, value: object, where: Path) -> None:
        """Write the overlay's value at a path; what was said there before stays known."""
        before = self.said(path) if path[-1] in node else ()
        node[str(path[-1])] = deepcopy(value)
        self.origins[path] = (self.mine(where), *before)

    def widened(self, node: Node, path: Path) -> Node:
        """The definition at a path as a map; one that is only its label is written out."""
        key = str(path[-1])
        definition = node[key]
        if isinstance(definition, dict):
            return definition
        self.origins[(*path, "label")] = self.said(path)
        written: Node = {"label": definition}
        node[key] = written
        return written

    def mine(self, where: Path) -> Origin:
        """A place of the overlay as an origin."""
        return Origin(self.name, self.overlay, where)

    def own(self, name: str) -> str:
        """A short name as it is stored when this layer adds it."""
        return name if name.startswith(f"{self.name}__") else f"{self.name}__{name}"

    def resolve(self, name: str, known: Iterable[str]) -> str | None:
        """What a name of this layer means: the id itself, or this layer's addition; None when there is none."""
        names = set(known)
        return next((found for found in (name, self.own(name)) if found in names), None)

    def before(self, path: Path) -> tuple[Related, ...]:
        """The place of what an older layer says, for a finding's second line."""
        oldest = self.said(path)[-1]
        return (Related(oldest.document.place(oldest.path, "key"), "base-says"),)

    def is_sealed(self, path: Path, where: Path) -> bool:
        """Whether the property at a path may not be changed; if so that is a finding, with what may be."""
        return self._closed(seal(path, self.base.data), path, where)

    def is_locked(self, path: Path, where: Path) -> bool:
        """Whether a lock forbids adding to what stands at a path; if so that is a finding."""
        return self._closed(lock(path, self.base.data), path, where)

    def _closed(self, found: Seal | None, path: Path, where: Path) -> bool:
        if found is not None:
            self.find("locked" if found.lock else "sealed", where, related=self.before(found.path),
                      property=dotted(path), name=str(path[-1]), possible=", ".join(found.possible))  # fmt: skip
        return found is not None

    def repeats(self, path: Path, where: Path) -> None:
        """Add `repeats-base`: what is written is what was there."""
        self.find("repeats-base", where, related=self.before(path), property=dotted(path),
                  version=self.base.data.get("version", ""))  # fmt: skip

    def unknown(self, name: str, known: Iterable[str], path: Path, where: Path, at: At = "key") -> None:
        """Add `unknown-id` with the nearest id, unless the base is known to be damaged there."""
        if not self.base.damaged(path):
            names = list(known)
            self.find("unknown-id", where, at=at, name=name, path=dotted(path), known=", ".join(names[:12]),
                      suggestion=nearest(name, names))  # fmt: skip
