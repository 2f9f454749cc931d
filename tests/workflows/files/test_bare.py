"""What a camera writes beside the picture does not stay; the picture does, bit for bit and the right way up."""

from __future__ import annotations

import struct
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps, PngImagePlugin

from tests.workflows.files import made
from workflows.files.bare import MOST_PARTS, MOST_SCANS, Broken, bare

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


def test_a_picture_in_more_pieces_than_any_has_is_none() -> None:
    # Four bytes a piece: 20 MB of them would be five million pieces, and half a gigabyte to remember them.
    jpeg, webp = made.photo(), b"VP8 \0\0\0\0" * (MOST_PARTS + 1)
    png, chunk = made.picture("PNG"), b"\0\0\0\0IDAT\x35\xaf\x06\x1e"
    bombs = {
        "image/jpeg": [jpeg[:2] + piece * (MOST_PARTS + 1) + jpeg[2:] for piece in (b"\xff\xdb\0\2", b"\xff\xfe\0\2")],
        "image/png": [
            png[:33] + piece * (MOST_PARTS + 1) + png[33:] for piece in (chunk, chunk.replace(b"IDAT", b"teXt"))
        ],
        "image/webp": [b"RIFF" + struct.pack("<I", 4 + len(webp)) + b"WEBP" + webp],
    }
    for type, contents in bombs.items():
        for content in contents:
            with pytest.raises(Broken, match="more parts"):
                stripped(content, type)


def test_a_picture_is_not_drawn_over_and_over() -> None:
    whole = made.picture("JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    again = whole[:-2] + whole[last:-2] * MOST_SCANS + whole[-2:]
    assert Image.open(BytesIO(again)).size == Image.open(BytesIO(whole)).size  # a decoder would go over it each time
    with pytest.raises(Broken, match="more passes"):
        stripped(again, "image/jpeg")
    assert stripped(whole, "image/jpeg").count(b"\xff\xda") == whole.count(b"\xff\xda") > 5


@given(st.binary(max_size=300), st.sampled_from(["image/jpeg", "image/png", "image/webp"]), st.integers(0, 400))
def test_no_bytes_bring_it_down(noise: bytes, type: str, at: int) -> None:
    whole = made.photo() if type == "image/jpeg" else made.picture(type[6:].upper())
    for content in (noise, whole[:at] + noise, whole[:at] + noise + whole[at + len(noise) :]):
        with suppress(Broken):
            stripped(content, type)
