"""A stored value as people read it: labels for ids, grouped numbers, yes and no in their language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup, escape

from builder.filetypes import IMAGES
from builder.model import Field, say
from renderer.drawing.typed import phone, plain_number, typed
from renderer.i18n import words
from workflows.files.facts import megabytes
from workflows.outward import money_text


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom values are shown: the language, and who and what ids stand for."""

    language: str
    person: Callable[[str], str] = str
    department: Callable[[str], str] = str
    link: Callable[[str, str], str] = lambda target, id: id  # template, record id → what he calls the record
    address: Callable[[str, str], str] | None = None  # of a file of the record that is shown: field, file id


def show(spec: Field, value: object, reader: Reader) -> str:
    """The value in words; absent is an empty text. A masked value is a text already and stays as it is."""
    if value is None:
        return ""
    return SHOWN.get(spec.type, _text)(spec, value, reader)


TABLE: Final = Markup(
    '<div class="scroll" tabindex="0" role="group" aria-label="{}">'
    '<table class="inner"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
)


def show_rows(spec: Field, rows: object, reader: Reader) -> Markup:
    """Rows as a table; empty when there are none."""
    if not isinstance(rows, (list, tuple)) or not rows:
        return Markup("")
    heading = Markup('<th class="{}">{}</th>')
    head = Markup("").join(heading.format(kind(c), say(c.label, reader.language)) for c in spec.fields)
    body = Markup("").join(Markup("<tr>{}</tr>").format(_cells(spec, row, reader)) for row in rows)
    return TABLE.format(say(spec.label, reader.language), head, body)


ENTRY: Final = Markup('<li><p class="soft">{}</p><dl>{}</dl></li>')
SAID: Final = Markup("<div><dt>{}</dt><dd>{}</dd></div>")


def show_log(spec: Field, rows: object, reader: Reader) -> Markup:
    """The entries of a log, the newest first: when and by whom, and what was said in each."""
    if not isinstance(rows, (list, tuple)) or not rows:
        return Markup("")
    entries = Markup("").join(_entry(spec, row, reader) for row in reversed(rows))
    return Markup('<ol class="log" reversed>{}</ol>').format(entries)


def _entry(spec: Field, row: Mapping[str, object], reader: Reader) -> Markup:
    stamps = (show(column, row.get(column.id), reader) for column in spec.fields if column not in spec.asked)
    said = ((column, show(column, row.get(column.id), reader)) for column in spec.asked)
    parts = (SAID.format(say(column.label, reader.language), text) for column, text in said if text)
    return ENTRY.format(" · ".join(stamp for stamp in stamps if stamp), Markup("").join(parts))


def latest(spec: Field, rows: object, reader: Reader) -> str:
    """The newest entry of a log in one line: its day, and its text of several lines, else its last."""
    if not isinstance(rows, (list, tuple)) or not rows:
        return "" if rows is None else str(rows)
    row, at = rows[-1], spec.fields[0]
    said = [column for column in spec.asked if row.get(column.id) is not None]
    texts = [column for column in said if column.type == "text"]
    told = [column for column in texts if column.lines > 1][:1] or texts[-1:] or said[:1]
    return " · ".join([show(at, row.get(at.id), reader)[:10], *(show(c, row.get(c.id), reader) for c in told)])


def _cells(spec: Field, row: Mapping[str, object], reader: Reader) -> Markup:
    cell = Markup('<td class="{}" data-label="{}">{}</td>')
    return Markup("").join(
        cell.format(kind(c), say(c.label, reader.language), show(c, row.get(c.id), reader)) for c in spec.fields
    )


def N_(text: str) -> str:
    """Marks words for the catalogue where they stand and are translated later."""
    return text


CURRENCIES: Final = (N_("CNY"), N_("USD"), N_("EUR"))  # those that have a name of their own in our languages


def currency(code: str, language: str) -> str:
    """What a language calls a currency; its code where it has no name here."""
    return words(language)(code) if code in CURRENCIES else code


KINDS: Final = {
    **dict.fromkeys(("number", "integer", "money"), "number"),
    **dict.fromkeys(("date", "datetime", "time", "phone"), "whole"),
}


def kind(spec: Field) -> str:
    """The CSS class of a cell: numbers stand on the right, a moment or a phone number on one line."""
    return KINDS.get(spec.type, "words")


def grouped(number: str) -> str:
    """Digits in threes: `1234567.5` is `1,234,567.5`."""
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-") not in ("", "0") else number


def _text(spec: Field, value: object, reader: Reader) -> str:
    return str(value)


def _number(spec: Field, value: object, reader: Reader) -> str:
    unit = say(spec.unit, reader.language)
    return _with_unit(value if isinstance(value, str) else grouped(plain_number(value)), unit)


def _money(spec: Field, value: object, reader: Reader) -> str:
    shown = grouped(money_text(value, spec.scale)) if isinstance(value, int) else str(value)
    return _with_unit(shown, currency(spec.currency, reader.language))


def _with_unit(shown: str, unit: str) -> str:
    return f"{shown} {unit}" if unit else shown


def _boolean(spec: Field, value: object, reader: Reader) -> str:
    _ = words(reader.language)
    return str(value) if isinstance(value, str) else _("Yes") if value else _("No")


def _moment(spec: Field, value: object, reader: Reader) -> str:
    return str(typed(spec, value)).replace("T", " ")


def _choice(spec: Field, value: object, reader: Reader) -> str:
    return spec.spoken(value, reader.language)


def _choices(spec: Field, value: object, reader: Reader) -> str:
    if not isinstance(value, (list, tuple)):
        return str(value)
    return ("、" if reader.language == "zh" else ", ").join(_choice(spec, one, reader) for one in value)


def _rows(spec: Field, value: object, reader: Reader) -> str:
    return show_rows(spec, value, reader) if isinstance(value, (list, tuple)) else escape(str(value))


def _file(spec: Field, value: object, reader: Reader) -> str:
    """Names and sizes; where the files can be fetched, as links, with a small picture of what is one."""
    if not isinstance(value, (list, tuple)):
        return str(value)
    if reader.address is None:
        return ("、" if reader.language == "zh" else ", ").join(str(file["name"]) for file in value)
    field = spec.path.partition(".")[0]
    return LINKS.format(Markup("").join(_link(file, reader.address(field, file["id"])) for file in value))


LINKS: Final = Markup('<ul class="attached">{}</ul>')
LINK: Final = Markup('<li><a href="{}">{}<span>{}</span></a> <span class="soft">{}</span></li>')
PICTURE: Final = Markup('<img src="{}?thumb" alt="" loading="lazy">')


def _link(file: Mapping[str, Any], address: str) -> Markup:
    picture = PICTURE.format(address) if file["type"] in IMAGES else ""
    return LINK.format(address, picture, file["name"], megabytes(file["size"]))


def _log(spec: Field, value: object, reader: Reader) -> str:
    return show_log(spec, value, reader) if isinstance(value, (list, tuple)) else escape(str(value))


SHOWN: Final[Mapping[str, Callable[[Field, object, Reader], str]]] = {
    "number": _number,
    "integer": _number,
    "money": _money,
    "boolean": _boolean,
    "choice": _choice,
    "choices": _choices,
    "datetime": _moment,
    "file": _file,
    "phone": lambda spec, value, reader: phone(str(value)),
    "rows": _rows,
    "log": _log,
    "person": lambda spec, value, reader: reader.person(str(value)),
    "department": lambda spec, value, reader: reader.department(str(value)),
    "link": lambda spec, value, reader: reader.link(spec.to, str(value)),
}
