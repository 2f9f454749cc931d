"""The typed tree as JavaScript source: one arrow function of plain calls into the kernel, renderer/assets/kernel.js.

In the text `k` is the kernel, `v` the record's values by name, `s` the situation, `r` the row at hand. Nothing in it is
evaluated or parsed once more in the browser. Sets and labels are made once, around the function.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from builder import zones
from builder.expressions.tree import Node

# What can leave its range in two ways, and what is walked over with a function.
_BY_DOMAIN = frozenset(("add", "sub", "mul", "sum"))
_WALKS = frozenset(("map", "filter", "exists", "all"))
# HTML reads these even inside a script; U+2028 and all else beyond ASCII is escaped by json.
_INERT = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})


def javascript(tree: Node) -> str:
    """The text of a function `(v, s, r) => value` over a kernel `k`; null is absent.

    `v` and `r` map names to neutral values, in own properties (a missing one is absent); `s` is
    `{today, now, me, my_department, person, linked}`, the last two functions: user id → name, and (template, record id)
    → the linked record's values by name. ASCII only, inert inside HTML.
    """
    run = _Emitter()
    body = f"(v, s, r) => {_grouped(run.value(tree))}"
    if not run.tables:
        return body
    return f"(({', '.join(f't{i}' for i in range(len(run.tables)))}) => {body})({', '.join(run.tables)})"


def literal(value: object) -> str:
    """A constant as JavaScript: text, number, boolean, null, or an array of them. ASCII only, inert inside HTML."""
    return json.dumps(value, allow_nan=False).translate(_INERT)


class _Emitter:
    def __init__(self) -> None:
        self.tables: list[str] = []

    def value(self, tree: Node) -> str:
        """Text whose value is the tree's, null when absent."""
        special = _SPECIAL.get(tree.kind)
        if special is not None:
            return special(self, tree)
        if tree.kind in _WALKS:
            return self.walk(tree)
        return _call(_kernel_name(tree), *map(self.value, tree.args), *map(literal, _constants(tree)))

    def reference(self, tree: Node) -> str:
        """What is looked up; a text of white space alone is absent."""
        found = _LOOKUPS[tree.kind](self, tree)
        return _call("text", found) if tree.type.kind == "text" else found

    def linked(self, tree: Node) -> str:
        """A part of a record that is linked to: the page knows it, or the situation says that it does not."""
        found = _call("linked", self.value(tree.args[0]), "s", *map(literal, _tuple(tree)))
        return _call("text", found) if tree.type.kind == "text" else found

    def truth(self, tree: Node) -> str:
        """A condition as true or false, never null."""
        return self.value(tree) if tree.present else f"{self.value(tree)} === true"

    def logic(self, tree: Node) -> str:
        return "(" + (" && " if tree.kind == "and" else " || ").join(map(self.truth, tree.args)) + ")"

    def choice(self, tree: Node) -> str:
        condition, yes, no = map(self.value, tree.args)
        return f"({condition} ? {yes} : {no})"

    def walk(self, tree: Node) -> str:
        items, body = tree.args
        return _call(tree.kind, self.value(items), f"(i{tree.value}) => {_grouped(self.value(body))}")

    def items(self, tree: Node) -> str:
        return f"[{', '.join(map(self.value, tree.args))}]"

    def gather(self, tree: Node) -> str:
        parts = ((arg.type.kind == "list", self.value(arg)) for arg in tree.args)
        return _call("gather", *(found if several else f"[{found}]" for several, found in parts))

    def among(self, tree: Node) -> str:
        return _call(tree.kind, self.value(tree.args[0]), self.table("Set", _tuple(tree)))

    def label(self, tree: Node) -> str:
        return _call("label", self.value(tree.args[0]), self.table("Map", _tuple(tree)))

    def scaled(self, tree: Node) -> str:
        """Whole units as money and back: the scale is a factor."""
        name = "mul_whole" if tree.kind == "to_money" else "div"
        return _call(name, self.value(tree.args[0]), literal(int(10 ** _whole(tree))))

    def zoned(self, tree: Node) -> str:
        """A zone is its table of offsets: no browser's own calendar has a say."""
        *before, zone = _tuple(tree)
        offsets = self.once(literal(zones.offsets(zone)))
        return _call(tree.kind, *map(self.value, tree.args), *map(literal, before), offsets)

    def table(self, kind: str, items: Iterable[object]) -> str:
        """The name of a set or map of constants."""
        return self.once(f"new {kind}({literal(list(items))})")

    def once(self, made: str) -> str:
        """The name of what is made once; the same is made only once."""
        if made not in self.tables:
            self.tables.append(made)
        return f"t{self.tables.index(made)}"


def _kernel_name(tree: Node) -> str:
    if tree.kind in _BY_DOMAIN:
        return f"{tree.kind}_number" if tree.type.kind == "number" else f"{tree.kind}_whole"
    return "neg_duration" if tree.kind == "neg" and tree.type.kind == "duration" else tree.kind


def _constants(tree: Node) -> tuple[Any, ...]:
    """What a node holds, as last arguments: a pair of numbers is two."""
    return () if tree.value is None else _tuple(tree)


def _tuple(tree: Node) -> tuple[Any, ...]:
    return tree.value if isinstance(tree.value, tuple) else (tree.value,)


def _whole(tree: Node) -> int:
    assert isinstance(tree.value, int), "a scale"
    return tree.value


def _call(name: str, *args: str) -> str:
    return f"k.{name}({', '.join(args)})"


def _grouped(body: str) -> str:
    return f"({body})" if body.startswith("{") else body


def _situation(name: str) -> Callable[[_Emitter, Node], str]:
    return lambda run, tree: f"(s.{name} || null)"


def _first(run: _Emitter, tree: Node) -> str:
    """The same in JavaScript, which has one kind of number and writes dates as they are."""
    return run.value(tree.args[0])


_LOOKUPS: dict[str, Callable[[_Emitter, Node], str]] = {
    "field": lambda run, tree: _call("get", "v", literal(tree.value)),
    "row": lambda run, tree: _call("get", "r", literal(tree.value)),
    "cell": lambda run, tree: _call("get", run.value(tree.args[0]), literal(tree.value)),
    "local": lambda run, tree: f"i{tree.value}",
}
_SPECIAL: dict[str, Callable[[_Emitter, Node], str]] = {
    "const": lambda run, tree: literal(tree.value),
    **dict.fromkeys(_LOOKUPS, _Emitter.reference),
    "linked": _Emitter.linked,
    **{name: _situation(name) for name in ("today", "now", "me", "my_department")},
    "not": lambda run, tree: f"!{run.value(tree.args[0])}",
    **dict.fromkeys(("and", "or"), _Emitter.logic),
    "if": _Emitter.choice,
    **dict.fromkeys(("one_of", "overlaps"), _Emitter.among),
    "list": _Emitter.items,
    "gather": _Emitter.gather,
    "label": _Emitter.label,
    "person_name": lambda run, tree: _call("person_name", run.value(tree.args[0]), "s"),
    **dict.fromkeys(("to_money", "units"), _Emitter.scaled),
    **dict.fromkeys(("to_number", "date_text"), _first),
    **dict.fromkeys(("shift_local", "local_date", "moment_text"), _Emitter.zoned),
}
