"""The cures of a workspace's findings, tried one by one and proved by checking again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace

from builder.compile import check_workspace, compile_template, settled
from builder.diagnostic import Diagnostic
from builder.language.grammar import grammar
from builder.language.source import Source
from builder.nearest import gap
from builder.repair.cures import cures, marked
from builder.workspace import HEAD, Ref, Workspace

MOST = 400  # texts that are tried in one file
_WORD = re.compile(r"[^\W\d][\w-]*")
_FROZEN = "published/"
DEEPEST = 4  # mistakes that hide each other

Findings = tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Drafted(Workspace):
    """A workspace in which some files read as they would once they are repaired."""

    texts: Mapping[str, str] = field(default_factory=dict)

    def source(self, file: str) -> tuple[Source | None, list[Diagnostic]]:
        """A file's text: the draft's, else the one on the disk. Raises OSError."""
        source, found = super().source(file)
        return (replace(source, text=self.texts[file]) if source and file in self.texts else source), found


@dataclass(frozen=True, slots=True)
class Repair:
    """What was put right: file → its text before and after; the findings that are cured, and those that remain."""

    texts: Mapping[str, tuple[str, str]]
    cured: tuple[Diagnostic, ...]
    remaining: tuple[Diagnostic, ...]


def repair(workspace: Workspace, found: Iterable[Diagnostic]) -> Repair:
    """Cure what can be cured of some findings. Frozen versions, and files that are not UTF-8, are left as they are."""
    draft = Drafted(workspace.root)
    cured: list[Diagnostic] = []
    files = dict.fromkeys(workspace.file(finding.place.file) for finding in found)
    for file in filter(None, files):
        source, unread = workspace.source(file) if not file.startswith(_FROZEN) else (None, [])
        if source is None or unread or not file.endswith(".yaml"):
            continue
        text, done = _Bench(draft, file, source.text).repaired()
        cured += done
        if text != source.text:
            draft = replace(draft, texts={**draft.texts, file: text})
    texts = {file: (_text(workspace, file), text) for file, text in draft.texts.items()}
    return Repair(texts, tuple(cured), tuple(check_workspace(draft)) if cured else tuple(found))


def _text(workspace: Workspace, file: str) -> str:
    source, _ = workspace.source(file)
    return source.text if source else ""


class _Bench:
    """One file on the bench: its text, and what is found with it."""

    def __init__(self, workspace: Drafted, file: str, text: str) -> None:
        self.workspace, self.file, self.text = workspace, file, text
        self.refs = tuple(_using(workspace, file))
        self.found = self.check(text)
        self.left = MOST

    def repaired(self) -> tuple[str, list[Diagnostic]]:
        """The text with everything cured that can be, and what was."""
        cured: list[Diagnostic] = []
        given_up: set[object] = set()
        while (finding := self.next(given_up)) is not None:
            text = self.cure(finding)
            if text is None:
                given_up.add(_identity(finding, self.text))
            else:
                self.text, self.found = text, self.check(text)
                cured.append(finding)
                given_up.clear()  # what hid behind this one may be curable now
        return self.text, cured

    def next(self, given_up: set[object]) -> Diagnostic | None:
        """The first finding in this file that was not given up."""
        mine = (each for each in self.found if each.place.file == self.workspace.shown(self.file))
        return next((each for each in mine if _identity(each, self.text) not in given_up), None)

    def cure(self, finding: Diagnostic, deeper: int = DEEPEST) -> str | None:
        """The first text that proves to cure a finding and cannot be mistaken for another; None when there is none.

        One mistake may hide another: what a cure brings to light is cured with it, or neither is.
        """
        for text in cures(finding, self.text):
            if text == self.text or self.left <= 0:
                continue
            self.left -= 1
            after = self.check(text)
            if not _fewer(self.found, after, finding) and deeper:
                text, after = self.cured_beneath(finding, text, after, deeper - 1)
            if _fewer(self.found, after, finding):
                return None if self.ambiguous(finding) else text
        return None

    def cured_beneath(self, finding: Diagnostic, text: str, after: Findings, deeper: int) -> tuple[str, Findings]:
        """A text with the one finding that its cure has brought to light cured, too."""
        more = Counter(map(_kind, after)) - Counter(map(_kind, self.found))
        new = [each for each in after if more[_kind(each)] and each.place.file == finding.place.file]
        if len(after) > len(self.found) or len(new) != 1:
            return text, after
        inner = copy(self)
        inner.text, inner.found = text, after
        cured = inner.cure(new[0], deeper)
        self.left = inner.left
        return (cured, self.check(cured)) if cured is not None else (text, after)

    def ambiguous(self, finding: Diagnostic) -> bool:
        """Whether another word is as near to a misspelt one as the word that is suggested, and would do as well."""
        word = marked(finding, self.text)[0]
        meant = str(finding.args.get("suggestion", "")).strip("\"'")
        distance = gap(word.strip("\"'"), meant) if word and meant else None
        if distance is None:  # no misspelling: it is called otherwise, and the language knows how
            return False
        near = ((each, gap(word.strip("\"'"), each)) for each in self.words())
        rivals = {each for each, other in near if other is not None and other <= distance}
        tried = ({**finding.args, "suggestion": _like(finding, rival)} for rival in sorted(rivals - {meant}))
        texts = (text for args in tried for text in cures(replace(finding, args=args), self.text))
        return any(_fewer(self.found, self.check(text), finding) for text in texts)

    def words(self) -> set[str]:
        """Every word that could be meant: of the language, and of the files that are compiled together."""
        sources = [source for ref in self.refs for source in self.workspace.sources(ref)[0]]
        texts = [self.text, *(source.text for source in sources)]
        return {word for text in texts for word in _WORD.findall(text)} | _language()

    def check(self, text: str) -> tuple[Diagnostic, ...]:
        """What is found in everything that the file is part of."""
        workspace = replace(self.workspace, texts={**self.workspace.texts, self.file: text})
        if not self.refs:
            return tuple(check_workspace(workspace))
        return settled(each for ref in self.refs for each in compile_template(workspace, ref).diagnostics)


def _kind(finding: Diagnostic) -> tuple[str, str]:
    return finding.code, finding.place.file


def _fewer(before: Findings, after: Findings, finding: Diagnostic) -> bool:
    """Whether there is one finding of this kind less, and of no kind one more."""
    old, new = Counter(map(_kind, before)), Counter(map(_kind, after))
    return new <= old and new[_kind(finding)] < old[_kind(finding)]


def _using(workspace: Workspace, file: str) -> Iterator[Ref]:
    """The T's that a file is compiled into."""
    for ref in workspace.refs():
        if file == HEAD or any(source.path == workspace.shown(file) for source in workspace.sources(ref)[0]):
            yield ref


def _identity(finding: Diagnostic, text: str) -> object:
    """What a finding is called while other lines come and go above it."""
    lines = text.split("\n")
    line = lines[finding.place.line - 1] if finding.place.line <= len(lines) else ""
    return finding.code, finding.place.column, line


def _like(finding: Diagnostic, word: str) -> str:
    """A word in the quotes that the suggestion has."""
    meant = str(finding.args.get("suggestion", ""))
    return f'"{word}"' if meant.startswith('"') else word


def _language() -> set[str]:
    """The keys and fixed words of the language."""
    found: set[str] = set()
    waiting: list[object] = [grammar("workspace"), grammar("overlay"), grammar("template")]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            found.update(each.get("properties", ()))
            found.update(word for word in each.get("enum", ()) if isinstance(word, str))
        waiting += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
    return found
