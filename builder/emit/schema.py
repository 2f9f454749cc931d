"""JSON Schema 2020-12 of a template's stored records: all that a JSON Schema can say of them, and nothing it cannot.

The server judges formats and fixed bounds by this very schema, so what is published and what is enforced cannot part.
Conditions, computed values, moving bounds, check digits and `valid` stay with `workflows/evaluate.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from builder.expressions import Expression
from builder.filetypes import LARGEST as LARGEST_FILE
from builder.filetypes import LONGEST_NAME, types_of
from builder.model import TABULAR, Field, Option, Template, say
from builder.serial import read_serial

Schema = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
LARGEST = 2**53 - 1
DAY = r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"
CONTENT = "^[0-9a-f]{64}$"  # a file by its content
LISTED = 1000  # a longer list of options is not spelled out: it would be most of the schema, and slow
LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"  # between the dots of a domain
TIME = r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$"
MOMENT = rf"{DAY[:-1]}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{{6}}Z$"
CALENDAR = ("date", "datetime", "time")  # in texts of one shape; their bounds are no JSON Schema's
PATTERNS: Mapping[str, str] = {  # of the neutral value; `workflows/reading/` takes more and writes this
    "date": DAY,
    "datetime": MOMENT,
    "time": TIME,
    "phone": r"^\+[1-9][0-9]{4,14}$",
    "email": rf"^[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{LABEL}(?:\.{LABEL})+$",
    "url": r"^https?://[^ \t\r\n/?#\\]+(?:[/?#][^ \t\r\n\\]*)?$",
}
LONGEST: Mapping[str, int] = {"email": 254}
FORMATS: Mapping[str, str] = {
    "date": "date", "datetime": "date-time", "email": "email", "url": "iri", "phone": "phone",
}  # fmt: skip
NAMED: Mapping[str, str] = {  # named formats of text: their shape; the check digit is for `workflows/formats.py`
    "uscc": "[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}",
    "cn_mobile": "1[3-9][0-9]{9}",
    "cn_postcode": "[0-8][0-9]{5}",
    "bank_card": "[1-9][0-9]{11,18}",
    "resident_id": "[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]",
}


def json_schema(template: Template, language: str = "") -> Schema:
    """The schema of a record's `data` as it is stored (money scaled, absent answers left out)."""
    language = language or template.languages[0]
    fields = template.fields.values()
    return {
        "$schema": DIALECT,
        "$id": f"urn:formwright:{template.ref}:{template.version}",
        "title": say(template.title, language),
        "type": "object",
        "properties": {field.id: property_schema(field, language) for field in fields},
        "required": [field.id for field in fields if always_asked(field)],
        "additionalProperties": False,
    }


def always_asked(field: Field) -> bool:
    """Whether every record must hold this field: required without a condition, never hidden."""
    return field.required is True and field.visible is None


def property_schema(field: Field, language: str) -> Schema:
    """The schema of one field or column."""
    return {**_annotations(field, language), **_KINDS[field.type](field, language)}


def _annotations(field: Field, language: str) -> Schema:
    texts = {"title": say(field.label, language), "description": say(field.help, language)}
    notes: Schema = {key: text for key, text in texts.items() if text}
    if field.readonly or field.compute is not None:
        notes["readOnly"] = True
    return notes


def _bounds(field: Field, low: str, high: str, least: int | None = None, most: int | None = None) -> Schema:
    """Fixed bounds under the keywords of a type; `least` and `most` are the type's own."""
    bounds: Schema = {}
    for keyword, bound, own in ((low, field.min, least), (high, field.max, most)):
        if bound is not None and not isinstance(bound, Expression):
            bounds[keyword] = bound
        elif own is not None:
            bounds[keyword] = own
    return bounds


def anchored(pattern: str) -> str:
    """A pattern that the whole text must match; "" stays empty."""
    return f"^(?:{pattern})$" if pattern else ""


def _patterns(*patterns: str) -> Schema:
    """All of these patterns; empty ones do not count."""
    given: list[Schema] = [{"pattern": pattern} for pattern in patterns if pattern]
    return {"allOf": given} if len(given) > 1 else given[0] if given else {}


def _text(field: Field, language: str) -> Schema:
    bounds = _bounds(field, "minLength", "maxLength", least=1)
    serial = read_serial(field.serial).pattern if field.serial else ""
    return {
        "type": "string",
        **bounds,
        **_patterns(*map(anchored, (field.pattern, NAMED.get(field.format, ""), serial))),
    }


def _shaped(field: Field, language: str) -> Schema:
    known: Schema = {"type": "string", **({"format": FORMATS[field.type]} if field.type in FORMATS else {})}
    if field.type in CALENDAR:
        return {**known, "pattern": PATTERNS[field.type]}
    bounds = _bounds(field, "minLength", "maxLength", most=LONGEST.get(field.type))
    return {**known, **bounds, **_patterns(PATTERNS[field.type], anchored(field.pattern))}


def _number(field: Field, language: str) -> Schema:
    return {"type": "number", **_bounds(field, "minimum", "maximum")}


def _integer(field: Field, language: str) -> Schema:
    step = field.step * 10**field.scale if field.step is not None else None
    whole = {"multipleOf": int(step)} if step is not None and step == int(step) > 0 else {}
    return {"type": "integer", **_bounds(field, "minimum", "maximum", least=-LARGEST, most=LARGEST), **whole}


def _boolean(field: Field, language: str) -> Schema:
    return {"type": "boolean", "const": True} if field.required is True else {"type": "boolean"}


def _choice(field: Field, language: str) -> Schema:
    return {"type": "string", **listed(field.options)}


def listed(options: Sequence[Option]) -> Schema:
    """A closed list of options; a very long one is left to the reader of answers, who looks each up by its id."""
    return {"enum": [option.id for option in options]} if len(options) <= LISTED else {"minLength": 1}


def _choices(field: Field, language: str) -> Schema:
    return {
        "type": "array",
        "items": {"type": "string", **listed(field.options)},
        "uniqueItems": True,
        **_bounds(field, "minItems", "maxItems", least=1),
    }


def _file(field: Field, language: str) -> Schema:
    parts: Mapping[str, Schema] = {
        "id": {"type": "string", "pattern": CONTENT},
        "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
        "type": {"enum": [*types_of(field.kinds)]},
        "size": {"type": "integer", "minimum": 1, "maximum": LARGEST_FILE},
    }
    item: Schema = {"type": "object", "properties": parts, "required": [*parts], "additionalProperties": False}
    return {"type": "array", "items": item, **_bounds(field, "minItems", "maxItems", least=1)}


def _rows(field: Field, language: str) -> Schema:
    return {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {column.id: property_schema(column, language) for column in field.fields},
            "required": [column.id for column in field.fields if always_asked(column)],
            "additionalProperties": False,
        },
        **_bounds(field, "minItems", "maxItems", least=1),
    }


def _reference(field: Field, language: str) -> Schema:
    return {"type": "string", "minLength": 1}


_KINDS: Mapping[str, Callable[[Field, str], Schema]] = {
    "text": _text,
    **dict.fromkeys(CALENDAR, _shaped),
    "phone": _shaped,
    "email": _shaped,
    "url": _shaped,
    "number": _number,
    "integer": _integer,
    "money": _integer,
    "boolean": _boolean,
    "choice": _choice,
    "choices": _choices,
    "file": _file,
    **dict.fromkeys(TABULAR, _rows),
    "person": _reference,
    "department": _reference,
    "link": _reference,
}
