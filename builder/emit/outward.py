"""A field's schema as programs meet it: money in currency units, only what may be sent, only what surely comes back.

What is sent is held to the current definition. What comes back may have been made under an earlier version or in a
department's clone, so of it only the kind is promised: no bounds, no closed list of options, nothing obligatory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from builder.emit.phrases import phrase
from builder.emit.schema import LISTED, Schema, always_asked, property_schema
from builder.model import Field, say
from builder.numerals import in_units

KEPT = ("title", "description", "readOnly", "type", "format")  # of a schema, what holds under every version


def sent(field: Field, language: str) -> Schema:
    """The schema of an answer in its plainest spelling; the server reads others, too (docs/api.md, Values)."""
    schema: dict[str, Any] = {**property_schema(field, language), **_described(field, language)}
    if field.tabular:
        return {**schema, "items": answers(field.fields, language)}
    if field.type == "file":
        return {**schema, "items": {**schema["items"], "required": ["id"]}, "description": _reference(field, language)}
    return _in_units(schema, field) if field.type == "money" else schema


def _reference(field: Field, language: str) -> str:
    parts = (say(field.help, language), phrase("openapi-file-reference", language))
    return "\n".join(part for part in parts if part)


def answers(fields: Sequence[Field], language: str) -> Schema:
    """The schema of an object of answers: nothing computed, and what is always asked unless a default answers it."""
    open_ = [field for field in fields if fillable(field)]
    return {
        "type": "object",
        "properties": {field.id: sent(field, language) for field in open_},
        "required": [field.id for field in open_ if always_asked(field) and field.default is None],
        "additionalProperties": False,
    }


def fillable(field: Field) -> bool:
    """Whether somebody may answer this field."""
    return field.compute is None and not field.readonly


def clearable(field: Field, language: str) -> Schema:
    """The schema of a change of an answer: null clears it, unless every record must hold it."""
    schema = sent(field, language)
    return schema if always_asked(field) else {"anyOf": [schema, {"type": "null"}]}


def received(field: Field, language: str) -> Schema:
    """The schema of an answer that comes back in clear, whichever version it was made under."""
    if field.tabular:
        columns = {column.id: received(column, language) for column in field.fields}
        kept = _loose(property_schema(field, language))
        return {**kept, "items": {"type": "object", "properties": columns}}
    schema = {**property_schema(field, language), **_described(field, language)}
    return _loose(_in_units(schema, field) if field.type == "money" else schema)


def veiled(field: Field, language: str) -> Schema:
    """The schema of an answer of which only its mask comes back: always text."""
    described = phrase("openapi-masked", language)
    return {"title": say(field.label, language), "description": described, "type": "string"}


def _loose(schema: Mapping[str, Any]) -> Schema:
    kept: Schema = {key: schema[key] for key in KEPT if key in schema}
    if "enum" in schema:
        kept |= {"type": "string", "examples": list(schema["enum"])}
    return {**kept, "items": _loose(schema["items"])} if "items" in schema else kept


def _in_units(schema: Mapping[str, Any], field: Field) -> Schema:
    """A schema of scaled integers as one of currency units; a step that is no whole unit is left to the server.

    `multipleOf: 0.01` would refuse 45.55 in every validator that computes in binary.
    """
    bounds = {key: in_units(schema[key], field.scale) for key in ("minimum", "maximum") if key in schema}
    step, rest = divmod(int(schema.get("multipleOf", 1)), 10**field.scale)
    whole = {"multipleOf": step} if not rest and step > 1 else {}
    plain = {key: value for key, value in schema.items() if key != "multipleOf"}
    return {**plain, "type": "number", **bounds, **whole}


def _described(field: Field, language: str) -> Schema:
    """What the field's own words, its currency and its options' labels say together."""
    amount = phrase("openapi-amount", language, currency=field.currency, scale=field.scale)
    parts = (
        say(field.help, language),
        amount if field.type == "money" else "",
        phrase("openapi-link", language, target=field.to) if field.type == "link" else "",
        _listed(field, language),
    )
    described = "\n".join(part for part in parts if part)
    return {"description": described} if described else {}


def _listed(field: Field, language: str) -> str:
    """What each id stands for; of a long list only how many there are."""
    if len(field.options) > LISTED:
        return phrase("openapi-many-options", language, count=len(field.options))
    return "; ".join(f"{option.id} = {field.spoken(option.id, language)}" for option in field.options)
