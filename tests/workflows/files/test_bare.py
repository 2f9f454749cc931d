"""What a camera writes beside the picture does not stay; the picture does, bit for bit and the right way up."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps, PngImagePlugin

from tests.workflows.files import made
from workflows.files.bare import Broken, bare

TRACES = (b"MakerOfPhones", b"OwnerOfPhone", b"CommentOfPhone", b"FilmOfPhone", b"GPSLatitude", b"xmpmeta")


def stripped(content: bytes, type: str) -> bytes:
    return b"".join(bare(BytesIO(content), type))


def test_a_photo_loses_place_owner_and_film_and_keeps_its_pixels() -> None:
    whole = made.photo()
    assert all(trace in whole for trace in TRACES)
    kept = stripped(whole, "image/jpeg")
    assert not [trace for trace in TRACES if trace in kept]
    before, after = Image.open(BytesIO(whole)), Image.open(BytesIO(kept))
    assert dict(after.getexif()) == {0x0112: 6} and not after.getexif().get_ifd(0x8825)
    assert after.info["icc_profile"] == before.info["icc_profile"]
    assert ImageOps.exif_transpose(after).tobytes() == ImageOps.exif_transpose(before).tobytes()
    assert ImageOps.exif_transpose(after).size == (20, 40)


def test_a_photo_that_stands_upright_says_nothing_at_all() -> None:
    assert b"Exif" not in stripped(made.photo(turned=1), "image/jpeg")


def test_the_other_pictures_lose_their_words_too() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "OwnerOfPhone")
    exif = Image.Exif()
    exif[0x013B] = "OwnerOfPhone"
    for kind, more in (("PNG", {"pnginfo": words, "exif": exif}), ("WEBP", {"exif": exif, "lossless": True})):
        whole = made.picture(kind, **more)
        assert b"OwnerOfPhone" in whole
        kept = stripped(whole, f"image/{kind.lower()}")
        assert b"OwnerOfPhone" not in kept
        assert Image.open(BytesIO(kept)).convert("RGB").tobytes() == Image.open(BytesIO(whole)).convert("RGB").tobytes()
        assert stripped(kept, f"image/{kind.lower()}") == kept


def test_what_stands_behind_a_picture_is_no_part_of_it() -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = made.picture(kind)
        assert stripped(whole + made.HTML, f"image/{kind.lower()}") == stripped(whole, f"image/{kind.lower()}")


def test_any_other_file_is_kept_as_it_is(tmp_path: Path) -> None:
    content = made.PDF * 10_000
    (tmp_path / "a").write_bytes(content)
    with (tmp_path / "a").open("rb") as file:
        assert b"".join(bare(file, "application/pdf")) == content
    assert stripped(b"", "text/plain") == b""


def test_a_picture_from_a_file_is_the_same_as_from_memory(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(made.photo())
    with (tmp_path / "a").open("rb") as file:
        assert b"".join(bare(file, "image/jpeg")) == stripped(made.photo(), "image/jpeg")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_broken_or_short_and_never_more(kind: str) -> None:
    whole = made.photo() if kind == "JPEG" else made.picture(kind)
    for end in range(2, len(whole), 7):
        try:
            kept = stripped(whole[:end], f"image/{kind.lower()}")
        except Broken:
            continue
        assert not [trace for trace in TRACES if trace in kept]


@given(st.binary(max_size=300), st.sampled_from(["image/jpeg", "image/png", "image/webp"]), st.integers(0, 400))
def test_no_bytes_bring_it_down(noise: bytes, type: str, at: int) -> None:
    whole = made.photo() if type == "image/jpeg" else made.picture(type[6:].upper())
    for content in (noise, whole[:at] + noise, whole[:at] + noise + whole[at + len(noise) :]):
        with suppress(Broken):
            stripped(content, type)
