"""The OpenAPI schemas of one template: what is sent to make or change a record, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from builder.emit.outward import answers, clearable, fillable, received, veiled
from builder.emit.phrases import phrase
from builder.emit.schema import Schema
from builder.model import Field, Template, say

READ, MASKED, WRITE = "read", "masked", "write"
Sight = Callable[[Template, Field], Collection[str]]  # what a reader may meet of a field: of read, masked and write
TEXT: Schema = {"type": "string"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
SYSTEM: Mapping[str, Schema] = {  # beside `id rev state data tags open`, which every answer to a step has
    "template": TEXT, "version": TEXT, "department": TEXT, "entry": TEXT, "owner": TEXT, "creator": TEXT,
    "created": INSTANT, "updated": INSTANT,
}  # fmt: skip


def anybody(template: Template, field: Field) -> Collection[str]:
    """Everything that some reader or other may meet of a field."""
    named = template.access.fields.get(field.id)
    return (READ, WRITE, MASKED) if named is not None and named.masked else (READ, WRITE)


def shapes(template: Template, language: str, sight: Sight) -> Iterator[tuple[str, Schema]]:
    """Name and schema: `new`, `change`, `step`, `record`, `line` of a list, without what the reader never sees."""
    levels = [(field, sight(template, field)) for field in template.fields.values()]
    open_ = [field for field, met in levels if WRITE in met and fillable(field)]
    back = {field.id: schema for field, met in levels if (schema := _seen(field, met, language))}
    yield "new", _new(template, open_, language)
    change = {field.id: clearable(field, language) for field in open_}
    own = [field for way in template.transitions.values() for field in way.fields.values() if fillable(field)]
    yield "change", _object(change)
    yield "step", _object({**change, **{field.id: clearable(field, language) for field in own}})
    yield "record", _record(template, back, language)
    yield "line", _line(template, back)


def _seen(field: Field, levels: Collection[str], language: str) -> Schema | None:
    """In clear, under its mask, or now one and now the other."""
    ways = [received(field, language)] if READ in levels else []
    ways += [veiled(field, language)] if MASKED in levels else []
    return {"anyOf": ways} if len(ways) > 1 else ways[0] if ways else None


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _new(template: Template, fields: Sequence[Field], language: str) -> Schema:
    made = answers(fields, language)
    initial = [state for state in template.states.values() if state.initial]
    if not initial:
        return made
    names = "; ".join(f"{state.id} = {say(state.label, language)}" for state in initial)
    described = f"{phrase('openapi-state', language)}\n{names}"
    chosen: Schema = {"type": "string", "description": described, "enum": [state.id for state in initial]}
    return {**made, "properties": {**_properties(made), "state": chosen}}


def _properties(schema: Schema) -> Mapping[str, object]:
    found = schema["properties"]
    assert isinstance(found, Mapping)
    return found


def _record(template: Template, back: Mapping[str, Schema], language: str) -> Schema:
    properties = {
        "id": TEXT,
        "rev": {"type": "integer", "minimum": 1},
        "state": {**TEXT, "examples": list(template.states)} if template.states else TEXT,
        "data": {"type": "object", "description": phrase("openapi-data", language), "properties": back},
        "tags": _tags(template, language),
        "open": _open(template, language),
        **SYSTEM,
        "template": {"const": template.id},
        **_duplicates(template, back, language),
    }
    needed = ["id", "rev", "state", "data", "tags", "open"]
    return {"title": say(template.title, language), "type": "object", "properties": properties, "required": needed}


def _duplicates(template: Template, back: Mapping[str, Schema], language: str) -> Mapping[str, Schema]:
    """After a step: others that may be of the same thing, as lines of a list; `fields` are those that are alike."""
    names = [field.id for field in template.fields.values() if field.duplicates and field.id in back]
    if not names:
        return {}
    alike: Schema = {"type": "object", "properties": {"fields": {"type": "array", "items": {"enum": names}}}}
    items = {"allOf": [_line(template, back), {**alike, "required": ["fields"]}]}
    return {"duplicates": {"type": "array", "description": phrase("openapi-duplicates", language), "items": items}}


def _open(template: Template, language: str) -> Schema:
    labels: dict[str, str] = {}
    for way in template.transitions.values():
        labels.setdefault(way.action, say(way.label, language))
    named = "; ".join(f"{action} = {label}" for action, label in labels.items())
    described = "\n".join(part for part in (phrase("openapi-open", language), named) if part)
    items: Schema = {**TEXT, "examples": [*labels]} if labels else TEXT
    return {"description": described, "type": "array", "items": items}


def _tags(template: Template, language: str) -> Schema:
    reason: Schema = {
        "type": "object",
        "description": phrase("openapi-reason", language),
        "properties": {"by": {"enum": ["rule", "hand"]}, "because": {"type": "object"}, "who": TEXT, "at": INSTANT},
        "required": ["by"],
    }
    groups = {
        group.id: {"title": say(group.label, language), "type": "object", "additionalProperties": reason}
        for group in template.tags.values()
    }
    return {"type": "object", "properties": groups, "additionalProperties": {"type": "object"}}


def _line(template: Template, back: Mapping[str, Schema]) -> Schema:
    """A record in a list: its columns may be fields, tag groups and what the system knows."""
    many: Schema = {"type": "array", "items": TEXT}
    groups = {group: many for group in template.tags}
    columns = {"state": TEXT, **SYSTEM, "completeness": {"type": "integer"}, **back, **groups}
    properties = {
        "id": TEXT,
        "rev": {"type": "integer", "minimum": 1},
        "data": {"type": "object", "properties": columns},
        "masked": many,
    }
    return {"type": "object", "properties": properties, "required": ["id", "rev", "data"]}
