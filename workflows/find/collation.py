"""The order of values in a list: numbers before texts, Latin before Han, Han by pinyin."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

Key = tuple[int, float, str]

_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_HAN_LAST = "\U0010ffff"


def sort_key(value: object) -> Key:
    """A key that orders any two present JSON values: numbers and booleans, then texts, then all else by its JSON.

    An object is ordered by its names alone: what is behind them (the reason of a tag) is not every reader's to know.
    """
    if isinstance(value, str):
        return (1, 0, text_key(value))
    if isinstance(value, (int, float)):
        return (0, value, "")
    told = list(value) if isinstance(value, Mapping) else value
    return (2, 0, text_key(json.dumps(told, ensure_ascii=False, sort_keys=True)))


def text_key(text: str) -> str:
    """A string whose code point order is the pinyin order of the text; case decides only between equals."""
    return f"{text.translate(_CHARACTERS)}\0{text}"


class _Characters(dict[int, str]):
    """Code point → its key, made when it first turns up; `str.translate` looks it up at the speed of C."""

    def __missing__(self, code: int) -> str:
        self[code] = key = _character_key(chr(code))
        return key


_CHARACTERS = _Characters()


def _character_key(character: str) -> str:
    """By character, as Excel and ICU do, so that a database can keep the same order: 重庆 stands under zhong."""
    reading = None if character.isascii() else _readings().get(str(ord(character)))
    if reading is None:
        return character.casefold()
    return f"{_HAN_LAST}{_syllable(reading.partition(',')[0])}{character}"


def _syllable(reading: str) -> str:
    """`lǜ` → `lv4`: letters, then the tone, so that `lu` < `lv` and `zhan4` < `zhang1`."""
    marked = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    tone = next((_TONES[mark] for mark in marked if mark in _TONES), "5")
    return "".join(letter for letter in marked if letter not in _TONES) + tone


def initials(text: str) -> str:
    """The first letter of each character as it is read, 江苏 is `js`; what is not Chinese stays."""
    return text.translate(_INITIALS)


class _Initials(dict[int, str]):
    """Code point → its letter, made when it first turns up."""

    def __missing__(self, code: int) -> str:
        reading = "" if code < 128 else _readings().get(str(code), "")
        self[code] = letter = _syllable(reading)[:1] if reading else chr(code)
        return letter


_INITIALS = _Initials()


@cache
def _readings() -> Mapping[str, str]:
    """Character (decimal code point) → readings with tone marks, the usual one first.

    Read beside the package, not through it: importing pypinyin loads its phrases too, 58 MB that an order by
    character never asks for.
    """
    spec = find_spec("pypinyin")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the order by pinyin needs pypinyin", name="pypinyin")
    table = Path(spec.submodule_search_locations[0]) / "pinyin_dict.json"
    readings: dict[str, str] = json.loads(table.read_bytes())
    return readings
