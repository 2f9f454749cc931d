"""The schemas for editors: sound draft-07, explained in both languages, with an example that fits at every key."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

import schemas
from builder.emit.editor import KINDS, editor_schema
from builder.language.grammar import grammar

Schema = dict[str, Any]


def maps_in(schema: Any, owner: str) -> Iterator[tuple[str, str, Any]]:
    """Definition, key and schema of every property, wherever it stands."""
    if isinstance(schema, list):
        for each in schema:
            yield from maps_in(each, owner)
    if isinstance(schema, dict):
        for key, body in schema.get("properties", {}).items():
            yield owner, key, body
            yield from maps_in(body, owner)
        for keyword in ("anyOf", "allOf", "items", "additionalProperties"):
            yield from maps_in(schema.get(keyword), owner)


def properties(kind: str) -> list[tuple[str, str, Any]]:
    """Those that say what they are: the rest are conditions on them."""
    made = editor_schema(kind)
    found = [*maps_in({k: v for k, v in made.items() if k != "definitions"}, kind)]
    found += [each for name, body in made["definitions"].items() for each in maps_in(body, name)]
    return [each for each in found if isinstance(each[2], dict) and each[2].keys() - {"const", "enum", "not", "$ref"}]


def plain(value: object) -> object:
    """A value as an editor reads it, who knows no dates and keeps keys as texts."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, datetime.date) else value


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_draft_07_without_words_of_our_own(kind: str) -> None:
    made = editor_schema(kind)
    Draft7Validator.check_schema(made)
    assert made["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "x-" not in {key[:2] for key in keywords(made)}
    assert not {"$defs", "dependentSchemas", "unevaluatedProperties"} & set(keywords(made))


def keywords(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from keywords(each)
    elif isinstance(value, list):
        for each in value:
            yield from keywords(each)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_explained_in_both_languages_with_an_example_that_fits(kind: str) -> None:
    root = editor_schema(kind)
    explained = properties(kind)
    assert len(explained) > 10
    for owner, key, body in explained:
        name = f"{owner}.{key}"
        assert " · " in body["title"] and "\n\n" in body["description"], name
        (example,) = body["examples"]
        value = plain(yaml.safe_load(example))
        if owner.startswith("change-") or (kind == "overlay" and owner in ("overlay", *grammar("template")["$defs"])):
            continue  # the template's own tree, judged there; under `change` a list is written otherwise
        judge = Draft7Validator({**body, "definitions": root["definitions"]})
        assert [error.message for error in judge.iter_errors(value)] == [], f"{name}: {example}"


def test_no_example_is_left_over() -> None:
    named = {(owner.split("-", 1)[1] if owner.startswith(("change-", "add-")) else owner, key)
             for kind in KINDS for owner, key, _ in properties(kind)}  # fmt: skip
    known = {key for _, key in named} | {f"{owner}.{key}" for owner, key in named}
    soon = {word for kind in KINDS for word in later(grammar(kind))}
    assert [key for key in schemas.hints()["examples"] if key not in known and key.rpartition(".")[2] not in soon] == []


def later(value: object) -> Iterator[str]:
    """The words of the language that come in a later version."""
    if isinstance(value, dict):
        yield from value.get("x-later", ())
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from later(each)


def test_a_scalar_may_look_like_something_else() -> None:
    judge = Draft7Validator(editor_schema("template"))
    field = {"type": "text", "label": 1.10, "required": "yes", "lines": "１,000", "visible": True, "default": 5}
    form = {"template": "t", "version": "1.0.0", "title": 2026, "fields": {"a": field}}
    assert judge.is_valid(form)
    for key, value in (("label", None), ("readonly", "maybe"), ("lines", "many"), ("color", "red"), ("options", {})):
        assert not judge.is_valid({**form, "fields": {"a": {**field, key: value}}}), key


def test_a_key_of_another_type_is_refused_and_only_in_layers_after() -> None:
    def takes(kind: str, field: Schema) -> bool:
        head = {"template": "t", "version": "1.0.0", "title": "t", "fields": {"a": field}}
        layer = {"overlay": "d", "extends": "t@1.0.0", "add": {"fields": {"a": field}}}
        return bool(Draft7Validator(editor_schema(kind)).is_valid(head if kind == "template" else layer))

    assert takes("template", {"type": "text", "label": "A", "lines": 3})
    assert not takes("template", {"type": "date", "label": "A", "lines": 3})
    assert not takes("template", {"type": "text", "label": "A", "after": "b"})
    assert takes("overlay", {"type": "text", "label": "A", "after": "b"})


def test_a_misspelt_key_does_not_make_another_one_missing() -> None:
    judge = Draft7Validator(editor_schema("template"))
    errors = [*judge.iter_errors({"template": "t", "version": "1.0.0", "titel": "t", "fields": {"a": {}}})]
    assert [(error.validator, list(error.path)) for error in errors if not error.path] == [("additionalProperties", [])]


def test_pieces_are_offered_where_they_belong() -> None:
    pieces = editor_schema("template", "en")["properties"]["fields"]["defaultSnippets"]
    assert pieces[0]["label"] == "text field · 文本字段"
    judge = Draft7Validator(editor_schema("template"))
    body = yaml.safe_load(yaml.safe_dump(pieces[0]["body"]).replace("${1:id}", "note"))
    assert judge.is_valid({"template": "t", "version": "1.0.0", "title": "t", "fields": body})
