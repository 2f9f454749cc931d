"""Each finding's own example: a definition with the mistake, and the same one put right (`schemas/examples/`).

An example is written as a difference: `- ` before a line with the mistake, `+ ` before one that is right, two blanks
before a line of both. What it leaves out comes from the workspace in `schemas/examples/frame/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import schemas
from builder.compile import check_folder
from builder.diagnostic import Diagnostic, Place
from builder.language.grammar import grammar

WRONG, RIGHT, BOTH = "-", "+", " "
HEAD, FORM, BASE = "formwright.yaml", "templates/form.yaml", "templates/visit.yaml"
LAYER = "departments/gate/visit.yaml"
FRAME: Mapping[str, str] = {HEAD: "formwright.yaml", FORM: "form.yaml", BASE: "visit.yaml", LAYER: "layer.yaml"}
OF_A_FIELD = 4  # blanks before a line of the frame's last field

_KEY = re.compile(r"[^\s:：#]+")
_REPEATED = re.compile("‹(.*?)›")
_CHINESE = re.compile("[\u4e00-\u9fff]+")

Line = tuple[str, str]  # its sign, and the line as its author writes it
Files = Mapping[str, str]  # a workspace: file → text


@dataclass(frozen=True, slots=True)
class Example:
    """A mistake and its cure.

    `lines` are what is shown of each file, `wrong` and `right` the whole workspaces, saved in `encoding`. Where no
    definition is at fault, `command` shows what was typed and `args` fill the message.
    """

    code: str
    lines: Mapping[str, tuple[Line, ...]]
    wrong: Files
    right: Files
    encoding: str = "utf-8"
    command: tuple[Line, ...] = ()
    args: Mapping[str, object] = field(default_factory=dict)


def codes() -> tuple[str, ...]:
    """The codes that have an example."""
    return tuple(schemas.examples())


def example(code: str, language: str) -> Example:
    """The example of a code, its words in Chinese or else in English. Raises KeyError."""
    written = schemas.examples()[code]
    entry: Mapping[str, Any] = {"text": written} if isinstance(written, str) else written
    files: Files = entry.get("files") or ({_home(entry["text"]): entry["text"]} if "text" in entry else {})
    lines = {file: tuple(_lines(spoken(text, language))) for file, text in files.items()}
    wrong, right = (_workspace(lines, sign, int(entry.get("times", 1)), language) for sign in (WRONG, RIGHT))
    command = tuple(_lines(spoken(entry.get("command", ""), language)))
    return Example(code, lines, wrong, right, entry.get("saved_as", "utf-8"), command, entry.get("args", {}))


def findings(shown: Example) -> list[Diagnostic]:
    """What is found in an example's mistake, in files named relative to its workspace."""
    return _checked(shown.wrong, shown.encoding)


def cured(shown: Example) -> list[Diagnostic]:
    """What is found once it is put right."""
    return _checked(shown.right, "utf-8")


def spot(shown: Example, place: Place) -> tuple[int, int] | None:
    """Which of the shown lines of a file (from 0, those of `right` left out) a place is, and the column in it (from 1).

    None where the place is in what the example leaves out.
    """
    own = [text for sign, text in shown.lines.get(place.file, ()) if sign != RIGHT]
    written = shown.wrong.get(place.file, "").split("\n")
    index = place.line - (len(written) - 1 - len(own)) - 1
    if not 0 <= index < len(own):
        return None
    deeper = len(written[place.line - 1]) - len(own[index]) if written[place.line - 1].endswith(own[index]) else 0
    return index, max(place.column - deeper, 1)


def spoken(text: str, language: str) -> str:
    """A text as it is shown to a reader of a language."""
    if language.partition("-")[0] == "zh":
        return text
    return _CHINESE.sub(lambda found: schemas.words().get(found[0], found[0]), text)


def shortened(text: str) -> str:
    """A line as it is shown: of what is repeated many times, once."""
    return _REPEATED.sub(lambda each: f"{each[1]}…", text)


def lay_out(files: Files, folder: Path, encoding: str = "utf-8") -> None:
    """Write a workspace. Raises OSError."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8" if name == HEAD else encoding))


def _checked(files: Files, encoding: str) -> list[Diagnostic]:
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        lay_out(files, root, encoding)
        return [_relative(each, root.as_posix() + "/") for each in check_folder(root)]


def _relative(found: Diagnostic, root: str) -> Diagnostic:
    def near(place: Place) -> Place:
        return Place(place.file.removeprefix(root), place.line, place.column)

    args = {key: value.removeprefix(root) if isinstance(value, str) else value for key, value in found.args.items()}
    related = tuple(type(other)(near(other.place), other.note, other.args) for other in found.related)
    return replace(found, place=near(found.place), args=args, related=related)


def _lines(text: str) -> Iterator[Line]:
    """The lines of a difference, each with its sign."""
    for line in text.rstrip("\n").split("\n") if text else ():
        yield (line[:1] or BOTH, line[2:])


def _home(text: str) -> str:
    """The file that an example belongs into, by the first key it writes."""
    first = _first(tuple(_lines(text)))
    if first in grammar("template")["properties"]:
        return FORM
    return next((file for file, kind in ((LAYER, "overlay"), (HEAD, "workspace"))
                 if first in grammar(kind)["properties"]), FORM)  # fmt: skip


def _first(lines: tuple[Line, ...]) -> str:
    """The first key that the right version of an example writes."""
    return next((found for sign, line in lines if sign != WRONG for found in _KEY.findall(line)[:1]), "")


def _workspace(lines: Mapping[str, tuple[Line, ...]], sign: str, times: int, language: str) -> Files:
    """Every file of one side, completed."""
    here = [file for file, own in lines.items() if any(mark in (BOTH, sign) for mark, _ in own)]
    needed = dict.fromkeys([HEAD, *([BASE] if LAYER in here else []), *here])
    return {file: _completed(_framed(file, language), file, lines.get(file, ()), sign, times) for file in needed}


def _framed(file: str, language: str) -> str:
    return spoken(schemas.read(f"examples/frame/{FRAME[file]}"), language) if file in FRAME else ""


def _completed(framed: str, file: str, lines: tuple[Line, ...], sign: str, times: int) -> str:
    """A file's text: of the frame, what the example does not write itself; then the example."""
    own = [_REPEATED.sub(lambda each: each[1] * times, line) for mark, line in lines if mark in (BOTH, sign)]
    inner = file == FORM and bool(lines) and _first(lines) not in grammar("template")["properties"]
    depth = OF_A_FIELD if inner else 0
    keys = {f"{' ' * depth}{found[0]}" for _, line in lines if (found := _KEY.match(line))}
    kept = "".join(part for part in _parts(framed, depth) if part.partition(":")[0] not in keys)
    return kept + "".join(f"{' ' * depth}{line}".rstrip() + "\n" if line else "\n" for line in own)


def _parts(text: str, depth: int) -> Iterator[str]:
    """A text cut before each key of the first level and, where `depth` says so, each of the last field."""
    yield from (part for part in re.split(rf"(?m)^(?=(?: {{{depth}}})?\w)" if depth else r"(?m)^(?=\w)", text) if part)
