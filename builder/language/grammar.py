"""The grammar of each kind of file, put together from the JSON Schemas in `schemas/language/`.

Three things are derived here rather than written twice: the tree under a layer's `change` and `add` (the template's
own, with everything optional), which keys belong to which types, and what `lock` may name. Keywords of our own:

x-layer       sealed | narrow | open: what a later layer may do with the property
x-title, x-description   in zh and en, for messages and the reference
x-read        how a scalar is read at this place: text, expression, value, boolean, integer, name, word, person…
x-ids         the rule that the keys of a map follow: name, option, slug, language
x-names       a list that a layer changes by {only}, {plus}, {minus}; x-options: a map that takes `only`
x-for         the field types a key belongs to          x-not-for       those it does not belong to
x-only: layer the key stands in layers only
x-later       words of the language that come in a later version
x-of-text     words that are no type: what to write beside `type: text` instead
x-means       words people write for a value            x-elsewhere     keys that belong to the key beside the one above
x-keys-of     the value is a property of that definition   x-refused    the code when this place alone refuses
x-tree, x-add (overlay) where the template's tree goes, and which of its parts may be added to
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import schemas
from builder.diagnostic import Path

Schema = dict[str, Any]

COMPOSED = "composed"  # the grammar of a template after compose: what layers add may stand in it
_TEMPLATE = "template.json#/$defs/"


@cache
def grammar(kind: str) -> Schema:
    """The schema of a kind (workspace, template, overlay, composed), with nothing to look up elsewhere."""
    if kind == "overlay":
        return _bound(_overlay(), layered=True)
    if kind == "vocabulary":
        return _bound(_sharing(_read(kind)), layered=False)
    return _bound(_read("template" if kind == COMPOSED else kind), layered=kind == COMPOSED)


def deref(schema: Schema, root: Schema) -> Schema:
    """A schema with its own `$ref` followed; keywords beside the reference stay."""
    while "$ref" in schema:
        target = root["$defs"][schema["$ref"].rpartition("/")[2]]
        schema = {**target, **{k: v for k, v in schema.items() if k != "$ref"}}
    return schema


@lru_cache(maxsize=4096)
def property_at(path: Path) -> Mapping[str, Any] | None:
    """What the template's schema says of the property at a data path; None where it knows none."""
    root = grammar(COMPOSED)
    here: Schema | None = root
    for key in path:
        here = next(_steps(here, key, root), None) if here is not None else None
    return here


def policy(path: Path) -> str:
    """The layer policy of the property at a template's data path: sealed, narrow or open.

    A definition inside a collection has the policy of its collection.
    """
    found = property_at(path)
    if found is not None and "x-layer" in found:
        return str(found["x-layer"])
    return policy(path[:-1]) if path else "open"


def is_text(path: Path) -> bool:
    """Whether the map at a path is a text in several languages."""
    root, found = grammar(COMPOSED), property_at(path)
    schema = deref(dict(found), root) if found is not None else {}
    return any(deref(branch, root).get("x-ids") == "language" for branch in (schema, *schema.get("anyOf", ())))


def _steps(schema: Schema, key: str | int, root: Schema) -> Iterator[Schema]:
    """The schemas that a step down may mean, the best first."""
    schema = deref(schema, root)
    for branch in (schema, *(deref(b, root) for b in (*schema.get("anyOf", ()), *schema.get("allOf", ())))):
        inside = branch.get("properties", {}).get(key)
        if isinstance(inside, dict):
            yield inside if "$ref" in inside or "type" in inside or "anyOf" in inside else {**inside}
        for place in ("items", "additionalProperties") if not inside else ():
            if isinstance(branch.get(place), dict) and isinstance(key, int) == (place == "items"):
                yield branch[place]


def _read(kind: str) -> Schema:
    found: Schema = json.loads(schemas.read(f"language/{kind}.json"))
    return found


def _sharing(own: Schema) -> Schema:
    """A schema with the template's parts among its own."""
    schema: Schema = json.loads(json.dumps(own).replace(_TEMPLATE, "#/$defs/"))
    return {**schema, "$defs": {**_read("template")["$defs"], **schema.get("$defs", {})}}


def _overlay() -> Schema:
    own, template = _read("overlay"), _read("template")
    overlay = _sharing(own)
    for verb in ("change", "add"):
        overlay["$defs"] |= {f"{verb}-{name}": _loose(body, verb, template) for name, body in template["$defs"].items()}
        tree = _loose({k: v for k, v in template.items() if k[0] not in "$x"}, verb, template)
        if verb == "add":
            tree["properties"] = {k: v for k, v in tree["properties"].items() if k in own["x-add"]}
        overlay["properties"][verb] = {**tree, "minProperties": 1, **_said(overlay["properties"][verb])}
        overlay["properties"][verb]["x-later"] = template["x-later"]
    return overlay


def _said(schema: Schema) -> Schema:
    return {k: v for k, v in schema.items() if k in ("x-layer", "x-title", "x-description")}


def _loose(schema: Any, verb: str, template: Schema) -> Any:
    """A schema as it stands under a layer's verb: nothing is obligatory; under `change` lists of names say how."""
    if isinstance(schema, list):
        return [_loose(item, verb, template) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if verb == "change" and deref(schema, template).get("x-names"):
        return {"$ref": "#/$defs/names-change", **_said(schema)}
    loose = {k: _loose(v, verb, template) for k, v in schema.items() if k not in ("required", "properties")}
    if "$ref" in loose:
        loose["$ref"] = loose["$ref"].replace("#/$defs/", f"#/$defs/{verb}-")
    if "properties" in schema:
        loose["properties"] = {k: _loose(v, verb, template) for k, v in schema["properties"].items()}
    if verb == "change" and "anyOf" in loose:
        loose["anyOf"] = _one_map(loose["anyOf"])
    if verb == "change" and schema.get("x-options"):
        loose["properties"] = {"only": {"$ref": "#/$defs/names"}}
    return loose


def _one_map(branches: list[Schema]) -> list[Schema]:
    """A vocabulary is a list or a map of options: under `change` both are maps, so they become one."""
    refs = [branch.get("$ref") for branch in branches]
    if refs == ["#/$defs/names-change", "#/$defs/change-options"]:
        return [{"$ref": "#/$defs/vocabulary-change"}]
    return branches


def _bound(root: Schema, *, layered: bool) -> Schema:
    """`x-keys-of` as an `enum`, `x-for` as `dependentSchemas`; `x-only: layer` keys refused where no layer writes."""
    for schema in list(_branches(root)):
        if (keys_of := schema.get("x-keys-of")) is not None:
            schema["enum"] = list(root["$defs"][keys_of]["properties"])
    for schema in [s for s in (root, *_branches(root)) if "properties" in s]:
        bodies = {key: body for key, body in schema["properties"].items() if isinstance(body, dict)}
        owned = {key: body["x-for"] for key, body in bodies.items() if "x-for" in body}
        owned |= {key: _others(bodies, body["x-not-for"]) for key, body in bodies.items() if "x-not-for" in body}
        if owned:
            schema["dependentSchemas"] = {k: {"properties": {"type": {"enum": types}}} for k, types in owned.items()}
        for key in [key for key, body in bodies.items() if body.get("x-only") == "layer" and not layered]:
            schema["properties"][key] = {"not": {}, "x-refused": "only-in-layers"}
    return root


def _others(bodies: Mapping[str, Schema], types: list[str]) -> list[str]:
    return [type for type in bodies["type"]["enum"] if type not in types]


def _branches(schema: Any) -> Iterator[Schema]:
    for value in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        if isinstance(value, dict):
            yield value
        yield from _branches(value)
