"""What an expression may know of a name before any record exists: its type, its options, when it has a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from builder.expressions.options import NONE, Options, OptionType

if TYPE_CHECKING:
    from builder.expressions.tree import Node

Kind = Literal[
    "text", "number", "integer", "money", "boolean", "choice", "date", "datetime", "time", "duration", "person", "file",
    "link", "list", "row", "unknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Type:
    """The type of an expression. Options, columns and the name for messages do not belong to its identity.

    `scale` counts the decimals of money (CNY 2); on a number it says that the number is an amount in units that
    came from such money and must be rounded to become money again. `item` is the type of a list's items; the items
    of `rows` are of kind `row`, whose `columns` are the columns' symbols. A link has the template it leads to as
    `target`, and what that template's records are made of as `columns`; templates that link to each other make a circle
    of them, so nobody walks it to its end.
    """

    kind: Kind
    scale: int | None = None
    currency: str = ""
    item: Type | None = None
    target: str = ""
    options: Options[OptionType] = field(default=NONE, compare=False, repr=False)
    columns: Mapping[str, Symbol] = field(default_factory=dict, compare=False, repr=False)
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a name stands for.

    `present`: a valid record has a value whenever the field is visible (required, or computed from what is present).
    `present_if`: trees of conditions that together mean the same (a `required` that is an expression).
    `visible`: the tree of the field's own condition; where it does not hold, the name is absent.
    `label`: language → text, so that the label written instead of the id is recognised. `personal`: it is a person's
    own. `live`: it follows from a record that its own record links to, so nobody asks for it by way of a link.
    """

    type: Type
    present: bool = False
    label: Mapping[str, str] = field(default_factory=dict, hash=False)
    present_if: tuple[Node, ...] = ()
    visible: Node | None = None
    personal: bool = False
    live: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """The names an expression may use: fields, tag groups, system names; in `row`, which of them are the row's own.

    A name that is not found is tried as `layer__name`, the added id of the layer that wrote the expression; option
    literals likewise. `zone` is whose clock a datetime is read and written by. `today()`, `now()`, `me` and
    `me.department` need no symbol; `me.department` has the type of the symbol `department` where there is one.
    """

    names: Mapping[str, Symbol]
    layer: str = ""
    row: frozenset[str] = frozenset()
    zone: str = "UTC"

    def resolve(self, name: str) -> str | None:
        """The id that a name means here, or None."""
        return resolve(name, self.names, self.layer)


def resolve(name: str, known: Mapping[str, object] | frozenset[str], layer: str) -> str | None:
    """The id that a name means in a layer: itself, else the layer's own addition, else None."""
    own = f"{layer}__{name}"
    return name if name in known else own if layer and own in known else None


TEXT, NUMBER, INTEGER, BOOLEAN = Type("text"), Type("number"), Type("integer"), Type("boolean")
DATE, DATETIME, TIME, DURATION = Type("date"), Type("datetime"), Type("time"), Type("duration")
PERSON, FILE, UNKNOWN = Type("person"), Type("file"), Type("unknown")


def money(scale: int, currency: str = "") -> Type:
    """Money held as an integer scaled by 10**scale; two currencies never mix."""
    return Type("money", scale=scale, currency=currency)


def choice(options: Iterable[OptionType] = (), name: str = "") -> Type:
    """One of some options, held as its id: choice fields, states, departments, exclusive tag groups."""
    return Type("choice", options=Options.of(options), name=name)


def choices(options: Iterable[OptionType] = (), name: str = "") -> Type:
    """Several of some options, held as a list of ids: choices fields, tag groups with `many`."""
    return list_of(choice(options, name))


def link(target: str, parts: Mapping[str, Symbol] | None = None) -> Type:
    """A record of another template, held as its id; `parts` are the names it is asked for by (`customer.phone`)."""
    return Type("link", target=target, columns={} if parts is None else parts)


def list_of(item: Type) -> Type:
    """A list whose items are all of one type."""
    return Type("list", item=item, name=item.name)


def rows(columns: Mapping[str, Symbol]) -> Type:
    """The rows of a `rows` or `log` field."""
    return list_of(Type("row", columns=columns))


def describe(type: Type) -> str:
    """The word of the definition language for a type."""
    if type.kind == "list" and type.item is not None:
        return {"choice": "choices", "row": "rows", "file": "file"}.get(type.item.kind, "list")
    return type.kind
