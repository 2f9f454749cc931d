"""Scalars read by place: the grammar decides what a spelling means, not its look (language.md, rule 2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from builder.diagnostic import Path
from builder.language.events import Flaw, Mark, Tree
from builder.language.ids import VERBS, id_fault, valid_id
from builder.language.nesting import lifted, unnamed
from builder.language.punctuation import full_width, half_width, unwrapped
from builder.language.rawline import quoted
from builder.language.shape import Shape, shape
from builder.language.suspects import Suspects
from builder.nearest import nearest
from builder.numerals import read_decimal

YES = frozenset({"true", "yes", "on", "是"})
NO = frozenset({"false", "no", "off", "否"})
_ASKED = {**dict.fromkeys(("必填", "required", "必须", "mandatory"), "true"),
          **dict.fromkeys(("选填", "非必填", "optional", "可选"), "false")}  # fmt: skip
_DESCENDING = re.compile(r"(\w+) +(?:desc|DESC|降序|倒序)\b")
_SEVERAL = re.compile(r"[,，、;；\s]+")

Scalar = str | bool | int | float


class Misread(ValueError):
    """A scalar that its place cannot take: the catalogue code, and the nearest word that it could."""

    def __init__(self, code: str, suggestion: str = "") -> None:
        super().__init__(code)
        self.code, self.suggestion = code, suggestion


@dataclass(slots=True)
class Reading:
    """What reading a tree brought to light: flaws by place, and the paths where something was left out."""

    flaws: list[Flaw] = field(default_factory=list)
    broken: set[Path] = field(default_factory=set)


def read_scalars(tree: Tree, kind: str, text: str) -> Reading:
    """Read every scalar of a tree in place, by the grammar of its kind; what cannot be read is left out and told."""
    reader = _Reader(Suspects(text))
    if isinstance(tree.data, dict):
        reader.mapping(tree.data, tree.mark, shape(kind), ())
    return reader.out


def read_at(value: object, mark: Mark, kind: str, path: Path) -> object:
    """A value that was written under a misspelled key, read by the place of the right one; None when it cannot be."""
    place = shape(kind)
    for key in path:
        place = (place.items if isinstance(key, int) else place.keys.get(key) or place.other) or Shape()
    reader = _Reader(Suspects(""))
    if isinstance(value, str):
        return reader.scalar(value, mark, place, path[:-1], path[-1])
    return reader.inside(value, mark, place, path, path[-1])


def boolean(text: str) -> bool:
    """true, yes, on, 是 and their opposites. Raises Misread."""
    word = text.strip().casefold()
    if word not in YES and word not in NO:
        raise Misread("bad-boolean", nearest(word, ("true", "false")))
    return word in YES


def integer(text: str) -> int:
    """A whole number by our rule. Raises Misread."""
    number = read_decimal(text)
    if number is None or number != number.to_integral_value() or abs(number) >= 2**53:
        raise Misread("bad-integer")
    return int(number)


def decimal(text: str) -> float:
    """A number by our rule. Raises Misread."""
    number = read_decimal(text)
    if number is None:
        raise Misread("bad-number")
    return float(number)


def required(text: str) -> Scalar:
    """true or false, else a condition, kept as it is spelled."""
    word = text.strip().casefold()
    if word in _ASKED:
        raise Misread("bad-boolean", _ASKED[word])
    return word in YES if word in YES or word in NO else text


_READERS: Mapping[str, Callable[[str], Scalar]] = {
    "boolean": boolean,
    "integer": integer,
    "number": decimal,
    "required": required,
}
_FORMULA = frozenset({"expression", "required"})
_FREE = _FORMULA | {"text", "part", "value", "pattern", "store"}  # any sign may stand here, or another room looks


class _Reader:
    def __init__(self, suspects: Suspects) -> None:
        self.suspects = suspects
        self.out = Reading()

    def mapping(self, data: dict[str, object], mark: Mark, shape: Shape, path: Path) -> None:
        marks = mark.inner
        if not isinstance(marks, dict):
            return
        if shape.keys:
            self.out.flaws += lifted(data, mark, shape)
            self.out.flaws += unnamed(data, mark, shape)
        for verb in [verb for verb in VERBS & data.keys() if "only" in shape.keys and verb not in shape.keys]:
            self.leave("options-only", marks[verb].key, (*path, verb), property=path[-1])
            del data[verb]
        if shape.ids:
            self.ids({key: value for key, value in data.items() if key not in shape.keys}, marks, shape.ids, path)
        if None in data.values():
            self.nothing(data, mark, shape, path)
        for key, value in data.items():
            inner = shape.keys.get(key) or shape.other
            if inner is None or value is None:
                continue
            if type(value) is str:
                data[key] = self.scalar(value, marks[key], inner, path, key)
            elif inner.scalar in _FORMULA and (meant := self.suspects.formula(value, marks[key])):
                data[key] = self.leave("formula-in-brackets", marks[key].start, (*path, key), key=key, written=meant)
            else:
                data[key] = self.inside(value, marks[key], inner, (*path, key), key)
        for key in [key for key, value in data.items() if value is None]:
            del data[key]

    def inside(self, value: object, mark: Mark, shape: Shape, path: Path, key: str | int) -> object:
        """A collection at a place; None when it cannot stay."""
        if isinstance(value, dict):
            self.mapping(value, mark, shape, path)
            return value
        if not isinstance(value, list) or not isinstance(mark.inner, list):
            return value
        if shape.is_map and shape.items is None and "only" in shape.keys:
            words = [item for item in value if isinstance(item, str)]
            verb, code = ("plus", "bare-list") if "plus" in shape.keys else ("only", "options-only")
            written = f"{key}: {{{verb}: [{', '.join(words)}]}}" if len(words) == len(value) else ""
            return self.leave(code, mark.start, path, property=key, written=written)
        inner = shape.items or Shape()
        read = [
            self.scalar(item, spot, inner, path, i) if type(item) is str
            else self.inside(item, spot, inner, (*path, i), i) if item is not None
            else self.leave("nothing-in-list", spot.start, (*path, i), key=key)
            for i, (item, spot) in enumerate(zip(value, mark.inner, strict=True))
        ]  # fmt: skip
        if None in read:
            mark.inner[:] = [spot for spot, item in zip(mark.inner, read, strict=True) if item is not None]
            return [item for item in read if item is not None]
        return read

    def scalar(self, value: str, mark: Mark, shape: Shape, path: Path, key: str | int) -> object:
        """One scalar by its place; None when it cannot stay."""
        kind = shape.scalar
        if (not value or value.isspace()) and kind != "part":
            return self.blank(mark, (*path, key), key)
        if not kind:
            listed = shape.items is not None and not shape.is_map
            return self.several(value, mark, shape, (*path, key), key) if listed else value
        if kind == "text":
            if not mark.style:
                self.plain(value, mark, (*path, key), key)
            return value
        if not value.isascii() and kind not in _FREE and (wide := full_width(value)):
            return self.narrowed(value, mark, wide, (*path, key))
        reader = _READERS.get(kind)
        if reader is None:
            return value
        try:
            return reader(value)
        except Misread as fault:
            return self.leave(fault.code, mark.start, (*path, key), key=key, value=value, suggestion=fault.suggestion)

    def blank(self, mark: Mark, path: Path, key: str | int) -> object:
        """A text without a sign in it; `min: >3` looks like one to YAML."""
        header = self.suspects.header(mark)
        if len(header) > 1:
            return self.leave("reserved-start", mark.start, path, sign=header[0], written=f"{key}: {quoted(header)}")
        return self.leave("nothing-written", mark.key, path, key=key)

    def several(self, value: str, mark: Mark, shape: Shape, path: Path, key: str | int) -> list[str]:
        """One scalar where a list is wanted: reported, and read as the list that was meant."""
        words = [word for word in _SEVERAL.split(_DESCENDING.sub(r"-\1", value)) if word]
        self.flaw("list-wanted", mark.start, key=key, written=f"{key}: [{', '.join(words)}]")
        self.out.broken.add(path)
        return words

    def plain(self, value: str, mark: Mark, path: Path, key: str | int) -> None:
        """A text without quotes: cut short by ` #`, or in quotes that are none."""
        if inner := unwrapped(value):
            self.flaw("quotes-in-text", mark.start, key=key, written=inner, value=value)
        rest = self.suspects.hashes.get(mark.end)
        if rest is not None:
            index, comment = rest
            self.flaw("comment-in-text", index, key=key, rest=comment, written=f"{key}: '{value} {comment}'")

    def narrowed(self, value: str, mark: Mark, wide: re.Match[str], path: Path) -> object:
        """A name or word with full-width punctuation: read as half-width without quotes; several words are left out."""
        narrow = half_width(value)
        index = mark.start + (1 if mark.style else 0) + wide.start()
        self.leave("full-width", index, path, wide=wide[0], narrow=half_width(wide[0]), written=narrow)
        word = narrow.strip("\"' ")
        return None if _SEVERAL.search(word) else word

    def ids(self, data: dict[str, object], marks: dict[str, Mark], rule: str, path: Path) -> None:
        seen: dict[str, str] = {}
        for key in data:
            fault = id_fault(key, rule)
            first = seen.setdefault(key.casefold(), key)
            glued = data[key] is None and ":" in key
            if fault and not glued and not self.suspects.swallowed(data[key], marks[key]):
                self.flaw(fault, marks[key].key, id=key, suggestion=valid_id(key) if fault == "bad-id" else "")
                self.out.broken.add((*path, key))
            elif first != key:
                related = ((marks[first].key, "first-here"),)
                self.out.flaws.append(Flaw("same-id", marks[key].key, {"id": key, "first": first}, related))
                self.out.broken.add((*path, key))

    def nothing(self, data: dict[str, object], mark: Mark, shape: Shape, path: Path) -> None:
        """Keys without a value; in a flow map they may be the rest of a text that a comma cut."""
        for key in [key for key, value in data.items() if value is None]:
            if key not in data or self.gathered(data, mark, shape, key):
                continue
            meant = self.suspects.meant(key, data, mark)
            self.out.broken.add((*path, key))
            del data[key]
            if meant is None:
                known = key in shape.keys or shape.other is not None
                near = "" if known else nearest(key, shape.keys)
                code = "nothing-in-braces" if self.suspects.bare(mark, key) else "nothing-written"
                self.flaw(code, self.suspects.key_index(mark, key), key=key, suggestion=near)
                continue
            owner = shape.keys.get(meant.key) or shape.other
            formula = meant.code == "comma-ends-text" and owner is not None and owner.scalar in _FORMULA
            if owner is not None and owner.items is not None and not owner.is_map:  # `by: a, b`
                words = [word for word in _SEVERAL.split(meant.value) if word]
                self.flaw("list-in-braces", meant.index, key=meant.key, rest=key,
                          written=f"{meant.key}: [{', '.join(words)}]")  # fmt: skip
                data.pop(meant.key, None)
                self.out.broken.add((*path, meant.key))
                continue
            if meant.told:
                written = f"{meant.key}: {quoted(meant.value) if ',' in meant.value else meant.value}"
                code = "comma-in-expression" if formula else meant.code
                self.flaw(code, meant.index, key=meant.key, rest=key, written=written)
            if meant.key in data:
                data[meant.key] = meant.value
            self.out.broken.add((*path, meant.key))

    def gathered(self, data: dict[str, object], mark: Mark, shape: Shape, key: str) -> bool:
        """Whether what belongs under an empty key stands beside it, not indented: told once, and put there."""
        inner, marks = shape.keys.get(key) or shape.other, mark.inner
        if inner is None or not inner.is_map or mark.style != "m" or not isinstance(marks, dict):
            return False
        keys = list(data)
        own: dict[str, object] = {}
        for other in keys[keys.index(key) + 1 :]:
            stays = other in shape.keys or (shape.other is not None and not own and type(data[other]) is not str)
            if stays or (other not in inner.keys and inner.other is None):
                break
            own[other] = data[other]
        if not own:
            return False
        spots = {other: marks.pop(other) for other in own}
        first, *_, last = (*spots.values(), *spots.values())
        for other in own:
            del data[other]
        data[key], marks[key] = own, Mark(marks[key].key, first.key, last.end, "m", spots)
        self.flaw("not-indented", first.key, key=next(iter(own)), owner=key)
        return True

    def leave(self, code: str, index: int, path: Path, **args: object) -> object:
        """Report, and leave the value out."""
        self.flaw(code, index, **args)
        self.out.broken.add(path)
        return None

    def flaw(self, code: str, index: int, **args: object) -> None:
        self.out.flaws.append(Flaw(code, index, args))
