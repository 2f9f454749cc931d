"""What was written, as a tree without types, and how to write such a tree down again.

| kind | value | args |
|---|---|---|
| number | int or Decimal | |
| text, boolean, name | str, bool, str | |
| duration | (count, unit) | |
| faulty | | a literal that has a finding |
| list | | items |
| dot | part | what it is a part of |
| call | function | arguments |
| method | method | list, arguments |
| not, neg | | operand |
| and, or | | two or more operands |
| == != < <= > >= in + - * / % | | left, right |
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

COMPARISONS = ("==", "!=", "<", "<=", ">", ">=", "in")
POWER = {"or": 1, "and": 2, "not": 3, **dict.fromkeys(COMPARISONS, 4), "+": 5, "-": 5, "*": 6, "/": 6, "%": 6, "neg": 7}
ATOM = 8


@dataclass(frozen=True, slots=True)
class Syntax:
    """One written operation; its place and depth do not belong to its identity."""

    kind: str
    args: tuple[Syntax, ...] = ()
    value: object = None
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    @property
    def literal(self) -> bool:
        """Whether it is a value written out."""
        return self.kind in ("number", "text", "boolean", "duration")


def unparse(tree: Syntax) -> str:
    """The canonical spelling: parsing it gives the same tree."""
    write = _WRITERS.get(tree.kind)
    if write is not None:
        return write(tree)
    if tree.kind in ("and", "or"):
        return f" {tree.kind} ".join(_operand(arg, POWER[tree.kind] + 1) for arg in tree.args)
    power = POWER[tree.kind]
    left, right = tree.args
    lowest = power + 1 if tree.kind in COMPARISONS else power  # comparisons do not chain, the rest groups to the left
    return f"{_operand(left, lowest)} {tree.kind} {_operand(right, power + 1)}"


def _operand(tree: Syntax, lowest: int) -> str:
    text = unparse(tree)
    return text if _power(tree) >= lowest else f"({text})"


def _power(tree: Syntax) -> int:
    return POWER.get(tree.kind, ATOM)


def _list(args: tuple[Syntax, ...]) -> str:
    return ", ".join(map(unparse, args))


def _number(tree: Syntax) -> str:
    value = tree.value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _text(tree: Syntax) -> str:
    quote = "'" if '"' in str(tree.value) else '"'
    return f"{quote}{tree.value}{quote}"


def _duration(tree: Syntax) -> str:
    count, unit = cast(tuple[int, str], tree.value)
    return f"{count}{unit}"


_WRITERS: dict[str, Callable[[Syntax], str]] = {
    "number": _number,
    "text": _text,
    "boolean": lambda tree: "true" if tree.value else "false",
    "duration": _duration,
    "name": lambda tree: str(tree.value),
    "list": lambda tree: f"[{_list(tree.args)}]",
    "call": lambda tree: f"{tree.value}({_list(tree.args)})",
    "dot": lambda tree: f"{_operand(tree.args[0], ATOM)}.{tree.value}",
    "method": lambda tree: f"{_operand(tree.args[0], ATOM)}.{tree.value}({_list(tree.args[1:])})",
    "not": lambda tree: f"not {_operand(tree.args[0], POWER['not'])}",
    "neg": lambda tree: f"-{_operand(tree.args[0], POWER['neg'])}",
}
