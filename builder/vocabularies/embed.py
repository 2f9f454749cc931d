"""Vocabulary files under a definition: small ones stand in its tree, tables beside it until a layer changes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from builder.diagnostic import Diagnostic
from builder.diagnostic import Path as BuilderPath
from builder.language import Document, Source, load
from builder.language.document import Origin
from builder.language.source import VOCABULARY
from builder.model import BASE
from builder.vocabularies.named import named
from builder.vocabularies.table import Table, table

TABLE = ".csv"
AT = "vocabularies"


@dataclass(frozen=True)
class Shelf:
    """The vocabulary files that came with a definition, by id, and the ids of all that there are."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    known: tuple[str, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        """The ids of the files that came."""
        return frozenset(self.sources)

    def under(self, base: Document, overlay: Document | None) -> tuple[Document, Mapping[str, Table]]:
        """The base with the files it names in its tree, and the tables that stay beside it.

        What only a template names that it links to is left on the shelf.
        """
        if not self.sources:
            return base, {}
        mine, touched = named(base) | named(overlay), _changed(overlay)
        tables = {name: each for name, each in self.tables.items() if name in mine}
        inside = {name: each for name, each in self.documents.items() if name in mine}
        inside |= {name: each.document(self.sources[name]) for name, each in tables.items() if name in touched}
        beside = {name: each for name, each in tables.items() if name not in touched}
        return _embedded(base, inside), beside

    def twice(self, base: Document) -> list[Diagnostic]:
        """Vocabularies that the base writes itself although there is a file."""
        own = base.data.get(AT)
        return [
            Diagnostic("vocabulary-twice", base.place((AT, name), "key"), {"name": name, "file": source.path})
            for name, source in self.sources.items()
            if isinstance(own, Mapping) and name in own
        ]


def shelve(
    sources: Sequence[Source], users: Collection[Document | None], languages: Sequence[str], known: Sequence[str] = ()
) -> tuple[Shelf, list[Diagnostic]]:
    """The vocabularies that definitions name, read; and what is wrong in them. `languages` are the workspace's."""
    wanted = frozenset().union(*map(named, users))
    files = {source.stem: source for source in sources if source.kind == VOCABULARY}
    mine = {name: source for name, source in files.items() if name in wanted}
    found: list[Diagnostic] = []
    documents: dict[str, Document] = {}
    tables: dict[str, Table] = {}
    for name, source in mine.items():
        if source.path.endswith(TABLE):
            tables[name] = table(source.text, languages[0], tuple(languages))
            found += tables[name].diagnostics(source)
        else:
            document, findings = load(source)
            found += findings
            if document is not None:
                documents[name] = document
                found += _shape(document)
    return Shelf(mine, documents, tables, tuple(sorted({*known, *mine}))), found


def _shape(document: Document) -> list[Diagnostic]:
    """Whether a file says nothing beside its name, or two things; what was broken in it is told already."""
    if "options" in document.data and "words" in document.data:
        return [Diagnostic("vocabulary-twofold", document.place(("words",), "key"))]
    said = any(key in document.data or document.damaged((key,)) for key in ("options", "words"))
    return [] if said else [Diagnostic("vocabulary-empty", document.place(("vocabulary",), "key"))]


def _changed(overlay: Document | None) -> frozenset[str]:
    """The vocabularies of the base that an overlay adds to or changes."""
    verbs = (overlay.data.get(verb) for verb in ("change", "add")) if overlay is not None else ()
    parts = (verb.get(AT) for verb in verbs if isinstance(verb, Mapping))
    return frozenset(name for part in parts if isinstance(part, Mapping) for name in part)


def _embedded(base: Document, inside: Mapping[str, Document]) -> Document:
    own = base.data.get(AT)
    own = own if isinstance(own, Mapping) else {}
    fresh = {name: document for name, document in inside.items() if name not in own}
    if not fresh:
        return base
    keys = {name: next((key for key in ("options", "words") if key in each.data), "") for name, each in fresh.items()}
    data = {**base.data, AT: {**own, **{name: each.data.get(keys[name], []) for name, each in fresh.items()}}}
    origins = {(AT, name): (Origin(BASE, each, (keys[name],)),) for name, each in fresh.items()}
    damage = ((name, path) for name, each in fresh.items() for path in each.broken if path[:1] == (keys[name],))
    broken = base.broken.union((AT, name, *path[1:]) for name, path in damage)
    whole: dict[BuilderPath, tuple[Origin, ...]] = {(): (Origin(BASE, base, ()),)}
    return base.with_(data=data, origins=whole | dict(base.origins) | origins, broken=broken)
