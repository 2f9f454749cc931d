"""Pictures made small: drawn anew, upright, without a word of the file; a hostile one is no picture."""

from __future__ import annotations

import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.workflows.files import made
from workflows.files.pictures import EDGE, small


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_made_small(kind: str) -> None:
    drawn = small(BytesIO(made.picture(kind, size=(2000, 1000))), f"image/{kind.lower()}")
    assert drawn is not None
    found = Image.open(BytesIO(drawn))
    assert (found.format, found.size) == ("JPEG", (EDGE, EDGE // 2))


def test_it_stands_upright_and_says_nothing_of_who_took_it() -> None:
    drawn = small(BytesIO(made.photo()), "image/jpeg")
    assert drawn is not None and b"Phone" not in drawn and b"Exif" not in drawn and b"GPS" not in drawn
    assert Image.open(BytesIO(drawn)).size == (20, 40)


def test_what_one_sees_through_is_white() -> None:
    clear = BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(clear, "PNG")
    drawn = small(clear, "image/png")
    assert drawn is not None
    assert min(Image.open(BytesIO(drawn)).getpixel((4, 4))) > 250


@pytest.mark.parametrize("size", [(20_001, 1_000), (40_000, 40_000), (100_000, 100_000), (2**31 - 1, 1)])
def test_a_few_bytes_that_want_gigabytes_are_no_picture(size: tuple[int, int]) -> None:
    tracemalloc.start()
    try:
        assert small(BytesIO(made.png_of(*size)), "image/png") is None
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("content", [made.PDF, made.HTML, made.SVG, made.EXE, b"", made.png_of(100, 100)])
def test_what_is_none_or_broken_is_none(content: bytes) -> None:
    assert small(BytesIO(content), "image/png") is None
    assert small(BytesIO(made.picture()), "application/pdf") is None


@given(st.binary(min_size=1, max_size=60), st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.integers(8, 400))
def test_no_picture_brings_it_down(noise: bytes, kind: str, at: int) -> None:
    whole = made.picture(kind)
    small(BytesIO(whole[:at] + noise + whole[at + len(noise) :]), f"image/{kind.lower()}")
    small(BytesIO(whole[:at]), f"image/{kind.lower()}")
