"""The type of a file is what is in it: not its name, not a claim, and nothing a browser would run."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.filetypes import EXTENSIONS, KINDS
from tests.workflows.files import made
from workflows.files.sniffing import sniff

OPEN = "application/vnd.oasis.opendocument."
TAKEN = [
    (made.picture("JPEG"), "image/jpeg"),
    (made.picture("PNG"), "image/png"),
    (made.picture("WEBP"), "image/webp"),
    (made.picture("GIF"), "image/gif"),
    (made.PDF, "application/pdf"),
    (made.office(made.WORD), made.WORD),
    (made.office(made.EXCEL), made.EXCEL),
    (made.office(made.SLIDES), made.SLIDES),
    (made.opendocument(f"{OPEN}text"), f"{OPEN}text"),
    (made.opendocument(f"{OPEN}spreadsheet"), f"{OPEN}spreadsheet"),
    (made.opendocument(f"{OPEN}presentation"), f"{OPEN}presentation"),
    (made.compound("WordDocument"), "application/msword"),
    (made.compound("Workbook"), "application/vnd.ms-excel"),
    (made.compound("PowerPoint Document"), "application/vnd.ms-powerpoint"),
    (rb"{\rtf1\ansi hello}", "application/rtf"),
    ("会议纪要\n第一条，报价。\n".encode(), "text/plain"),
    ("会议纪要\n第一条，报价。\n".encode("gb18030"), "text/plain"),
    ("姓名,电话\n王磊,138\n李婷,139\n".encode("utf-8-sig"), "text/csv"),
    (b'name\tnote\n"a\tb"\tc\n', "text/csv"),
    (made.wav(), "audio/wav"),
    (b"ID3\x04\x00\x00\x00\x00\x00\x0f" + bytes(50), "audio/mpeg"),
    (b"\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00" + bytes(20), "audio/mp4"),
    (b"OggS\x00\x02" + bytes(20) + b"\x01" + b"\x13" + b"OpusHead" + bytes(20), "audio/ogg"),
]


@pytest.mark.parametrize(("content", "type"), TAKEN, ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_taken_is_known_by_its_content(content: bytes, type: str) -> None:
    assert sniff(BytesIO(content)) == type


def test_every_type_that_a_kind_names_is_told_apart() -> None:
    assert {type for _, type in TAKEN} == set(EXTENSIONS)
    assert {type for types in KINDS.values() for type in types} == set(EXTENSIONS)


REFUSED = {
    "a program": made.EXE,
    "a program for Linux": b"\x7fELF\x02\x01\x01" + bytes(60),
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "a page": made.HTML,
    "a page behind blanks": b" \n\t<HTML><body onload=alert(1)>",
    "a page behind a byte order mark": b"\xef\xbb\xbf<html><script>1</script>",
    "a page that begins as a text": b"Dear customer\n<script src=//evil.example></script>",
    "a page in Chinese of the mainland": "你好<script>1</script>".encode("gb18030"),
    "a drawing that can run scripts": made.SVG,
    "an archive": made.packed({"a.txt": b"a"}),
    "an empty archive": b"PK\x05\x06" + bytes(18),
    "a sheet with macros": made.office("", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    "a template with macros": made.office("", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    "an archive called an office file": made.packed({"[Content_Types].xml": b"nothing", "word/document.xml": b""}),
    "half an office file": made.office(made.WORD)[:200],
    "a compound file of somebody else (an installer)": made.compound("MsiStream"),
    "bytes without a meaning": bytes(range(256)) * 4,
    "text with a nought in it": b"hello\x00world",
    "nothing": b"",
    "a film": b"\x00\x00\x00\x18ftypmp42" + bytes(20),
    "a photo no browser shows": b"\x00\x00\x00\x18ftypheic" + bytes(20),
    "PNG by its first bytes only": b"\x89PNG\r\n\x1a\n" + made.HTML,
    "a PDF behind a page": made.HTML + made.PDF,
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_field_takes_is_of_no_type_that_one_takes(what: str) -> None:
    assert sniff(BytesIO(REFUSED[what])) not in EXTENSIONS


@given(st.binary(max_size=200), st.sampled_from([content for content, _ in TAKEN]))
def test_any_bytes_have_a_type_and_no_look_at_them_fails(noise: bytes, whole: bytes) -> None:
    for content in (noise, whole[: len(noise)] + noise, whole[:64] + noise, noise + whole):
        assert "/" in sniff(BytesIO(content))


def bomb() -> bytes:
    """An office file whose word for itself unpacks to a gigabyte."""
    return made.packed({"[Content_Types].xml": bytes(1 << 28)})


def directory(entries: int) -> bytes:
    """A zip with a directory of its own size: `zipfile` would make an object of each entry."""
    names = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
        for _ in range(entries)
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(names), 0, 0)
    return b"PK\x03\x04" + names + end


@pytest.mark.parametrize("content", [bomb(), directory(100_000)], ids=["unpacks", "lists"])
def test_a_small_file_that_wants_much_memory_gets_little(content: bytes) -> None:
    file = BytesIO(content)
    tracemalloc.start()
    try:
        assert sniff(file) == "application/zip"
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_packing_that_names_its_own_memory_is_not_unpacked(method: int) -> None:
    said = f'<Types><Override ContentType="{made.WORD}.main+xml"/></Types>'.encode()
    assert sniff(BytesIO(made.packed({"[Content_Types].xml": said}, method))) == "application/zip"
