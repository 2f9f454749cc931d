"""What a person or a program sent → a neutral value or a `Fault`: one parser a type, each idempotent.

Sent values are text as typed (full-width digits, `1,000`, `5万`, `2026年1月5日`) or JSON. A neutral value read again is
itself, with one exception: money is sent in currency units (`12.50`, 12.5) and kept scaled (1250), so what was kept is
never read again; `outward.py` turns it back into what a person sends. Absent is None, "", white space, an empty list.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from functools import partial
from urllib.parse import urlsplit

from builder.emit.schema import LARGEST, PATTERNS
from builder.model import Field, Option
from builder.numerals import read_decimal
from workflows.formats import CHECKS
from workflows.record import Fault

EXACT = Context(prec=400)  # wider than any number that can be written: shifting the point never rounds
YES = frozenset({"true", "yes", "on", "y", "1", "是", "有"})
NO = frozenset({"false", "no", "off", "n", "0", "否", "无"})
DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)")
BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
BLANKS = re.compile(r"[\t\n]+")
PHONE_SIGNS = re.compile(r"\+?[0-9 ().\-/]+")
REGION = "CN"  # the region of a phone number written without its country


@dataclass(frozen=True, slots=True)
class Directory:
    """Who and what exists: whether an id is an enabled user, whether it is a department."""

    person: Callable[[str], bool]
    department: Callable[[str], bool]


ANYONE = Directory(person=bool, department=bool)

Kept = Collection[object]  # what the record already holds here: it may stay although it could not be chosen anew
Read = Callable[[object, Directory, Kept], object]  # what was sent → neutral value, None (absent) or Fault


def reader(field: Field) -> Read:
    """The prepared parser of a field (all types but rows, whose columns have a parser each)."""
    return READERS[field.type](field)


def absent(raw: object) -> bool:
    """Whether nothing was said: None, white space alone, an empty list or map."""
    return raw is None or (isinstance(raw, str) and not raw.strip()) or (isinstance(raw, list | dict) and not raw)


def clean_text(raw: str, *, lines: bool = False) -> str:
    """Text as kept: NFC, trimmed, no control signs; line ends are `\\n` in a text of several lines, else blanks."""
    if raw.isprintable():
        return (raw if raw.isascii() else unicodedata.normalize("NFC", raw)).strip()
    plain = CONTROLS.sub("", BREAKS.sub("\n", raw))
    return unicodedata.normalize("NFC", plain if lines else BLANKS.sub(" ", plain)).strip()


def _folded(raw: object, fault: str) -> str | Fault:
    """A short text with full-width signs made plain, or the fault of its type."""
    return unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else Fault(fault)


def _text(field: Field) -> Read:
    lines, upper = field.lines > 1, field.format in CHECKS

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        if not isinstance(raw, str):
            return Fault("not-text")
        if not raw.isascii() and any("\ud800" <= sign <= "\udfff" for sign in raw):
            return Fault("not-text")  # half a character: no encoding can keep it
        text = clean_text(raw, lines=lines)
        return (text.upper() if upper else text) or None

    return read


def _decimal(raw: object) -> Decimal | None:
    """The exact number that was sent; None when it is not one (NaN, infinities and booleans are not)."""
    if isinstance(raw, str):
        return read_decimal(raw)
    if isinstance(raw, float):
        return Decimal(repr(raw)) if math.isfinite(raw) else None
    return Decimal(raw) if isinstance(raw, int) and not isinstance(raw, bool) else None


def _number(field: Field) -> Read:
    def read(raw: object, directory: Directory, kept: Kept) -> object:
        number = _decimal(raw)
        value = math.inf if number is None else float(number)
        return value + 0.0 if math.isfinite(value) else Fault("not-number")

    return read


def _whole(number: Decimal | None, fault: Fault) -> object:
    if number is None or number != number.to_integral_value():
        return fault
    return int(number) if abs(number) <= LARGEST else Fault("out-of-range", {"max": LARGEST})


def _integer(field: Field) -> Read:
    return lambda raw, directory, kept: _whole(_decimal(raw), Fault("not-integer"))


def _money(field: Field) -> Read:
    scale, currency = field.scale, field.currency

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        number = _decimal(raw)
        if number is None:
            return Fault("not-money")
        return _whole(EXACT.scaleb(number, scale), Fault("too-many-decimals", {"scale": scale, "currency": currency}))

    return read


def _boolean(field: Field) -> Read:
    def read(raw: object, directory: Directory, kept: Kept) -> object:
        if isinstance(raw, bool):
            return raw
        word = _folded(raw, "not-boolean")
        if isinstance(word, Fault):
            return word
        return True if word.lower() in YES else False if word.lower() in NO else Fault("not-boolean")

    return read


def option_names(options: Sequence[Option]) -> dict[str, Option]:
    """What people may write for an option: its id, else a label or synonym only it has, else an added id cut short."""
    names = {option.id: option for option in options}
    for spellings in (_spoken, _short):
        found: dict[str, list[Option]] = {}
        for option in options:
            for word in spellings(option):
                found.setdefault(word, []).append(option)
        for word, meant in found.items():
            if len(meant) == 1:
                names.setdefault(word, meant[0])
    return names


def _spoken(option: Option) -> set[str]:
    return {clean_text(word) for word in (*option.label.values(), *option.synonyms)}


def _short(option: Option) -> set[str]:
    return {option.id.removeprefix(f"{option.layer}__")} if option.layer else set()


def _option(names: Mapping[str, Option], raw: object, kept: Kept) -> object:
    found = names.get(clean_text(raw)) if isinstance(raw, str) else None
    if found is None:
        return Fault("not-option", {"value": raw if isinstance(raw, str) else ""})
    if found.retired and found.id not in kept:
        return Fault("retired-option", {"option": found.label})
    return found.id


def _choice(field: Field) -> Read:
    names = option_names(field.options)
    return lambda raw, directory, kept: _option(names, raw, kept)


def _choices(field: Field) -> Read:
    names = option_names(field.options)
    places = {option.id: place for place, option in enumerate(field.options)}

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        if not isinstance(raw, list | tuple | str):
            return Fault("not-list")
        chosen = [_option(names, item, kept) for item in ([raw] if isinstance(raw, str) else raw) if not absent(item)]
        wrong = next((item for item in chosen if isinstance(item, Fault)), None)
        return wrong or sorted({str(item) for item in chosen}, key=places.__getitem__) or None

    return read


def _date(field: Field) -> Read:
    def read(raw: object, directory: Directory, kept: Kept) -> object:
        text = _folded(raw, "not-date")
        found = None if isinstance(text, Fault) else DAY.fullmatch(text)
        if found is None:
            return Fault("not-date")
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return Fault("no-such-day", {"value": found[0]})

    return read


def read_phone(raw: object) -> object:
    """A telephone number in E.164; one without a country is Chinese."""
    text = _folded(raw, "not-phone")
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


def _phone(field: Field) -> Read:
    return lambda raw, directory, kept: raw if raw in kept else read_phone(raw)


def _email(field: Field) -> Read:
    pattern = re.compile(PATTERNS["email"])

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        text = _folded(raw, "not-email")
        if isinstance(text, Fault) or not pattern.fullmatch(text) or len(text) > 254:
            return Fault("not-email")
        local, _, domain = text.rpartition("@")
        return f"{local}@{domain.lower()}"

    return read


def _url(field: Field) -> Read:
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


def _known(kind: str, field: Field) -> Read:
    def read(raw: object, directory: Directory, kept: Kept) -> object:
        name = raw.strip() if isinstance(raw, str) else ""
        return name if name in kept or getattr(directory, kind)(name) else Fault(f"not-{kind}")

    return read


READERS: Mapping[str, Callable[[Field], Read]] = {
    "text": _text,
    "number": _number,
    "integer": _integer,
    "money": _money,
    "boolean": _boolean,
    "choice": _choice,
    "choices": _choices,
    "date": _date,
    "phone": _phone,
    "email": _email,
    "url": _url,
    "person": partial(_known, "person"),
    "department": partial(_known, "department"),
}
