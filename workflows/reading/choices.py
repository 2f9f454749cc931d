"""Choices: by id, by label, by what else people call an option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.model import Field, Option
from workflows.reading.answer import Directory, Kept, Read, absent
from workflows.reading.texts import clean_text
from workflows.record import Fault


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


def choice_reader(field: Field) -> Read:
    names = option_names(field.options)
    return lambda raw, directory, kept: _option(names, raw, kept)


def choices_reader(field: Field) -> Read:
    names = option_names(field.options)
    places = {option.id: place for place, option in enumerate(field.options)}

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        if not isinstance(raw, list | tuple | str):
            return Fault("not-list")
        chosen = [_option(names, item, kept) for item in ([raw] if isinstance(raw, str) else raw) if not absent(item)]
        wrong = next((item for item in chosen if isinstance(item, Fault)), None)
        return wrong or sorted({str(item) for item in chosen}, key=places.__getitem__) or None

    return read
