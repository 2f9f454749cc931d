"""Pictures made small: drawn anew from their pixels, so that nothing else of the file reaches a page."""

from __future__ import annotations

import struct
import warnings
import zlib
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, Final

from builder.filetypes import IMAGES

if TYPE_CHECKING:
    from PIL import Image

EDGE: Final = 480  # pixels at most, either way: a picture on a page, sharp on a phone
QUALITY: Final = 80
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
# A camera has 50 million pixels; JPEG is read at a fraction of them, the others whole. Beyond: no picture is shown.
MOST_PIXELS: Final = {"JPEG": 60_000_000}
MOST_WHOLE: Final = 20_000_000
FAILURES: Final = (
    *(OSError, ValueError, TypeError, SyntaxError, EOFError, LookupError, ArithmeticError, MemoryError),
    *(struct.error, zlib.error),
)  # what a decoder meets in a picture that is broken, or made to break it
_one_at_a_time = Lock()


def small(content: BinaryIO, type: str) -> bytes | None:
    """The picture as a JPEG of at most 480 pixels, upright, on white; None where it is none that can be shown."""
    if type not in IMAGES:
        return None
    with _one_at_a_time:  # a picture takes up to a few hundred MB while it is read
        try:
            return _drawn(content)
        except FAILURES:
            return None


def _drawn(content: BinaryIO) -> bytes | None:
    from PIL import Image  # heavy, and wanted only where a picture is looked at

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(content, formats=FORMATS)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            return None
    with picture:
        most = MOST_PIXELS.get(str(picture.format), MOST_WHOLE)
        return _jpeg(picture) if picture.width * picture.height <= most else None


def _jpeg(picture: Image.Image) -> bytes:
    from PIL import Image, ImageOps

    picture.draft("RGB", (EDGE * 2, EDGE * 2))
    picture.thumbnail((EDGE, EDGE))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    ground = Image.new("RGBA", upright.size, "white")
    ground.alpha_composite(upright)
    made = BytesIO()
    ground.convert("RGB").save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()
