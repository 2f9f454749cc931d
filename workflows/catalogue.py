"""Published versions, kept in the store with their sources: what `T` means for a caller, what a pinned hash meant.

Collections: `versions` (id: hash; the frozen sources), `vocabularies` (id: digest; the text of a vocabulary file, once
however many versions use it), `current` (id: `TEMPLATE` or `TEMPLATE@DEPT`; which hash is
served) and `company` (id: digest; `current` says which one, as of the last publish). Nothing here reads a workspace.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from builder.compile import Compiled, restore
from builder.language import Source
from builder.language.source import VOCABULARY
from builder.model import Company, Department, Template
from workflows.find.query import Query
from workflows.keep.port import Row, Store, Transaction
from workflows.record import NotFound, Refused

VERSIONS, CURRENT, COMPANY, VOCABULARIES = "versions", "current", "company", "vocabularies"
NOBODY = Company(name={}, languages=("zh",), currency="CNY", timezone="Asia/Shanghai")


class NotPublished(Refused):
    """What was to be published has findings, or its version number already names another definition."""

    status = 409


def publish(store: Store, compiled: Compiled, at: str, actor: str) -> str:
    """Freeze and store a compiled definition and make it the current one; the version as it is shown.

    The same definition again changes nothing. Raises NotPublished.
    """
    template, company = compiled.template, compiled.company
    if template is None or company is None:
        raise NotPublished("has-findings")
    with store.write(at=at, actor=actor) as tx:
        _put_company(tx, company)
        before = tx.get(CURRENT, template.ref)
        if before is not None and before["hash"] == template.hash:
            shown = str(before["shown"])
        else:
            row = tx.get(VERSIONS, template.hash)
            if row is None or row.get("draft"):  # a draft that was served while it was written becomes a version
                row = version_row(compiled, template, _shown(tx, template), at, actor)
            tx.put(VERSIONS, template.hash, row)
            _put_vocabularies(tx, compiled.sources)
            shown = str(row["shown"])
            tx.put(CURRENT, template.ref, {"id": template.ref, "hash": template.hash, "shown": shown, "at": at})
        tx.log("published", template.ref, {"hash": template.hash, "shown": shown})
    return shown


def version_row(compiled: Compiled, template: Template, shown: str, at: str, actor: str) -> Row:
    """A version as it is stored: with the sources it was compiled from."""
    return {
        "id": template.hash,
        "template": template.id,
        "department": template.department,
        "shown": shown,
        "sources": [_kept(source) for source in compiled.sources],
        "at": at,
        "by": actor,
    }


def _kept(source: Source) -> Row:
    """A source as a version's row has it: a vocabulary by its digest."""
    text = {"digest": _digest(source)} if source.kind == VOCABULARY else {"text": source.text}
    return {"path": source.path, "kind": source.kind, **text}


def _digest(source: Source) -> str:
    return sha256(source.text.encode()).hexdigest()


def _put_vocabularies(tx: Transaction, sources: Sequence[Source]) -> None:
    for source in sources:
        if source.kind == VOCABULARY and tx.get(VOCABULARIES, _digest(source)) is None:
            tx.put(VOCABULARIES, _digest(source), {"id": _digest(source), "text": source.text})


def _shown(tx: Transaction, template: Template) -> str:
    """`1.2.0` for a base, `1.2.0+marketing.3` for the third publish of a department's. Raises NotPublished."""
    where = {"template": template.id, "department": template.department}
    others = [row for row in tx.find(Query(collection=VERSIONS, where=where)).rows if row["id"] != template.hash]
    if template.department:
        number = 1 + sum(str(row["shown"]).startswith(f"{template.version}+") for row in others)
        return f"{template.version}+{template.department}.{number}"
    if any(row["shown"] == template.version for row in others):
        raise NotPublished("version-taken", template=template.id, version=template.version)
    return template.version


def _put_company(tx: Transaction, company: Company) -> None:
    """The company under its digest, and which one is current: readers compare a digest, not a company."""
    row = {**asdict(company), "languages": list(company.languages)}
    digest = sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
    current = tx.get(COMPANY, CURRENT)
    if current is None or current["digest"] != digest:
        tx.put(COMPANY, digest, {"id": digest, **row})
        tx.put(COMPANY, CURRENT, {"id": CURRENT, "digest": digest})


class Catalogue:
    """The published versions of a store. Each process compiles a version once, from its own stored sources."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._compiled: dict[str, Template] = {}
        self._company = ("", NOBODY)

    def current(self, ref: str, department: str = "") -> Template:
        """What is served under `TEMPLATE[@DEPT]` to a department: the customised version, else the base.

        A department in `ref` counts before the caller's own. Raises NotFound.
        """
        template, _, named = ref.partition("@")
        row = self.store.get(CURRENT, f"{template}@{named or department}") if named or department else None
        row = row or self.store.get(CURRENT, template)
        if row is None:
            raise NotFound("no-such-template", template=ref)
        return self.pinned(str(row["hash"]))

    def pinned(self, version: str) -> Template:
        """The template of a version hash. Raises NotFound."""
        found = self._compiled.get(version)
        if found is None:
            found = self._compiled[version] = self._recompiled(version)
        return found

    def all(self) -> tuple[Template, ...]:
        """Every current template, bases and customised ones, by reference."""
        rows = self.store.find(Query(collection=CURRENT)).rows
        return tuple(sorted((self.pinned(str(row["hash"])) for row in rows), key=lambda template: template.ref))

    def shown(self, version: str) -> str:
        """A version hash as people know it: `1.2.0+marketing.3`; "" when there is none."""
        row = self.store.get(VERSIONS, version)
        return str(row["shown"]) if row else ""

    def company(self) -> Company:
        """The company as of the last publish."""
        current = self.store.get(COMPANY, CURRENT)
        digest = str(current["digest"]) if current else ""
        if digest != self._company[0]:
            row = self.store.get(COMPANY, digest)
            self._company = (digest, _company(row) if row else NOBODY)
        return self._company[1]

    def _recompiled(self, version: str) -> Template:
        row: Any = self.store.get(VERSIONS, version)
        if row is None:
            raise NotFound("no-such-version", version=version)
        return replace(restore([self._source(kept) for kept in row["sources"]]), hash=version)

    def _source(self, kept: Mapping[str, Any]) -> Source:
        row = self.store.get(VOCABULARIES, kept["digest"]) if "digest" in kept else kept
        if row is None:
            raise NotFound("no-such-version", version=kept["digest"])
        return Source(kept["path"], str(row["text"]), kept["kind"])


def _company(row: Mapping[str, Any]) -> Company:
    departments = {key: Department(**department) for key, department in row["departments"].items()}
    fields = {key: row[key] for key in ("name", "currency", "timezone", "roles", "store")}
    return Company(**fields, languages=tuple(row["languages"]), departments=departments)
