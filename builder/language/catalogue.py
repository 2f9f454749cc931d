"""A diagnostic in words: severity, cause and way out, from the catalogues in `schemas/messages/`.

The format of a catalogue stands at the top of `schemas/messages/definitions.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

import schemas
from builder.diagnostic import Diagnostic
from builder.model import say

FALLBACK = "en"  # the language of who reads neither of the catalogue's
MEANT = "did-you-mean"


@dataclass(frozen=True, slots=True)
class Message:
    """What a reader is told: error, warning or info; the cause; the way out, if any; a note a related place."""

    severity: str
    cause: str
    help: str
    related: tuple[str, ...] = ()


def severity(code: str) -> str:
    """error, warning or info. Raises KeyError when no catalogue knows the code."""
    return str(schemas.messages()[code]["severity"])


def describe(diagnostic: Diagnostic, language: str) -> Message:
    """A diagnostic in a language. Raises KeyError when no catalogue knows its code or a note's."""
    notes = (_text(other.note, "cause", language, other.args) for other in diagnostic.related)
    return Message(
        severity(diagnostic.code),
        _text(diagnostic.code, "cause", language, diagnostic.args),
        _help(diagnostic, language),
        tuple(notes),
    )


def told(diagnostic: Diagnostic, language: str) -> str:
    """The cause and the way out as one text. Raises KeyError as `describe` does."""
    message = describe(diagnostic, language)
    return gap(language).join(part for part in (message.cause, message.help) if part)


def gap(language: str) -> str:
    """What stands between two sentences: a blank, in Chinese nothing."""
    return "" if language.startswith("zh") else " "


def holes(code: str, part: str, language: str) -> frozenset[str]:
    """The names that a code's cause or help cannot do without: of several texts, the last one's."""
    written = schemas.messages()[code][language].get(part, "")
    text = written[-1] if isinstance(written, list) else written
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def _help(diagnostic: Diagnostic, language: str) -> str:
    """The way out; where a finding suggests a word, that comes first."""
    meant = _text(MEANT, "cause", language, diagnostic.args) if diagnostic.args.get("suggestion") else ""
    way = _text(diagnostic.code, "help", language, diagnostic.args)
    return gap(language).join(part for part in (meant, way) if part)


def _text(code: str, part: str, language: str, args: Mapping[str, object]) -> str:
    """One text of an entry with its holes filled; of several, the first whose holes can all be filled."""
    entry = schemas.messages()[code]
    written = entry.get(language.partition("-")[0], entry[FALLBACK]).get(part, "")
    texts = written if isinstance(written, list) else [written]
    shown = {name: _Hole(_shown(value, language), language) for name, value in args.items() if value not in ("", None)}
    for text in texts:
        try:
            return str(text).format_map(shown)
        except KeyError:
            continue
    return str(texts[-1]).format_map(_Gaps(shown))


def _shown(value: object, language: str) -> object:
    if isinstance(value, Mapping):
        return say(value, language)
    return ", ".join(str(_shown(item, language)) for item in value) if isinstance(value, list | tuple) else value


class _Hole(str):
    """What fills a hole; `{found:type}` says the words of types in it as the reader calls them."""

    language: str

    def __new__(cls, value: object, language: str) -> _Hole:
        """The text of a value, and for whom."""
        hole = super().__new__(cls, value)
        hole.language = language
        return hole

    def __format__(self, spec: str) -> str:
        if spec != "type":
            return super().__format__(spec)
        words = [_text(f"type-{word}", "cause", self.language, {}) if f"type-{word}" in schemas.messages() else word
                 for word in self.split(", ")]  # fmt: skip
        return ("、" if self.language.startswith("zh") else ", ").join(words)


class _Gaps(dict[str, object]):
    """A hole that nothing fills is shown as such, never as a crash on the author's screen."""

    def __missing__(self, key: str) -> str:
        return "…"
