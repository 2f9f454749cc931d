"""The schemas: every property has its layer policy and its words, and both validators agree that they are schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import schemas
from builder.language.grammar import COMPOSED, grammar, policy, property_at
from builder.language.shape import shape

KINDS = ("workspace", "template", "overlay", "vocabulary")
POLICIES = {"sealed", "narrow", "open"}


def properties(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every property that an author may write, with its place in the schema."""
    for key, value in schema.items() if isinstance(schema, dict) else ():
        if key == "properties" and not {"if", "then", "dependentSchemas"} & set(path):
            yield from (((*path, name), body) for name, body in value.items())
        yield from properties(value, (*path, key))
    for i, value in enumerate(schema) if isinstance(schema, list) else ():
        yield from properties(value, (*path, str(i)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_says_what_a_layer_may_do_and_what_it_is(kind: str) -> None:
    found = [(path, body) for path, body in properties(json.loads(schemas.read(f"language/{kind}.json")))]
    assert found
    for path, body in found:
        if "allOf" in path:  # narrows a property that is described where it is defined
            continue
        assert body.get("x-layer") in POLICIES, path
        for words in ("x-title", "x-description"):
            assert all(body[words][language].strip() for language in ("zh", "en")), (path, words)


@pytest.mark.parametrize("kind", [*KINDS, COMPOSED])
def test_every_grammar_is_a_schema_and_can_be_walked(kind: str) -> None:
    Draft202012Validator.check_schema(grammar(kind))
    assert shape(kind).keys


# language.md, Layer policy
SEALED = ["type", "unit", "currency", "visible", "compute", "when_hidden"]
NARROW = ["required", "options", "min", "max", "pattern", "valid", "refuse", "personal", "mask"]
OPEN = ["label", "help", "example", "section", "default"]


EXPECTED = {**dict.fromkeys(SEALED, "sealed"), **dict.fromkeys(NARROW, "narrow"), **dict.fromkeys(OPEN, "open")}


@pytest.mark.parametrize(("key", "expected"), EXPECTED.items())
def test_the_policy_of_fields_and_columns_is_the_languages(key: str, expected: str) -> None:
    assert policy(("fields", "x", key)) == expected
    assert policy(("fields", "x", "fields", "y", key)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("workflow", "transitions", "t", "from"), "sealed"),
        (("workflow", "transitions", "t", "to"), "sealed"),
        (("workflow", "transitions", "t", "by"), "narrow"),
        (("workflow", "transitions", "t", "requires"), "narrow"),
        (("workflow", "states", "s", "edit"), "narrow"),
        (("tags", "g", "options", "o", "when"), "sealed"),
        (("fields", "x", "options", "o", "synonyms"), "open"),
        (("fields", "x", "options", "o", "color"), "open"),
        (("access", "phone", "read"), "narrow"),
        (("privacy", "purpose"), "narrow"),
        (("lists", "l", "columns", 0), "open"),
        (("fields", "x", "label", "zh"), "open"),
    ],
)
def test_the_policy_of_other_places(path: tuple[str | int, ...], expected: str) -> None:
    assert policy(path) == expected


def test_a_property_is_found_by_its_data_path() -> None:
    found = property_at(("fields", "x", "options", "o", "label"))
    assert found is not None
    assert found["x-title"]["zh"] == "名称"
    assert property_at(("fields", "x", "nonsense")) is None
