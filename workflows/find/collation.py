"""The order of values in a list: numbers before texts, Latin before Han, Han by pinyin."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

Key = tuple[int, float, str]

_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_HAN_LAST = "\U0010ffff"


def sort_key(value: object) -> Key:
    """A key that orders any two present JSON values: numbers and booleans, then texts, then all else by its JSON."""
    if isinstance(value, str):
        return (1, 0, text_key(value))
    if isinstance(value, (int, float)):
        return (0, value, "")
    return (2, 0, text_key(json.dumps(value, ensure_ascii=False, sort_keys=True)))


@lru_cache(maxsize=65_536)
def text_key(text: str) -> str:
    """A string whose code point order is the pinyin order of the text; case decides only between equals."""
    if text.isascii():
        return f"{text.casefold()}\0{text}"
    return "".join(_character_key(character) for character in text) + f"\0{text}"


@lru_cache(maxsize=16_384)
def _character_key(character: str) -> str:
    reading = _readings().get(str(ord(character)))
    if reading is None:
        return character.casefold()
    return f"{_HAN_LAST}{_syllable(reading.partition(',')[0])}{character}"


def _syllable(reading: str) -> str:
    """`lǜ` → `lv4`: letters, then the tone, so that `lu` < `lv` and `zhan4` < `zhang1`."""
    marked = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    tone = next((_TONES[mark] for mark in marked if mark in _TONES), "5")
    return "".join(letter for letter in marked if letter not in _TONES) + tone


@cache
def _readings() -> Mapping[str, str]:
    """Character (decimal code point) → readings with tone marks, the usual one first.

    Read beside the package, not through it: importing pypinyin loads its phrases too, 58 MB that an order by
    character never asks for.
    """
    spec = find_spec("pypinyin")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("pypinyin", name="pypinyin")
    table = Path(spec.submodule_search_locations[0]) / "pinyin_dict.json"
    readings: dict[str, str] = json.loads(table.read_bytes())
    return readings
