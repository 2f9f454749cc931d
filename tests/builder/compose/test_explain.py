"""`explain`: who said what, newest first, and what it replaced."""

from __future__ import annotations

import pytest

from builder.compose.explain import explain
from builder.diagnostic import Place
from tests.builder.compose.layers import BASE_FILE, OVERLAY_FILE, base, sound

OVERLAY = """
change:
  fields:
    name: {label: 企业名称, max: 30}
    source: {options: {only: [online, offline]}}
  workflow: {transitions: {win: {requires: {plus: [name]}}}}
add:
  fields:
    code: {type: text, label: 编号, after: name}
    touches: {fields: {cost: {type: money, label: 费用}}}
    source: {options: {radio: {label: 电台, counts_as: offline}}}
"""


def paths(path: str) -> list[str]:
    """The leaves that a path explains."""
    explained, findings = explain(sound(OVERLAY), path)
    assert findings == []
    return [leaf.path for leaf in explained]


def test_a_property_names_every_layer_newest_first_with_its_place() -> None:
    (leaf,), findings = explain(sound(OVERLAY), "fields.name.max")
    assert findings == []
    assert (leaf.path, leaf.value) == ("fields.name.max", "30")
    assert [(layer.name, layer.value) for layer in leaf.layers] == [("east", "30"), ("", "40")]
    assert [layer.place for layer in leaf.layers] == [
        Place(OVERLAY_FILE, 6, 30),
        base().place(("fields", "name", "max")),
    ]


def test_a_definition_lists_each_of_its_leaves() -> None:
    assert paths("fields.name") == [
        "fields.name.type",
        "fields.name.label.zh",
        "fields.name.label.en",
        "fields.name.help",
        "fields.name.required",
        "fields.name.max",
    ]


SHORT = [
    ("name.max", "fields.name.max"),
    ("code.type", "fields.east__code.type"),
    ("touches.day.label", "fields.touches.fields.day.label"),
    ("touches.cost.label", "fields.touches.fields.east__cost.label"),
    ("source.radio.counts_as", "fields.source.options.east__radio.counts_as"),
    ("source.online.color", "fields.source.options.online.color"),
    ("win.to", "workflow.transitions.win.to"),
    ("won.label", "workflow.states.won"),
    ("lost.edit", "workflow.states.lost.edit"),
    ("version", "version"),
    ("mine.sort", "lists.mine.sort"),
    ("access.amount.read", "access.amount.read"),
]


@pytest.mark.parametrize(("short", "full"), SHORT)
def test_a_path_may_be_short(short: str, full: str) -> None:
    assert paths(short) == [full]


def test_the_items_of_a_list_are_explained_one_by_one_when_layers_differ() -> None:
    explained, _ = explain(sound(OVERLAY), "win.requires")
    assert [(leaf.path[-1], leaf.value, leaf.layers[0].name) for leaf in explained] == [
        ("0", "amount", ""),
        ("1", "name", "east"),
    ]


def test_a_retired_option_names_the_line_that_left_it_out() -> None:
    (leaf,), _ = explain(sound(OVERLAY), "source.other.retired")
    assert leaf.value is True
    assert leaf.layers[0].place == Place(OVERLAY_FILE, 7, 30)


def test_the_other_language_of_a_replaced_text_is_stale() -> None:
    explained, _ = explain(sound(OVERLAY), "name.label")
    assert [(leaf.value, leaf.stale) for leaf in explained] == [("企业名称", False), ("Name", True)]
    unchanged, _ = explain(sound(OVERLAY), "platform.label")
    assert [leaf.stale for leaf in unchanged] == [False, False]
    both = sound("change: {fields: {name: {label: {zh: 企业名称, en: Company}}}}")
    assert [leaf.stale for leaf in explain(both, "name.label")[0]] == [False, False]


def test_a_base_alone_explains_itself() -> None:
    (leaf,), _ = explain(base(), "name.max")
    assert [(layer.name, layer.place.file) for layer in leaf.layers] == [("", BASE_FILE)]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("fields.nmae.label", "fields.name.label"),
        ("nmae.label", "name.label"),
        ("name.lable", "name.label"),
        ("touches.cots", "touches.cost"),
        ("xyzzy", ""),
    ],
)
def test_an_unknown_path_is_told_with_what_was_meant(path: str, meant: str) -> None:
    explained, findings = explain(sound(OVERLAY), path)
    assert explained == []
    assert [(finding.code, finding.args["suggestion"]) for finding in findings] == [("unknown-path", meant)]
