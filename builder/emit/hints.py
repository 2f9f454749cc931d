"""What judges an answer, for the browser: bounds, shape, the author's own checks, and the words for what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import schemas
from builder.emit.cut import Cut, conditional, telling
from builder.emit.schema import CALENDAR, NAMED, PATTERNS, anchored
from builder.expressions import Expression
from builder.expressions.javascript import javascript, literal
from builder.expressions.texts import WHITE, lower
from builder.language.catalogue import gap
from builder.model import Check, Field, Refusal, Words, say
from builder.zones import offsets

BOUNDS: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(("text", "phone", "email", "url"), ("too-short", "too-long")),
    **dict.fromkeys(("choices", "rows", "log"), ("too-few", "too-many")),
    "file": ("too-few", "too-many-files"),
    **dict.fromkeys(CALENDAR, ("too-early", "too-late")),
}
SHAPED: Final = ("email", "url")
BEYOND: Final = ("under-min", "over-max")
UNREAD: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("not-number",),
    "integer": ("not-integer", "out-of-range"),
    "money": ("not-money", "too-many-decimals", "out-of-range"),
    "date": ("not-date", "no-such-day"),
    "datetime": ("no-such-time", "time-left-out"),
    "time": ("no-such-time",),
    "email": ("not-email",),
    "url": ("not-url",),
}


def hints(field: Field, cut: Cut, language: str) -> dict[str, str]:
    """The parts of a field's step that judge its answer, those left out that the server has to judge."""
    bounds = {"min": field.min, "max": field.max}
    return {
        **{name: _bound(bound) for name, bound in bounds.items() if bound is not None and cut.ours(bound)},
        **{name: literal(value) for name, value in _facts(field, language).items() if value},
        "zone": clock(field) if field.zone else "",
        "valid": _listed(_valid(each, language) for each in field.valid if all(map(cut.ours, telling(each)))),
        "offers": _offers(field, cut, language),
        "refuse": _listed(_refused(each, language) for each in field.refuse if all(map(cut.ours, telling(each)))),
    }


def codes(field: Field) -> Iterator[str]:
    """The faults that the browser can find in an answer of this field."""
    if field.required:
        yield "must-be-yes" if field.type == "boolean" else "required"
    if field.compute is None:
        yield from UNREAD.get(field.type, ())
    low, high = BOUNDS.get(field.type, BEYOND)
    yield from (code for code, bound in ((low, field.min), (high, field.max)) if bound is not None)
    yield from ("not-option-now" for _ in [1] if field.options.once(conditional))
    yield from ("pattern" for _ in [1] if field.pattern)
    yield from (f"not-{field.format}".replace("_", "-") for _ in [1] if field.format in NAMED)
    yield from ("off-step" for _ in [1] if field.step)


def words(found: Iterable[str], language: str) -> dict[str, list[list[str]]]:
    """Code → the texts of its cause and those of its way out, these with what parts them from it, in a language."""
    entries = ((code, schemas.messages()[code][language]) for code in sorted(set(found)))
    return {code: [_texts(entry.get("cause", "")), _after(entry.get("help", ""), language)] for code, entry in entries}


def _facts(field: Field, language: str) -> dict[str, object]:
    shapes = [anchored(field.pattern)] if field.pattern else []
    return {
        "pattern": list(map(_unicode, shapes)),
        "format": [_unicode(anchored(NAMED[field.format])), field.format] if field.format in NAMED else [],
        "step": field.step,
        "scale": field.scale,
        "currency": field.currency,
        "unit": say(field.unit, language),
        "example": say(field.example, language) if field.pattern else "",
        "lines": field.type == "text" and field.lines > 1,
        "shape": _unicode(PATTERNS[field.type]) if field.type in SHAPED and field.compute is None else "",
    }


def clock(field: Field) -> str:
    """The table of offsets of the clock by which the field is typed and shown."""
    return literal(offsets(field.zone))


def _offers(field: Field, cut: Cut, language: str) -> str:
    """The options with a condition, their own or of one above: [id, conditions, label, whether it is retired]."""
    if not field.options.once(conditional) or not all(cut.ours(o.visible) for o in field.options):
        return ""
    paths = ((o, [each.visible for each in field.options.path(o.id) if each.visible]) for o in field.options)
    return _listed(
        f"[{literal(o.id)}, {_listed(javascript(each.tree) for each in held)}, "
        f"{literal([say(o.label, language), o.retired])[1:-1]}]"
        for o, held in paths
        if held
    )


def _bound(bound: object) -> str:
    return javascript(bound.tree) if isinstance(bound, Expression) else literal(bound)


def _valid(check: Check, language: str) -> str:
    return f"[{javascript(check.check.tree)}, {_said(check.say, language)}]"


def _refused(refusal: Refusal, language: str) -> str:
    return f"[{literal(sorted(map(folded, refusal.values)))}, {_said(refusal.say, language)}]"


def _said(words: Words, language: str) -> str:
    """What is shown: a function, which may put values into the words."""
    found = say(words, language)
    return javascript(found.tree) if isinstance(found, Expression) else f"() => {literal(found)}"


def folded(text: str) -> str:
    """A text as refused words are compared: without white space around it, in lower case."""
    return lower(text.strip(WHITE)) or ""


def _listed(parts: Iterable[str]) -> str:
    found = list(parts)
    return f"[{', '.join(found)}]" if found else ""


def _texts(written: object) -> list[str]:
    return list(map(str, written)) if isinstance(written, list) else [str(written)]


def _after(written: object, language: str) -> list[str]:
    return [gap(language) + text if text else "" for text in _texts(written)]


def _unicode(pattern: str) -> str:
    """A pattern as JavaScript reads it with its flag `u`, which knows no `\\-` outside of a class."""
    out, inside, signs = "", False, iter(pattern)
    for sign in signs:
        if sign == "\\":
            sign += next(signs, "")
        inside = sign == "[" or (inside and sign != "]")
        out += "-" if sign == "\\-" and not inside else sign
    return out
