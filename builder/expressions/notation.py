"""How other programs and plain language write what an expression says: read as meant, and told with our spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from builder.expressions.finding import Finding
from builder.expressions.syntax import Syntax, unparse

# Words between two values, with our sign.
BETWEEN = {
    **dict.fromkeys(("且", "并且", "而且", "同时", "以及", "和", "与"), "and"),
    **dict.fromkeys(("或", "或者"), "or"),
    **dict.fromkeys(("等于", "是", "为", "is", "equals"), "=="),
    **dict.fromkeys(("不等于", "不是", "不为"), "!="),
    **dict.fromkeys(("大于", "超过"), ">"),
    **dict.fromkeys(("小于", "低于"), "<"),
    **dict.fromkeys(("大于等于", "不小于", "不少于", "不低于"), ">="),
    **dict.fromkeys(("小于等于", "不大于", "不超过"), "<="),
    "属于": "in", "加": "+", "减": "-", "乘": "*", "乘以": "*", "除以": "/",
}  # fmt: skip
BEFORE = frozenset(("非", "不"))  # in front of a condition
UNITS = {
    **dict.fromkeys(("分", "分钟", "minute", "minutes"), "min"),
    **dict.fromkeys(("时", "小时", "hour", "hours"), "h"),
    **dict.fromkeys(("天", "日", "day", "days"), "d"),
    **dict.fromkeys(("周", "星期", "week", "weeks"), "w"),
    **dict.fromkeys(("月", "个月", "month", "months"), "mo"),
    **dict.fromkeys(("年", "year", "years"), "y"),
    **dict.fromkeys(("元", "块", "人民币", "个", "件", "人", "次", "rmb", "cny"), ""),
}
# Signs that no token begins with: the code that says what to write.
STRANGE = {
    "&": "ampersand", "^": "power-sign", "$": "name-in-braces", "{": "name-in-braces", "}": "name-in-braces",
    "¥": "currency-sign", "￥": "currency-sign", "€": "currency-sign", "£": "currency-sign",
}  # fmt: skip
COMMENT = re.compile(r"//|/\*")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
# Findings about the spelling alone: the tree is what was meant.
SPELLING = frozenset((
    "leading-equals", "other-sign", "word-case", "single-equals", "full-width-sign", "word-between", "not-in",
    "chained-comparison", "percent", "bare-date", "list-brackets", "grouped-digits",
))  # fmt: skip


def as_day(text: str) -> str:
    """A day as other programs write it, as YYYY-MM-DD; "" when the text is none."""
    found = _DAY.fullmatch(text.strip())
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else ""


def between(word: str) -> tuple[str, int]:
    """The sign that a word between two values begins with, and the length of what means it; ("", 0) when none."""
    said = word.lower()
    glued = [each for each in BETWEEN if not each.isascii() and said.startswith(each)]
    meant = said if said in BETWEEN else max(glued, key=len, default="")
    return BETWEEN.get(meant, ""), len(meant)


# What people write together with such a spelling; each says itself what to write in its place.
ALONGSIDE = frozenset((
    "needs-unit", "unknown-unit", "call-needed", "label-not-id", "option-unquoted", "quoted-date", "quoted-number",
))  # fmt: skip
Reading = Callable[[str], tuple[Sequence[Finding], Syntax | None]]


def united(findings: Iterable[Finding], tree: Syntax, text: str, read: Reading) -> list[Finding]:
    """Several findings that come of one notation as one, with the expression as it is to be written.

    `read` gives the findings and the tree of another text: what the suggestions make of it must itself be sound.
    """
    found = list(findings)
    codes = {each.code for each in found}
    if len(found) < 2 or not codes & SPELLING or not codes <= SPELLING | ALONGSIDE:
        return found
    written = unparse(tree)
    if codes & ALONGSIDE:
        again, meant = read(_patched(text, found))
        if meant is None or not {each.code for each in again} <= SPELLING:
            return found
        written = unparse(meant)
    start = min(tree.start, *(each.start for each in found))
    end = max(tree.end, *(each.end for each in found))
    return [Finding("other-notation", start, end, {}, written)]


def _patched(text: str, findings: Iterable[Finding]) -> str:
    """The text with what each finding beside the notation suggests."""
    for each in sorted(findings, key=lambda finding: finding.start, reverse=True):
        if each.code in ALONGSIDE:
            text = text[: each.start] + each.suggestion + text[each.end :]
    return text
