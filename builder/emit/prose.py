"""Conditions in words, for people who do not write definitions: labels for ids, a sentence for signs.

What has no words here (arithmetic, lists) is shown as its author wrote it, as code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

from builder.emit.markdown import code, plain
from builder.emit.phrases import phrase
from builder.expressions import Expression, Node, Options, OptionType
from builder.expressions.types import Type
from builder.model import say
from builder.numerals import in_units

NAMES = ("field", "row")


class Unsayable(Exception):
    """There are no words for this operation."""


@dataclass(frozen=True, slots=True)
class Words:
    """A language, and what the names of an expression are called in it."""

    language: str
    labels: Mapping[str, str]

    def say(self, code: str, **args: object) -> str:
        """A phrase of the guide."""
        return phrase(f"guide-{code}", self.language, **args)


def prose(expression: Expression, words: Words) -> str:
    """The condition or value in words (Markdown), else its text as code."""
    try:
        return _condition(expression.tree, words)
    except Unsayable:
        return code(expression.text)


def _condition(node: Node, words: Words) -> str:
    if node.kind in NAMES and node.type.kind == "boolean":
        return words.say("is", a=_said(node, words), b=words.say("yes"))
    return _said(node, words)


def _said(node: Node, words: Words) -> str:
    way = _WAYS.get(node.kind)
    if way is None:
        raise Unsayable(node.kind)
    return way(node, words)


def _name(node: Node, words: Words) -> str:
    label = words.labels.get(str(node.value))
    if label is None:
        raise Unsayable(str(node.value))
    return words.say("name", label=plain(label))


def _constant(node: Node, words: Words) -> str:
    return _value(node.value, node.type, words)


def _value(value: object, type: Type, words: Words) -> str:
    if isinstance(value, bool):
        return words.say("yes" if value else "no")
    if type.kind == "money" and isinstance(value, int):
        return str(in_units(value, type.scale or 0))
    option = type.options.by_id.get(str(value))
    return plain(say(option.label, words.language) or option.id if option else str(value))


def _one_of(node: Node, words: Words, code: str = "is") -> str:
    (subject,) = node.args
    values = node.value if isinstance(node.value, tuple) else (node.value,)
    shown = [_value(value, subject.type.item or subject.type, words) for value in _in_order(values, subject.type)]
    return words.say(code, a=_said(subject, words), b=_joined("either", shown, words))


def _in_order(values: tuple[object, ...], type: Type) -> list[object]:
    """Constants as their options are declared, without those that stand under another; the tree has them sorted."""
    options = (type.item or type).options
    told = [value for value in values if _above(options, value).isdisjoint(values)]
    places = {option.id: place for place, option in enumerate(options)}
    return sorted(told, key=lambda value: places.get(str(value), len(places)))


def _above(options: Options[OptionType], value: object) -> set[str]:
    return {option.id for option in options.path(value)[:-1]}


def _not(node: Node, words: Words) -> str:
    (inner,) = node.args
    if inner.kind in ("one_of", "overlaps"):
        return _one_of(inner, words, "is-not" if inner.kind == "one_of" else "has-not")
    if inner.kind == "given":
        return words.say("not-given", a=_said(inner.args[0], words))
    if inner.kind in NAMES:
        return words.say("is-not", a=_said(inner, words), b=words.say("yes"))
    return words.say("not", a=_condition(inner, words))


def _group(code: str, other: str) -> Callable[[Node, Words], str]:
    """`and` or `or`; one inside the other stands in brackets, since not everybody binds them alike."""

    def said(node: Node, words: Words) -> str:
        parts = [(arg.kind, _condition(arg, words)) for arg in node.args]
        return _joined(code, [words.say("group", a=part) if kind == other else part for kind, part in parts], words)

    return said


def _joined(code: str, parts: list[str], words: Words) -> str:
    return reduce(lambda a, b: words.say(code, a=a, b=b), parts)


def _pair(code: str) -> Callable[[Node, Words], str]:
    """Two operands in one phrase."""
    return lambda node, words: words.say(code, a=_said(node.args[0], words), b=_said(node.args[1], words))


_WAYS: Mapping[str, Callable[[Node, Words], str]] = {
    "field": _name,
    "row": _name,
    "const": _constant,
    "today": lambda node, words: words.say("today"),
    "given": lambda node, words: words.say("given", a=_said(node.args[0], words)),
    "one_of": _one_of,
    "overlaps": lambda node, words: _one_of(node, words, "has"),
    "not": _not,
    "and": _group("and", "or"),
    "or": _group("or", "and"),
    "eq": _pair("is"),
    "lt": _pair("lt"),
    "le": _pair("le"),
    "gt": _pair("gt"),
    "ge": _pair("ge"),
    "size": lambda node, words: words.say("size", a=_said(node.args[0], words)),
    "units": lambda node, words: _said(node.args[0], words),
}
