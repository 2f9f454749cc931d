"""No text whatever raises: what cannot be read is a finding."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.language import Source, catalogue, decode, load

TOKENS = [
    "a", "type", "label", "fields", "备注", "😀", ":", ": ", "：", "，", ",", ", ", "{", "}", "[", "]", "｛", "'", '"',
    "#", " #", "-", "- ", "? ", "|", ">", "&a", "*a", "!", "!x", "%", "@", "`", "\n", "\n  ", "\n    ", "\t", " ", "　",
    "\r\n", "\r", "<<", "---", "...", "\\", "text", "true", "~", "null", "<<<<<<< x\n", "=======\n", ">>>>>>> y\n",
    "\x00", "\x85", "\u2028", "\ud800", "e\u0301",
]  # fmt: skip
KINDS = st.sampled_from(["workspace", "template", "overlay", "vocabulary"])
SOUP = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)
HEAD = "template: t\nversion: 1.0.0\ntitle: T\nfields:\n  a:\n    type: text\n    label: "


def loads(text: str, kind: str) -> None:
    document, findings = load(Source("f.yaml", text, kind))  # type: ignore[arg-type]  # sampled
    assert document is not None or findings
    for found in findings:
        assert catalogue.describe(found, "zh").cause
        assert found.place.line >= 1
        assert found.place.column >= 1


@given(text=SOUP, kind=KINDS)
def test_a_soup_of_punctuation_is_read_or_found_wrong(text: str, kind: str) -> None:
    loads(text, kind)


@given(text=SOUP)
def test_a_soup_inside_a_definition(text: str) -> None:
    loads(HEAD + text, "template")


@given(text=st.text(max_size=200), kind=KINDS)
def test_any_text(text: str, kind: str) -> None:
    loads(text, kind)


@given(raw=st.binary(max_size=200), kind=KINDS)
def test_any_bytes(raw: bytes, kind: str) -> None:
    source, findings = decode("f.yaml", raw, kind)
    assert source.path == "f.yaml"
    loads(source.text, kind)
    assert len(findings) <= 1


@pytest.mark.prove
@settings(max_examples=20_000)
@given(text=SOUP)
def test_a_soup_inside_a_definition_at_length(text: str) -> None:
    loads(HEAD + text, "template")


HOSTILE = {
    "one long line": HEAD + "{" + "x: y, " * 20_000,
    "many open quotes": "a: '" * 5_000,
    "many swallowed lines": "a: b\n" + "  c：d\n" * 5_000,
    "a colon on every line": HEAD + "b\n" + "a：b\n" * 2_000,
    "many braces": "x: {\n" * 3_000,
    "many tabs": "a:\n" + "\t" * 5_000 + "b: c\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_long_files_that_nobody_typed_come_to_an_end(text: str) -> None:
    loads(text, "template")
