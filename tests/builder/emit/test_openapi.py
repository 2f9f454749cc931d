"""OpenAPI 3.1 of a template: sound by the official meta-schema, what may be sent, what may come back."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry

from builder.emit.calls import CALLS
from builder.emit.openapi import PARAMETERS, PROBLEMS, openapi, openapi_of
from builder.model import Template
from renderer.urls import API
from tests.builder.inline import compiled

FIELDS = """\
name: {type: text, label: {zh: 名称, en: Name}, help: {zh: 全称, en: In full}, required: true, max: 40}
price: {type: money, label: 价格, min: 0.5, max: 1000, required: true, default: 1}
deposit: {type: money, label: 押金, step: 100}
kind: {type: choice, label: 类别, options: {small: {label: {zh: 小, en: Small}}, large: 大}}
several: {type: choices, label: 多选, options: {a: 甲, b: 乙}}
parts:
  type: rows
  label: 配件
  fields:
    what: {type: text, label: 名称, required: true}
    each: {type: money, label: 单价}
    twice: {type: money, label: 两倍, compute: each * 2}
total: {type: money, label: 合计, compute: sum(parts.each)}
secret: {type: integer, label: 内部编号, readonly: true}
"""
BODY = """\
tags:
  size: {label: 规模, options: {big: {label: 大单, when: total > 1000}}}
workflow:
  states: {new: {label: 新, initial: true}, old: {label: 旧, initial: true}, done: {label: 完, final: true}}
  transitions: {close: {label: {zh: 关闭, en: Close}, from: [new, old], to: done, by: [sales]}}
access:
  record: {create: [sales], read: [staff], write: [sales]}
  name: {read: [sales], masked: [staff]}
"""


def template() -> Template:
    """A template with money, options, rows, something computed and a mask."""
    result = compiled(BODY, fields=FIELDS)
    assert result.template is not None, result.diagnostics
    return result.template


def document(language: str = "en") -> Any:
    return openapi(template(), language)


def accepts(name: str, value: object) -> bool:
    """Whether a schema of the document takes a value."""
    root = {**document(), "$ref": f"#/components/schemas/{name}"}
    return bool(jsonschema.Draft202012Validator(root, registry=Registry()).is_valid(value))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_sound_by_the_official_meta_schema(language: str) -> None:
    for found in (document(language), openapi_of([], language, title="x"), openapi(template())):
        OpenAPIV31SpecValidator(found).validate()


def test_its_paths_are_those_the_server_serves() -> None:
    rules = [(rule.rule.replace("<", "{").replace(">", "}"), rule.methods.lower().split()) for rule in API]
    served = {(path, method) for path, methods in rules for method in methods}
    assert served == {(call.path, call.method) for call in CALLS}
    paths = document()["paths"]
    written = {(path, method) for path, item in paths.items() for method in item if method != "parameters"}
    assert written == {(path.replace("{template}", "sheet"), method) for path, method in served}


def test_its_words_are_in_the_language_that_is_asked_for() -> None:
    english, chinese = document("en"), document("zh")
    assert english["components"]["schemas"]["sheet.new"]["properties"]["name"]["title"] == "Name"
    assert chinese["components"]["schemas"]["sheet.new"]["properties"]["name"]["description"] == "全称"
    ours = [
        text
        for item in (
            *english["paths"].values(),
            english["components"]["parameters"],
            english["components"]["responses"],
        )
        for text in re.findall(r"'description': '([^']*)'", str(item))
    ]
    assert len(ours) > 20 and not [text for text in ours if re.search("[一-鿿]", text)]


class TestSent:
    GOOD: ClassVar[dict[str, object]] = {
        "name": "链条",
        "price": 45.55,
        "kind": "small",
        "parts": [{"what": "a", "each": 1.25}],
        "state": "old",
    }

    @pytest.mark.parametrize(
        "change",
        [
            {},
            {"price": 0.5},
            {"price": 1000},
            {"deposit": 300},
            {"several": ["b", "a"]},
        ],
    )
    def test_what_the_definition_allows(self, change: dict[str, object]) -> None:
        assert accepts("sheet.new-body", {"data": {**self.GOOD, **change}})

    @pytest.mark.parametrize(
        "change",
        [
            {"name": ""},
            {"name": "x" * 41},
            {"price": 0.49},
            {"price": 1000.01},
            {"price": "45.5"},
            {"deposit": 150},
            {"kind": "huge"},
            {"several": ["a", "a"]},
            {"parts": [{"each": 1}]},
            {"parts": [{"what": "a", "twice": 1}]},
            {"total": 3},
            {"secret": 3},
            {"state": "done"},
            {"colour": "red"},
        ],
    )
    def test_and_nothing_else(self, change: dict[str, object]) -> None:
        assert not accepts("sheet.new-body", {"data": {**self.GOOD, **change}})

    def test_a_default_answers_for_itself_and_a_change_clears_with_null(self) -> None:
        assert accepts("sheet.new", {"name": "a"}) and not accepts("sheet.new", {"price": 1})
        assert accepts("change-body", {"data": {"kind": None}}) and accepts("change-body", {"data": {}})
        assert not accepts("change-body", {"data": {"name": None}})
        assert not accepts("change-body", {"data": {"state": "old"}})
        assert accepts("step-body", {}) and accepts("step-body", {"comment": "x", "data": {"price": 2}})


class TestReceived:
    def test_of_what_comes_back_only_the_kind_is_promised(self) -> None:
        kept = {"id": "x", "rev": 3, "state": "gone", "tags": {}, "open": []}
        assert accepts(
            "sheet.record", {**kept, "data": {"kind": "of-a-clone", "price": 5000.5, "total": 1, "later": 1}}
        )
        assert not accepts("sheet.record", {**kept, "data": {"price": "5000.50"}})
        assert not accepts("sheet.record", {**kept, "data": {"parts": [{"twice": "1"}]}})
        assert not accepts("sheet.record", {**kept, "rev": 0, "data": {}})

    def test_a_field_may_come_masked_left_out_or_only_masked(self) -> None:
        def properties(levels: frozenset[str]) -> Any:
            found: Any = openapi_of([template()], "en", title="x", sight=lambda template, field: levels)
            schemas = found["components"]["schemas"]
            return schemas["sheet.new"]["properties"], schemas["sheet.record"]["properties"]["data"]["properties"]

        sent, back = properties(frozenset())
        assert (set(sent), back) == ({"state"}, {})
        sent, back = properties(frozenset({"masked"}))
        assert set(sent) == {"state"} and back["price"]["type"] == "string"
        sent, back = properties(frozenset({"read", "masked"}))
        assert set(sent) == {"state"} and [way["type"] for way in back["price"]["anyOf"]] == ["number", "string"]


def test_every_refusal_of_a_call_is_described() -> None:
    assert {status for call in CALLS for status in call.problems} <= PROBLEMS.keys()
    assert {name for call in CALLS for name in call.parameters} <= PARAMETERS.keys()
