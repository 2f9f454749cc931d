"""What one page may settle by itself and what it has to be told: it ships nothing that speaks of what it does not hold.

A page holds the fields drawn on it; it knows those among them that its reader sees in clear, what every reader knows of
a record (its state, its owner …) and its tags. An expression over known names is *ours*: it may be shipped. Where a
field's condition or computation is not, the server settles it and tells the outcome under a name that no field can
have: `visible total`, `value total`, `required total`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from builder.expressions import Expression, Options
from builder.expressions.tree import walk
from builder.model import Check, Field, Option, Refusal, TagGroup, Template

SYSTEM: Final = frozenset(
    ("id", "state", "owner", "creator", "department", "entry", "created", "updated", "entered", "completeness")
)
# Types of which renderer/assets/reading.js leaves some texts to the server, or all: a phone, the title of a record.
LEFT: Final = frozenset(("phone", "url", "datetime", "time", "link"))
SHOWN: Final = frozenset((
    "text", "number", "integer", "money", "boolean", "choice", "choices", "date", "datetime", "time",
))  # fmt: skip
ELSEWHERE: Final = frozenset(("linked",))  # operations that only the server can do


@dataclass(frozen=True)
class Cut:
    """A template as one page has it: the ids of the fields it draws, those of them it knows in clear, and asks for."""

    template: Template
    drawn: frozenset[str]
    clear: frozenset[str]
    inputs: frozenset[str]
    searched: frozenset[str] = frozenset()  # paths of choices that are asked in more than one control, or by search
    others: frozenset[str] | None = None  # names beside fields that its reader may know of; None: all of them, and tags

    @classmethod
    def whole(cls, template: Template) -> Cut:
        """A page that draws everything to somebody who may see and write all of it."""
        every = frozenset(template.fields)
        return cls(template, every, every, frozenset(f.id for f in template.fields.values() if typed(f)))

    @cached_property
    def known(self) -> frozenset[str]:
        """The names that an expression on this page may speak of."""
        return self.clear | (self.others if self.others is not None else SYSTEM | self.template.tags.keys())

    def ours(self, part: object) -> bool:
        """Whether a condition, a computation or a constant may be shipped, and can be run there."""
        if not isinstance(part, Expression):
            return True
        return part.reads <= self.known and not any(node.kind in ELSEWHERE for node in walk(part.tree))

    def settled(self, field: Field) -> bool:
        """Whether the page settles the field's rows; any other field it settles part by part.

        Rows that nobody types on it stand there as a table, which it does not write, and entries of a log as a list.
        """
        moving = (part for column in field.fields for part in parts(column)[:3])
        if field.id not in self.inputs and (field.type == "log" or any(moving)):
            return False
        return all(self.ours(part) for column in field.fields for part in parts(column))

    @cached_property
    def rules(self) -> frozenset[str]:
        """The tag groups whose rules the page follows by itself."""
        groups = (group for group in self.template.tags.values() if group.id in self.known)
        return frozenset(group.id for group in groups if all(self.ours(option.when) for option in group.options))

    @cached_property
    def counts(self) -> bool:
        """Whether the page counts the completeness by itself."""
        return "completeness" in self.known and self.clear | self.rules | SYSTEM >= {*self.template.checklist}

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The names that the program looks up."""
        shipped = (part for f in self._drawn() for part in (*settling(f), *questions(f), *judged(f)) if self.ours(part))
        rules = (part for group in self.rules for part in whens(self.template.tags[group]))
        count = self.template.checklist if self.counts else ()
        return frozenset(count).union(*map(reads, shipped), *map(reads, rules))

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The names under which the server tells what the page cannot settle."""
        tags = (name for name in self.template.tags if name in self.spoken - self.rules)
        more = ("completeness",) if "completeness" in self.known and not self.counts else ()
        return (*(name for f in self._drawn() for name, _ in self._foreign(f)), *tags, *more)

    @cached_property
    def asking(self) -> frozenset[str]:
        """The inputs on which something depends that the page is told; a changed one is the server's to hear of."""
        foreign = {name for f in self._drawn() for _, part in self._foreign(f) for name in part}
        tags = {name for group in self.template.tags.keys() & self.told for name in self._reads.get(group, ())}
        checks = {name for f in self._drawn() for part in judged(f) if not self.ours(part) for name in reads(part)}
        count = self.template.checklist if "completeness" in self.told else ()
        return self.inputs & self._behind({*foreign, *tags, *checks, *count})

    def left(self, field: Field) -> bool:
        """Whether there are answers to this field or column that only the server reads."""
        return field.type in LEFT or field.path in self.searched

    def foreign(self, field: Field) -> bool:
        """Whether the server tells the whole value."""
        return field.tabular and not self.settled(field)

    def deferred(self, field: Field) -> bool:
        """Whether the server judges what the page reads in this field or column."""
        return not all(map(self.ours, judged(field)))

    def _drawn(self) -> Iterator[Field]:
        return (field for field in self.template.fields.values() if field.id in self.drawn)

    def _foreign(self, field: Field) -> Iterator[tuple[str, frozenset[str]]]:
        """What the page is told of a field: the name it is told under, and the names behind it."""
        if not self.ours(field.visible):
            yield f"visible {field.id}", reads(field.visible)
        if field.id not in self.clear:
            return
        if self.foreign(field):
            own = (reads(part) for column in field.fields for part in parts(column))
            yield f"value {field.id}", frozenset((field.id,)).union(*own)
        source = field.compute if field.compute is not None else field.default
        if not (self.ours(source) and self._shows(field)):
            yield f"value {field.id}", reads(source) | {field.id}
        if not self.ours(field.required):
            yield f"required {field.id}", reads(field.required)

    def _shows(self, field: Field) -> bool:
        """Whether the page can write what it settled: an answer that nobody types stands there as text."""
        return field.id in self.inputs or field.type in SHOWN or (field.compute is None and field.default is None)

    @cached_property
    def _reads(self) -> Mapping[str, frozenset[str]]:
        """Everything the value of a name of the template is made from."""
        found = {f.id: frozenset().union(*map(reads, settling(f))) for f in self.template.fields.values()}
        rules = {group.id: frozenset().union(*map(reads, whens(group))) for group in self.template.tags.values()}
        return {**found, **rules, "completeness": frozenset(self.template.checklist)}

    def _behind(self, names: set[str]) -> frozenset[str]:
        found: set[str] = set()
        while names:
            found |= names
            names = {other for name in names for other in self._reads.get(name, ())} - found
        return frozenset(found)


def typed(field: Field) -> bool:
    """Whether somebody may type the answer."""
    return field.compute is None and not field.readonly


def parts(field: Field) -> tuple[object, ...]:
    """What decides a field's value, whether it shows and whether it is asked."""
    return (field.visible, field.compute, field.default, field.required)


def settling(field: Field) -> Iterator[object]:
    """What decides a field's value, its columns' included."""
    yield from (field.visible, field.compute, field.default)
    for column in field.fields:
        yield from settling(column)


def questions(field: Field) -> Iterator[object]:
    """What decides whether an answer is asked, its columns' included."""
    yield field.required
    for column in field.fields:
        yield from questions(column)


def judged(field: Field) -> Iterator[object]:
    """What judges an answer, its columns' included."""
    yield from (field.min, field.max)
    yield from (part for each in field.valid for part in telling(each))
    yield from (part for each in field.refuse for part in telling(each))
    yield from (option.visible for option in field.options.once(conditional))
    for column in field.fields:
        yield from judged(column)


def telling(each: Check | Refusal) -> Iterator[object]:
    """What judges an answer, and the words that it is told with."""
    yield from (each.check,) if isinstance(each, Check) else ()
    yield from each.say.values()


def conditional(options: Options[Option]) -> tuple[Option, ...]:
    """The options that can be chosen only under a condition."""
    return tuple(option for option in options if option.visible is not None)


def whens(group: TagGroup) -> Iterator[object]:
    """The rules of a tag group."""
    return (option.when for option in group.options)


def reads(part: object) -> frozenset[str]:
    """The names of the record that an expression looks up; none of anything else."""
    return part.reads if isinstance(part, Expression) else frozenset()


def all_reads(expressions: Iterable[object]) -> list[str]:
    """The names that any of these looks up, sorted."""
    return sorted(frozenset().union(*map(reads, expressions)))
