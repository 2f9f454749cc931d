"""A questionnaire of any size in which most things depend: of 600 fields 420 have conditions.

90 have a check, 40 are computed.

It is made of blocks of fifteen fields that hang together, so an answer has as many dependants in a form of 600 as in
one of 30.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

BLOCK = 15

# The fifteen fields of a block: type, and what depends on what; `{b}` is the block's prefix.
KINDS: tuple[tuple[str, ...], ...] = (
    ("type: choice", "required: true", 'options: {no: "No", yes: "Yes", unknown: Unknown}'),
    ("type: integer", "min: 0", "max: 120", 'visible: {b}00 == "yes"'),
    ("type: date", 'visible: {b}00 == "yes"', "valid: {{check: {b}02 <= today(), say: Not in the future}}"),
    ("type: integer", "min: 0", "visible: given({b}01)", "valid: {{check: {b}03 <= {b}01, say: At most that many}}"),
    ("type: boolean", "visible: {b}01 > 12"),
    ("type: text", "max: 80"),
    ("type: choices", "visible: {b}04", "options: {a: A, b: B, c: C, d: D}"),
    ("type: number", "min: 0", "max: 100", 'visible: {b}00 != "no"'),
    ("type: money", "min: 0", 'visible: {b}00 == "yes" or {b}04'),
    ("type: text", "lines: 3", "max: 500", "visible: given({b}06)"),
    ("type: integer", "compute: {b}01 * 12 + {b}03"),
    ("type: text", "max: 40", "visible: {b}10 > 100"),
    ("type: choice", "options: {low: Low, high: High}"),
    ("type: text", "max: 40"),
    ("type: email", "max: 80", "visible: {b}07 > 50"),
)  # fmt: skip
SOMETIMES = {
    5: (2, 'required: {b}00 == "unknown"'),  # in every second block: 420 conditions in 600 fields
    13: (4, "valid: {{check: size({b}13) != 3, say: Write it out}}"),  # in every fourth: 90 checks
}


def prefix(block: int) -> str:
    """What the ids of a block begin with."""
    return f"q{block:02}_"


def field(n: int) -> Iterator[str]:
    """The lines of the n-th field, counted from 0."""
    block, place = divmod(n, BLOCK)
    every, line = SOMETIMES.get(place, (0, ""))
    kind = KINDS[place] + ((line,) if every and block % every == 0 else ())
    yield f"  {prefix(block)}{place:02}:"
    yield f"    label: Question {n + 1}"
    yield from ("    " + line.replace("{{", "{").replace("}}", "}").replace("{b}", prefix(block)) for line in kind)


def survey(fields: int) -> str:
    """The whole definition."""
    lines = [f"# Made by benchmarks/survey.py\nformwright: 1\ntemplate: survey-{fields}\nversion: 1.0.0"]
    lines += ["title: Survey", "fields:", *(line for n in range(fields) for line in field(n))]
    lines += ["access:", "  record:", "    create: [staff]", "    read: [staff]", "    write: [staff]"]
    return "\n".join(lines) + "\n"


def answers(fields: int) -> dict[str, Any]:
    """A whole record, as a browser sends it."""
    given = {0: "yes", 1: "40", 2: "2025-11-05", 3: "7", 4: "yes", 5: "ok", 6: ["a", "c"], 7: "80", 8: "1,200.50",
             9: "one\ntwo", 11: "more", 12: "high", 13: "words", 14: "a@example.com"}  # fmt: skip
    return {f"{prefix(n // BLOCK)}{n % BLOCK:02}": given[n % BLOCK] for n in range(fields) if n % BLOCK in given}
