"""The lowered template as plain data, and the hash that names a version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from operator import attrgetter

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
    if is_dataclass(value):
        return _attributes(value)
    if isinstance(value, (dict, Mapping)):  # in this order: asking for the ABC costs more
        return {str(key): item if type(item) is str else _plain(item) for key, item in value.items()}
    if isinstance(value, Options) and len(value) > LISTED:
        return {"count": len(value), "digest": value.once(_digest)}
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    assert isinstance(value, tuple | list), value
    return [_plain(item) for item in value]


def _attributes(value: object) -> dict[str, object]:
    kind = type(value)
    names, all_of, defaults = _known.get(kind) or _known.setdefault(kind, _shape(kind))
    told = zip(names, all_of(value), defaults, strict=True)
    return {name: _plain(item) for name, item, default in told if item is not default and not _same(item, default)}


# Names of the attributes that are told, what reads them all, and their defaults.
Shape = tuple[tuple[str, ...], Callable[[object], Iterable[object]], tuple[object, ...]]

_known: dict[type, Shape] = {}  # the model's own shapes, each looked at once


def _shape(kind: type) -> Shape:
    assert is_dataclass(kind)
    told = [each for each in fields(kind) if each.name not in UNNAMED]
    names = tuple(each.name for each in told)
    read = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    return names, read, tuple(map(_default, told))


def _default(attribute: Field[object]) -> object:
    if attribute.default is not MISSING:
        return attribute.default
    return attribute.default_factory() if attribute.default_factory is not MISSING else NEVER


def _same(item: object, default: object) -> bool:
    """Whether they are equal and of one type: False is not 0, nor is 1.0 the same as 1."""
    return item == default and (type(item) is type(default) or isinstance(default, Mapping))


def _tree(node: Node) -> list[object]:
    """`[kind, type, value, *operands]`: prefix form, without the places that the text had."""
    kind = node.type.kind if node.type.item is None else f"{node.type.kind} {node.type.item.kind}"
    return [node.kind, kind, _plain(node.value), *map(_tree, node.args)]
