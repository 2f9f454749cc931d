"""Definitions that are still being written, served as if they were published; the published ones stay as they are.

A draft is kept as a version of its own (`1.2.0-draft.3`), so that a record made under it can always be read. It is
never the current one: a server that does not serve drafts knows nothing of it but its records.
"""

from __future__ import annotations

from builder.compile import Compiled
from builder.model import Company, Template
from workflows.catalogue import CURRENT, VERSIONS, Catalogue, version_row
from workflows.find.query import Query
from workflows.keep.port import Store, Transaction
from workflows.record import NotFound

DRAFTED = "drafted"  # the history's word for it


class Drafts(Catalogue):
    """The published versions, with drafts in their place as they are offered."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._offered: dict[str, Template] = {}
        self._own: Company | None = None

    def offer(self, compiled: Compiled, at: str, actor: str) -> str:
        """Serve a definition that compiles from now on; its version as it is shown. Raises StoreError.

        One that is published as it is needs no draft: then the published one is served.
        """
        template, company = compiled.template, compiled.company
        assert template is not None and company is not None
        before = self._offered, self._own
        try:
            with self.store.write(at=at, actor=actor) as tx:
                current = tx.get(CURRENT, template.ref)
                published = current is not None and current["hash"] == template.hash
                shown = str(current["shown"]) if current and published else _kept(tx, compiled, template, at, actor)
                tx.log(DRAFTED, template.ref, {"hash": template.hash, "shown": shown})
                self._serve(template.ref, None if published else template, company)  # no record is made meanwhile
        except BaseException:
            self._offered, self._own = before
            raise
        return shown

    def _serve(self, ref: str, template: Template | None, company: Company) -> None:
        offered = {**self._offered, **({ref: template} if template else {})}
        if template is None:
            offered.pop(ref, None)
        self._offered, self._own = offered, company  # whole, at once: other threads read them

    def current(self, ref: str, department: str = "") -> Template:
        """What is served under `TEMPLATE[@DEPT]` to a department, the newest first. Raises NotFound."""
        template, _, named = ref.partition("@")
        owner = named or department
        for name in (f"{template}@{owner}", template) if owner else (template,):
            if (offered := self._offered.get(name)) is not None:
                return offered
            if (row := self.store.get(CURRENT, name)) is not None:
                return self.pinned(str(row["hash"]))
        raise NotFound("no-such-template", template=ref)

    def all(self) -> tuple[Template, ...]:
        """Every template that is served, bases and customised ones, by reference."""
        served = {template.ref: template for template in super().all()} | self._offered
        return tuple(served[ref] for ref in sorted(served))

    def company(self) -> Company:
        """The company of the definitions that are served."""
        return self._own or super().company()


def _kept(tx: Transaction, compiled: Compiled, template: Template, at: str, actor: str) -> str:
    """The draft as a version of the store, made once; how it is shown."""
    row = tx.get(VERSIONS, template.hash)
    if row is None:
        row = {**version_row(compiled, template, _shown(tx, template), at, actor), "draft": True}
        tx.put(VERSIONS, template.hash, row)
    return str(row["shown"])


def _shown(tx: Transaction, template: Template) -> str:
    """`1.2.0-draft.3`, of a department's `1.2.0-draft.3+marketing`."""
    where = {"template": template.id, "department": template.department}
    rows = tx.find(Query(collection=VERSIONS, where=where)).rows
    number = 1 + sum(str(row["shown"]).startswith(f"{template.version}-draft.") for row in rows)
    return f"{template.version}-draft.{number}{f'+{template.department}' if template.department else ''}"
