"""Contents of files for the tests, made here: no sample lies in the repository."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument."
WORD, EXCEL, SLIDES = (
    f"{OFFICE}wordprocessingml.document",
    f"{OFFICE}spreadsheetml.sheet",
    f"{OFFICE}presentationml.presentation",
)
GPS = {1: "N", 2: (31.0, 14.0, 30.0), 3: "E", 4: (121.0, 29.0, 0.0)}
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + bytes(100)
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), color: object = "red", **more: object) -> bytes:
    """A picture of one colour."""
    made = BytesIO()
    Image.new("RGB", size, color).save(made, kind, **more)
    return made.getvalue()


def photo(turned: int = 6) -> bytes:
    """A JPEG as a telephone makes it: place, owner and a comment in it, lying on its side, a film behind it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = turned, "MakerOfPhones", "OwnerOfPhone"
    exif.get_ifd(0x8825).update(GPS)
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><GPSLatitude>31,14.5N</GPSLatitude></x:xmpmeta>'
    made = picture("JPEG", exif=exif, xmp=xmp, comment=b"CommentOfPhone", icc_profile=b"profile-of-colours" * 9)
    return made + b"\x00\x00\x00\x18ftypmp42 FilmOfPhone"


def packed(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return made.getvalue()


def office(type: str, part: str = "") -> bytes:
    """An office file that says it is of a type."""
    said = f'<?xml version="1.0"?><Types><Override PartName="/x" ContentType="{part or type + ".main+xml"}"/></Types>'
    return packed({"[Content_Types].xml": said.encode(), "x.xml": b"<x/>"})


def opendocument(type: str) -> bytes:
    """An OpenDocument file."""
    return packed({"mimetype": type.encode(), "META-INF/manifest.xml": b"<m/>"}, zipfile.ZIP_STORED)


def compound(stream: str) -> bytes:
    """An office file of before 2007 with a main stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + f"{stream}\0".encode("utf-16-le") + bytes(400)


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has so many pixels, all black: a few kilobytes that want gigabytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(1000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def wav() -> bytes:
    """A second of silence, nearly."""
    return b"RIFF" + struct.pack("<I", 40) + b"WAVEfmt " + bytes(32)
