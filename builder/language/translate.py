"""From errors of the reference implementation of JSON Schema to faults in an author's words, one a real cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Protocol

import schemas
from builder.diagnostic import Path
from builder.language.document import At
from builder.language.grammar import Schema, deref
from builder.language.meant import as_definition, as_list, as_map, home_of, meant_key, meant_spelling
from builder.nearest import nearest


class SchemaError(Protocol):
    """What is read of a jsonschema.ValidationError; its door is `structure.py`."""

    path: Any
    schema_path: Any
    schema: Any
    validator: Any
    validator_value: Any
    instance: Any
    context: Any

    @property
    def absolute_path(self) -> Iterable[str | int]:
        """Keys and indices from the top of the document."""

    @property
    def absolute_schema_path(self) -> Iterable[str | int]:
        """Keywords and names from the top of the schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One structural mistake: its code, where it stands, what fills the message, and how checking goes on.

    `out` is left out of the document, or replaced by `stand_in`, or goes by the name `rename`. When there is a mistake
    at one of the places of `because`, this fault only follows from it.
    """

    code: str
    path: Path
    out: Path
    args: Mapping[str, object] = field(default_factory=dict)
    at: At = "value"
    stand_in: object = None
    rename: str = ""
    because: tuple[Path, ...] = ()

    @property
    def subject(self) -> Path:
        """The place the fault speaks of: the key that is missing, else the path."""
        return (*self.path, str(self.args["key"])) if self.code == "missing-key" else self.path


# What stands for an obligatory property that is missing or broken; a definition without a stand-in is left out whole.
_STAND_INS: Mapping[str, object] = {
    "type": "text", "label": "…", "title": "…", "say": "…", "company": "…", "purpose": "…", "retain": "1y",
    "version": "0.0.0", "template": "unnamed", "languages": ["zh"],
}  # fmt: skip
_KINDS = {
    "object": "map", "array": "list", "string": "text", "boolean": "flag", "integer": "number", "number": "number",
}  # fmt: skip


def translate(error: SchemaError, root: Schema) -> Iterator[Fault]:
    """The faults behind one error; a choice between several forms is decided by the kind of node that was written."""
    path: Path = tuple(error.absolute_path)
    steps = list(error.absolute_schema_path)
    if "dependentSchemas" in steps:
        yield _of_other_type(error, path, str(steps[steps.index("dependentSchemas") + 1]))
    elif error.validator == "anyOf":
        yield from _chosen(error, root)
    else:
        yield from _TRANSLATORS[str(error.validator)](error, path, root)


def _chosen(error: SchemaError, root: Schema) -> Iterator[Fault]:
    """The errors of the first form that takes this kind of node; when none does, the kinds that are wanted."""
    forms = [list(found) for _, found in groupby(error.context or (), key=lambda e: e.schema_path[0])]
    fitting = [form for form in forms if not any(e.validator == "type" and not e.path for e in form)]
    if isinstance(error.instance, str) and _listable(error, root):
        path = tuple(error.absolute_path)
        args = {"key": _last_key(path), "written": f"{_last_key(path)}: [{error.instance}]"}
        yield Fault(code="list-wanted", path=path, out=path, args=args)
        return
    if fitting and not _all_of_another_kind(fitting[0], error.instance):
        for inner in fitting[0]:
            yield from translate(inner, root)
        return
    wanted = [deref(form, root) for form in error.validator_value]
    fault = _wrong_kind(tuple(error.absolute_path), [form.get("type", "string") for form in wanted], error.instance)
    examples = (as_definition(form, error.instance, root) for form in wanted if form.get("type") == "object")
    yield _shown_by(fault, next(filter(None, examples), ""))


def _listable(error: SchemaError, root: Schema) -> bool:
    """Whether a word is none of those that stand alone, but one of those that are listed."""
    lists = (deref(form, root) for form in error.validator_value)
    return any(error.instance in form.get("items", {}).get("enum", ()) for form in lists)


def _all_of_another_kind(errors: list[SchemaError], instance: object) -> bool:
    """Whether a list has not one item of the kind that is listed: then it was not meant as that list."""
    kinds = [error for error in errors if error.validator == "type" and len(error.path) == 1]
    return isinstance(instance, list) and len(kinds) == len(errors) == len(instance)


def _wrong_type(error: SchemaError, path: Path, root: Schema) -> Iterator[Fault]:
    fault = _wrong_kind(path, [str(error.validator_value)], error.instance)
    schema = error.schema
    written = as_map(error.instance) if "x-ids" in schema else as_definition(schema, error.instance, root)
    known = schemas.example_of("", _last_key(path)) if fault.code == "map-wanted" else ""
    yield _shown_by(fault, written or known)


def _shown_by(fault: Fault, written: str) -> Fault:
    """A fault with what to write, where somebody knows."""
    return replace(fault, args={**fault.args, "example": f"{fault.args['key']}: {written}"}) if written else fault


def _wrong_kind(path: Path, kinds: list[str], instance: object) -> Fault:
    wanted = sorted({_KINDS[kind] for kind in kinds})
    key = _last_key(path)
    args = {"key": key, "written": f"{key}: {as_list(instance)}" if wanted == ["list"] else _sketch(instance)}
    return Fault(code=f"{'-or-'.join(wanted)}-wanted", path=path, out=path, args=args)


def _last_key(path: Path) -> str:
    return next((key for key in reversed(path) if isinstance(key, str)), "")


def _sketch(instance: object) -> str:
    if isinstance(instance, Mapping):
        return "{" + ", ".join(f"{k}: …" for k in list(instance)[:2]) + "}"
    return "[…]" if isinstance(instance, list) else str(instance)


def _unknown_keys(error: SchemaError, path: Path, root: Schema) -> Iterator[Fault]:
    known: Mapping[str, Any] = error.schema["properties"]
    unknown = {key: value for key, value in error.instance.items() if key not in known}
    spoken = "label" in known and "label" not in error.instance  # then `zh` and `en` are its texts
    later = error.schema.get("x-later", ())
    homeless = {key: value for key, value in unknown.items() if key not in later and not (spoken and _is_language(key))}
    free = _free(error.instance, known)
    home, moved = home_of(homeless, free, known, root)
    if len(moved) > 1 or (moved and not meant_key(moved[0], free, known)):
        yield from _belong_under(home, moved, error.instance, path)
    else:
        moved = []
    for key in [key for key in unknown if key not in moved]:
        yield _unknown_key(error, path, key, free)


def _free(definition: Mapping[str, Any], known: Mapping[str, Any]) -> list[str]:
    """The keys that may still be written in a definition, of a field those that its type takes."""
    type = definition.get("type", "")
    return [name for name, body in known.items() if name not in definition and "not" not in body
            and type in body.get("x-for", (type,)) and type not in body.get("x-not-for", ())]  # fmt: skip


def _belong_under(home: str, keys: list[str], definition: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    """Keys that stand beside the key they belong under: told once."""
    inside = ", ".join(f"{key}: {_sketch(definition[key])}" for key in keys)
    args = {"key": ", ".join(keys), "owner": home, "written": f"{home}: {{{inside}}}"}
    for key in keys:
        because = ((*path, keys[0]),) if key != keys[0] else ()
        yield Fault(code="belongs-under", path=(*path, key), out=(*path, key), at="key", args=args, because=because)


def _unknown_key(error: SchemaError, path: Path, key: str, free: list[str]) -> Fault:
    known, there = error.schema["properties"], (*path, key)
    owner = error.schema.get("x-elsewhere", {}).get(key, "")
    if owner and nearest(str(path[-1]), [owner]):  # it is the key above that is misspelled
        args: dict[str, object] = {"key": path[-1], "suggestion": owner, "known": owner}
        return Fault(code="unknown-key", path=path, out=path, at="key", args=args, rename=owner)
    meant = meant_key(key, free, known)
    args = {"key": key, "suggestion": meant, "known": ", ".join(free or known)}
    if key in error.schema.get("x-later", ()):
        return Fault(code="not-in-this-version", path=there, out=there, at="key", args=args)
    if "label" in known and "label" not in error.instance and _is_language(key):
        texts = {other: text for other, text in error.instance.items() if _is_language(other)}
        first, inside = next(iter(texts)), ", ".join(f"{other}: {text}" for other, text in texts.items())
        return Fault(code="languages-without-label", path=there, out=there, at="key",
                     args={**args, "written": f"label: {{{inside}}}"},
                     because=((*path, first),) if first != key else ())  # fmt: skip
    return Fault(code="unknown-key", path=there, out=there, at="key", args=args, rename=meant if meant in free else "")


def _is_language(key: str) -> bool:
    return len(key) == 2 and key.isascii() and key.islower()


def _missing(error: SchemaError, path: Path, root: Schema) -> Iterator[Fault]:
    known = error.schema["properties"]
    for key in [key for key in error.validator_value if key not in error.instance]:
        stand_in = _STAND_INS.get(key)
        args = {"key": key, "owner": path[-1] if path else "", "title": known[key].get("x-title", {"en": key})}
        yield Fault(code="missing-key", path=path, out=path if stand_in is None else (*path, key), at="key",
                    args=args, stand_in=stand_in, because=tuple(_instead(error.instance, path, key)))  # fmt: skip


def _instead(definition: Mapping[str, object], path: Path, key: str) -> Iterator[Path]:
    """Where a mistake would explain that a key is missing: a misspelled one, another kind of transition, languages."""
    yield (*path, key)
    if key == "by":
        yield from ((*path, other) for other in _WITHOUT_PERSON)
    if key == "label":
        yield from ((*path, other) for other in definition if _is_language(other))


_WITHOUT_PERSON = ("on", "auto")  # transitions that no person makes; they come in a later version


def _unknown_value(error: SchemaError, path: Path, root: Schema) -> Iterator[Fault]:
    known = [str(value) for value in error.schema.get("enum", [error.schema.get("const")])]
    written, key = str(error.instance), _last_key(path)
    args: dict[str, object] = {"key": key, "value": written, "known": ", ".join(known)}
    if written in error.schema.get("x-later", ()):
        yield Fault(code="not-in-this-version", path=path, out=path, args={**args, "key": written})
        return
    if key == "type" and (property := error.schema.get("x-of-text", {}).get(written.casefold(), "")):
        yield Fault(code="kind-of-text", path=path, out=path, args={**args, "written": property}, stand_in="text")
        return
    meant = error.schema.get("x-means", {}).get(written.casefold(), "") or nearest(written, known)
    yield Fault(code=_VALUE_CODES.get(key, "unknown-value"), path=path, out=path,
                args={**args, "suggestion": meant}, stand_in=meant or None)  # fmt: skip


_VALUE_CODES = {"type": "unknown-type", "formwright": "newer-language"}


def _bad_spelling(error: SchemaError, path: Path, root: Schema) -> Iterator[Fault]:
    written, kind = str(error.instance), error.schema.get("x-read", "text")
    args = {"key": _last_key(path), "value": written, "id": written, "suggestion": meant_spelling(kind, written)}
    yield Fault(code=f"bad-{kind}", path=path, out=path, args=args)


def _empty(error: SchemaError, path: Path, root: Schema) -> Iterator[Fault]:
    yield Fault(code="empty", path=path, out=path, at="key", args={"key": str(path[-1]) if path else ""})


def _twice(error: SchemaError, path: Path, root: Schema) -> Iterator[Fault]:
    items = list(error.instance)
    again = next(i for i, item in enumerate(items) if item in items[:i])
    there = (*path, again)
    yield Fault(code="twice-in-list", path=there, out=there, args={"value": items[again]})


def _too_small(error: SchemaError, path: Path, root: Schema) -> Iterator[Fault]:
    args = {"key": _last_key(path), "value": error.instance, "limit": error.validator_value}
    yield Fault(code="too-small", path=path, out=path, args=args)


def _refused(error: SchemaError, path: Path, root: Schema) -> Iterator[Fault]:
    """A property or value that this place alone refuses; the schema names the code."""
    at: At = "value" if error.validator_value else "key"
    yield Fault(code=error.schema["x-refused"], path=path, out=path, at=at, args={"key": _last_key(path)})


def _of_other_type(error: SchemaError, path: Path, key: str) -> Fault:
    there = (*path[:-1], key)
    args = {"key": key, "type": error.instance, "types": ", ".join(error.validator_value)}
    if key == "refuse" and error.instance in ("choice", "choices"):  # the words are options: there is a better way out
        args["chosen"] = error.instance
    because = ((*path[:-1], "type"),)
    return Fault(code="key-of-other-type", path=there, out=there, at="key", args=args, because=because)


_TRANSLATORS: Mapping[str, Callable[[SchemaError, Path, Schema], Iterator[Fault]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing,
    "enum": _unknown_value,
    "const": _unknown_value,
    "type": _wrong_type,
    "pattern": _bad_spelling,
    "minItems": _empty,
    "minProperties": _empty,
    "minLength": _empty,
    "uniqueItems": _twice,
    "minimum": _too_small,
    "exclusiveMinimum": _too_small,
    "not": _refused,
}
