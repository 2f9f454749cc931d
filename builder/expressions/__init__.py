"""Expressions: text → typed tree → Python function.

Parsed once, on the server, by our own small Pratt parser and checked against the fields.
One tree, so one meaning: whatever is emitted from it (Python here, JavaScript for the browser) only translates.
"""

from builder.expressions.compiling import compile_expression
from builder.expressions.expression import Expression, Situation
from builder.expressions.finding import Finding
from builder.expressions.options import JOINT, Options, OptionType
from builder.expressions.order import dependency_order
from builder.expressions.tree import Node, linked_names, walk
from builder.expressions.types import (
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    FILE,
    INTEGER,
    NUMBER,
    PERSON,
    TEXT,
    TIME,
    UNKNOWN,
    Scope,
    Symbol,
    Type,
    choice,
    choices,
    link,
    list_of,
    money,
    rows,
)
from builder.expressions.witness import UNDECIDED, Question, Undecided, Witness, search, witness

__all__ = [
    "BOOLEAN",
    "DATE",
    "DATETIME",
    "DURATION",
    "FILE",
    "INTEGER",
    "JOINT",
    "NUMBER",
    "PERSON",
    "TEXT",
    "TIME",
    "UNDECIDED",
    "UNKNOWN",
    "Expression",
    "Finding",
    "Node",
    "OptionType",
    "Options",
    "Question",
    "Scope",
    "Situation",
    "Symbol",
    "Type",
    "Undecided",
    "Witness",
    "choice",
    "choices",
    "compile_expression",
    "dependency_order",
    "link",
    "linked_names",
    "list_of",
    "money",
    "rows",
    "search",
    "walk",
    "witness",
]
