"""A field in the guide: what to write, when, and what is no answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.emit.guide_words import GuideWords
from builder.emit.markdown import plain
from builder.emit.phrases import phrase
from builder.emit.schema import NAMED
from builder.expressions import Expression
from builder.expressions.dates import moment_text
from builder.model import Field, Option
from builder.numerals import in_units

COUNTED: Mapping[str, str] = {
    "text": "characters",
    "choices": "items",
    "rows": "rows",
    "log": "entries",
    "file": "files",
}  # what a bound of these counts
INNER = "  - "  # a bullet under a bullet
SPELLED = 60  # so many options are written out
Fields = tuple[Field, ...]


def described(field: Field, words: GuideWords) -> Iterator[str]:
    """The lines of one field, under a heading of its own."""
    yield f"### {words.text(field.label)}"
    yield ""
    if field.help:
        yield words.text(field.help)
        yield ""
    yield from map(_bullet, _facts(field, words, ()))
    yield ""
    for column in field.fields:
        yield f"#### {words.say('column', field=words.text(field.label), column=words.text(column.label))}"
        yield ""
        yield from map(_bullet, _column(column, words, field.fields))
        yield ""


def _bullet(line: str) -> str:
    return line if line.lstrip(" ").startswith("- ") else f"- {line}"


def _column(column: Field, words: GuideWords, columns: Fields) -> Iterator[str]:
    if column.help:
        yield words.text(column.help)
    yield from _facts(column, words, columns)


def _facts(field: Field, words: GuideWords, columns: Fields) -> Iterator[str]:
    yield words.say("write", what=_what(field, words, columns))
    yield from _options(field, words)
    if field.example:
        yield words.say("example", example=words.text(field.example))
    yield _needed(field, words, columns)
    if field.visible is not None:
        yield words.say("visible", when=words.condition(field.visible, columns))
    if field.default is not None:
        yield words.say("default", value=_shown(field, field.default, words, columns))
    for refusal in field.refuse:
        refused = words.listed(map(plain, sorted(refusal.values)))
        yield words.say("refused", values=refused, say=words.told(refusal.say, columns))
    for check in field.valid:
        yield words.say("check", say=words.told(check.say, columns))
    if field.personal:
        yield words.say("personal")


def _needed(field: Field, words: GuideWords, columns: Fields) -> str:
    if field.compute is not None:
        return words.say("computed")
    if field.serial:
        return words.say("serial", pattern=plain(field.serial))
    if field.readonly:
        return words.say("readonly")
    if isinstance(field.required, Expression):
        return words.say("required-when", when=words.condition(field.required, columns))
    return words.say("required" if field.required else "optional")


def _what(field: Field, words: GuideWords, columns: Fields) -> str:
    """The kind of answer, with its bounds."""
    kind = "text-lines" if field.type == "text" and field.lines > 1 else field.type
    named = [words.say(f"format-{field.format}")] if field.format in NAMED else [words.say(f"type-{kind}")]
    bounds = [
        words.say(code, bound=_shown(field, bound, words, columns), unit=_unit(field, words))
        for code, bound in (("least", field.min), ("most", field.max))
        if bound is not None
    ]
    step = [words.say("step", step=f"{field.step:g}", unit=_unit(field, words))] if field.step else []
    kinds = [words.listed(phrase(f"file-is-{kind}", words.language) for kind in field.kinds)] if field.kinds else []
    return words.say("clause").join([*named, *kinds, *bounds, *step])


def _unit(field: Field, words: GuideWords) -> str:
    counted = COUNTED.get(field.type)
    return words.say(counted) if counted else words.text(field.unit) or field.currency


def _shown(field: Field, value: object, words: GuideWords, columns: Fields) -> str:
    """A bound or a default as people write it."""
    if isinstance(value, Expression):
        return words.condition(value, columns)
    if isinstance(value, bool):
        return words.say("yes" if value else "no")
    if isinstance(value, list | tuple):
        return words.listed(_shown(field, item, words, columns) for item in value)
    if field.type == "money" and isinstance(value, int):
        return str(in_units(value, field.scale))
    if field.type == "datetime":
        return moment_text(str(value), field.zone) or ""
    return plain(field.spoken(value, words.language))


def _options(field: Field, words: GuideWords) -> Iterator[str]:
    """The options that can be chosen, level by level; of many the first level, of very many their number.

    A retired one only stays where it was chosen before.
    """
    offered = [option for option in field.options if not option.retired]
    first = [option for option in offered if not option.parent]
    shown = offered if len(offered) <= SPELLED else first
    if len(shown) > SPELLED:
        yield words.say("options-many", count=len(offered))
        return
    if shown:
        yield words.say("options")
    for option in shown:
        depth = "  " * (len(field.options.path(option.id)) - 1)
        under = sum(inner.parent == option.id for inner in offered) if shown is first else 0
        yield f"{depth}{INNER}{_option(option, words, words.say('options-under', count=under) if under else '')}"


def _option(option: Option, words: GuideWords, under: str = "") -> str:
    more = [words.text(option.help)] if option.help else []
    more += [under] if under else []
    more += [words.say("visible", when=words.condition(option.visible))] if option.visible is not None else []
    more += [words.say("synonyms", names=words.listed(map(plain, option.synonyms)))] if option.synonyms else []
    label = f"**{words.text(option.label)}**"
    return words.say("option", label=label, more=words.say("semicolon").join(more)) if more else label
