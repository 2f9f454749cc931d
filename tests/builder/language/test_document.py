"""Places: of keys and values, into a value however it is spelled, and through the layers of a composed document."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from builder.diagnostic import Path
from builder.language import Document, Origin
from builder.language.events import read_tree
from builder.language.spelling import spelled_at
from tests.builder.language.sources import template, whole


def loaded(body: str) -> Document:
    document, findings = template(body)
    assert document is not None
    assert not findings
    return document


# How one expression may be written; the ⟦ mark is where its `bad` stands.
SPELLINGS = [
    "    visible: a == bad\n",
    "    visible: 'a == bad'\n",
    "    visible: 'a == ''x'' or bad'\n",
    '    visible: "a == \\"x\\" or bad"\n',
    '    visible: "\\u4e2d\\x41 bad"\n',
    "    visible: a ==\n      bad\n",
    "    visible: 'a ==\n\n      bad'\n",
    '    visible: "a \\\n      == bad"\n',
    "    visible: |\n      a ==\n      bad\n",
    "    visible: |-\n      a ==\n        bad\n",
    "    visible: >\n      a ==\n      bad\n",
    "    visible: >-\n      a\n        ==\n      bad\n\n",
    "    visible: |2\n        a == bad\n",
    "    visible: >- # 注释\n      a ==\n\n      bad\n",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_offset_into_the_value_is_a_place_in_the_file(spelling: str) -> None:
    document = loaded("  a:\n    type: text\n    label: 😀中\n" + spelling)
    path: Path = ("fields", "a", "visible")
    value = str(document.data["fields"]["a"]["visible"])  # type: ignore[index]
    place = document.place(path, offset=value.index("bad"))
    assert document.source.text.splitlines()[place.line - 1][place.column - 1 :].startswith("bad")


@given(
    value=st.text(alphabet="ab中😀 \n'\"\\#:-", min_size=1, max_size=60).filter(lambda text: text.strip()),
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    width=st.sampled_from([8, 20, 80]),
)
@example(value=" :::: a", style=">", width=8)
def test_every_code_point_is_traced_to_its_spelling(value: str, style: str | None, width: int) -> None:
    text = yaml.dump({"k": {"v": value}}, default_style=style, width=width, allow_unicode=True)
    tree = read_tree(text)
    value = tree.data["k"]["v"]  # type: ignore[index, call-overload]  # PyYAML folds " :::: a" into what reads otherwise
    inner = tree.mark.inner["k"].inner["v"]  # type: ignore[index, union-attr, call-overload]
    raw = text[inner.start : inner.end]
    where = [spelled_at(raw, inner.style, value, i) for i in range(len(value))]
    assert where == sorted(where)
    escaped = "\\" if inner.style == '"' else ""  # the emitter escapes what is beyond the basic plane
    assert all(raw[i] in (ch, escaped) for i, ch in zip(where, value, strict=True) if ch in "ab中😀")


def test_places_of_keys_values_and_what_is_missing() -> None:
    document = loaded("  a: {type: text, label: 甲}\n")
    assert [(p.line, p.column) for p in (
        document.place(("fields", "a"), "key"), document.place(("fields", "a", "label")),
        document.place(("fields", "a", "help")), document.place(("fields", "b")), document.place(("access",)),
    )] == [(5, 3), (5, 26), (5, 3), (4, 1), (1, 1)]  # fmt: skip


def test_a_list_item_has_its_own_place() -> None:
    head = "template: t\nversion: 1.0.0\ntitle: 表\nchecklist: [a, b]\n"
    document, _ = whole(f"{head}fields: {{a: {{type: text, label: 甲}}, b: {{type: text, label: 乙}}}}\n")
    assert document is not None
    assert (document.place(("checklist", 1)).line, document.place(("checklist", 1)).column) == (4, 16)


def test_a_composed_document_knows_its_layers() -> None:
    base = loaded("  a: {type: text, label: 甲}\n")
    overlay, _ = whole("overlay: m\nextends: t@1.0.0\nchange: {fields: {a: {label: 乙}}}\n", "overlay")
    assert overlay is not None
    label: Path = ("fields", "a", "label")
    composed = base.with_(
        data={"fields": {"a": {"type": "text", "label": "乙"}}},
        origins={label: (Origin("m", overlay, ("change", *label)), Origin("", base, label))},
    )
    told = [(layer.name, layer.place.line, layer.value) for layer in composed.layers(label)]
    assert told == [("m", 3, "乙"), ("", 5, "甲")]
    assert (composed.layer(label), composed.layer(("fields", "a", "type"))) == ("m", "")
    assert (composed.place(label).line, composed.place(("fields", "a", "type")).line) == (3, 5)
