"""Names as people gave them, and nothing in them that leads anybody astray."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.filetypes import EXTENSIONS, LONGEST_NAME
from tests.workflows.files.made import EXCEL
from workflows.files.names import clean_name

NAMES = [
    ("客户名单.xlsx", EXCEL, "客户名单.xlsx"),
    ("Offer 2026 (final).PDF", "application/pdf", "Offer 2026 (final).PDF"),
    ("../../etc/passwd", "text/plain", "passwd.txt"),
    ("..\\..\\Windows\\system.ini", "text/plain", "system.ini.txt"),
    ("C:\\Users\\王磊\\名片.jpg", "image/jpeg", "名片.jpg"),
    ("photo.jpeg", "image/jpeg", "photo.jpeg"),
    ("photo.png", "image/jpeg", "photo.png.jpg"),
    ("invoice.pdf.exe", "application/pdf", "invoice.pdf.exe.pdf"),
    ("page.html", "text/plain", "page.html.txt"),
    ("evil\u202efdp.exe", "application/pdf", "evilfdp.exe.pdf"),
    ("a\x00b\r\nSet-Cookie: x=1.txt", "text/plain", "ab Set-Cookie x=1.txt"),
    ('"; filename=x".png', "image/png", "; filename=x.png"),
    ("   .png", "image/png", "png.png"),
    ("", "image/png", "file.png"),
    ("...", "application/pdf", "file.pdf"),
    ("CON.txt", "text/plain", "_CON.txt"),
    ("a" * 500 + ".pdf", "application/pdf", "a" * 192 + ".pdf"),
    ("e\u0301te\u0301.pdf", "application/pdf", "\xe9t\xe9.pdf"),
    ("half\ud83d.png", "image/png", "half.png"),
    ("a\u200bb\ufeffc.png", "image/png", "abc.png"),
]


@pytest.mark.parametrize(("raw", "type", "name"), NAMES)
def test_a_name(raw: str, type: str, name: str) -> None:
    assert clean_name(raw, type) == name


@given(st.text(), st.sampled_from([*EXTENSIONS, "application/octet-stream"]))
def test_any_name_becomes_one_that_is_safe_everywhere_and_stays_so(raw: str, type: str) -> None:
    name = clean_name(raw, type)
    assert 0 < len(name) <= LONGEST_NAME and name == name.strip()
    assert not set(name) & set('/\\:*?"<>|\r\n\t') and not name.startswith(".")
    assert not {unicodedata.category(sign) for sign in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert clean_name(name, type) == name
