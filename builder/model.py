"""The frozen model: what a checked definition means. Every room reads these shapes; only `lower` makes them.

Texts are maps language → string. Values are neutral: text, choice, date (YYYY-MM-DD), datetime (UTC,
YYYY-MM-DDTHH:MM:SS.ffffffZ), time (HH:MM), phone (E.164), email, url, person (user id), department and link (record
id) are `str`; integer is `int`; number is `float`; money is a scaled `int` (CNY 12.50 is 1250); boolean is `bool`;
choices is a list of `str`; rows is a list of dicts; file is a list of `{id, name, type, size}` (id: sha256 of it).
Absent is `None`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from builder.case import Case
from builder.entry import Entry
from builder.expressions import JOINT, Expression, Options, Scope, Symbol
from builder.option import BASE as BASE
from builder.option import NO_OPTIONS as NO_OPTIONS
from builder.option import Option as Option
from builder.option import Shared as Shared
from builder.option import Text as Text
from builder.option import Words as Words
from builder.option import choosable as choosable
from builder.option import conditions as conditions
from builder.option import say as say

Value = object

TABULAR = ("rows", "log")  # types whose value is a list of rows; the rows of a log stay as they are for ever


@dataclass(frozen=True, slots=True)
class Who:
    """One word of a people list (language.md, rule 5).

    `kind` is one of role, role_at (role@department), word (creator owner superior department staff public me), field.
    """

    kind: Literal["role", "role_at", "word", "field"]
    name: str
    department: str = ""


People = tuple[Who, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """`valid`: a condition that must hold, and what to say when it does not."""

    check: Expression
    say: Words


@dataclass(frozen=True, slots=True)
class Refusal:
    """`refuse`: texts that are no answer (compared after trimming and case folding), and the way out."""

    values: frozenset[str]
    say: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a template, or one column of a `rows` field (then `path` is `rows_id.column_id`)."""

    id: str
    path: str
    type: str
    label: Text
    help: Text = field(default_factory=dict)
    example: Text = field(default_factory=dict)
    layer: str = BASE
    lock: frozenset[str] = frozenset()
    required: bool | Expression = False
    visible: Expression | None = None
    when_hidden: Literal["clear", "keep"] = "clear"
    readonly: bool = False
    default: Value | Expression = None
    compute: Expression | None = None
    valid: tuple[Check, ...] = ()
    refuse: tuple[Refusal, ...] = ()
    duplicates: Literal["", "exact", "similar"] = ""
    personal: bool = False
    mask: Literal["middle", "all", "last4"] = "all"
    lines: int = 1
    min: Value | Expression = (
        None  # numbers and money: a bound; text: length; dates, times: a day, a time; rows, choices: how many
    )
    max: Value | Expression = None
    step: float | None = None
    unit: Text = field(default_factory=dict)
    pattern: str = ""
    serial: str = ""  # text: how the number reads that each record gets when it is made
    format: str = ""
    currency: str = ""
    scale: int = 0
    zone: str = ""  # datetimes: whose clock they are typed and shown by
    widget: str = ""
    kinds: tuple[str, ...] = ()  # file: the kinds it takes
    to: str = ""  # links: the template whose records they lead to
    anew: bool = False  # a transition's own: asked afresh whenever it is taken
    live: bool = False  # its value or its being shown follows from a record linked to, anew for whoever reads
    options: Options[Option] = NO_OPTIONS
    fields: tuple[Field, ...] = ()  # rows: the columns as written; of a log `at` and `by` before them
    order: tuple[str, ...] = ()  # rows, log: column ids in dependency order

    @property
    def tabular(self) -> bool:
        """Whether its value is a list of rows."""
        return self.type in TABULAR

    @property
    def holds_personal(self) -> bool:
        """Whether it holds personal data, in itself or in a column."""
        return self.personal or any(column.personal for column in self.fields)

    @property
    def asked(self) -> tuple[Field, ...]:
        """The columns that somebody may fill: not those that the server writes into a log."""
        return tuple(column for column in self.fields if not column.readonly) if self.type == "log" else self.fields

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", Options.of(self.options))  # one made by hand may be a plain tuple

    def option(self, option_id: object) -> Option | None:
        """The option with this id, or None."""
        return self.options.by_id.get(option_id) if isinstance(option_id, str) else None

    def spoken(self, option_id: object, language: str) -> str:
        """The option as people read it: its label after those above it, 江苏省-苏州市; an unknown id as it is."""
        labels = [say(option.label, language) for option in self.options.path(option_id)]
        return JOINT.join(labels) if labels else str(option_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the form with its own heading; its fields in order."""

    id: str
    title: Text
    help: Text = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    visible: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagGroup:
    """A group of tags, exclusive unless `many`; an option with `when` is given by rule, without it by hand."""

    id: str
    label: Text
    many: bool = False
    options: Options[Option] = NO_OPTIONS
    layer: str = BASE


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state of the workflow; `edit` is what may still be written in it."""

    id: str
    label: Text
    initial: bool = False
    final: bool = False
    edit: tuple[str, ...] | Literal["all", "none"] = "all"
    counts_as: str = ""
    layer: str = BASE


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A way from some states to one; several with one `action` are tried by `order`, the first open one is taken."""

    id: str
    action: str
    label: Text
    sources: tuple[str, ...]
    target: str
    by: People
    when: Expression | None = None
    order: int = 0
    requires: tuple[str, ...] = ()
    comment: Literal["", "required", "optional"] = ""
    layer: str = BASE
    fields: Mapping[str, Field] = field(default_factory=dict)  # its own form: answers that only its history keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAccess:
    """Who sees and writes one field; None follows the record."""

    read: People | None = None
    masked: People | None = None
    write: People | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Record rights and the fields named beside them."""

    create: People = ()
    read: People = ()
    write: People = ()
    export: People = ()
    fields: Mapping[str, FieldAccess] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list over a template's records; `sort` names columns, `-` in front turns the order round."""

    id: str
    title: Text
    columns: tuple[str, ...]
    where: Expression | None = None
    sort: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What a version knows of a template that it links to, as of its own compile: names of a record, and who reads it.

    Names are fields, tag groups and what the system knows of every record; what departments add is not among them.
    """

    parts: Mapping[str, Symbol]
    access: Access = Access()


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A composed, checked and lowered definition. `hash` names it: sha256 over its canonical lowered form."""

    id: str
    version: str
    department: str  # "" for the base
    title: Text
    languages: tuple[str, ...]
    hash: str = ""
    purpose: Text = field(default_factory=dict)
    retain: str = ""
    checklist: tuple[str, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    order: tuple[str, ...] = ()  # fields, tag groups and a `completeness` that they read, in dependency order
    sections: tuple[Section, ...] = ()
    tags: Mapping[str, TagGroup] = field(default_factory=dict)
    states: Mapping[str, State] = field(default_factory=dict)
    transitions: Mapping[str, Transition] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    access: Access = Access()
    lists: Mapping[str, ListView] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    timezone: str = "Asia/Shanghai"  # the company's; what means something by it holds it itself
    tables: tuple[Shared, ...] = field(default=(), compare=False, repr=False)  # vocabularies it shares with others
    links: Mapping[str, Linked] = field(default_factory=dict, compare=False, repr=False)  # by template, also further on
    scope: Scope = field(
        default=Scope({}), compare=False, repr=False
    )  # the names of its records, for expressions over them

    @property
    def ref(self) -> str:
        """`TEMPLATE` or `TEMPLATE@DEPT`."""
        return f"{self.id}@{self.department}" if self.department else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department of the company; `lead` is a user id, `parent` the department it belongs to."""

    id: str
    label: Text
    lead: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The workspace file, lowered."""

    name: Text
    languages: tuple[str, ...]
    currency: str
    timezone: str
    roles: Mapping[str, Text] = field(default_factory=dict)
    departments: Mapping[str, Department] = field(default_factory=dict)
    store: str = "tinydb:data"
