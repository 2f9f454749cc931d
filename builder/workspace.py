"""A workspace: a folder of sources under git, found by its `formwright.yaml`."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from builder.compose.frozen import shelved
from builder.compose.pins import pinned
from builder.diagnostic import Diagnostic, Place
from builder.language import Document, Source, load
from builder.language.source import VOCABULARY, Kind, decode
from builder.nearest import nearest
from builder.targets import reached

HEAD = "formwright.yaml"
KINDS: dict[str, Kind] = {
    "templates": "template", "published": "template", "departments": "overlay", "vocabularies": "vocabulary",
}  # fmt: skip
SHELF = "vocabularies"
NAME = re.compile(r"[a-z][a-z0-9-]{0,62}")


class WorkspaceError(Exception):
    """What was asked of a workspace cannot be done; `diagnostic` says why, and what was perhaps meant."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


def refusal(code: str, file: str, **args: object) -> WorkspaceError:
    """A WorkspaceError about a whole file."""
    return WorkspaceError(Diagnostic(code, Place(file, 1, 1), args))


@dataclass(frozen=True, slots=True)
class Ref:
    """`T` as people write it: a template, or a department's clone of it."""

    template: str
    department: str = ""

    def __str__(self) -> str:
        return f"{self.template}@{self.department}" if self.department else self.template


@dataclass(frozen=True)
class Workspace:
    """A workspace at a folder, `root` as the user would write it: places of findings begin with it.

    Files are named relative to it: `templates/ID.yaml`, `departments/DEPT/ID.yaml`, `published/ID/N.N.N.yaml`.
    """

    root: Path

    @classmethod
    def find(cls, start: str | Path) -> Workspace:
        """The workspace that a folder is in. Raises WorkspaceError (`no-workspace`)."""
        folder = Path(start).resolve()
        for candidate in (folder, *folder.parents):
            if (candidate / HEAD).is_file():
                return cls(candidate if Path(start).is_absolute() else Path(os.path.relpath(candidate)))
        raise refusal("no-workspace", str(start), folder=str(start))

    def path(self, file: str) -> Path:
        """Where a file of the workspace is, or would be."""
        return self.root / file

    def shown(self, file: str) -> str:
        """A file as findings name it."""
        return self.path(file).as_posix()

    def file(self, path: str | Path) -> str | None:
        """The workspace's name for a path that a user gave; None when it is outside."""
        absolute, root = Path(os.path.abspath(path)), Path(os.path.abspath(self.root))
        return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else None

    def source(self, file: str) -> tuple[Source | None, list[Diagnostic]]:
        """A file's text, read as what its folder holds; a link out of the workspace is a finding. Raises OSError."""
        if not self._inside(file):
            return None, [Diagnostic("outside-workspace", Place(self.shown(file), 1, 1), {"file": file})]
        kind = KINDS.get(file.partition("/")[0], "workspace")
        inside = kind == "template" and file.count("/") > 2  # published/ID/VERSION/VOCABULARY
        return decode(self.shown(file), self.path(file).read_bytes(), VOCABULARY if inside else kind)

    def company_source(self) -> tuple[Source | None, list[Diagnostic]]:
        """The workspace file itself."""
        return self.source(HEAD)

    def templates(self) -> tuple[str, ...]:
        """The ids of the templates, sorted."""
        return self._names("templates")

    def departments(self, template: str) -> tuple[str, ...]:
        """The departments that have an overlay on a template, sorted."""
        return tuple(name for name in self._folders() if template in self._names(f"departments/{name}"))

    def versions(self, template: str) -> tuple[str, ...]:
        """The frozen versions of a template, oldest first."""
        stems = (path.stem for path in self._entries(f"published/{template}") if path.suffix == ".yaml")
        return tuple(sorted(stems, key=_numbers))

    def refs(self) -> tuple[Ref, ...]:
        """Every template, each followed by its clones."""
        return tuple(Ref(name, department) for name in self.templates() for department in ("", *self.departments(name)))

    def resolve(self, text: str) -> Ref:
        """What a person means by `TEMPLATE[@DEPT]`. Raises WorkspaceError (`unknown-template`, `unknown-overlay`)."""
        template, _, department = text.partition("@")
        known = self.templates()
        if template not in known:
            raise refusal("unknown-template", self.shown(HEAD), name=template, known=", ".join(known),
                          suggestion=nearest(template, known))  # fmt: skip
        clones = self.departments(template)
        if department and department not in clones:
            raise refusal("unknown-overlay", self.shown(HEAD), name=department, template=template,
                          known=", ".join(clones), suggestion=nearest(department, clones))  # fmt: skip
        return Ref(template, department)

    def sources(self, ref: Ref) -> tuple[tuple[Source, ...], list[Diagnostic]]:
        """What compiles to a T: the workspace file, the base (an overlay's pinned one), the overlay, and the templates
        that these link to, as they are now."""
        found: list[Diagnostic] = []
        company, overlay = self._read(HEAD, found), None
        base = self._read(f"templates/{ref.template}.yaml", found) if not ref.department else None
        if ref.department:
            overlay = self._read(f"departments/{ref.department}/{ref.template}.yaml", found)
            document = load(overlay)[0] if overlay else None  # what is wrong in it is told when it is compiled
            base, findings = pinned(self, document) if document else (None, [])
            found += findings
        linked = reached([source for source in (base, overlay) if source], ref.template, partial(self._linked, found))
        definitions = [source for source in (company, base, overlay, *linked) if source]
        return (*definitions, *shelved(self, base, overlay, linked, found)), found

    def vocabularies(self) -> dict[str, str]:
        """The files of vocabularies by id."""
        return {path.stem: f"{SHELF}/{path.name}" for path in reversed(self._entries(SHELF)) if _is_vocabulary(path)}

    def unused(self, used: Collection[str]) -> Iterator[Diagnostic]:
        """Vocabulary files that nothing was made of, and ids that two files have."""
        files = self.vocabularies()
        for path in filter(_is_vocabulary, self._entries(SHELF)):
            place = Place(path.as_posix(), 1, 1)
            if files[path.stem] != f"{SHELF}/{path.name}":
                yield Diagnostic("vocabulary-twice", place, {"name": path.stem, "file": self.shown(files[path.stem])})
            elif path.as_posix() not in used:
                yield Diagnostic("vocabulary-unused", place, {"name": path.stem})

    def layout(self, departments: Collection[str]) -> Iterator[Diagnostic]:
        """Files that no command would read, links out, and overlays that belong to nothing."""
        for folder in ("templates", *(f"departments/{name}" for name in self._folders())):
            for path in self._entries(folder):
                if not _is_named_well(path):
                    yield Diagnostic("bad-file-name", Place(path.as_posix(), 1, 1), {"name": path.name})
        for path in self._entries(SHELF):
            if not _is_vocabulary(path) and not path.name.startswith("."):
                yield Diagnostic("bad-vocabulary-name", Place(path.as_posix(), 1, 1), {"name": path.name})
        for path in self._strangers():
            yield Diagnostic("outside-workspace", Place(path.as_posix(), 1, 1), {"file": path.name})
        for name in self._folders():
            for template in self._names(f"departments/{name}"):
                yield from self._homeless(name, template, departments)

    def _homeless(self, department: str, template: str, departments: Collection[str]) -> Iterator[Diagnostic]:
        """Why no command would ever read an overlay: there is no such department, or no such template."""
        place = Place(self.shown(f"departments/{department}/{template}.yaml"), 1, 1)
        for what, name, known in (("department", department, [*departments]), ("template", template, self.templates())):
            if name not in known:
                args = {"name": name, "known": ", ".join(known), "suggestion": nearest(name, known)}
                yield Diagnostic(f"unknown-{what}", place, args)
                return

    def _read(self, file: str, found: list[Diagnostic]) -> Source | None:
        source, findings = self.source(file)
        found += findings
        return source

    def _linked(self, found: list[Diagnostic], template: str) -> Source | None:
        """A template that another one links to; None where there is none, which is told where it is named."""
        source = self._read(f"templates/{template}.yaml", found) if template in self.templates() else None
        return replace(source, kind="linked") if source else None

    def _inside(self, file: str) -> bool:
        return self.path(file).resolve().is_relative_to(self.root.resolve())

    def _entries(self, folder: str) -> list[Path]:
        """What is in a folder, sorted, without what leads out of the workspace."""
        path = self.path(folder)
        entries = sorted(path.iterdir()) if path.is_dir() and self._inside(folder) else []
        return [entry for entry in entries if self._inside(f"{folder}/{entry.name}")]

    def _strangers(self) -> Iterator[Path]:
        """What stands in the folders of sources and leads out of the workspace."""
        for folder in ("templates", "departments", SHELF, *(f"departments/{name}" for name in self._folders())):
            path = self.path(folder)
            entries = sorted(path.iterdir()) if path.is_dir() else []
            yield from (entry for entry in entries if not self._inside(f"{folder}/{entry.name}"))

    def _folders(self) -> list[str]:
        """The departments' folders, sorted."""
        return [path.name for path in self._entries("departments") if path.is_dir()]

    def _names(self, folder: str) -> tuple[str, ...]:
        entries = (path for path in self._entries(folder) if path.suffix == ".yaml" and path.is_file())
        return tuple(path.stem for path in entries if NAME.fullmatch(path.stem))


def misnamed(document: Document) -> Iterator[Diagnostic]:
    """Where a file's ids are not what its place says; a file that stands elsewhere may say what it likes."""
    for key, name in _expected(Path(document.source.path)).items():
        written = str(document.data.get(key, name)).partition("@")[0]
        if written != name and not document.damaged((key,)):
            yield Diagnostic("file-name", document.place((key,)), {"key": key, "written": written, "name": name})


def _expected(path: Path) -> dict[str, str]:
    match path.parts:
        case (*_, "templates", _):
            return {"template": path.stem}
        case (*_, "vocabularies", _):
            return {"vocabulary": path.stem}
        case (*_, "departments", department, _):
            return {"overlay": department, "extends": path.stem}
        case (*_, "published", template, _):
            return {"template": template, "version": path.stem}
    return {}


def _is_named_well(path: Path) -> bool:
    stem = path.stem.removesuffix(".resolutions")
    return path.name.startswith(".") or (path.suffix == ".yaml" and NAME.fullmatch(stem) is not None)


def _is_vocabulary(path: Path) -> bool:
    return path.suffix in (".yaml", ".csv") and NAME.fullmatch(path.stem) is not None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) if number.isdecimal() else 0 for number in version.split("."))
