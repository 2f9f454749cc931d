"""Choices: by id, by label, by what else people call an option, by its path (江苏省-苏州市, 江苏苏州)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from builder.expressions import Options
from builder.model import Field, Option, choosable
from workflows.reading.answer import Directory, Kept, Read, absent
from workflows.reading.texts import clean_text
from workflows.record import Fault

BETWEEN = re.compile(r"[\s\-－—–/／>＞›·,，、]+")  # what people write between the levels of a path
LISTED = re.compile(r"[、，,；;\n]")  # what they write between several options
SHOWN = 8  # options named in a fault


def called(options: Options[Option], text: str) -> Option | None:
    """The option that a text means: its id, else a label or synonym only it has, an added id cut short, its path.

    A label that an option shares with one above it means the lower one, which is what can be chosen.
    """
    sent = options.by_id.get(text)
    if sent is not None:
        return sent
    names, word = options.once(option_names), clean_text(text)
    return names.get(word) or (_by_path(options, word) if options.levels > 1 else None)


def option_names(options: Options[Option]) -> dict[str, Option]:
    """What people may write for an option without naming those above it."""
    names = dict(options.by_id)
    for spellings in (_spoken, _short):
        found: dict[str, Option | list[Option]] = {}
        for option in options:
            for word in spellings(option):
                before = found.get(word)
                if before is None:
                    found[word] = option
                elif isinstance(before, list):
                    before.append(option)
                else:
                    found[word] = [before, option]
        for word, meant in found.items():
            one = meant if isinstance(meant, Option) else _lowest(options, meant)
            if one is not None:
                names.setdefault(word, one)
    return names


def _lowest(options: Options[Option], meant: list[Option]) -> Option | None:
    """The one that stands under all the others, if there is one."""
    last = meant[-1]
    above = {option.id for option in options.path(last.id)}
    return last if all(option.id in above for option in meant) else None


def _spoken(option: Option) -> set[str]:
    return {clean_text(word) for word in (*option.label.values(), *option.synonyms)}


def _short(option: Option) -> set[str]:
    return {option.id.removeprefix(f"{option.layer}__")} if option.layer else set()


def _by_path(options: Options[Option], word: str) -> Option | None:
    found = {option.id: option for option in _paths(options, "", word)}
    return next(iter(found.values())) if len(found) == 1 else None


def _paths(options: Options[Option], parent: str, rest: str) -> Iterator[Option]:
    """The options whose labels or synonyms, level by level, spell a text."""
    for option in options.children.get(parent, ()):
        for word in (*_spoken(option), option.id):
            if not word or not rest.startswith(word):
                continue
            left = BETWEEN.sub("", rest[len(word) :], count=1) if BETWEEN.match(rest, len(word)) else rest[len(word) :]
            if left:
                yield from _paths(options, option.id, left)
            else:
                yield option


def _option(options: Options[Option], raw: object, kept: Kept) -> object:
    if isinstance(raw, str) and raw in options.once(choosable):  # by a form, nearly always
        return raw
    found = called(options, raw) if isinstance(raw, str) else None
    if found is None:
        return Fault("not-option", {"value": raw if isinstance(raw, str) else ""})
    if found.id in kept or found.id in options.once(choosable):
        return found.id
    if found.retired:
        return Fault("retired-option", {"option": found.label})
    under = [option.label for option in options.children[found.id] if not option.retired]
    return Fault("choose-further", {"option": found.label, "known": under[:SHOWN]})


def choice_reader(field: Field) -> Read:
    return lambda raw, directory, kept: _option(field.options, raw, kept)


def _split(options: Options[Option], text: str) -> list[str]:
    """Several names in one text, as in a cell of a sheet: 采购、咨询; what is one option's name is not taken apart."""
    if called(options, text) is not None:
        return [text]
    return [part for part in LISTED.split(text) if not absent(part)]


def choices_reader(field: Field) -> Read:
    places: Mapping[object, int] = {option.id: place for place, option in enumerate(field.options)}

    def read(raw: object, directory: Directory, kept: Kept) -> object:
        if not isinstance(raw, list | tuple | str):
            return Fault("not-list")
        sent = _split(field.options, raw) if isinstance(raw, str) else raw
        chosen: set[object] = set()
        for item in sent:
            if not absent(item):
                found = _option(field.options, item, kept)
                if isinstance(found, Fault):
                    return found
                chosen.add(found)
        return sorted(chosen, key=places.__getitem__) or None

    return read
