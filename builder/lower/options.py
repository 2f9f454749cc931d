"""Options of choices, tag groups and vocabularies."""

from __future__ import annotations

from collections.abc import Mapping

from builder.diagnostic import Path
from builder.expressions import BOOLEAN, Expression
from builder.lower.context import Lowering, widened
from builder.model import BASE, Option


def lower_options(
    run: Lowering, options: Mapping[str, object], path: Path, *, tags: bool = False
) -> tuple[Option, ...]:
    """Options in written order; those of a tag group may carry `when`."""
    return tuple(_option(run, key, widened(value), (*path, key), options, tags) for key, value in options.items())


def _option(
    run: Lowering, key: str, data: Mapping[str, object], path: Path, siblings: Mapping[str, object], tags: bool
) -> Option:
    when: Expression | None = None
    if tags and "when" in data:
        when = run.expression(str(data["when"]), (*path, "when"), expect=BOOLEAN)
    return Option(
        id=key,
        label=run.text(data.get("label", key)),
        help=run.text(data.get("help")),
        color=str(data.get("color", "")),
        synonyms=tuple(_strings(data.get("synonyms"))),
        counts_as=counted(run, data, path, siblings),
        retired=bool(data.get("retired", False)),
        when=when,
        layer=layer_of(key),
    )


def layer_of(key: str) -> str:
    """The layer that added an id: `marketing` of `marketing__campaign`, the base otherwise."""
    layer, separator, _ = key.partition("__")
    return layer if separator else BASE


def counted(run: Lowering, data: Mapping[str, object], path: Path, siblings: Mapping[str, object]) -> str:
    """The sibling this one counts as; it must be one of the base's."""
    if "counts_as" not in data:
        return ""
    known = [sibling for sibling in siblings if layer_of(sibling) == BASE and sibling != path[-1]]
    return run.reference(str(data["counts_as"]), known, (*path, "counts_as"), "option") or ""


def options_of(run: Lowering, data: Mapping[str, object], path: Path) -> tuple[Mapping[str, object], Path]:
    """The options a choice is made of, and where they stand: its own or a vocabulary's."""
    options = data.get("options")
    if isinstance(options, Mapping):
        return options, (*path, "options")
    name = data.get("vocabulary")
    vocabularies = run.data.get("vocabularies")
    known = vocabularies if isinstance(vocabularies, Mapping) else {}
    found = run.resolve(str(name), known, run.document.layer(path)) if isinstance(name, str) else None
    if found is None:
        return {}, path
    entries = known[found]
    if isinstance(entries, Mapping):
        return entries, ("vocabularies", found)
    return {str(entry): str(entry) for entry in entries}, ("vocabularies", found)


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
