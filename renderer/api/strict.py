"""JSON as two careful parties would read it: one meaning or none (RFC 8259 leaves the rest open)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import NoReturn

DEEPEST = 40  # levels of { and [; the definition language allows its authors as many
MOST = 20_000  # values in one body; a posted form has no more answers (`Settings.max_parts`)

# A string is swallowed whole, closed or not, so that brackets inside it do not count; possessive, hence linear.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]|,', re.DOTALL)
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}


class NotStrict(ValueError):
    """The body is no JSON that has one meaning. `code` is a catalogue code, `args_` fill it."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code, self.args_ = code, args


def write(body: Mapping[str, object]) -> str:
    """An object as it is sent: in its own order, in the letters of its language, with no number that is none."""
    return json.dumps(body, ensure_ascii=False, allow_nan=False) + "\n"


def read_object(body: bytes) -> dict[str, object]:
    """The object a request body holds, names in its order.

    Refused with NotStrict: no UTF-8, a name written twice, NaN and numbers beyond a double, half a surrogate pair,
    more than 40 levels or 20,000 values, anything but an object on top.
    """
    text = _decode(body)
    _refuse_bulk(text)
    value = _parse(text)
    if not isinstance(value, dict):
        raise NotStrict("json-object")
    _refuse_half_characters(text, value)
    return value


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotStrict("json-utf8", offset=error.start) from error


def _refuse_bulk(text: str) -> None:
    """Depth and values (one more than the commas) are counted before anything is built."""
    depth, values = 0, 1
    for token in _TOKEN.finditer(text):
        depth += _STEP.get(token[0], 0)
        values += token[0] == ","
        if depth > DEEPEST:
            raise NotStrict("json-depth", most=DEEPEST)
        if values > MOST:
            raise NotStrict("json-values", most=MOST)


def _parse(text: str) -> object:
    try:
        return json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite, parse_int=_integer
        )
    except json.JSONDecodeError as error:
        raise NotStrict("json-syntax", line=error.lineno, column=error.colno) from error


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise NotStrict("json-twice", name=name)
        found[name] = value
    return found


def _no_constant(written: str) -> NoReturn:
    raise NotStrict("json-number", written=written)


def _finite(written: str) -> float:
    value = float(written)
    if not math.isfinite(value):
        raise NotStrict("json-number", written=written[:40])
    return value


def _integer(written: str) -> int:
    if len(written) > 40:  # far beyond ±(2⁵³−1); the judge refuses the rest by field
        raise NotStrict("json-number", written=written[:40])
    return int(written)


def _refuse_half_characters(text: str, value: object) -> None:
    if "\\ud" in text or "\\uD" in text:
        try:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError as error:
            raise NotStrict("json-surrogate") from error
