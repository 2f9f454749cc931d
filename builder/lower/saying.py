"""Words for whoever answers, with values in them: `say: 至少 {least} 字`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from builder.diagnostic import Path
from builder.expressions import UNKNOWN, Expression, Scope, Symbol
from builder.expressions.inserted import HOLE, insert, insertable
from builder.expressions.types import describe
from builder.lower.context import Lowering
from builder.lower.workflow import part
from builder.model import Words
from builder.nearest import nearest

NO_COLUMNS: Mapping[str, Symbol] = {}
# What is inserted of a type that has no words of its own: a text or number that a field works out.
INSTEAD = {
    "rows": "size({name})", "log": "size({name})", "file": "size({name})", "choices": 'join(", ", {name})',
    "boolean": 'if({name}, "1", "0")', "link": "{name}.{part}",
}  # fmt: skip


def said(run: Lowering, written: object, path: Path, columns: Mapping[str, Symbol] | None) -> Words:
    """The words in each language; those that have a field in braces as an expression. What is wrong is found."""
    own = columns or NO_COLUMNS
    fields = {key: run.symbols[key] for key in part(run, "fields") if key in run.symbols}
    texts: dict[str, str | Expression] = {}
    for place, tongue, text in spoken(run, written, path):
        scope = Scope({**fields, **own}, layer=run.document.layer(place), row=frozenset(own), zone=run.company.timezone)
        texts[tongue] = insert(text, scope) if _filled(run, text, place, scope) else text
    return texts


def spoken(run: Lowering, written: object, path: Path) -> Iterator[tuple[Path, str, str]]:
    """A text as written in each language: its place, the language, the words."""
    for tongue, text in run.text(written).items():
        yield (*path, tongue) if isinstance(written, Mapping) else path, tongue, text


def _filled(run: Lowering, text: str, path: Path, scope: Scope) -> bool:
    """Whether values are inserted; what stands in braces and cannot be, and a text that could be empty, is found."""
    holes = [hole for hole in HOLE.finditer(text) if not _amiss(run, hole, path, scope)]
    filled = [hole for hole in holes if scope.resolve(hole[1])]
    if filled and not HOLE.sub("", text).strip():
        run.find("only-inserted", path, text=text)
    return bool(filled)


def _amiss(run: Lowering, hole: re.Match[str], path: Path, scope: Scope) -> bool:
    name, known = hole[1], scope.resolve(hole[1])
    if known is None:
        return name not in run.left_out and _mistyped(run, hole, path, scope.names)
    kind = scope.names[known].type
    if kind is UNKNOWN or insertable(kind):
        return kind is UNKNOWN
    word, part = describe(kind), next((n for n, each in kind.columns.items() if each.type.kind == "text"), "id")
    run.find("not-in-text", path, offset=hole.start(), name=name, type=word,
             instead=INSTEAD[word].format(name=name, part=part))  # fmt: skip
    return True


def _mistyped(run: Lowering, hole: re.Match[str], path: Path, known: Collection[str]) -> bool:
    """Whether what stands in braces was meant for a field or is a name of another kind; other braces are but text."""
    name = hole[1].strip()
    amiss = name in run.symbols or bool(run.labelled(name, known) or nearest(name, known))
    if amiss:
        no_field(run, hole, path, known)
    return amiss


def no_field(run: Lowering, hole: re.Match[str], path: Path, known: Collection[str]) -> None:
    """The finding for braces in which none of these fields is named."""
    name = hole[1].strip()
    meant = name if name in known else run.labelled(name, known) or nearest(name, known)
    run.find("unknown-field-in-text", path, offset=hole.start(), name=hole[1], known=", ".join(islice(known, 12)),
             suggestion=f"{{{meant}}}" if meant else "", marked=hole[0])  # fmt: skip
