"""What the verbs work with: the workspace, its company and store, the reader's language; clock and chance are given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from builder.compile import blocking
from builder.diagnostic import Diagnostic
from builder.language import load
from builder.lower import check_company, lower_company
from builder.model import Company
from builder.workspace import Workspace, WorkspaceError
from renderer.i18n import DEFAULT, best
from renderer.sentences import sentence
from workflows.keep import open_store
from workflows.keep.port import Store
from workflows.people import People

Clock = Callable[[], str]
Chance = Callable[[int], bytes]
SHELL = "shell"  # the actor of what is done at a terminal


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verb has to say, line by line; the same as JSON-able data; and the exit code."""

    lines: tuple[str, ...]
    data: object = None
    code: int = 0


class Usage(Exception):
    """The command cannot be meant like this (exit code 2). `code` is a catalogue code, `args_` fill it."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code, self.args_ = code, args


class Findings(Exception):
    """What has to be compiled first does not compile (exit code 1)."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        super().__init__()
        self.diagnostics = tuple(diagnostics)


@dataclass(frozen=True)
class Desk:
    """One run of the shell. The workspace is looked for from `folder` upwards; `store_url` goes before its own."""

    folder: str
    clock: Clock
    chance: Chance
    asked_language: str = ""
    store_url: str = ""

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace the folder is in. Raises WorkspaceError."""
        return Workspace.find(self.folder)

    @cached_property
    def company(self) -> Company:
        """The workspace file, lowered. Raises WorkspaceError, Findings, OSError."""
        source, found = self.workspace.company_source()
        document, findings = load(source) if source else (None, [])
        if document is None or blocking([*found, *findings]):
            raise Findings([*found, *findings])
        company = lower_company(document.data)
        wrong = [*found, *findings, *check_company(document, company)]
        if blocking(wrong):
            raise Findings(wrong)
        return company

    @cached_property
    def language(self) -> str:
        """The language asked for, else the workspace's first that we speak, else Chinese."""
        return best(self.asked_language) or self._own() or DEFAULT

    def _own(self) -> str:
        try:
            source = self.workspace.company_source()[0]
        except (WorkspaceError, OSError):
            return ""
        document = load(source)[0] if source else None
        languages = document.data.get("languages") if document else None
        known = (best(str(language)) for language in (languages if isinstance(languages, list) else ()))
        return next(filter(None, known), "")

    def say(self, code: str, **args: object) -> str:
        """The sentence of a catalogue code."""
        return sentence(code, self.language, args)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The open store. Raises StoreError, and what `company` raises."""
        store = open_store(self.url, self.workspace.root)
        try:
            yield store
        finally:
            store.close()

    @property
    def url(self) -> str:
        """Which store: what the environment names, else the workspace file."""
        return self.store_url or self.company.store

    @contextmanager
    def people(self) -> Iterator[People]:
        """The people of the open store."""
        with self.store() as store:
            yield People(store, self.chance)


def asked_language(flag: str, environ: Mapping[str, str]) -> str:
    """The language somebody asked for: by a flag, else by the first of the locale's variables that is set."""
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return flag or locale.partition(".")[0]
