"""Source → Document: syntax, then scalars by place, then structure; every finding of the file in one run."""

from __future__ import annotations

from builder.diagnostic import Diagnostic, Place, Related
from builder.language.document import Document
from builder.language.events import Flaw, Guarded, Mark, Tree
from builder.language.read import read_scalars
from builder.language.source import VOCABULARY, Source
from builder.language.structure import check_structure
from builder.language.syntax import parse

_BOM = "\ufeff"


def load(source: Source) -> tuple[Document | None, list[Diagnostic]]:
    """One definition file, read and checked by the grammar of its kind.

    A file with findings still yields a document as far as something sound can be made of it; see `Document.broken`.
    """
    text = source.text.removeprefix(_BOM)
    try:
        parsed = parse(text)
    except Guarded as guarded:
        return None, _told(_bare(source, text), [guarded.flaw])
    tree, text = parsed.tree, parsed.text
    if tree is None or not isinstance(tree.data, dict):
        flaws = [*parsed.flaws, *(tree.flaws if tree else ())]
        shape = [] if flaws else [_no_map(source, tree)]
        return None, _told(_bare(source, text), [*flaws, *shape])
    return _checked(source, text, tree, parsed.flaws)


def _no_map(source: Source, tree: Tree | None) -> Flaw:
    """A file that says nothing, or no keys; a vocabulary is told how one begins."""
    code = "empty-file" if tree is None or tree.data is None else "no-map-file"
    return Flaw(code, 0, {"vocabulary": source.stem} if source.kind == VOCABULARY else {})


def _checked(source: Source, text: str, tree: Tree, flaws: list[Flaw]) -> tuple[Document | None, list[Diagnostic]]:
    reading = read_scalars(tree, source.kind, text)
    if not isinstance(tree.data, dict):
        return None, []
    document = Document(source, source.kind, tree.data, tree.mark, text, frozenset(reading.broken))
    told = _told(document, [*flaws, *tree.flaws, *reading.flaws])
    sound, findings = check_structure(document)
    lines = {finding.place.line for finding in told}
    apart = (finding for finding in findings if finding.place.line not in lines)
    return sound, sorted([*told, *apart], key=lambda finding: finding.place)


def _bare(source: Source, text: str) -> Document:
    return Document(source, source.kind, {}, Mark(0, 0, 0, ""), text)


def _told(document: Document, flaws: list[Flaw]) -> list[Diagnostic]:
    """Flaws as diagnostics, the first of each line only: a parser's cascade is one mistake."""
    by_line: dict[int, Diagnostic] = {}
    for flaw in flaws:
        related = tuple(Related(document.at(index), note) for index, note in flaw.related)
        place = Place(document.source.path, *flaw.at) if flaw.at else document.at(flaw.index)
        found = Diagnostic(flaw.code, place, flaw.args, related)
        by_line.setdefault(found.place.line, found)
    return sorted(by_line.values(), key=lambda d: d.place)
