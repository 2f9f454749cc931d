"""What is wrong with a value that could be read: what the emitted JSON Schema says, and what none can say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from builder.emit.hints import folded
from builder.emit.schema import CALENDAR, NAMED, PATTERNS, anchored, json_schema
from builder.expressions import Expression, Options, Situation
from builder.expressions.dates import moment_text
from builder.expressions.inserted import filled
from builder.expressions.texts import money_text, number_text
from builder.model import TABULAR, Check, Field, Option, Refusal, Template, Words, conditions
from workflows.files.facts import PARTS, File, unfit
from workflows.formats import CHECKS
from workflows.reading import EXACT
from workflows.record import Fault

if TYPE_CHECKING:
    import jsonschema_rs

Values = Mapping[str, object]
Path = tuple[str | int, ...]
Judge = Callable[[object, Values, Situation, Values], Fault | None]  # value, all values, situation, row

COUNTED = frozenset({"text", "phone", "email", "url"})
LISTED = frozenset({"choices", "file", *TABULAR})


class SchemaJudge:
    """The emitted JSON Schema of a template, compiled at first use with linear-time patterns."""

    def __init__(self, template: Template) -> None:
        self.template = template

    @cached_property
    def validator(self) -> jsonschema_rs.Draft202012Validator:
        """The compiled schema."""
        import jsonschema_rs

        return jsonschema_rs.Draft202012Validator(
            json_schema(self.template), pattern_options=jsonschema_rs.RegexOptions()
        )

    def faults(self, present: Values) -> Iterator[tuple[Path, Fault]]:
        """Path and fault of everything the schema finds in the values present, but not what is missing."""
        if self.validator.is_valid(present):
            return
        for error in self.validator.iter_errors(present):
            if error.kind.name not in ("required", "const"):
                path = tuple(error.instance_path)
                yield path, self._fault(present, path, error)

    def _fault(self, present: Values, path: Path, error: jsonschema_rs.ValidationError) -> Fault:
        field = self._field(path)
        file = _file_at(present, path) if field.type == "file" else None
        return (unfit(field, file) if file else None) or schema_fault(field, error)

    def _field(self, path: Path) -> Field:
        field = self.template.fields[str(path[0])]
        inner = str(path[2]) if len(path) > 2 else ""
        return next((column for column in field.fields if column.id == inner), field)


def _file_at(present: Any, path: Path) -> File | None:
    """The file at a path into the answers, or about which a longer path speaks."""
    for step in path:
        present = present[step]
        if isinstance(present, Mapping) and present.keys() == PARTS:
            return present
    return None


def schema_fault(field: Field, error: jsonschema_rs.ValidationError) -> Fault:
    """The fault a broken keyword means for a field of this type."""
    keyword = error.kind.name
    if keyword == "pattern":
        return _misshapen(field, error)
    code = bound_code(field.type, _SIDES.get(keyword, ""))
    if code:
        limit = getattr(error.kind, "limit", None)
        return Fault(code, {**_bound(field, limit), "size": _size(error.instance)})
    if keyword == "multipleOf":
        return Fault("off-step", {"step": number_text(field.step)})
    return Fault(f"not-{field.type}")


def _misshapen(field: Field, error: jsonschema_rs.ValidationError) -> Fault:
    pattern = getattr(error.kind, "pattern", "")
    if pattern == PATTERNS.get(field.type):
        return Fault(f"not-{field.type}")
    if pattern == anchored(NAMED.get(field.format, "")):
        return Fault(format_code(field.format))
    return Fault("pattern", {"example": field.example} if field.example else {})


def format_code(name: str) -> str:
    """The fault of a text that does not have its named format."""
    return f"not-{name}".replace("_", "-")


_SIDES = {
    "minLength": "min",
    "minItems": "min",
    "minimum": "min",
    "maxLength": "max",
    "maxItems": "max",
    "maximum": "max",
}


def bound_code(kind: str, side: str) -> str:
    """The fault of a value beyond its `min` or `max`, by type; "" when it is no bound."""
    if not side:
        return ""
    low, high = (
        ("too-short", "too-long") if kind in COUNTED
        else ("too-few", "too-many-files") if kind == "file"
        else ("too-few", "too-many") if kind in LISTED
        else ("too-early", "too-late") if kind in CALENDAR
        else ("under-min", "over-max")
    )  # fmt: skip
    return low if side == "min" else high


def _bound(field: Field, limit: object) -> dict[str, object]:
    """The bound as it is told: money in its units."""
    if field.type == "money" and isinstance(limit, int | float):
        return {"bound": money_text(int(limit), field.scale), "unit": field.currency}
    if field.type == "datetime":
        return {"bound": moment_text(str(limit), field.zone)}
    bound = number_text(limit) if isinstance(limit, float) else limit
    return {"bound": bound, "unit": field.unit} if field.unit else {"bound": bound}


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | list) else 0


def judges_of(field: Field) -> tuple[Judge, ...]:
    """The checks of a field that no JSON Schema can say, in the order they are told."""
    found: list[Judge] = []
    for side, bound in (("min", field.min), ("max", field.max)):
        if isinstance(bound, Expression) or (bound is not None and field.type in CALENDAR):
            found.append(_moving(field, side, bound))
    if field.type == "number" and field.step:
        found.append(_stepped(field))
    if field.format in CHECKS:
        found.append(_checked(field))
    if conditions(field.options):
        found.append(_offered(field))
    return (*found, *(_valid(field, each) for each in field.valid), *(_refused(field, each) for each in field.refuse))


def _moving(field: Field, side: str, bound: object) -> Judge:
    """A bound that is computed, or a day or time: they are compared as texts."""
    code = bound_code(field.type, side)
    reads = bound.reads if isinstance(bound, Expression) else frozenset[str]()

    def judge(value: object, values: Values, situation: Situation, row: Values) -> Fault | None:
        limit: Any = bound(values, situation, row) if isinstance(bound, Expression) else bound
        if limit is None:
            return None
        size: Any = len(value) if field.type in COUNTED | LISTED else value  # type: ignore[arg-type]
        beyond = size < limit if side == "min" else size > limit
        return Fault(code, {**_bound(field, limit), "size": _size(value)}, of=reads) if beyond else None

    return judge


def _stepped(field: Field) -> Judge:
    step, fault = Decimal(repr(field.step)), Fault("off-step", {"step": number_text(field.step)})

    def judge(value: object, values: Values, situation: Situation, row: Values) -> Fault | None:
        return fault if EXACT.remainder(Decimal(repr(value)), step) else None

    return judge


def _checked(field: Field) -> Judge:
    check, fault, shape = CHECKS[field.format], Fault(format_code(field.format)), re.compile(NAMED[field.format])

    def judge(value: object, values: Values, situation: Situation, row: Values) -> Fault | None:
        shaped = isinstance(value, str) and shape.fullmatch(value)  # another shape is the schema's finding
        return fault if shaped and not check(str(value)) else None

    return judge


def shut(options: Options[Option], values: Values, situation: Situation, row: Values) -> frozenset[str]:
    """The options that cannot be chosen with these answers."""
    return frozenset(
        option
        for option, held in conditions(options).items()
        if any(condition(values, situation, row) is not True for condition in held)
    )


def _offered(field: Field) -> Judge:
    held = conditions(field.options)

    def judge(value: object, values: Values, situation: Situation, row: Values) -> Fault | None:
        for option in map(str, value if isinstance(value, list) else (value,)):
            if any(condition(values, situation, row) is not True for condition in held.get(option, ())):
                return Fault("not-option-now", {"option": field.options.by_id[option].label})
        return None

    return judge


def _valid(field: Field, valid: Check) -> Judge:
    told = _told("valid", field, valid.say)

    def judge(value: object, values: Values, situation: Situation, row: Values) -> Fault | None:
        return None if valid.check(values, situation, row) is True else told(values, situation, row)

    return judge


def _refused(field: Field, refusal: Refusal) -> Judge:
    told, refused = _told("refused", field, refusal.say), frozenset(map(folded, refusal.values))

    def judge(value: object, values: Values, situation: Situation, row: Values) -> Fault | None:
        return told(values, situation, row) if isinstance(value, str) and folded(value) in refused else None

    return judge


def _told(code: str, field: Field, words: Words) -> Callable[[Values, Situation, Values], Fault]:
    """The author's words, with the values in them that whoever hears it sees in clear."""
    worked_out = [each for each in words.values() if isinstance(each, Expression)]
    if not worked_out:
        fault = Fault(code, {}, {tongue: str(each) for tongue, each in words.items()})
        return lambda values, situation, row: fault
    of = frozenset[str]().union(*(each.reads for each in worked_out))
    rows = frozenset({field.path.partition(".")[0]} if any(each.columns for each in worked_out) else ())

    def told(values: Values, situation: Situation, row: Values) -> Fault:
        def text(unseen: frozenset[str] = frozenset()) -> dict[str, str]:
            seen, cells = {**values, **dict.fromkeys(unseen)}, {} if rows & unseen else row
            return filled(words, seen, situation, cells)

        return Fault(code, {}, text(), of | rows, text)

    return told
