"""The lowered template as plain data, and the hash that names a version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass

from builder.emit.schema import LISTED
from builder.expressions import Expression, Node, Options
from builder.model import Option, Template

# A name is not part of what it names; a scope only says the fields again, and they and the expressions hold the zone
# and what is written for an option. What expressions make of the templates linked to stands in their trees; nothing
# else of those is this one's meaning.
UNNAMED = frozenset({"hash", "scope", "timezone", "written", "tables", "links"})
PLAIN = (str, int, float)  # what there is most of
NEVER = object()  # what no attribute is


def model(template: Template) -> dict[str, object]:
    """The template as JSON-able data, in the order its author gave it.

    What is at its default is left out, so that a later attribute of the model does not rename every stored version.
    A list of more than LISTED options is its length and its digest. An expression is `{"expression": its tree}`:
    another spelling of the same meaning is the same version.
    """
    return _attributes(template)


def version_hash(template: Template) -> str:
    """sha256 of the canonical lowered form, in hex: the same in every process and on every machine."""
    text = json.dumps(model(template), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _digest(options: Options[Option]) -> str:
    """sha256 over a list of options that is too long to be said over and over."""
    text = json.dumps([_plain(option) for option in options], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if value is None or isinstance(value, PLAIN):
        return value
    if isinstance(value, Expression):
        return {"expression": _tree(value.tree)}
    if is_dataclass(value) and not isinstance(value, type):
        return _attributes(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Options) and len(value) > LISTED:
        return {"count": len(value), "digest": value.once(_digest)}
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    assert isinstance(value, tuple | list), value
    return [_plain(item) for item in value]


def _attributes(value: object) -> dict[str, object]:
    kind = type(value)
    known = _known.get(kind) or _known.setdefault(kind, _defaults(kind))
    told = ((name, default, getattr(value, name)) for name, default in known)
    return {name: _plain(item) for name, default, item in told if not _same(item, default)}


_known: dict[type, tuple[tuple[str, object], ...]] = {}  # the model's own shapes, each looked at once


def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    """Name and default of each attribute that is told."""
    assert is_dataclass(kind)
    return tuple(
        (each.name, each.default if each.default is not MISSING else
         each.default_factory() if each.default_factory is not MISSING else NEVER)
        for each in fields(kind) if each.name not in UNNAMED
    )  # fmt: skip


def _same(item: object, default: object) -> bool:
    """Whether they are equal and of one type: False is not 0, nor is 1.0 the same as 1."""
    return item is default or (item == default and (type(item) is type(default) or isinstance(default, Mapping)))


def _tree(node: Node) -> list[object]:
    """`[kind, type, value, *operands]`: prefix form, without the places that the text had."""
    kind = node.type.kind if node.type.item is None else f"{node.type.kind} {node.type.item.kind}"
    return [node.kind, kind, _plain(node.value), *map(_tree, node.args)]
