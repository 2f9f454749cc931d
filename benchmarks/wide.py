"""Writes `wide.yaml`, 1,000 fields, 200 with a condition: `python -m benchmarks.wide > benchmarks/wide.yaml`."""

from __future__ import annotations

from collections.abc import Iterator

FIELDS, EVERY, SECTION = 1000, 5, 50

# Ten fields and round again: what a long questionnaire is made of. A condition looks at a choice some fields earlier.
KINDS = (
    "type: choice\n    required: true\n    options:\n      low: 低\n      middle: 中\n      high: 高",
    "type: text\n    max: 80",
    "type: integer\n    min: 0\n    max: 1000",
    "type: date",
    "type: boolean",
    "type: text\n    lines: 3\n    max: 1000",
    "type: money\n    min: 0",
    "type: choices\n    options:\n      a: 甲\n      b: 乙\n      c: 丙\n      d: 丁",
    "type: number\n    min: 0\n    max: 100",
    "type: email",
)
CONDITIONS = (
    'visible: q{choice} == "high"',
    'required: q{choice} == "low" or q{choice} == "middle"',
    "visible: given(q{number}) and q{number} > 10",
    "required: not given(q{number})",
)


def field(n: int) -> Iterator[str]:
    """The lines of the n-th field, counted from 0."""
    first = n - n % len(KINDS)
    yield f"  q{n:03}:"
    yield f"    label: {{zh: 第{n + 1}题, en: Question {n + 1}}}"
    yield "    help: {zh: 按实际情况填写, en: Answer as things are}"
    yield f"    {KINDS[n % len(KINDS)]}"
    if n % EVERY == EVERY - 1:
        condition = CONDITIONS[n // EVERY % len(CONDITIONS)]
        yield "    " + condition.format(choice=f"{first:03}", number=f"{first + 2:03}")


def section(n: int) -> Iterator[str]:
    """The lines of the section that begins with the n-th field."""
    ids = [f"q{m:03}" for m in range(n, n + SECTION)]
    yield f"  s{n // SECTION:02}:"
    yield f"    title: {{zh: 第{n // SECTION + 1}部分, en: Part {n // SECTION + 1}}}"
    yield "    fields:"
    yield from (f"      - {id}" for id in ids)


def wide() -> str:
    """The whole definition."""
    lines = ["# Made by benchmarks/wide.py", "formwright: 1", "template: wide", "version: 1.0.0"]
    lines += ["title: {zh: 千题问卷, en: A thousand questions}", "sections:"]
    lines += [line for n in range(0, FIELDS, SECTION) for line in section(n)]
    lines += ["fields:", *(line for n in range(FIELDS) for line in field(n))]
    lines += ["access:", "  record:", "    create: [staff]", "    read: [staff]", "    write: [staff]"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(wide(), end="")
