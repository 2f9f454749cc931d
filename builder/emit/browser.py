"""A template as its form's program: an ES module with what the browser settles at once, in dependency order.

Its default export takes renderer/assets/kernel.js and gives the steps that renderer/assets/form.js settles and
renderer/assets/judging.js judges: a field is `{id, type, visible, compute, default, required, keep, columns, reads,
asks, checks}` with what judges it (`hints.py`), a tag group `{id, reads, many, tags}`, the completeness
`{id, reads, checklist}`. What does not apply is left out, expressions are functions `(v, s, r)`; `reads`, `asks` and
`checks` are the names that decide the value, whether it is required, whether it is right. `ask` marks an answer on
which depends what only the server settles, `left` one that only it can read when it is not written plainly, `deferred`
one that only it judges. What is asked afresh on a stored record, in a new entry of a log or by a step, is `anew`; what
the server writes into an entry is `stamp`. `words` are the messages for what can be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from builder.emit.cut import Cut, all_reads, judged, settling
from builder.emit.hints import clock, codes, hints, words
from builder.expressions import Expression
from builder.expressions.javascript import javascript, literal
from builder.model import Field, TagGroup, Template, say

STAMPED: Final = {"at": "now", "by": "me"}  # columns of a log → what the situation says


def browser_program(template: Template, cut: Cut | None = None, language: str = "") -> str:
    """The text of the module for one kind of page: ASCII, inert inside HTML. Without a cut, for who may do all."""
    run = _Writer(cut or Cut.whole(template), language or template.languages[0])
    steps = "".join(f"  {step},\n" for step in run.steps())
    text = f"export default (k) => [\n{steps}];\nexport const words = {literal(run.words())};\n"
    fields = (each for field in template.fields.values() for each in (field, *field.fields))
    return _hoisted(text, {clock(field) for field in fields if field.zone})


def _hoisted(text: str, clocks: Iterable[str]) -> str:
    """The text with the tables of offsets, which are long, written once below it."""
    for place, table in enumerate(sorted(clocks)):
        if text.count(table) > 1:
            text = f"{text.replace(table, f'z{place}')}const z{place} = {table};\n"
    return text


class _Writer:
    def __init__(self, cut: Cut, language: str) -> None:
        self.cut, self.language, self.template = cut, language, cut.template

    def steps(self) -> Iterator[str]:
        """One for each name that the page settles, in dependency order."""
        named: dict[str, Field | TagGroup] = {**self.template.fields, **self.template.tags}
        checklist = self.template.checklist
        for name in dict.fromkeys((*self.template.order, *named, "completeness")):
            step = named.get(name)
            if step is None and self.cut.counts:
                yield _object(id=literal(name), reads=literal(checklist), checklist=literal(checklist))
            elif isinstance(step, TagGroup) and name in self.cut.rules:
                yield _tags(step)
            elif isinstance(step, Field) and name in self.cut.drawn:
                yield self.step(step)

    def words(self) -> dict[str, list[list[str]]]:
        """The messages that this page can need."""
        fields = [f for f in self.template.fields.values() if f.id in self.cut.clear]
        every = (*fields, *(column for f in fields for column in f.fields))
        return words((code for field in every for code in codes(field)), self.tongue)

    @property
    def tongue(self) -> str:
        """The language of the catalogue for this page's."""
        return "zh" if self.language.partition("-")[0] == "zh" else "en"

    def step(self, field: Field) -> str:
        """A field with the names that its parts look up, those among them that are told."""
        told = [name for name in self.cut.told if name.partition(" ")[2] == field.id]
        asks = [field.required, *(c.required for c in field.fields)] if self.cut.settled(field) else [field.required]
        return self.field(
            field,
            reads=literal([*all_reads(p for p in settling(field) if self.cut.ours(p)), *told]),
            asks=literal([*all_reads(part for part in asks if self.cut.ours(part)), *told]),
            checks=literal(all_reads(p for p in judged(field) if self.cut.ours(p))),
            ask="true" if field.id in self.cut.asking else "",
        )

    def field(self, field: Field, **more: str) -> str:
        """A field or a column; one that is drawn under its mask shows and hides, and that is all."""
        visible = self.part(field, field.visible, "visible")
        own = {"id": literal(field.id), "type": literal(field.type), "visible": visible}
        if field.path in self.cut.drawn - self.cut.clear:
            return _object(**own, compute="() => null", **more)
        deferred = self.cut.deferred(field)
        told, keep = f"value {field.path}" in self.cut.told, field.when_hidden == "keep"
        holding = {"deferred": deferred, "told": told, "keep": keep, "anew": field.anew}
        own |= {
            "compute": self.compute(field),
            "default": self.default(field),
            "required": self.required(field),
            "columns": self.columns(field),
            "options": self.options(field),
            "left": literal(field.path) if self.cut.left(field) else "",
            **{name: "true" for name, holds in holding.items() if holds},
        }
        return _object(**{**own, **hints(field, self.cut, self.language), **{k: v for k, v in more.items() if v}})

    def part(self, field: Field, part: Expression | None, what: str) -> str:
        """An expression, or where the server tells what comes of it."""
        name = f"{what} {field.path}"
        if name in self.cut.told:
            return f"(v) => k.get(v, {literal(name)})"
        return "" if part is None else javascript(part.tree)

    def compute(self, field: Field) -> str:
        told = field.compute is not None or self.cut.foreign(field)
        return self.part(field, field.compute, "value") if told else ""

    def default(self, field: Field) -> str:
        value = field.default
        if value is None or isinstance(value, Expression) or f"value {field.path}" in self.cut.told:
            return self.part(field, value if isinstance(value, Expression) else None, "value")
        return f"() => {literal(value)}"

    def required(self, field: Field) -> str:
        if field.required is False:
            return ""
        return self.part(field, field.required, "required") if isinstance(field.required, Expression) else "true"

    def columns(self, field: Field) -> str:
        """The columns in dependency order; none where the server tells what the rows hold."""
        if not field.tabular or self.cut.foreign(field):
            return ""
        named = {column.id: column for column in field.fields}
        ordered = (named[name] for name in dict.fromkeys((*field.order, *named)))
        return f"[{', '.join(self.column(field, column) for column in ordered)}]"

    def column(self, table: Field, column: Field) -> str:
        """A column; what the server writes into a new entry of a log is known: the moment, and who is here."""
        if table.type != "log":
            return self.field(column)
        if column in table.asked:
            return self.field(column, anew="true")
        return self.field(column, stamp=f"(v, s) => s.{STAMPED[column.id]} || null")

    def options(self, field: Field) -> str:
        """The options as people read them, where the page writes one that was not chosen on it."""
        preset = field.default is not None and field.path in self.cut.clear - self.cut.inputs
        if field.type not in ("choice", "choices") or not (preset or field.compute is not None):
            return ""
        return f"new Map({literal([[o.id, say(o.label, self.language)] for o in field.options])})"


def _tags(group: TagGroup) -> str:
    tags = (f"[{literal(o.id)}, {'null' if o.when is None else javascript(o.when.tree)}]" for o in group.options)
    read = literal(all_reads(option.when for option in group.options))
    return _object(id=literal(group.id), reads=read, many=literal(group.many), tags=f"[{', '.join(tags)}]")


def _object(**parts: str) -> str:
    return "{" + ", ".join(f"{name}: {text}" for name, text in parts.items() if text) + "}"
