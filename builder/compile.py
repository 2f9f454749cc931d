"""A definition's journey, top to bottom: load → compose → lower → prove → name.

One noun in, one noun out; what an author got wrong travels beside it as diagnostics, all of one run together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from builder.compose import compose
from builder.diagnostic import Diagnostic
from builder.emit.model import version_hash
from builder.language import Document, Source, catalogue, load
from builder.language.source import BESIDE, LINKED, VOCABULARY
from builder.lower import Neighbours, check_company, lower, lower_company
from builder.model import Company, Template
from builder.proofs import prove
from builder.proofs.narrowing import narrowing
from builder.vocabularies.embed import Shelf, shelve
from builder.wording import as_written, labelled
from builder.workspace import NAME, Ref, Workspace, misnamed


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """What came of some sources: the template is there only when nothing of severity error was found."""

    sources: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    company: Company | None = None
    document: Document | None = None
    template: Template | None = None


def compile_sources(
    sources: Sequence[Source], vocabularies: Sequence[str] = (), templates: Sequence[str] = ()
) -> Compiled:
    """Compile a workspace file, a base template and, where there is one, an overlay on it.

    The templates that these link to, as far as links go, come with them. Of the vocabulary files among the sources
    those are read that the definitions name. `vocabularies` and `templates` are the ids of all that there are, for who
    misspells one.
    """
    found: list[Diagnostic] = []
    documents = {source.kind: _loaded(source, found) for source in sources if source.kind not in BESIDE}
    head = documents.get("workspace")
    company = _company(head, found)
    base, overlay = documents.get("template"), documents.get("overlay")
    if company is None or base is None or ("overlay" in documents and overlay is None):
        return Compiled(sources=tuple(sources), diagnostics=_told(found, head), company=company, document=base)
    linked = _linked(sources, found)
    shelf, findings = shelve(sources, (base, overlay, *linked), company.languages, vocabularies)
    found += [*findings, *shelf.twice(base), *chain.from_iterable(map(misnamed, shelf.documents.values()))]
    used = tuple(each for each in sources if each.kind != VOCABULARY or each.stem in shelf.named)
    beside = _Beside(shelf, _neighbours(base, linked, shelf, templates))
    others = [each for each in found if overlay is None or each.place.file != overlay.source.path]
    told = len(others)
    plain = _lowered(base, None, company, beside, others)  # the overlay's mistakes do not silence what compose finds
    found += others[told:]
    if overlay is None or plain is None:
        return Compiled(sources=used, diagnostics=_told(found, head), company=company, document=base, template=plain)
    composed, findings = compose(shelf.under(base, overlay)[0], overlay, language=company.languages[0])
    found += findings
    own, department = len(found), str(overlay.data.get("overlay", ""))
    template = None if blocking(found) else _lowered(composed, overlay, company, beside, found)
    if template is not None:
        found += narrowing(plain, template, composed)
    found[own:] = as_written(found[own:], department)
    return Compiled(
        sources=used,
        diagnostics=_told(found, head),
        company=company,
        document=composed,
        template=None if blocking(found) else template,
    )


_IN_THE_HEAD = {"unknown-person-word": "roles", "unknown-role": "roles", "unknown-department": "departments"}


def _told(found: Iterable[Diagnostic], head: Document | None) -> tuple[Diagnostic, ...]:
    """Findings by place, without those of names that a broken line of the workspace file may have defined."""
    return settled(each for each in found if head is None or not _follows(each, head))


def _follows(finding: Diagnostic, head: Document) -> bool:
    part, name = _IN_THE_HEAD.get(finding.code, ""), str(finding.args.get("name", "")).partition("@")[0]
    elsewhere = bool(part) and finding.place.file != head.source.path
    unnameable = any(path[:1] == (part,) and not NAME.fullmatch(str(path[-1])) for path in head.broken)
    return elsewhere and (unnameable or head.damaged((part, name)))


def restore(sources: Sequence[Source]) -> Template:
    """The template of a version that was published: proved then, so only lowered now.

    What a later compiler would find in it is not asked again: records are pinned to it. Raises ValueError when nothing
    can be lowered from its sources.
    """
    documents = {source.kind: load(source)[0] for source in sources if source.kind not in BESIDE}
    workspace, document, overlay = (documents.get(kind) for kind in ("workspace", "template", "overlay"))
    if workspace is None or document is None or ("overlay" in documents and overlay is None):
        raise ValueError("the sources of a published version cannot be read")
    company = lower_company(workspace.data)
    linked = _linked(sources, [])
    shelf, _ = shelve(sources, (document, overlay, *linked), company.languages)
    neighbours = _neighbours(document, linked, shelf)
    document, tables = shelf.under(document, overlay)
    if overlay is not None:
        document, _ = compose(document, overlay, language=company.languages[0])
    department = str(overlay.data.get("overlay", "")) if overlay else ""
    return lower(document, company, department, tables, neighbours=neighbours)[0]


def compile_template(workspace: Workspace, ref: Ref) -> Compiled:
    """Compile a T of a workspace from its files. Raises OSError when one cannot be read."""
    sources, findings = workspace.sources(ref)
    compiled = compile_sources(sources, tuple(workspace.vocabularies()), workspace.templates())
    diagnostics = settled([*findings, *_apart(compiled.diagnostics, findings)])
    return replace(compiled, diagnostics=diagnostics, template=None if blocking(diagnostics) else compiled.template)


def _apart(diagnostics: Iterable[Diagnostic], told: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Findings without those that a pin which leads nowhere explains: such a template has no file to be named after."""
    astray = {each.place for each in told if each.code == "unknown-template"}
    return (each for each in diagnostics if each.code != "file-name" or each.place not in astray)


def check_workspace(workspace: Workspace) -> list[Diagnostic]:
    """Every finding of every file of a workspace, by place, each once."""
    compiled = [compile_template(workspace, ref) for ref in workspace.refs()]
    found = [diagnostic for each in compiled for diagnostic in each.diagnostics]
    if not compiled:
        source, findings = workspace.company_source()
        compiled = [compile_sources([source])] if source else []
        found += [*findings, *(diagnostic for each in compiled for diagnostic in each.diagnostics)]
    company = next((each.company for each in compiled if each.company), None)
    found += workspace.layout(company.departments) if company else ()
    if not blocking(found):  # a field that is broken may have been the one that uses it
        found += workspace.unused({source.path for each in compiled for source in each.sources})
    return list(settled(found))


def check_folder(path: str | Path) -> list[Diagnostic]:
    """Every finding of the workspace a folder is in. Raises WorkspaceError when it is in none."""
    return check_workspace(Workspace.find(path))


def _loaded(source: Source, found: list[Diagnostic]) -> Document | None:
    document, findings = load(source)
    found += findings
    found += misnamed(document) if document else ()
    return document


def _company(document: Document | None, found: list[Diagnostic]) -> Company | None:
    if document is None:
        return None
    company = lower_company(document.data)
    found += check_company(document, company)
    return company


def _linked(sources: Iterable[Source], found: list[Diagnostic]) -> list[Document]:
    """The templates that others link to, among some sources."""
    loaded = (_loaded(replace(source, kind="template"), found) for source in sources if source.kind == LINKED)
    return [document for document in loaded if document is not None]


def _neighbours(base: Document, linked: Iterable[Document], shelf: Shelf, templates: Iterable[str] = ()) -> Neighbours:
    """The templates that a definition may link to: its own base, and those that came with it."""
    documents = {str(each.data.get("template", "")): shelf.under(each, None)[0] for each in (*linked, base)}
    return Neighbours(documents, shelf.tables, tuple(sorted({*documents, *templates})))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What came with a definition: vocabularies, and the templates it may link to."""

    shelf: Shelf
    neighbours: Neighbours


def _lowered(
    document: Document, overlay: Document | None, company: Company, beside: _Beside, found: list[Diagnostic]
) -> Template | None:
    """The template of a sound document, named by the hash of its lowered form."""
    within, tables = beside.shelf.under(document, overlay)
    document = document if overlay is not None else within  # what was composed has them already
    department = str(overlay.data.get("overlay", "")) if overlay is not None else ""
    template, findings = lower(document, company, department, tables, beside.shelf.known, beside.neighbours)
    found += findings
    if blocking(found):
        return None
    found += (labelled(each, template) for each in prove(template, document))
    return None if blocking(found) else replace(template, hash=version_hash(template))


def blocking(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding is of severity error."""
    return any(catalogue.severity(diagnostic.code) == "error" for diagnostic in diagnostics)


def settled(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings by place, each once: a base's finding is met again under every overlay."""
    return tuple(sorted(_once(diagnostics), key=lambda d: (d.place, d.code)))


def _once(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for diagnostic in diagnostics:
        identity = (diagnostic.code, diagnostic.place)
        if identity not in seen:
            seen.add(identity)
            yield diagnostic
