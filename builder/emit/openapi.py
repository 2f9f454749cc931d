"""OpenAPI 3.1 of the API: of one template, or of all that somebody may work with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from builder.emit.calls import CALLS, EVERYWHERE, Call
from builder.emit.phrases import phrase
from builder.emit.schema import CONTENT, Schema
from builder.emit.shapes import Sight, anybody, shapes
from builder.model import Template, say

VERSION = "3.1.0"
API_VERSION = "1"  # of the calls, as in `/api/v1`
PROBLEM = "application/problem+json"
TEXT: Schema = {"type": "string"}
CONTENT_ID: Schema = {"type": "string", "pattern": CONTENT}
SHORT: Schema = {"type": "string", "maxLength": 100}
LIST: Schema = {"type": "array", "items": TEXT}
KEY: Schema = {"type": "string", "maxLength": 200, "pattern": "^[!-~](?:[ -~]*[!-~])?$"}
REV: Schema = {"type": "string", "pattern": '^(?:"?[0-9]{1,15}"?|[*])$'}
TRUTH: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
MATCH: Schema = {"type": ["string", "null"]}
PAGED = ("total", "page", "size")
PAGE: Schema = {"type": "integer", "minimum": 1, "maximum": 999_999_999, "default": 1}

# parameter → where it stands, whether it must, its schema
PARAMETERS: Mapping[str, tuple[str, bool, Schema]] = {
    "record": ("path", True, TEXT),
    "action": ("path", True, TEXT),
    "field": ("path", True, TEXT),
    "file": ("path", True, CONTENT_ID),
    "where": ("query", False, TEXT),
    "sort": ("query", False, TEXT),
    "page": ("query", False, PAGE),
    "columns": ("query", False, TEXT),
    "text": ("query", False, SHORT),
    "parent": ("query", False, TEXT),
    "Idempotency-Key": ("header", False, KEY),
    "If-Match": ("header", True, REV),
    "If-Match-optional": ("header", False, REV),
    "Accept-Language": ("header", False, TEXT),
}
HEADERS: Mapping[str, Schema] = {
    "ETag": {"type": "string", "pattern": '^"[0-9]+"$'},
    "ETag-content": {"type": "string", "pattern": '^"[0-9a-f]{64}"$'},
    "Content-Disposition": TEXT,
    "Location": {"type": "string", "format": "uri-reference"},
    "Retry-After": {"type": "integer"},
    "WWW-Authenticate": TEXT,
}
PROBLEMS: Mapping[int, tuple[str, tuple[str, ...]]] = {  # status → its schema and headers
    400: ("problem", ()),
    401: ("problem", ("WWW-Authenticate",)),
    403: ("problem", ()),
    404: ("problem", ()),
    409: ("conflict", ("ETag",)),
    413: ("problem", ()),
    415: ("problem", ()),
    422: ("invalid", ()),
    428: ("problem", ()),
    429: ("problem", ("Retry-After",)),
    503: ("problem", ("Retry-After",)),
}


def openapi(template: Template, language: str = "") -> Schema:
    """The API as far as one template goes, as somebody would see it who may do everything."""
    language = language or template.languages[0]
    return openapi_of([template], language, title=say(template.title, language), version=template.version)


def openapi_of(
    templates: Sequence[Template], language: str, *, title: str, version: str = API_VERSION, sight: Sight = anybody
) -> Schema:
    """The API over some templates, each with another id; `sight` says what the reader may meet of a field."""
    calls = CALLS if templates else CALLS[:1]  # without a template no record can be named
    return {
        "openapi": VERSION,
        "info": {"title": title, "version": version, "description": phrase("openapi-info", language)},
        "security": [{"bearer": []}],
        "tags": [{"name": template.id, "description": say(template.title, language)} for template in templates],
        "paths": _paths(calls, templates, language),
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "parameters": {name: _parameter(name, language) for name in PARAMETERS},
            "headers": {name: _header(name, language) for name in HEADERS},
            "responses": {f"problem-{status}": _problem(status, language) for status in PROBLEMS},
            "schemas": _schemas(templates, language, sight),
        },
    }


def _paths(calls: Iterable[Call], templates: Sequence[Template], language: str) -> Schema:
    paths: dict[str, dict[str, Schema]] = {}
    for call in calls:
        for template in templates if "{template}" in call.path else [None]:
            path = call.path.replace("{template}", template.id) if template else call.path
            paths.setdefault(path, {})[call.method] = _operation(call, template, language)
    return {path: {**_holes(path), **operations} for path, operations in paths.items()}


def _holes(path: str) -> Schema:
    """The parameters that stand in a path, and the language, which every call knows."""
    names = [*(name for name in ("record", "action", "field", "file") if f"{{{name}}}" in path), "Accept-Language"]
    return {"parameters": [_ref("parameters", name) for name in names]}


def _operation(call: Call, template: Template | None, language: str) -> Schema:
    title = say(template.title, language) if template else ""
    home = f"{template.id}." if template else ""
    operation: Schema = {
        "operationId": f"{template.id}.{call.name}" if template else call.name,
        "summary": ": ".join(part for part in (title, phrase(f"openapi-{call.name}", language)) if part),
        "description": phrase(f"openapi-{call.name}-more", language),
    }
    if template:
        operation["tags"] = [template.id]
    if call.parameters:
        operation["parameters"] = [_ref("parameters", name) for name in call.parameters]
    if call.body:
        shared = call.body in ("search", "look-up", "sent-file")
        schema = _ref("schemas", call.body if shared else f"{home}{call.body}-body")
        operation["requestBody"] = {"required": not call.body_optional, "content": {call.body_type: {"schema": schema}}}
    operation["responses"] = _responses(call, home, language)
    return operation


def _responses(call: Call, home: str, language: str) -> Schema:
    shared = ("history", "document", "file", "content", "options", "linkable")
    schema = _ref("schemas", call.answer if call.answer in shared else f"{home}{call.answer}")
    content = {call.answer_type: {"schema": schema}}
    good = {
        str(status): {
            "description": phrase(f"openapi-{call.name}-{status}", language),
            "headers": {name.removesuffix("-content"): _ref("headers", name) for name in headers},
            "content": content,
        }
        for status, headers in call.answers.items()
    }
    problems = sorted({*call.problems, *EVERYWHERE})
    return {**good, **{str(status): _ref("responses", f"problem-{status}") for status in problems}}


def _ref(kind: str, name: str) -> Schema:
    return {"$ref": f"#/components/{kind}/{name}"}


def _parameter(name: str, language: str) -> Schema:
    where, required, schema = PARAMETERS[name]
    told = {"description": phrase(f"openapi-parameter-{name.lower()}", language)}
    return {"name": name.removesuffix("-optional"), "in": where, "required": required, **told, "schema": schema}


def _header(name: str, language: str) -> Schema:
    return {"description": phrase(f"openapi-header-{name.lower()}", language), "schema": HEADERS[name]}


def _problem(status: int, language: str) -> Schema:
    schema, headers = PROBLEMS[status]
    return {
        "description": phrase(f"openapi-{status}", language),
        "headers": {name: _ref("headers", name) for name in headers},
        "content": {PROBLEM: {"schema": _ref("schemas", schema)}},
    }


def _schemas(templates: Sequence[Template], language: str, sight: Sight) -> Schema:
    own = {
        f"{template.id}.{name}": schema for template in templates for name, schema in shapes(template, language, sight)
    }
    bodies = {
        name: schema
        for template in templates
        for name, schema in {
            f"{template.id}.new-body": _body({"data": _ref("schemas", f"{template.id}.new")}, "data"),
            f"{template.id}.page": _page(template),
        }.items()
    }
    return {**own, **bodies, **(_any(templates) if templates else {}), **_common(language)}


def _any(templates: Sequence[Template]) -> Schema:
    """What a call takes and answers whose path names no template."""

    def one_of_them(name: str) -> Schema:
        return {"anyOf": [_ref("schemas", f"{template.id}.{name}") for template in templates]}

    change = one_of_them("change")
    return {
        "record": one_of_them("record"),
        "change-body": _body({"data": change}, "data"),
        "step-body": _body({"data": one_of_them("step"), "comment": TEXT}),
    }


def _body(properties: Mapping[str, Schema], *needed: str) -> Schema:
    return {"type": "object", "properties": properties, "required": list(needed), "additionalProperties": False}


def _options() -> Schema:
    """A page of a choice's options."""
    texts = dict.fromkeys(("id", "label", "path"), TEXT)
    more = {"parent": TEXT, "counts_as": TEXT, "synonyms": LIST}
    one = _object({**texts, "choosable": TRUTH, "retired": TRUTH}, more)
    return _object({"options": {"type": "array", "items": one}, "match": MATCH, **dict.fromkeys(PAGED, COUNT)})


def _linkable() -> Schema:
    """A page of records that a link may lead to."""
    one = _object(dict.fromkeys(("id", "title", "about"), TEXT))
    records: Schema = {"type": "array", "items": one}
    return _object({"records": records, "match": MATCH, "more": TRUTH, "page": COUNT, "size": COUNT})


def _object(properties: Mapping[str, Schema], more: Mapping[str, Schema] | None = None) -> Schema:
    """An object with all of these properties, and perhaps more."""
    return {"type": "object", "properties": {**properties, **(more or {})}, "required": list(properties)}


def _page(template: Template) -> Schema:
    lines: Schema = {"type": "array", "items": _ref("schemas", f"{template.id}.line")}
    return _object({"records": lines, "columns": LIST, **dict.fromkeys(PAGED, COUNT)})


def _common(language: str) -> Schema:
    """The schemas that no template changes."""
    texts = {"type": "object", "additionalProperties": LIST, "description": phrase("openapi-errors", language)}
    problem = {
        "type": "object",
        "properties": {"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "code": TEXT, "detail": TEXT},
        "required": ["type", "title", "status", "code", "detail"],
    }
    both = {"type": "object", "properties": {"stored": {}, "sent": {}}, "required": ["stored", "sent"]}
    conflicts = {"current": {"type": "object"}, "conflicts": {"type": "object", "additionalProperties": both}}
    return {
        "document": {"type": "object"},
        "content": {"type": "string", "contentMediaType": "application/octet-stream"},
        "sent-file": _body({"file": {"type": "string", "contentMediaType": "application/octet-stream"}}, "file"),
        "file": _file(),
        "search": _body({"where": TEXT, "sort": TEXT, "page": PAGE, "columns": TEXT}),
        "look-up": _body({"text": SHORT, "page": PAGE}),
        "options": _options(),
        "linkable": _linkable(),
        "history": _history(),
        "problem": problem,
        "invalid": {"allOf": [_ref("schemas", "problem"), {"properties": {"errors": texts}, "required": ["errors"]}]},
        "conflict": {"allOf": [_ref("schemas", "problem"), {"properties": conflicts}]},
    }


def _file() -> Schema:
    """A file as it is kept: what it is was found in its content."""
    return _object({"id": CONTENT_ID, "name": TEXT, "type": TEXT, "size": {"type": "integer", "minimum": 1}})


def _history() -> Schema:
    step = {"type": "object", "properties": {"field": TEXT, "old": {}, "new": {}}, "required": ["field", "old", "new"]}
    steps = {"type": "array", "items": step}
    event = {
        "type": "object",
        "properties": {
            "at": {"type": "string", "format": "date-time"},
            **dict.fromkeys(("actor", "name"), TEXT),
            "kind": {"enum": ["created", "changed", "moved", "tagged", "untagged"]},
            **dict.fromkeys(("action", "from", "to", "comment"), TEXT),
            "changes": steps,
            "tags": steps,
        },
        "required": ["at", "actor", "name", "kind"],
    }
    events = {"type": "array", "items": event}
    return {"type": "object", "properties": {"events": events}, "required": ["events"]}
