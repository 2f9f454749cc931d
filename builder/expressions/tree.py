"""The typed tree: plain frozen data that says everything. An emitter translates it and decides nothing.

Values: text, choice, person, date (YYYY-MM-DD), time (HH:MM), datetime (UTC, YYYY-MM-DDTHH:MM:SS.ffffffZ) are
strings; integer and money (scaled) are whole numbers within ±(2⁵³−1); number is a finite IEEE double, never −0;
a duration is a pair (months, seconds); lists are lists, rows are maps column → value. Absent is None. A text of white
space alone, a whole number out of range and a double that is not finite are absent, wherever they arise. An operand is
absent-strict unless the table says otherwise: absent in, absent out; comparisons and tests: absent in, false out; an
absent list is empty.

| kind | value | args | is |
|---|---|---|---|
| const | the value | | itself; None is absent |
| field, row | name, column | | what the record, the row at hand, holds |
| local | depth | | the item that the quantifier at this depth (from outside, 0) walks over |
| cell | column | row | what a row holds |
| linked | (template, name) | link | what the record linked to holds, if the situation's reader sees it in clear |
| pluck, pluck_all | column | rows | the column of every row, absent ones kept; `_all`: lists joined to one |
| today, now, me, my_department | | | from the situation |
| list | | items | a list of them |
| gather | | any | one list of all, lists spread out |
| map | depth | list, body | the body for each item |
| filter, exists, all | depth | list, body | items for which it holds; whether it holds for one, for each |
| given | | any | whether it is present; an empty list is not |
| not, and, or | | booleans | absent counts as false; never absent |
| if | | boolean, any, any | the second when the first is true, else the third |
| eq | | two of one type | whether both are present and equal |
| one_of | constants, sorted | any | whether it is one of them (`counts_as` is resolved) |
| overlaps | constants, sorted | list | whether one of the items is one of them |
| member | | any, list | whether one of the items equals it |
| lt le gt ge | | two of one type | their order; texts by code point |
| add sub mul neg abs | | numbers, integers or money | the result, of the node's type |
| mod | | two of one type | the remainder, of the divisor's sign; by zero it is absent |
| div | | two of one type | their quotient as a number; by zero it is absent |
| to_number | | integer | the same as a number |
| to_money | scale | integer | times 10**scale |
| units | scale | money | as a number of whole units: divided by 10**scale |
| round | digits | number | a number; half away from zero, as a decimal (see arithmetic.rounded) |
| round_to | (digits, scale) | number | rounded, then times 10**scale: an integer or money |
| round_off | digits | integer, money | its last decimal digits made zero, half away from zero |
| shift | 1 or −1 | date or datetime, duration | moved; months stop at a month's last day, days and less are exact |
| shift_local | (1 or −1, zone) | datetime, duration | months on the zone's clock (of two the first, of none the next) |
| local_date | zone | datetime | the day on the zone's clock (builder/zones.py); outside 1–9999 absent |
| moment_text | zone | datetime | `YYYY-MM-DD HH:MM` on the zone's clock |
| days, months | | two dates or datetimes | whole ones from the first to the second, negative backwards |
| month, year | | date | 1–12; 1–9999 |
| date | | three integers | the date, absent when there is none |
| parse_date | | text | the date it writes as YYYY-MM-DD, else absent |
| size | | text, list | code points, items; of absent 0 |
| count, sum, min, max, avg | | list | over its present items; of none 0, 0, absent, absent, absent; `avg` is a number |
| join | | separator, list of texts | the present items; of none absent; an absent separator is empty |
| lower, trim | | text | lower case by Unicode 14; without white space at both ends |
| starts, contains | | text, part | may be absent |
| label | pairs (id, text) | choice | the text, else the id itself |
| person_name | | person | by the situation |
| number_text | | integer, number | shortest decimal digits that name it, ungrouped, without exponent |
| money_text | scale | money | with all its decimals, or none when they are zero |
| date_text | | date, time | as it is |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from builder.expressions.types import Type

Constant = object  # None bool int float str, or tuples of these

REFERENCES = frozenset(("field", "row", "local", "cell", "linked"))
# Present exactly when every operand is: for these, `x is present` says the same of what x is made of.
STRICT = frozenset((
    "add", "sub", "mul", "div", "mod", "neg", "abs", "to_number", "to_money", "units", "round", "round_to", "round_off",
    "shift", "shift_local", "local_date", "moment_text",
    "days", "months", "month", "year", "date", "parse_date", "lower", "trim", "starts", "contains",
    "label", "person_name", "number_text", "money_text", "date_text",
))  # fmt: skip
ORDERS = frozenset(("lt", "le", "gt", "ge"))
ARITHMETIC = frozenset(("add", "sub", "mul", "div", "mod", "neg", "abs", "shift", "shift_local"))
# Never absent, whatever their operands are.
_SURE = frozenset((
    "list", "gather", "map", "filter", "exists", "all", "pluck", "pluck_all", "given", "not", "and", "or", "eq",
    "one_of", "overlaps", "member", "lt", "le", "gt", "ge", "size", "count", "today", "now",
))  # fmt: skip
# Cannot leave the range of their type: present when their operands are.
_SAFE = frozenset((
    "neg", "abs", "to_number", "units", "days", "months", "month", "year", "starts", "contains", "lower", "trim",
    "label", "number_text", "money_text", "date_text",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """One operation.

    `present`: its value is never absent, in no record at all. `span`: start and end in the text, in code points.
    Neither belongs to its identity: two trees are equal when they mean the same, operation by operation.
    """

    kind: str
    type: Type
    args: tuple[Node, ...] = ()
    value: Constant = None
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    present: bool = field(default=False, compare=False)


def node(kind: str, type: Type, args: tuple[Node, ...] = (), value: Constant = None, *,
         span: tuple[int, int] = (0, 0), known: bool = False) -> Node:  # fmt: skip
    """A node whose `present` follows from its kind and operands; `known`: it was proved otherwise."""
    return Node(kind, type, args, value, span, known or _present(kind, args, value))


def _present(kind: str, args: tuple[Node, ...], value: Constant) -> bool:
    if kind == "const":
        return value is not None
    if kind == "if":
        return args[1].present and args[2].present
    return kind in _SURE or (kind in _SAFE and all(arg.present for arg in args))


def alone(tree: Node) -> Node:
    """A part of a tree, asked by itself: what was proved present by what it stood under may be absent."""
    return node(tree.kind, tree.type, tuple(map(alone, tree.args)), tree.value, span=tree.span)


def walk(tree: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield tree
    for arg in tree.args:
        yield from walk(arg)


def names(tree: Node, kind: str = "field") -> frozenset[str]:
    """The names it looks up in the record (`field`) or in the row at hand (`row`)."""
    return frozenset(str(part.value) for part in walk(tree) if part.kind == kind)


def linked_names(tree: Node) -> frozenset[tuple[str, str]]:
    """What it looks up in records linked to: (template, name)."""
    return frozenset(part.value for part in walk(tree) if part.kind == "linked" and isinstance(part.value, tuple))
