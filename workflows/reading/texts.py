"""Texts, and the addresses that are texts of a known shape: phone, e-mail, web."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from builder.emit.schema import NAMED, PATTERNS
from builder.model import Field
from workflows.formats import tidy
from workflows.reading.answer import Directory, Kept, Read
from workflows.record import Fault

BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
BLANKS = re.compile(r"[\t\n]+")
PHONE_SIGNS = re.compile(r"\+?[0-9 ().\-/]+")
REGION = "CN"  # the region of a phone number written without its country


def clean_text(raw: str, *, lines: bool = False) -> str:
    """Text as kept: NFC, trimmed, no control signs; line ends are `\\n` in a text of several lines, else blanks."""
    if raw.isprintable():
        return (raw if raw.isascii() else unicodedata.normalize("NFC", raw)).strip()
    plain = CONTROLS.sub("", BREAKS.sub("\n", raw))
    return unicodedata.normalize("NFC", plain if lines else BLANKS.sub(" ", plain)).strip()


def folded(raw: object, fault: str) -> str | Fault:
    """A short text with full-width signs made plain, or the fault of its type."""
    if not isinstance(raw, str):
        return Fault(fault)
    return (raw if raw.isascii() else unicodedata.normalize("NFKC", raw)).strip()


def text_reader(field: Field) -> Read:
    lines, named = field.lines > 1, field.format if field.format in NAMED else ""

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        if not isinstance(raw, str):
            return Fault("not-text")
        if not raw.isascii() and any("\ud800" <= sign <= "\udfff" for sign in raw):
            return Fault("not-text")  # half a character: no encoding can keep it
        text = clean_text(raw, lines=lines)
        return (tidy(named, text) if named else text) or None

    return read


def read_phone(raw: object) -> object:
    """A telephone number in E.164; one without a country is Chinese."""
    text = folded(raw, "not-phone")
    if isinstance(text, Fault) or not PHONE_SIGNS.fullmatch(text):
        return Fault("not-phone")
    import phonenumbers  # heavy: 25 MB of regions, wanted only where a form asks for a phone

    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return Fault("not-phone")
    if not phonenumbers.is_valid_number(number):
        return Fault("not-phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_reader(field: Field) -> Read:
    return lambda raw, directory, kept: raw if raw in kept else read_phone(raw)


def email_reader(field: Field) -> Read:
    pattern = re.compile(PATTERNS["email"])

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        text = folded(raw, "not-email")
        if isinstance(text, Fault) or not pattern.fullmatch(text) or len(text) > 254:
            return Fault("not-email")
        local, _, domain = text.rpartition("@")
        return f"{local}@{domain.lower()}"

    return read


def url_reader(field: Field) -> Read:
    pattern = re.compile(PATTERNS["url"])

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        text = clean_text(raw) if isinstance(raw, str) else ""
        scheme, separator, rest = text.partition("://")
        address = f"{scheme.lower()}{separator}{rest}"
        return address if pattern.fullmatch(address) and _has_host(address) else Fault("not-url")

    return read


def _has_host(address: str) -> bool:
    try:
        address.encode()  # half a character has no address
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False
