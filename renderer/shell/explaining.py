"""`explain CODE`: a finding with an example of the mistake, what is said of it, and the lines put right."""

from __future__ import annotations

from collections.abc import Iterator

from builder import examples
from builder.diagnostic import Diagnostic, Place
from builder.examples import BOTH, RIGHT, WRONG, Example, Line
from builder.language import catalogue
from builder.nearest import nearest
from renderer.shell.desk import Answer, Desk, Usage
from renderer.shell.findings import caret

_NOWHERE = Place("", 1, 1)


def is_code(word: str) -> bool:
    """Whether a word is the code of a finding that can be explained."""
    return word in examples.codes()


def explained(desk: Desk, code: str) -> Answer:
    """What a finding means, in the reader's language. Raises Usage for a code that no finding has."""
    if not is_code(code):
        raise Usage("shell-no-code", name=code, suggestion=nearest(code, examples.codes()))
    example = examples.example(code, desk.language)
    found = next(iter(examples.findings(example)), None) if example.lines else None
    told = found or Diagnostic(code, _NOWHERE, example.args)
    message = catalogue.describe(told, desk.language)
    severity = desk.say(f"shell-{message.severity}")
    lines = [f"{code}: {severity}", message.cause, *([f"  → {message.help}"] if message.help else [])]
    lines += [f"\n{line}" if number == 0 else line for number, line in enumerate(_shown(example, found))]
    return Answer((*lines, *([desk.say("shell-explain-legend")] if example.lines or example.command else [])),
                  _data(example, told, desk.language))  # fmt: skip


def _shown(example: Example, found: Diagnostic | None) -> Iterator[str]:
    """The example line by line, a caret under the mistake; where it takes several files, each under its name."""
    yield from (f"  {sign} $ {text}" if text[:1] != "#" else f"  {sign} {text}" for sign, text in example.command)
    for file, lines in example.lines.items():
        if len(example.lines) > 1:
            yield f"  {file}"
        yield from _marked(lines, examples.spot(example, found.place) if found and file == found.place.file else None)


def _marked(lines: tuple[Line, ...], spot: tuple[int, int] | None) -> Iterator[str]:
    number = -1
    for sign, text in lines:
        number += sign != RIGHT
        shown = examples.shortened(text)
        yield f"  {sign} {shown}".rstrip()
        if spot and sign != RIGHT and number == spot[0] and shown == text:
            yield f"    {caret(text, spot[1])}"


def _data(example: Example, told: Diagnostic, language: str) -> dict[str, object]:
    message = catalogue.describe(told, language)
    lines = [*example.command, *(line for each in example.lines.values() for line in each)]
    texts = {name: [text for sign, text in lines if sign in (sided, BOTH)] for name, sided in
             (("wrong", WRONG), ("right", RIGHT))}  # fmt: skip
    said = {"code": example.code, "severity": message.severity, "message": message.cause, "help": message.help}
    return {**said, **{name: "\n".join(text) for name, text in texts.items()}}
