"""One pass over the YAML events: data as it is spelled, a mark beside every value, and the guards.

Nothing is composed or constructed: a file of 50,000 nested `[` is a finding long before it is a tree.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml
from yaml import cyaml

DEEPEST = 40
LARGEST = 1_000_000  # bytes of UTF-8
MOST_NODES = 50_000

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
WIDE_BLANKS = "\u3000\xa0"
_NO_KEYS = {"<<": "merge-key", "": "no-key"}


class Mark(NamedTuple):
    """Where a value stands, in code points from the start of the text: its key, its start and its end.

    `style` is "" for a plain scalar, else its quote or `|` or `>`; "{" and "[" are flow collections, "m" and "s" block
    ones. `inner` holds the marks of what is inside.
    """

    key: int
    start: int
    end: int
    style: str
    inner: dict[str, Mark] | list[Mark] | None = None


@dataclass(frozen=True, slots=True)
class Flaw:
    """A mistake in how the file is written: a catalogue code, where (a code point) and what fills the message."""

    code: str
    index: int
    args: Mapping[str, object] = field(default_factory=dict)
    related: tuple[tuple[int, str], ...] = ()  # a second place (a code point) and the catalogue key of its note
    at: tuple[int, int] | None = None  # line and column from 1, where the text was repaired since


class Unreadable(Exception):
    """The parser stopped: at which code point, what it was reading and where that began."""

    def __init__(self, index: int, begin: int, problem: str, reading: str = "") -> None:
        super().__init__(problem)
        self.index, self.begin, self.problem, self.reading = index, begin, problem, reading


class Guarded(Exception):
    """The file goes beyond a limit and is not read further."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.code)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Tree:
    """A file as data (dict, list, str; None where nothing is written), its marks, and the flaws met on the way."""

    data: object
    mark: Mark
    flaws: list[Flaw]


def read_tree(text: str) -> Tree:
    """Text → its tree. Raises Unreadable (the first YAML error) and Guarded (a limit)."""
    if len(text) * 4 > LARGEST and len(text.encode("utf-8", "replace")) > LARGEST:
        raise Guarded(Flaw("too-large", 0, {"limit": LARGEST}))
    return _Reader(text).tree()


class _Frame:
    """A collection being read; `pending` is the key that waits for its value, with its mark."""

    __slots__ = ("data", "inner", "key", "key_at", "pending", "pending_at", "start", "style")

    def __init__(self, start: int, style: str, key: str | None, key_at: int) -> None:
        self.start, self.style, self.key, self.key_at = start, style, key, key_at
        self.data: dict[str, object] | list[object] = {} if style in "{m" else []
        self.inner: dict[str, Mark] | list[Mark] = {} if style in "{m" else []
        self.pending: str | None = None
        self.pending_at = -1


class _Reader:
    """The state of one pass."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.composed = unicodedata.is_normalized("NFC", text)
        self.frames: list[_Frame] = []
        self.flaws: list[Flaw] = []
        self.root: tuple[object, Mark] | None = None
        self.nodes = 0
        self.documents = 0

    def tree(self) -> Tree:
        for event in _events(self.text):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self.scalar(event)
            elif kind is yaml.MappingStartEvent:
                self.open(event, "{" if event.flow_style else "m")
            elif kind is yaml.SequenceStartEvent:
                self.open(event, "[" if event.flow_style else "s")
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.close(event.end_mark.index)
            elif kind is yaml.AliasEvent:
                self.flaws.append(Flaw("alias", event.start_mark.index))
                self.put(None, event.start_mark.index, event.end_mark.index, "")
            elif kind is yaml.DocumentStartEvent:
                self.documents += 1
                if self.documents > 1:
                    self.flaws.append(Flaw("second-document", event.start_mark.index))
                    break
        data, mark = self.root if self.root is not None else (None, Mark(0, 0, 0, ""))
        return Tree(data, mark, self.flaws)

    def scalar(self, event: Any) -> None:
        value: str = event.value if self.composed else unicodedata.normalize("NFC", event.value)
        start = event.start_mark.index
        style = event.style or ""
        if event.tag is not None or event.anchor is not None:
            value = self.marked(event, start, value)
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.pending is None and type(frame.data) is dict:
            frame.pending, frame.pending_at = value.strip(WIDE_BLANKS), start
            if value[:1] in WIDE_BLANKS and value:
                self.flaws.append(Flaw("full-width-blank", start, {"written": f"{frame.pending}: …"}))
            if value in _NO_KEYS and (not style or not value):
                self.flaws.append(Flaw(_NO_KEYS[value], start))
            return
        nothing = not style and value in NOTHING
        self.put(None if nothing else value, start, event.end_mark.index, style)

    def marked(self, event: Any, start: int, value: str) -> str:
        """A scalar or collection with `!tag` or `&anchor`; what an author meant by `!x` is not x."""
        if event.anchor is not None:
            self.flaws.append(Flaw("anchor", start, {"anchor": event.anchor}))
            return value
        tag = str(event.tag)
        meant = f"not {tag[1:]} {value}".rstrip()
        self.flaws.append(Flaw("exclamation-mark", start, {"meant": meant, "written": f"{tag} {value}".rstrip()}))
        return meant if tag.startswith("!") and tag != "!" else value

    def open(self, event: Any, style: str) -> None:
        start = event.start_mark.index
        if event.tag is not None or event.anchor is not None:
            self.marked(event, start, "")
        if len(self.frames) >= DEEPEST:
            raise Guarded(Flaw("too-deep", start, {"limit": DEEPEST}))
        parent = self.frames[-1] if self.frames else None
        key, key_at = (parent.pending, parent.pending_at) if parent else (None, start)
        if parent is not None and type(parent.data) is dict:
            if key is None:
                self.flaws.append(Flaw("collection-as-key", start))
                parent.pending, parent.pending_at = None, start
            else:
                parent.pending = None
        self.frames.append(_Frame(start, style, key, key_at))
        self.count()

    def close(self, end: int) -> None:
        frame = self.frames.pop()
        mark = Mark(frame.key_at if frame.key is not None else frame.start, frame.start, end, frame.style, frame.inner)
        if not self.frames:
            self.root = (frame.data, mark)
            return
        parent = self.frames[-1]
        if type(parent.data) is dict and frame.key is None:  # a collection as a key: its value follows and is dropped
            parent.pending, parent.pending_at = "", frame.start
            return
        self.store(parent, frame.key, frame.data, mark)

    def put(self, value: str | None, start: int, end: int, style: str) -> None:
        self.count()
        if not self.frames:
            self.root = (value, Mark(start, start, end, style))
            return
        frame = self.frames[-1]
        key, frame.pending = frame.pending, None
        self.store(frame, key, value, Mark(frame.pending_at if key is not None else start, start, end, style))

    def store(self, frame: _Frame, key: str | None, value: object, mark: Mark) -> None:
        if isinstance(frame.data, list):
            frame.data.append(value)
            frame.inner.append(mark)  # type: ignore[union-attr]  # a list has a list inside
        elif key is None or isinstance(frame.inner, list):
            return
        elif key in frame.data:
            first = frame.inner[key].key
            self.flaws.append(Flaw("duplicate-key", mark.key, {"key": key}, ((first, "first-here"),)))
        elif key:
            frame.data[key] = value
            frame.inner[key] = mark

    def count(self) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise Guarded(Flaw("too-many-nodes", 0, {"limit": MOST_NODES}))


def _events(text: str) -> Iterator[Any]:
    """The C parser's events (their marks always stand, which the stub does not know). Raises Unreadable."""
    parser: Any = cyaml.CParser(text)  # type: ignore[attr-defined]  # the stub hides it; it gives events only
    try:
        while type(event := parser.get_event()) is not yaml.StreamEndEvent:
            yield event
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.index if error.problem_mark else 0
        begin = error.context_mark.index if error.context_mark else at
        raise Unreadable(at, begin, error.problem or "", error.context or "") from error
    except yaml.reader.ReaderError as error:
        raise Unreadable(min(int(error.position), len(text)), 0, error.reason) from error
    finally:
        parser.dispose()
