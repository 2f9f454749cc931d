"""Structure: jsonschema-rs decides whether a document is sound; when it is not, jsonschema says where.

What a fault names is left out or replaced, so that the rest of the file is checked in the same run.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from builder.diagnostic import Diagnostic, Path
from builder.language.document import Document, value_at
from builder.language.grammar import grammar
from builder.language.read import read_at
from builder.language.translate import Fault, translate

if TYPE_CHECKING:
    import jsonschema_rs
    from jsonschema.protocols import Validator

_ROUNDS = 8


def check_structure(document: Document) -> tuple[Document | None, list[Diagnostic]]:
    """A document and its structural findings; what is broken is left out of it and named in `broken`.

    None when nothing sound remains. The document's data and marks are changed in place.
    """
    findings: list[Diagnostic] = []
    for _ in range(_ROUNDS):
        if _judge(document.kind).is_valid(document.data):
            return document, findings
        faults = sorted(_faults(document), key=lambda f: document.place(f.path, f.at))
        mistakes = document.broken | {f.path for f in faults} | {_renamed(f) for f in faults if f.rename}
        real = [f for f in faults if not _follows(f, document.broken) and not mistakes.intersection(f.because)]
        findings += [Diagnostic(f.code, document.place(f.path, f.at), f.args) for f in real]
        if any(not fault.out for fault in faults):
            return None, findings
        cured = {_renamed(f) for f in faults if f.rename} | {f.path for f in faults if f.stand_in is not None}
        faults = [f for f in faults if not cured.intersection(f.because)]
        document = document.with_(broken=document.broken | {f.out for f in faults} | cured)
        for fault in sorted(faults, key=lambda f: [str(k).zfill(6) for k in f.out], reverse=True):
            _leave_out(document, fault)
    return None, findings


def _faults(document: Document) -> list[Fault]:
    """Each fault once."""
    root = grammar(document.kind)
    found: dict[tuple[Path, str], Fault] = {}
    data: Any = document.data  # JSON by now, which its type does not say
    for error in _witness(document.kind).iter_errors(data):
        for fault in translate(error, root):
            found.setdefault((fault.subject, fault.code), fault)
    return list(found.values())


def _renamed(fault: Fault) -> Path:
    return (*fault.path[:-1], fault.rename)


def _follows(fault: Fault, broken: frozenset[Path]) -> bool:
    """Whether a mistake is already told at a fault's place or above it, or emptied it."""
    subject = fault.subject
    return any(subject[: len(b)] == b or (fault.code == "empty" and b[: len(subject)] == subject) for b in broken)


def _leave_out(document: Document, fault: Fault) -> None:
    """Take out what a fault names, in data and marks; or put its stand-in there; or give it its right name."""
    *above, last = fault.out
    here: Any = value_at(document.data, tuple(above))
    mark = None if document.origins else document.mark_at(tuple(above))  # a composed one borrows the base's marks
    marks: Any = mark.inner if mark is not None else None
    if fault.stand_in is not None and isinstance(here, dict):
        here[last] = fault.stand_in
    elif isinstance(here, dict) and fault.rename and last in here:
        here[fault.rename] = here.pop(last)
        if isinstance(marks, dict) and last in marks:
            marks[fault.rename] = marks.pop(last)
            path = (*above, fault.rename)
            here[fault.rename] = read_at(here[fault.rename], marks[fault.rename], document.kind, path)
    elif isinstance(here, dict):
        here.pop(last, None)
    elif isinstance(here, list) and isinstance(last, int) and last < len(here):
        del here[last]
        if isinstance(marks, list) and last < len(marks):
            del marks[last]


@cache
def _judge(kind: str) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(grammar(kind), pattern_options=jsonschema_rs.RegexOptions())


@cache
def _witness(kind: str) -> Validator:
    from jsonschema import Draft202012Validator
    from referencing import Registry

    return Draft202012Validator(grammar(kind), registry=Registry())
