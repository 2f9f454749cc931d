"""Findings as people, editors and CI read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from builder.diagnostic import Diagnostic, Place
from builder.language import catalogue
from builder.model import say
from renderer.sentences import sentence
from renderer.shell.table import sign_width

Lines = Callable[[Place], str]  # a place → the author's line it stands in, "" when it is not known
Json = dict[str, object]

# GitHub reads a line break, and in properties also `:` and `,`, as signs of its own.
_ESCAPED = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_ESCAPED_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_LEVELS = {"error": "error", "warning": "warning"}


def as_json(found: Diagnostic, language: str) -> Json:
    """One finding for programs: code, severity, message, file, line, column (from 1), help, related, witness."""
    message = catalogue.describe(found, language)
    notes = zip(found.related, message.related, strict=True)
    return {
        "code": found.code,
        "severity": message.severity,
        "message": message.cause,
        **_place(found.place),
        "help": message.help,
        "related": [{**_place(other.place), "message": note} for other, note in notes],
        "witness": dict(found.witness) if found.witness is not None else None,
    }


def as_text(found: Diagnostic, language: str, lines: Lines) -> str:
    """One finding as a paragraph: place and cause, the author's line with a caret, way out, witness, other places."""
    message = catalogue.describe(found, language)
    parts = [f"{at(found.place)}: {sentence(f'shell-{message.severity}', language)}: {message.cause} [{found.code}]"]
    parts += _pointed(found.place, lines(found.place))
    if message.help:
        parts.append(f"  → {message.help}")
    if found.witness:
        parts.append(f"  {sentence('shell-witness', language, {'answers': answers(found, language)})}")
    parts += [f"  {at(other.place)}: {note}" for other, note in zip(found.related, message.related, strict=True)]
    return "\n".join(parts)


def as_annotation(found: Diagnostic, language: str) -> str:
    """One finding as a GitHub workflow command, which marks the line in the pull request."""
    message = catalogue.describe(found, language)
    place = found.place
    properties = {"file": place.file, "line": place.line, "col": place.column, "title": found.code}
    written = ",".join(f"{name}={str(value).translate(_ESCAPED_PROPERTY)}" for name, value in properties.items())
    text = "\n".join(part for part in (message.cause, message.help) if part)
    return f"::{_LEVELS.get(message.severity, 'notice')} {written}::{text.translate(_ESCAPED)}"


def counted(found: Iterable[Diagnostic]) -> Mapping[str, int]:
    """How many errors and warnings there are."""
    severities = [catalogue.severity(diagnostic.code) for diagnostic in found]
    return {severity: severities.count(severity) for severity in ("error", "warning")}


def answers(found: Diagnostic, language: str) -> str:
    """A witness on one line, with what people call each: `金额 (amount) = 50000, 性质 (kind) = 计划内 (planned)`."""
    return ", ".join(f"{_called(found, name, name, language)} = {_answer(found, name, value, language)}"
                     for name, value in (found.witness or {}).items())  # fmt: skip


def _answer(found: Diagnostic, name: str, value: object, language: str) -> str:
    if value is None:
        return "—"
    if isinstance(value, list):
        return f"[{', '.join(_answer(found, name, each, language) for each in value)}]"
    return str(value).lower() if isinstance(value, bool) else _called(found, f"{name}={value}", str(value), language)


def _called(found: Diagnostic, key: str, id: str, language: str) -> str:
    """An id behind its label."""
    label = say(found.labels.get(key, {}), language)
    return f"{label} ({id})" if label not in ("", id) else id


def at(place: Place) -> str:
    """`file:line:column`, as editors and terminals make a link of."""
    return f"{place.file}:{place.line}:{place.column}"


def _place(place: Place) -> Json:
    return {"file": place.file, "line": place.line, "column": place.column}


def _pointed(place: Place, line: str) -> list[str]:
    """The author's line and a caret under the column."""
    if not line.strip() or "\0" in line:  # a file in another encoding shows nothing that one could read
        return []
    return [f"{place.line:>5} | {line.rstrip()}", f"{'':>5} | {caret(line, place.column)}"]


def caret(line: str, column: int) -> str:
    """A caret that stands under a column of a line: wide characters take two places."""
    before = "".join(sign if sign == "\t" else " " * sign_width(sign) for sign in line[: column - 1])
    return f"{before}^"
