"""What every lowering function is given: the document, the company, and a list that findings are added to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from builder.diagnostic import Diagnostic, Path, Related
from builder.expressions import BOOLEAN, Expression, Finding, Scope, Symbol, Type, compile_expression
from builder.language import Document
from builder.language.document import value_at
from builder.language.nesting import UNNAMED
from builder.model import Company, Shared, Text
from builder.nearest import nearest

# Where the definitions stand that `unknown-…` looks for.
DEFINED: Mapping[str, Path] = {
    "field": ("fields",), "tag": ("tags",), "entry": ("entries",), "state": ("workflow", "states"),
    "action": ("workflow", "transitions"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The templates that fields may link to: base documents by id, and the ids of all there are."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    tables: Mapping[str, Shared] = field(default_factory=dict)  # vocabularies that do not stand in them
    known: tuple[str, ...] = ()
    parts: dict[str, dict[str, Symbol]] = field(
        default_factory=dict
    )  # what records of each are made of, once asked for


@dataclass
class Lowering:
    """One lowering run. `symbols` are the names that expressions may use, filled before any expression is read."""

    document: Document
    company: Company
    tables: Mapping[str, Shared] = field(default_factory=dict)  # vocabularies that do not stand in the document
    files: tuple[str, ...] = ()  # the ids of all vocabulary files
    neighbours: Neighbours = field(default_factory=Neighbours)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    unclear: set[object] = field(default_factory=set)  # fields that a broken expression says something of

    @cached_property
    def left_out(self) -> frozenset[object]:
        """Definitions that were too broken to keep: what names them is not a second mistake."""
        homes = {home: len(home) for home in DEFINED.values()}
        broken = (path for path in self.document.broken if len(path) - 1 == homes.get(path[:-1]))
        return frozenset(path[-1] for path in broken if value_at(self.data, path) is None)

    def neighbour(self, target: str) -> Lowering:
        """A run over a template that this one links to; what it finds is told where that template is compiled."""
        known, tables = self.neighbours.documents, self.neighbours.tables
        return Lowering(known[target], self.company, tables, neighbours=self.neighbours)

    @property
    def data(self) -> Mapping[str, object]:
        """The composed tree."""
        return self.document.data

    def find(
        self,
        code: str,
        path: Path,
        *,
        at: str = "value",
        offset: int = 0,
        related: tuple[Related, ...] = (),
        witness: Mapping[str, object] | None = None,
        **args: object,
    ) -> None:
        """Add a finding at a path of the document, unless what stands there was already found wrong."""
        if self.document.damaged(path):
            return
        place = self.document.place(path, "key" if at == "key" else "value", offset)
        self.findings.append(Diagnostic(code, place, args, related, witness))

    def related(self, path: Path, note: str) -> Related:
        """The key at a path as a finding's second place."""
        return Related(self.document.place(path, "key"), note)

    def text(self, value: object) -> Text:
        """A Text as written: a bare string is in the workspace's first language; nothing is the empty map."""
        if isinstance(value, str):
            return {self.company.languages[0]: value}
        return dict(value) if isinstance(value, dict) else {}

    def resolve(self, name: str, known: Collection[str], layer: str) -> str | None:
        """The id that a name means in a layer: itself, or the layer's own addition; None when there is none."""
        own = f"{layer}__{name}"
        return name if name in known else own if layer and own in known else None

    def reference(self, name: str, known: Collection[str], path: Path, what: str) -> str | None:
        """Resolve a name; when there is none, add `unknown-…` with the nearest name and return None."""
        found = self.resolve(name, known, self.document.layer(path))
        if found is None:
            self.unknown(name, known, path, what)
        return found

    def unknown(self, name: str, known: Collection[str], path: Path, what: str, *, at: str = "value") -> None:
        """Add `unknown-field`, `unknown-state`…, with the name whose label this is or that is nearest."""
        home = DEFINED.get(what, ())
        gone = value_at(self.data, home) is None and any(home[: len(b)] == b for b in self.document.broken)
        if name in self.left_out or gone or UNNAMED in known:
            return
        stem = name.removesuffix(".yaml").removesuffix(".csv")  # people name the file
        meant = self.labelled(name, known) or self.called(name, home) or nearest(stem, known)
        self.find(f"unknown-{what}", path, at=at, name=name, known=", ".join(islice(known, 12)), suggestion=meant)

    def labelled(self, label: str, known: Iterable[str]) -> str:
        """The known name whose label this is, or the empty string: people write what they see."""
        return next((name for name in known if name in self.symbols and label in self.symbols[name].label.values()), "")

    def called(self, label: str, home: Path) -> str:
        """The state or action that shows this label, or the empty string."""
        here = value_at(self.data, home)
        for key, data in here.items() if isinstance(here, Mapping) and len(home) > 1 else ():
            definition = widened(data)
            if label in self.text(definition.get("label", "")).values():
                return str(definition.get("action", key))
        return ""

    def references(self, names: Sequence[str], known: Collection[str], path: Path, what: str) -> tuple[str, ...]:
        """Resolve a list of names, each with its own finding; many are soonest found in a map."""
        found = (self.reference(name, known, (*path, i), what) for i, name in enumerate(names))
        return tuple(name for name in found if name is not None)

    def expression(
        self,
        text: str,
        path: Path,
        *,
        expect: Type | None = None,
        assume: Sequence[Expression] = (),
        columns: Mapping[str, Symbol] | None = None,
        guard: bool = False,
        offset: int = 0,
    ) -> Expression | None:
        """Compile the expression at a path; its findings are placed where they stand in the text."""
        names = {**self.symbols, **columns} if columns else self.symbols
        layer, row = self.document.layer(path), frozenset(columns or ())
        scope = Scope(names, layer=layer, row=row, zone=self.company.timezone)
        expression, findings = compile_expression(text, scope, expect=expect, assume=assume, guard=guard)
        if expression is None and path[:1] == ("fields",):
            self.unclear.add(path[1])
        for finding in findings:
            if not self.document.damaged(path) and not self.follows(finding):
                place = self.document.place(path, "value", offset + finding.start)
                self.findings.append(Diagnostic(finding.code, place, _arguments(finding, text)))
        return expression

    def follows(self, finding: Finding) -> bool:
        """Whether a finding only says again that what it names is broken."""
        name = finding.args.get("name")
        absent = finding.code == "possibly-absent" and str(name).partition(".")[0] in self.unclear
        return absent or name in self.left_out

    def formula(self, text: str, path: Path, expect: Type) -> str:
        """The formula that a text writes, with what its findings suggest; "" when it writes none."""
        scope = Scope(self.symbols, layer=self.document.layer(path), zone=self.company.timezone)
        for _ in range(3):
            expression, findings = compile_expression(text, scope, expect=expect)
            if expression is not None or not all(finding.suggestion for finding in findings):
                return text if expression is not None else ""
            last = findings[-1]
            text = text[: last.start] + last.suggestion + text[last.end :]
        return ""

    def quietly(self, text: str, path: Path) -> Expression | None:
        """Compile a condition put together from parts whose findings are already told."""
        scope = Scope(self.symbols, layer=self.document.layer(path), zone=self.company.timezone)
        return compile_expression(text, scope, expect=BOOLEAN)[0]


def _arguments(finding: Finding, text: str) -> dict[str, object]:
    """What fills the message; where something is certain, what to write, and in place of what."""
    if not finding.suggestion:
        return dict(finding.args)
    return {**finding.args, "suggestion": finding.suggestion, "marked": text[finding.start : finding.end]}


def widened(definition: object, key: str = "label") -> Mapping[str, object]:
    """A definition that is only its text, written out as a map."""
    return definition if isinstance(definition, dict) else {key: definition}
