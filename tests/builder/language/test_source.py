"""Bytes become text: UTF-8, and a finding for what is not."""

from __future__ import annotations

import codecs

import pytest

from builder.language import decode

TEXT = "title: 客户来源登记\nhelp: 请写明平台，例如 抖音\n"


@pytest.mark.parametrize("raw", [TEXT.encode(), codecs.BOM_UTF8 + TEXT.encode()])
def test_utf_8_with_and_without_a_bom(raw: bytes) -> None:
    source, findings = decode("t.yaml", raw, "template")
    assert (source.text, findings) == (TEXT, [])


@pytest.mark.parametrize(("codec", "name"), [("gbk", "GBK"), ("utf-16", "UTF-16"), ("gb18030", "GBK")])
def test_other_encodings_are_named_and_still_read(codec: str, name: str) -> None:
    source, findings = decode("t.yaml", TEXT.encode(codec), "template")
    assert source.text == TEXT
    assert [(found.code, found.args["encoding"]) for found in findings] == [("other-encoding", name)]


def test_a_byte_that_is_no_text_is_placed() -> None:
    source, findings = decode("t.yaml", "a: b\n标题: ".encode() + b"\xff\n", "template")
    assert source.text == "a: b\n标题: \ufffd\n"
    assert [(found.code, found.place.line, found.place.column) for found in findings] == [("not-utf-8", 2, 5)]
