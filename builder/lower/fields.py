"""Fields and the columns of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from builder.diagnostic import Path, Related
from builder.expressions import BOOLEAN, Expression, Options, Symbol, Type
from builder.filetypes import KINDS
from builder.lower.context import Lowering
from builder.lower.log import STAMPS, check_log, stamp_columns
from builder.lower.options import Lowered, known_vocabularies, layer_of, levels_of, option_path, options_of, table_of
from builder.lower.order import settle_columns
from builder.lower.patterns import PatternFault, normalise_pattern
from builder.lower.refusals import refusals, several
from builder.lower.saying import said
from builder.lower.sections import section_conditions
from builder.lower.serials import lower_serial
from builder.lower.symbols import columns as column_symbols
from builder.lower.symbols import currency_of, scale_of
from builder.lower.target import target
from builder.lower.values import LIKE, NotOfType, meant, read_value
from builder.lower.workflow import part
from builder.model import BASE, NO_OPTIONS, TABULAR, Check, Field, Option, Value
from builder.nearest import nearest

COUNTED = ("text", "phone", "email", "url", "rows", "log", "choices", "file")  # min and max: characters or items
ONE = 1  # file, unless `max` says more; with a `max` of none a field could not be answered
HOME: Path = ("fields",)
COMPUTE_EXCLUDES = ("default", "required", "valid")


def lower_fields(run: Lowering, home: Path = HOME) -> dict[str, Field]:
    """The fields that stand at a path, in written order; the run knows their symbols."""
    conditions = section_conditions(run) if home == HOME else {}
    return {
        key: _Place(run, key, data, (*home, key), run.symbols[key], section=conditions.get(key, "")).field()
        for key, data in part(run, *home).items()
        if isinstance(data, Mapping)
    }


@dataclass
class _Place:
    """One field or column being read.

    A column knows its siblings and the rows field it belongs to; a field the condition of its section.
    """

    run: Lowering
    key: str
    data: Mapping[str, object]
    path: Path
    symbol: Symbol
    columns: Mapping[str, Symbol] | None = None
    rows: str = ""
    section: str = ""
    assume: tuple[Expression, ...] = ()

    def __post_init__(self) -> None:
        self.type = str(self.data.get("type"))

    @property
    def scale(self) -> int:
        return scale_of(currency_of(self.run, self.data)) if self.type == "money" else 0

    @property
    def zone(self) -> str:
        return self.run.company.timezone if self.type == "datetime" else ""

    def field(self) -> Field:
        """The lowered field; what is wrong with it is among the run's findings."""
        run, data = self.run, self.data
        visible = self.visible()
        self.assume = (visible,) if visible else ()
        options = self.options()
        columns = self.rows_columns()
        self.contradictions()
        low, high = self.bounds()
        return Field(
            id=self.key,
            path=f"{self.rows}.{self.key}" if self.rows else self.key,
            type=self.type,
            label=run.text(data.get("label", self.key)),
            help=run.text(data.get("help")),
            example=run.text(data.get("example")),
            layer=layer_of(self.key),
            lock=_lock(data.get("lock")),
            required=self.required(),
            visible=visible,
            when_hidden="keep"
            if data.get("when_hidden") == "keep" or self.type == "log" or "serial" in data
            else "clear",
            readonly=data.get("readonly") is True or "serial" in data,
            default=self.default(options),
            compute=self.expression("compute", self.symbol.type),
            valid=tuple(self.checks()),
            refuse=tuple(refusals(run, data.get("refuse"), (*self.path, "refuse"), self.columns)),
            personal=data.get("personal") is True,
            duplicates=_duplicates(data.get("duplicates")),
            mask=_mask(data.get("mask")),
            lines=int(str(data.get("lines", 1))),
            min=low,
            max=high,
            step=float(str(data["step"])) if "step" in data else None,
            unit=run.text(data.get("unit")),
            pattern=self.pattern(),
            serial=lower_serial(run, data, self.path),
            format=str(data.get("format", "")),
            currency=currency_of(run, data) if self.type == "money" else "",
            scale=self.scale,
            zone=self.zone,
            widget=str(data.get("widget", "")),
            kinds=self.kinds(),
            to=target(run, data, self.path),
            options=options,
            fields=columns,
            order=settle_columns(run, self.path, columns),
        )

    def expression(self, key: str, expect: Type, path: Path = ()) -> Expression | None:
        """The expression at a key of this field."""
        return self.compile(self.data.get(key), (*self.path, key), expect)

    def compile(self, text: object, path: Path, expect: Type, offset: int = 0) -> Expression | None:
        """An expression of this field, read under its visibility."""
        if not isinstance(text, str):
            return None
        return self.run.expression(text, path, expect=expect, assume=self.assume, columns=self.columns, offset=offset)

    def visible(self) -> Expression | None:
        """Its own condition and its section's: a field shows only where its section does."""
        own = self.expression("visible", BOOLEAN)
        if not self.section:
            return own
        both = f"({self.section}) and ({own.text})" if own else self.section
        return self.run.quietly(both, self.path)

    def required(self) -> bool | Expression:
        """false, true or a condition."""
        written = self.data.get("required", False)
        return written if isinstance(written, bool) else self.expression("required", BOOLEAN) or False

    def options(self) -> Options[Option]:
        """The options of a choice, its own or its vocabulary's; exactly one of the two is written."""
        if self.type not in ("choice", "choices"):
            return NO_OPTIONS
        written = [key for key in ("options", "vocabulary") if key in self.data]
        if len(written) != 1:
            code = "options-twice" if written else "choice-needs-options"
            self.run.find(code, self.path, at="key", field=self.key)
            return NO_OPTIONS
        if written == ["vocabulary"]:
            self.run.reference(str(self.data["vocabulary"]), known_vocabularies(self.run),
                               (*self.path, "vocabulary"), "vocabulary")  # fmt: skip
        table = table_of(self.run, self.data)
        if table is not None:
            return table
        place = Lowered(self.run, self.assume, self.columns, levels=levels_of(self.data))
        return place.options(*options_of(self.run, self.data, self.path), self.symbol.type)

    def rows_columns(self) -> tuple[Field, ...]:
        """The columns of rows, and of a log with its stamps."""
        if self.type not in TABULAR:
            return ()
        log = self.type == "log"
        if log:
            check_log(self.run, self.data, self.path)
        symbols = column_symbols(self.run, self.data, self.path)
        written = self.data.get("fields")
        if written is None and not self.run.document.damaged((*self.path, "fields")):
            self.run.find("rows-need-columns", self.path, at="key", field=self.key)
        columns = tuple(
            _Place(self.run, key, data, (*self.path, "fields", key), symbols[key], symbols, self.key).field()
            for key, data in (written if isinstance(written, Mapping) else {}).items()
            if isinstance(data, Mapping) and not (log and key in STAMPS)
        )
        return (*stamp_columns(self.run, self.key), *columns) if log else columns

    def contradictions(self) -> None:
        """Keys that cannot stand beside each other."""
        data = self.data
        for key in COMPUTE_EXCLUDES:
            if "compute" in data and key in data:
                first = Related(self.run.document.place((*self.path, "compute"), "key"), "computed-here")
                self.run.find("compute-excludes", (*self.path, key), at="key", key=key, related=(first,))
        asked = data.get("required", False) is not False and not {"default", "compute"} & data.keys()
        if asked and data.get("readonly") is True:
            place = self.later((*self.path, "required"), (*self.path, "readonly"))
            self.run.find("required-readonly", place, at="key", field=self.key)
        if data.get("personal") is True and not part(self.run, "privacy"):
            self.run.find("personal-without-privacy", (*self.path, "personal"), at="key", field=self.key)

    def later(self, first: Path, second: Path) -> Path:
        """Of two properties that contradict each other the one that a layer wrote over the base, else the first."""
        return second if self.run.document.layer(first) == BASE != self.run.document.layer(second) else first

    def default(self, options: Options[Option]) -> Value | Expression:
        """A value of the field's type, or what follows a leading `=`."""
        if "default" not in self.data:
            return None
        return self.value(self.data["default"], (*self.path, "default"), self.type, options)

    def value(self, raw: object, path: Path, kind: str, options: Options[Option] = NO_OPTIONS) -> Value | Expression:
        """What is written in a value place; not of the type is a finding."""
        if isinstance(raw, str) and raw.startswith("="):
            return self.compile(raw[1:], path, self.symbol.type, offset=1)
        if self.unchoosable(raw, path, options):
            return None
        try:
            return read_value(kind, raw, scale=self.scale, zone=self.zone, options=options)
        except NotOfType as fault:
            known = [option.id for option in options]
            labels = {text: option.id for option in options for text in (*option.label.values(), *option.synonyms)}
            better = labels.get(str(raw), "") or nearest(str(raw), known) or meant(kind, raw, self.zone)
            counts = self.type in COUNTED and path[-1] in ("min", "max")
            code = "not-of-type" if not counts else "bad-count" if self.type != "file" else "no-count-of-files"
            self.run.find(code, path, value=str(raw), type=str(fault), field=self.key, key=path[-1],
                          like=LIKE.get(str(fault), ""), suggestion=better or self.formula(raw, path),
                          known=", ".join(known[:12]))  # fmt: skip
            return None

    def formula(self, raw: object, path: Path) -> str:
        """A formula that lacks its =, as it is to be written; "" when what is written is none."""
        formula = self.run.formula(str(raw), path, self.symbol.type) if "(" in str(raw) else ""
        return formula and f"={formula}"

    def unchoosable(self, raw: object, path: Path, options: Options[Option]) -> bool:
        """Whether a default is an option that nobody could choose: retired, or with others under it."""
        for option in filter(None, map(options.by_id.get, map(str, raw if isinstance(raw, list) else [raw]))):
            under = [o.id for o in options.children.get(option.id, ()) if not o.retired]
            if option.retired:
                home = options_of(self.run, self.data, self.path)[1]
                place = self.later(path, (*option_path(options, home, option.id), "retired"))
                self.run.find("default-retired", place, value=option.id, field=self.key)
            elif under:
                known = ", ".join(under[:12])
                self.run.find("default-has-levels", path, value=option.id, field=self.key, known=known)
            if option.retired or under:
                return True
        return False

    def kinds(self) -> tuple[str, ...]:
        """The kinds of files it takes; none written is all."""
        written = self.data.get("kinds")
        listed = tuple(str(kind) for kind in written) if isinstance(written, list) else ()
        return (listed or tuple(KINDS)) if self.type == "file" else ()

    def bounds(self) -> tuple[Value | Expression, Value | Expression]:
        """`min` and `max`; when no value can be between them that is a finding."""
        kind = "integer" if self.type in COUNTED else self.type
        low, high = (
            self.value(self.data[key], (*self.path, key), kind) if key in self.data else None for key in ("min", "max")
        )
        if type(low) is type(high) and isinstance(low, int | float | str) and low > high:  # type: ignore[operator]  # of one type, asked just before
            first = Related(self.run.document.place((*self.path, "min"), "value"), "min-here")
            self.run.find("bounds-exclude-everything", (*self.path, "max"), min=self.data["min"], max=self.data["max"],
                          field=self.key, related=(first,))  # fmt: skip
        if self.type in COUNTED and isinstance(high, int) and high < ONE:
            self.run.find("too-small", (*self.path, "max"), key="max", value=high, limit=ONE)
        return low, ONE if self.type == "file" and "max" not in self.data else high

    def pattern(self) -> str:
        """The pattern in the syntax every engine reads alike."""
        written = self.data.get("pattern")
        if not isinstance(written, str):
            return ""
        try:
            return normalise_pattern(written)
        except PatternFault as fault:
            self.run.find("bad-pattern", (*self.path, "pattern"), offset=fault.offset, why=fault.why, pattern=written)
            return ""

    def checks(self) -> Iterator[Check]:
        """`valid`: one check or a list of them."""
        for path, data in several(self.data.get("valid"), (*self.path, "valid")):
            check = self.compile(data.get("check"), (*path, "check"), BOOLEAN)
            if check is not None:
                yield Check(check, said(self.run, data.get("say"), (*path, "say"), self.columns))


def written_value(run: Lowering, field: Field, raw: object, path: Path) -> Value | Expression:
    """A value of a field's type that is written outside it (`set`), or what follows a leading `=`; else a finding."""
    data = part(run, "fields", field.id)
    place = _Place(run, field.id, data, ("fields", field.id), run.symbols[field.id])
    return place.value(raw, path, field.type, field.options)


def _duplicates(value: object) -> Literal["", "exact", "similar"]:
    return "exact" if value == "exact" else "similar" if value == "similar" else ""


def _mask(value: object) -> Literal["middle", "all", "last4"]:
    return "middle" if value == "middle" else "last4" if value == "last4" else "all"


def _lock(value: object) -> frozenset[str]:
    return frozenset(str(v) for v in value) if isinstance(value, list) else frozenset({"all"} if value == "all" else ())
