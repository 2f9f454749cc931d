"""What one visitor adds to a drawn form: answers, what is hidden, what is wrong; and the text of each slot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup, escape

from renderer.drawing.attached import read_line
from renderer.i18n import words
from workflows.files.facts import File, megabytes

Typed = str | bool | Sequence[str]  # one answer as it stands in its control
Choices = Sequence[tuple[str, str]]  # value, label


@dataclass(frozen=True, slots=True)
class Offer:
    """What stands around the box of a link: the text in it, the records to choose from and a button that makes a new
    one, both ready HTML (a `Markup`)."""

    text: str = ""
    found: str = ""
    create: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """All that differs between two visitors of one sheet, by HTML name (`contacts.0.name`).

    `answers` are flat, `rows` counts the rows of each table, `outputs` are shown texts, `lists` the choices of people
    and departments by field type, `offers` the records to link to, `faults` ready sentences, `page` ready HTML for the
    slots around the form; `shut` are options that are not offered, `levels` what the lists of a choice offer under what
    is chosen (`region-2`), `nearest` ready HTML of what is near to a typed text, `alike` of records like this one.
    """

    answers: Mapping[str, Typed] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    faults: Mapping[str, str] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    lists: Mapping[str, Choices] = field(default_factory=dict)
    shut: Mapping[str, frozenset[str]] = field(default_factory=dict)
    levels: Mapping[str, Choices] = field(default_factory=dict)
    nearest: Mapping[str, Markup] = field(default_factory=dict)
    alike: Mapping[str, Markup] = field(default_factory=dict)
    page: Mapping[str, Markup] = field(default_factory=dict)


Slot = tuple[str, str, str]  # kind, name, option
EMPTY: Final = Filling()
NOTHING: Final = Markup("")


def chosen(filling: Filling, name: str, option: str) -> bool:
    """Whether the option is the answer or among the answers."""
    answer = filling.answers.get(name)
    return answer == option if isinstance(answer, str | bool | None) else option in answer


def _value(filling: Filling, name: str, option: str) -> Markup:
    answer = filling.answers.get(name)
    return escape(answer) if isinstance(answer, str) else NOTHING


def _checked(filling: Filling, name: str, option: str) -> Markup:
    return Markup(" checked") if chosen(filling, name, option) else NOTHING


def _ticked(filling: Filling, name: str, option: str) -> Markup:
    return Markup(" checked") if filling.answers.get(name) is True else NOTHING


def _selected(filling: Filling, name: str, option: str) -> Markup:
    return Markup(" selected") if chosen(filling, name, option) else NOTHING


def _choices(filling: Filling, name: str, option: str) -> Markup:
    """The options of a list that changes without a new version (`option` is the field's type)."""
    listed = filling.lists.get(option, ())
    answer = filling.answers.get(name)
    known = {value for value, _ in listed}
    gone = [(answer, answer)] if isinstance(answer, str) and answer and answer not in known else []
    marks = {answer: Markup(" selected")} if isinstance(answer, str) else {}
    return NOTHING.join(OPTION.format(value, marks.get(value, NOTHING), label) for value, label in [*listed, *gone])


def _shut(filling: Filling, name: str, option: str) -> Markup:
    """Hides an option that cannot be chosen with the other answers."""
    return Markup(" hidden") if option in filling.shut.get(name, ()) else NOTHING


def _level(filling: Filling, name: str, option: str) -> Markup:
    """What one level's list offers."""
    answer = filling.answers.get(name)
    marks = {answer: Markup(" selected")} if isinstance(answer, str) else {}
    offered = filling.levels.get(name, ())
    return NOTHING.join(OPTION.format(value, marks.get(value, NOTHING), label) for value, label in offered)


def _closed(filling: Filling, name: str, option: str) -> Markup:
    """Hides a level's list while nothing is chosen above it."""
    return NOTHING if name in filling.levels else Markup(" hidden")


def _alike(filling: Filling, name: str, option: str) -> Markup:
    return filling.alike.get(name, NOTHING)


def _nearest(filling: Filling, name: str, option: str) -> Markup:
    return filling.nearest.get(name, NOTHING)


OPTION: Final = Markup('<option value="{}"{}>{}</option>')


def _attached(filling: Filling, name: str, option: str) -> Markup:
    """The files that are there (`option` is the language)."""
    answer = filling.answers.get(name)
    return attached(name, answer if isinstance(answer, list | tuple) else (), option)


def attached(name: str, lines: Sequence[str], language: str) -> Markup:
    """The files of a control, each with a tick that keeps it."""
    files = [(text, file) for text in lines if (file := read_line(text))]
    items = NOTHING.join(FILE.format(name, text, file["name"], _size(file)) for text, file in files)
    _ = words(language)
    return ATTACHED.format(items, _("Untick what is to go.")) if files else NOTHING


def _size(file: File) -> str:
    return megabytes(int(str(file["size"])))


FILE: Final = Markup(
    '<li><label class="option"><input type="checkbox" name="{}" value="{}" checked> '
    '<span>{} <span class="soft">{}</span></span></label></li>'
)
ATTACHED: Final = Markup('<ul class="attached">{}</ul><p class="help">{}</p>')


def _hidden(filling: Filling, name: str, option: str) -> Markup:
    return Markup(" hidden") if name in filling.hidden else NOTHING


def _invalid(filling: Filling, name: str, option: str) -> Markup:
    return Markup("true") if name in filling.faults else Markup("false")


def _fault(filling: Filling, name: str, option: str) -> Markup:
    return escape(filling.faults.get(name, ""))


def _required(filling: Filling, name: str, option: str) -> Markup:
    return Markup("true") if name in filling.required else Markup("false")


def _optional(filling: Filling, name: str, option: str) -> Markup:
    """Hides the words "required" while a condition does not ask for the answer."""
    return NOTHING if name in filling.required else Markup(" hidden")


def _output(filling: Filling, name: str, option: str) -> Markup:
    return escape(filling.outputs.get(name, ""))


OFFERED: Final = ("text", "found", "create")  # the parts of an offer


def _offer(filling: Filling, name: str, option: str) -> Markup:
    offer = filling.offers.get(name)
    return escape(getattr(offer, option)) if offer else NOTHING


def _page(filling: Filling, name: str, option: str) -> Markup:
    return filling.page.get(name, NOTHING)


KINDS: Final[Mapping[str, Callable[[Filling, str, str], Markup]]] = {
    "value": _value,
    "checked": _checked,
    "ticked": _ticked,
    "selected": _selected,
    "choices": _choices,
    "attached": _attached,
    "hidden": _hidden,
    "invalid": _invalid,
    "fault": _fault,
    "required": _required,
    "optional": _optional,
    "shut": _shut,
    "level": _level,
    "closed": _closed,
    "nearest": _nearest,
    "alike": _alike,
    "output": _output,
    "offer": _offer,
    "page": _page,
}


@dataclass(frozen=True, slots=True)
class Ink:
    """Writes each slot at once: the pen for a page that is drawn for one visitor."""

    filling: Filling

    def __call__(self, kind: str, name: str = "", option: str = "") -> Markup:
        """The slot's text for this visitor."""
        return KINDS[kind](self.filling, name, option)
