"""A finding inside one expression. Its words stand in schemas/messages/expressions.yaml, by code.

| code | args |
|---|---|
| empty-expression, ends-early, single-equals, leading-equals, chained-comparison, empty-list, lists-compared | |
| other-notation, ampersand, power-sign, if-brackets, list-brackets | |
| name-in-braces, currency-sign, other-comment, percent, bare-date, bare-time | found |
| other-function | name, example |
| expression-too-long, expression-too-deep, number-too-large | limit |
| full-width-sign, other-sign, word-case | found, write |
| unclosed-text | quote |
| unknown-character, value-expected, name-expected, sign-unexpected | found |
| sign-missing | found, expected |
| not-in | value, list |
| rows-by-number | rows, sign |
| word-between, bare-value | word |
| grouped-digits, not-listed, types-differ, not-a-condition, in-one, whole-days, blank-joined | found |
| bare-m, timer-unit, unknown-unit, whole-duration, duration-too-long | count, unit |
| needs-unit | number |
| unknown-name, call-needed, no-null, unknown-function | name |
| label-not-name, label-not-id | label, id |
| option-unquoted | id |
| not-an-option | value, known |
| no-states, not-a-user-id | value |
| no-parts | name, part, found |
| no-such-column | rows, name, known |
| no-such-linked | link, name, target, known |
| live-linked | name, target |
| list-of-lists | name, list |
| function-not-method | function |
| argument-count | function, least, most, found, exact and example where there is one |
| wrong-argument | function, expected, found, column where there is one |
| needs-name | function, example |
| not-a-list | found, method |
| wrong-type | expected, found |
| incomparable, links-apart | left, right |
| no-order, not-comparable | found, operator |
| no-arithmetic | found, operator, column where rows are calculated with |
| link-literal | link, target, part where there is one |
| list-compared, list-in-list | list |
| in-text, blank-compared, text-plus, date-difference, money-times-money, two-currencies, round-integer | |
| quoted-number, no-such-date | value |
| time-spelling | value, write |
| no-such-time-literal | value, type |
| quoted-date | value, day |
| round-money | digits |
| digits-literal | most |
| possibly-absent (a warning) | name |

What the system knows by a name of its own is told as it is elsewhere: unknown-state, unknown-department, unknown-entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with text[start:end] (code points): a code of the message catalogue and what fills its `{holes}`.

    `suggestion`, where one is certain, is what to write in place of text[start:end].
    """

    code: str
    start: int
    end: int
    args: Mapping[str, object] = field(default_factory=dict)
    suggestion: str = ""
