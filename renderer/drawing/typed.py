"""A stored value as it stands in its control: what a person would have typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from builder.emit.schema import MOMENT
from builder.expressions.dates import moment_text
from builder.model import Field
from renderer.drawing.attached import line
from renderer.drawing.filling import Typed
from workflows.files.facts import PARTS
from workflows.guard.masks import HOME
from workflows.outward import money_text

KEPT: Final = re.compile(MOMENT)
MOBILE: Final = 11  # digits of a mobile number at home


def typed(spec: Field, value: object) -> Typed:
    """The control's content; absent is an empty text (an unticked box, no choices)."""
    return TYPED.get(spec.type, _text)(spec, value)


def plain_number(value: object) -> str:
    """The shortest spelling that reads back as the same number, without an exponent."""
    return format(Decimal(repr(value)).normalize(), "f") if isinstance(value, float) else str(value)


def phone(number: str) -> str:
    """A number at home without its country, in the groups people say it in; any other as it is."""
    home = number.removeprefix(HOME)
    return f"{home[:3]} {home[3:7]} {home[7:]}" if home != number and len(home) == MOBILE else home


def _phone(spec: Field, value: object) -> Typed:
    return phone(value) if isinstance(value, str) else ""


def _text(spec: Field, value: object) -> Typed:
    return "" if value is None else str(value)


def _number(spec: Field, value: object) -> Typed:
    return value if isinstance(value, str) else "" if value is None else plain_number(value)


def _money(spec: Field, value: object) -> Typed:
    return money_text(value, spec.scale) if isinstance(value, int) else "" if value is None else str(value)


def _tick(spec: Field, value: object) -> Typed:
    return value is True


def _moment(spec: Field, value: object) -> Typed:
    """The minute on the company's clock, as a browser writes it; what was typed stays as it is."""
    if not isinstance(value, str) or not KEPT.fullmatch(value):
        return _text(spec, value)
    return (moment_text(value, spec.zone) or "").replace(" ", "T")


def _many(spec: Field, value: object) -> Typed:
    return [str(v) for v in value] if isinstance(value, (list, tuple)) else []


def _files(spec: Field, value: object) -> Typed:
    """The files that are there; one that was sent and not taken is not."""
    files = value if isinstance(value, (list, tuple)) else ()
    return [line(file) for file in files if isinstance(file, Mapping) and file.keys() == PARTS]


TYPED: Final[Mapping[str, Callable[[Field, object], Typed]]] = {
    "number": _number,
    "money": _money,
    "boolean": _tick,
    "phone": _phone,
    "datetime": _moment,
    "choices": _many,
    "file": _files,
}
