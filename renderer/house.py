"""What stands behind the app: store, people, published versions and service, opened once per process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from builder.compile import compile_sources
from builder.workspace import HEAD, Workspace
from renderer.drawing.cabinet import Cabinet
from renderer.live import Live
from renderer.memo import Memo
from renderer.settings import Settings
from workflows.catalogue import Catalogue
from workflows.doors import Doors
from workflows.drafts import Drafts
from workflows.files.desk import FileDesk
from workflows.filing import KEYS, key_over
from workflows.identity import ids
from workflows.keep.opening import open_store
from workflows.keep.port import Store
from workflows.people import People
from workflows.service import Service
from workflows.sweeping import Sweeper


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The rooms behind the doors."""

    settings: Settings
    store: Store
    people: People
    catalogue: Catalogue
    service: Service
    doors: Doors
    files: FileDesk
    cabinet: Cabinet
    memo: Memo
    sweeper: Sweeper
    live: Live | None = None


class NoStore(Exception):
    """Neither the settings nor the workspace file say where records are kept."""


def open_house(settings: Settings, environment: Environment) -> House:
    """Open the store of a workspace. Raises NoStore, StoreError."""
    store = open_store(settings.store or _configured(settings.workspace), settings.workspace)
    catalogue = Drafts(store) if settings.live else Catalogue(store)
    workspace = Workspace(settings.workspace)
    service = Service(store, catalogue, settings.clock, ids(settings.chance))
    people = People(store, settings.chance)
    return House(
        settings=settings,
        store=store,
        people=people,
        catalogue=catalogue,
        service=service,
        files=FileDesk(service),
        doors=Doors(store, catalogue, settings.clock, ids(settings.chance), settings.chance),
        cabinet=Cabinet(environment, settings.chance(12).hex()),
        memo=Memo(store, settings.clock),
        sweeper=Sweeper(store, {KEYS: key_over, **people.over}),
        live=Live(workspace, catalogue, settings.clock) if isinstance(catalogue, Drafts) else None,
    )


def _configured(workspace: Path) -> str:
    """The store URL of the workspace file. Raises NoStore when the file is missing or does not compile."""
    source, _ = Workspace(workspace).company_source() if (workspace / HEAD).is_file() else (None, [])
    company = compile_sources([source]).company if source else None
    if company is None:
        raise NoStore(str(workspace))
    return company.store
