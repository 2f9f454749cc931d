"""QR codes: as SVG with a caption under it, as PNG, and as a piece of a page. segno is loaded when one is drawn."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from segno import QRCode

LEVEL: Final = "m"  # 15 % of it may be dirty or torn
DOTS: Final = 10  # pixels of a PNG for each module
LINE: Final = 5  # modules that a line of caption is high

FILE: Final = Markup(
    '<?xml version="1.0" encoding="utf-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}">'
    '<rect width="{w}" height="{h}" fill="#fff"/>{drawn}'
    '<text x="{middle}" y="{base}" font-family="sans-serif" font-size="3" text-anchor="middle">{caption}</text></svg>\n'
)


def inline(text: str) -> Markup:
    """The code as an element of a page, as large as its place."""
    return Markup(_code(text).svg_inline(omitsize=True, svgclass="qr", lineclass=None))


def svg(text: str, caption: str) -> bytes:
    """The code as a file that stays sharp at any size, with a caption."""
    code = _code(text)
    width, height = code.symbol_size()
    drawn = Markup(code.svg_inline(svgclass=None, lineclass=None))
    parts = {"w": width, "h": height + LINE, "middle": width / 2, "base": height + LINE / 2, "caption": caption}
    return FILE.format(drawn=drawn, **parts).encode()


def png(text: str) -> bytes:
    """The code as a picture for text processors."""
    out = BytesIO()
    _code(text).save(out, kind="png", scale=DOTS)
    return out.getvalue()


def _code(text: str) -> QRCode:
    import segno

    return segno.make(text, error=LEVEL, micro=False)
