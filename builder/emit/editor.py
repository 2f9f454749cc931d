"""The grammar as draft-07 JSON Schemas for editors: what may be written where, explained in Chinese and English.

An editor reads a scalar by its look, we by its place; so the schema takes whatever `check` takes (`1.10` and `true`
where a text is wanted, `5万` and `１,000` where a number is) and leaves alone what only `check` can know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import schemas
from builder.language.grammar import Schema, grammar
from builder.language.read import NO, YES

DIALECT = "http://json-schema.org/draft-07/schema#"
KINDS = ("workspace", "template", "overlay", "vocabulary")
LANGUAGES = ("zh", "en")

_KEPT = ("type", "minItems", "minProperties", "enum", "const")
_LAYERED = re.compile("^(change|add)-")
_ID_PATTERNS = {"slug": "^[a-z][a-z0-9-]{0,62}$", "language": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}
# As `builder/numerals.py` reads them: half- and full-width digits and signs, thousands, 万 and 亿.
_NUMERAL = "^\\s*[+\\-−＋－]?[0-9０-９.．][0-9０-９,，.．]*[万亿]?\\s*$"
_ANY_SCALAR = {"type": ["string", "number", "boolean"]}


def editor_schema(kind: str, language: str = "zh") -> Schema:
    """The draft-07 schema of a kind of file; of the two languages of its texts `language` comes first."""
    root = grammar(kind)
    order = sorted(LANGUAGES, key=lambda each: each != language)
    made = _Emitter(root, order).document(kind)
    return {"$schema": DIALECT, "title": _both(root.get("x-title", {}), order, " · "), **made}


def _both(texts: Mapping[str, str], order: list[str], between: str) -> str:
    return between.join(texts[language] for language in order if language in texts)


class _Emitter:
    def __init__(self, root: Schema, order: list[str]) -> None:
        self.root, self.order = root, order

    def document(self, kind: str) -> Schema:
        definitions = {name: self.node(body, _LAYERED.sub("", name)) for name, body in self.root["$defs"].items()}
        return {**self.node(self.root, kind), "definitions": definitions}

    def node(self, schema: Schema, owner: str) -> Schema:
        """A place's schema; `owner` is the definition it belongs to."""
        made = self.said(schema, owner)
        if "$ref" in schema:
            return {**made, "$ref": schema["$ref"].replace("#/$defs/", "#/definitions/")}
        if "x-read" in schema:
            return {**made, **_scalar(schema)}
        made |= {keyword: schema[keyword] for keyword in _KEPT if keyword in schema}
        made |= {keyword: [self.node(each, owner) for each in schema[keyword]]
                 for keyword in ("anyOf", "allOf") if keyword in schema}  # fmt: skip
        if isinstance(schema.get("items"), dict):
            made["items"] = self.node(schema["items"], owner)
        under_a_verb = owner == "overlay" and schema.get("x-key") in ("change", "add")  # the template's own tree
        return {**made, **self.inside(schema, "template" if under_a_verb else owner)}

    def inside(self, schema: Schema, owner: str) -> Schema:
        """What a map may hold."""
        made: Schema = {}
        bodies = schema.get("properties", {})
        if bodies:
            made["properties"] = {key: self.property(key, body, owner) for key, body in bodies.items()}
            made["properties"] |= dict.fromkeys(schema.get("x-elsewhere", ()), True)  # what is wrong is the key above
        if "additionalProperties" in schema:
            other = schema["additionalProperties"]
            made["additionalProperties"] = self.node(other, owner) if isinstance(other, dict) else other
        if schema.get("x-ids") in _ID_PATTERNS and not bodies:
            made["propertyNames"] = {"pattern": _ID_PATTERNS[schema["x-ids"]]}
        if conditions := [*_complete(schema, bodies), *_by_type(bodies)]:
            made["allOf"] = conditions
        return made

    def property(self, key: str, body: Schema, owner: str) -> Schema | bool:
        """A key's schema; one that has no place here is refused."""
        if body.get("not") == {}:
            return False
        if "not" in body:
            return {"not": body["not"]}
        made = self.node({**body, "x-key": key}, owner)
        pieces = [self.snippet(each) for each in schemas.hints()["snippets"] if each["in"] == key]
        if pieces and self.is_collection(body):
            made["defaultSnippets"] = pieces
        return made

    def is_collection(self, body: Schema) -> bool:
        """Whether a property holds a map from ids to definitions."""
        while "$ref" in body:
            body = self.root["$defs"][body["$ref"].rpartition("/")[2]]
        return isinstance(body.get("additionalProperties"), dict)

    def snippet(self, piece: Mapping[str, Any]) -> Schema:
        return {"label": _both(piece, self.order, " · "), "body": piece["body"]}

    def said(self, schema: Schema, owner: str) -> Schema:
        """Title, description and example of a key, where it has them."""
        if "x-title" not in schema or "x-key" not in schema:
            return {}
        example = schemas.example_of(owner, schema["x-key"])
        told = [_both(schema.get("x-description", {}), self.order, "\n\n")]
        told += [f"type: {', '.join(schema['x-for'])}"] if "x-for" in schema else []
        texts = {"title": _both(schema["x-title"], self.order, " · "), "description": "\n\n".join(told)}
        return {**texts, **({"examples": [example]} if example else {})}


def _complete(schema: Schema, bodies: Mapping[str, Schema]) -> Iterator[Schema]:
    """What must not be missing, asked only where every key is known: a misspelt one is one mistake, on its own line."""
    if "required" in schema:
        yield {"if": {"propertyNames": {"enum": list(bodies)}}, "then": {"required": schema["required"]}}


def _by_type(bodies: Mapping[str, Schema]) -> Iterator[Schema]:
    """For each field type the keys that belong to others: refused where the type is written."""
    owned = {key: body["x-for"] for key, body in bodies.items() if "x-for" in body}
    types = bodies.get("type", {}).get("enum", ()) if owned else ()
    for each in types:
        foreign = {key: False for key, takes in owned.items() if each not in takes}
        if foreign:
            condition = {"properties": {"type": {"const": each}}, "required": ["type"]}
            yield {"if": condition, "then": {"properties": foreign}}


def _scalar(schema: Schema) -> Schema:
    return _SCALARS.get(schema["x-read"], _spelled)(schema)


def _spelled(schema: Schema) -> Schema:
    """A word of a list, or a text that follows a pattern; `true` and `2026` may look like something else."""
    if "enum" in schema:
        return {"enum": schema["enum"]}
    if "pattern" in schema:
        return {"type": ["string", "boolean"], "pattern": schema["pattern"]}
    return dict(_ANY_SCALAR)


def _boolean(schema: Schema) -> Schema:
    words = "|".join("".join(map(_either_case, word)) for word in sorted(YES | NO))
    return {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": f"^\\s*({words})\\s*$"}]}


def _either_case(sign: str) -> str:
    return f"[{sign}{sign.upper()}]" if sign.upper() != sign else sign


def _number(schema: Schema) -> Schema:
    limits = {k: v for k, v in schema.items() if k in ("minimum", "exclusiveMinimum")}
    if "const" in schema:
        return {"enum": [schema["const"], str(schema["const"])]}
    whole = {"multipleOf": 1} if schema.get("type") == "integer" else {}
    return {"anyOf": [{"type": "number", **limits, **whole}, {"type": "string", "pattern": _NUMERAL}]}


def _free(schema: Schema) -> Schema:
    return dict(_ANY_SCALAR)


_SCALARS: Mapping[str, Callable[[Schema], Schema]] = {
    "boolean": _boolean,
    "integer": _number,
    "number": _number,
    **dict.fromkeys(("text", "part", "expression", "value", "required", "name", "person", "store"), _free),
}
