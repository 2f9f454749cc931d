"""The grammar as the reader walks it: what each place holds, by kind of node (scalar, map, list)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from builder.language.grammar import Schema, deref, grammar


@dataclass(eq=False, slots=True)
class Shape:
    """One place: how its scalar is read ("" when none may stand there), and the shapes inside its map or list."""

    scalar: str = ""
    is_map: bool = False
    keys: dict[str, Shape] = field(default_factory=dict)
    other: Shape | None = None  # of the keys not named
    items: Shape | None = None
    ids: str = ""  # the rule that the map's keys follow
    names: bool = False  # a list of names


@cache
def shape(kind: str) -> Shape:
    """The shape of a whole file of a kind."""
    root = grammar(kind)
    return _Maker(root).make(root)


class _Maker:
    """Makes each named part of the grammar once; parts may hold themselves."""

    def __init__(self, root: Schema) -> None:
        self.root = root
        self.made: dict[str, Shape] = {}

    def make(self, schema: Schema) -> Shape:
        ref = schema.get("$ref")
        if not isinstance(ref, str):
            return self.fill(Shape(), schema)
        if ref not in self.made:
            self.made[ref] = Shape()
            self.fill(self.made[ref], deref({"$ref": ref}, self.root))
        return self.made[ref]

    def fill(self, shape: Shape, schema: Any) -> Shape:
        for branch in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
            self.fill(shape, deref(branch, self.root))
        shape.scalar = schema.get("x-read", shape.scalar)
        shape.ids = schema.get("x-ids", shape.ids)
        shape.names = schema.get("x-names", shape.names)
        if isinstance(schema.get("items"), dict):
            shape.items = self.make(schema["items"])
        if "properties" in schema or isinstance(schema.get("additionalProperties"), dict):
            shape.is_map = True
        for key, body in schema.get("properties", {}).items():
            if isinstance(body, dict) and key not in shape.keys:
                shape.keys[key] = self.part(body)
        if isinstance(schema.get("additionalProperties"), dict):
            shape.other = self.make(schema["additionalProperties"])
        return shape

    def part(self, body: Schema) -> Shape:
        """A property: the shared part it refers to, unless it reads its scalar in a way of its own."""
        if "$ref" in body and "x-read" not in body:
            return self.make({"$ref": body["$ref"]})
        return self.fill(Shape(), deref(body, self.root))
