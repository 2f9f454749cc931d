"""The corpora of definitions: files to be compiled, and what is expected of their lines.

An expectation is a comment: `# error: 11 [unknown-type]` on the line itself (column and code, several separated by
`;`), or `# error below: 11 [unknown-type]` above a line that cannot carry one (`2 below` two lines above). A folder is
a whole workspace; a file alone is a template in the workspace of `formwright.yaml` beside the corpora.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from builder.compile import Compiled, check_folder, compile_sources
from builder.diagnostic import Diagnostic
from builder.language import catalogue, decode
from builder.language.source import Source
from builder.workspace import Ref, Workspace

HERE = Path(__file__).parent
_EXPECTED = re.compile(
    r"(?P<severity>error|warning|info)(?: ?(?P<below>\d*) below)?: (?P<column>\d+) \[(?P<code>[a-z0-9-]+)\]"
)

Spot = tuple[str, int, int, str, str]  # file, line, column, severity, code


def cases(corpus: str) -> list[Path]:
    """The files and folders of a corpus."""
    return sorted(path for path in (HERE / corpus).iterdir() if path.is_dir() or path.suffix == ".yaml")


def sources(case: Path) -> list[Path]:
    """The files of a case."""
    return sorted(case.rglob("*.yaml")) if case.is_dir() else [case]


def expected(case: Path) -> list[Spot]:
    """What the comments of a case ask for."""
    found: list[Spot] = []
    for path in sources(case):
        text = decode(str(path), path.read_bytes(), "template")[0].text
        for number, line in enumerate(text.splitlines(), 1):
            for match in _EXPECTED.finditer(line.partition("# ")[2]):
                where = number + (int(match["below"] or 1) if match["below"] is not None else 0)
                found.append((path.as_posix(), where, int(match["column"]), match["severity"], match["code"]))
    return sorted(found)


def check(case: Path) -> list[Diagnostic]:
    """Every finding of a case."""
    if case.is_dir():
        return check_folder(case)
    workspace, _ = decode("formwright.yaml", (HERE / "formwright.yaml").read_bytes(), "workspace")
    source, findings = decode(case.as_posix(), case.read_bytes(), "template")
    return [*findings, *compile_sources([workspace, source]).diagnostics]


def check_text(text: str, folder: Path = HERE, template: str = "") -> list[Diagnostic]:
    """Every finding of a template's text, in the workspace of a folder; the corpora's own, unless another is named.

    With `template` the text stands for the one of that id, with all that belongs to it.
    """
    if template:
        sources, vocabularies, templates, _ = _around(folder, template)
        mine = [replace(source, text=text) if source.kind == "template" else source for source in sources]
        return list(compile_sources(mine, vocabularies, templates).diagnostics)
    company, _ = decode("formwright.yaml", (folder / "formwright.yaml").read_bytes(), "workspace")
    return list(compile_sources([company, Source("t.yaml", text, "template")]).diagnostics)


@cache
def _around(folder: Path, template: str) -> tuple[tuple[Source, ...], tuple[str, ...], tuple[str, ...], Compiled]:
    """All that a template is compiled with, read once; the ids of the vocabularies, and of the templates.

    What it compiles to is held, so that its tables are not made again.
    """
    workspace = Workspace.find(folder)
    around = workspace.sources(Ref(template, ""))[0], tuple(workspace.vocabularies()), workspace.templates()
    return *around, compile_sources(*around)


def spots(findings: list[Diagnostic]) -> list[Spot]:
    """Findings as the comments would say them."""
    return sorted((f.place.file, f.place.line, f.place.column, catalogue.severity(f.code), f.code) for f in findings)
