"""Options of choices, tag groups and vocabularies: a written tree becomes a list, each option after its parent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from builder.diagnostic import Path
from builder.expressions import BOOLEAN, JOINT, Expression, Options, OptionType, Symbol, Type
from builder.lower.context import Lowering, widened
from builder.model import BASE, Option, say

DEEPEST = 4  # levels of options


@dataclass(frozen=True, slots=True)
class Written:
    """One option as it stands in a definition, with the ids above it."""

    id: str
    data: Mapping[str, object]
    path: Path
    above: tuple[str, ...]


def written_options(options: Mapping[str, object], path: Path, levels: int = DEEPEST) -> Iterator[Written]:
    """The options of a tree, each after its parent, as deep as they are asked; an id met before is left out."""
    seen: set[str] = set()
    for option in _walk(options, path, (), levels):
        if option.id not in seen:
            seen.add(option.id)
            yield option


def _walk(options: Mapping[str, object], path: Path, above: tuple[str, ...], levels: int) -> Iterator[Written]:
    for key, value in options.items():
        data = widened(value)
        yield Written(key, data, (*path, key), above)
        inner = data.get("options")
        if isinstance(inner, Mapping) and len(above) + 1 < levels:
            yield from _walk(inner, (*path, key, "options"), (*above, key), levels)


def option_types(
    run: Lowering, options: Mapping[str, object], path: Path, levels: int = DEEPEST
) -> Options[OptionType]:
    """Options as expressions see them."""
    found: dict[str, OptionType] = {}
    for option in written_options(options, path, levels):
        parent = found[option.above[-1]] if option.above else None
        found[option.id] = _type(run, option, parent)
    return Options(found.values())


def _type(run: Lowering, option: Written, parent: OptionType | None) -> OptionType:
    own = _base_label(run, option)
    return OptionType(
        id=option.id,
        label=run.text(option.data.get("label", option.id)),
        counts_as=str(option.data.get("counts_as", "")),
        synonyms=_strings(option.data.get("synonyms")),
        written=f"{parent.text}{JOINT}{own or option.id}" if parent else own,
        parent=parent.id if parent else "",
    )


def _base_label(run: Lowering, option: Written) -> str:
    """What the base calls an option in the workspace's first language, whatever a layer calls it."""
    layers, first, path = run.document.layers, run.company.languages[0], option.path
    if not run.document.origins:  # there is no other layer
        return say(run.text(option.data.get("label", "")), first)
    oldest = layers(path)[-1:]
    spoken = (*layers((*path, "label", first))[-1:], *layers((*path, "label"))[-1:], *oldest)
    found = (layer.value for layer in spoken if layer.name == oldest[0].name)
    value = next(found, None)
    label = value.get("label") if isinstance(value, Mapping) and "label" in value else value
    return say(run.text(label), first)


@dataclass(frozen=True, slots=True)
class Lowered:
    """How the options of one place are lowered: whose columns their conditions may name, whether they are tags."""

    run: Lowering
    assume: tuple[Expression, ...] = ()
    columns: Mapping[str, Symbol] | None = None
    tags: bool = False
    levels: int = DEEPEST

    def options(self, options: Mapping[str, object], path: Path, type: Type) -> Options[Option]:
        """The options with all that is said of them; what is wrong with them is among the run's findings.

        `type` is what expressions know of the choice: of nothing, where something in it is broken.
        """
        self._misplaced(options, path)
        written = list(written_options(options, path, self.levels))
        types = (type.item or type).options.by_id
        if any(option.id not in types for option in written):  # something broken, or another thing of the same name
            types = option_types(self.run, options, path, self.levels).by_id
        found: dict[str, Option] = {}
        for option in written:
            above = found[option.above[-1]] if option.above else None
            found[option.id] = self._option(option, types, above)
        return Options(found.values())

    def _option(self, option: Written, types: Mapping[str, OptionType], above: Option | None) -> Option:
        run, data, known = self.run, option.data, types[option.id]
        return Option(
            id=known.id,
            label=known.label,
            counts_as=counted(run, data, option.path, types),
            synonyms=known.synonyms,
            written=known.written,
            parent=known.parent,
            help=run.text(data.get("help")),
            color=str(data.get("color", "")),
            retired=bool(data.get("retired", False)) or (above is not None and above.retired),
            when=self._condition(data, (*option.path, "when")) if self.tags else None,
            layer=layer_of(option.id),
            visible=None if self.tags else self._condition(data, (*option.path, "visible")),
        )

    def _condition(self, data: Mapping[str, object], path: Path) -> Expression | None:
        text = data.get(str(path[-1]))
        if text is None:
            return None
        return self.run.expression(str(text), path, expect=BOOLEAN, assume=self.assume, columns=self.columns)

    def _misplaced(self, options: Mapping[str, object], path: Path) -> None:
        """Ids that stand twice in one tree, and levels deeper than there may be."""
        first: dict[str, Path] = {}
        for option in _walk(options, path, (), DEEPEST + 1):
            if option.id.casefold() in first:
                self.run.find("option-twice", option.path, at="key", id=option.id,
                              related=(self.run.related(first[option.id.casefold()], "first-here"),))  # fmt: skip
            elif len(option.above) == DEEPEST:
                self.run.find("options-too-deep", option.path, at="key", id=option.id, most=DEEPEST)
            first.setdefault(option.id.casefold(), option.path)


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


def table_of(run: Lowering, data: Mapping[str, object]) -> Options[Option] | None:
    """The options of the table that a choice names, as deep as it asks; None where they stand in the document."""
    shared = run.tables.get(str(data.get("vocabulary"))) if "options" not in data else None
    return shared.options.once(CUTS[levels_of(data)]) if shared is not None else None


def _cut(options: Options[Option], levels: int) -> Options[Option]:
    if options.levels <= levels:
        return options
    return Options(option for option in options if len(options.path(option.id)) <= levels)


CUTS = {levels: partial(_cut, levels=levels) for levels in range(1, DEEPEST + 1)}


def known_vocabularies(run: Lowering) -> list[str]:
    """The ids of the vocabularies of the document and of all files."""
    own = run.data.get("vocabularies")
    return list(dict.fromkeys((*(own if isinstance(own, Mapping) else ()), *run.files)))


def option_path(options: Options[Option], path: Path, option_id: str) -> Path:
    """Where an option of a tree that stands at a path is written."""
    first, *under = (option.id for option in options.path(option_id))
    return (*path, first, *(part for id in under for part in ("options", id)))


def levels_of(data: Mapping[str, object]) -> int:
    """How many levels of its options a choice asks for."""
    return int(str(data.get("depth", DEEPEST)))


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
