"""How other programs and plain language write what an expression says: read as meant, and told with our spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable

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


def united(findings: Iterable[Finding], tree: Syntax) -> list[Finding]:
    """Several findings about nothing but spelling as one, with the expression as it is to be written."""
    found = list(findings)
    if len(found) < 2 or any(each.code not in SPELLING for each in found):
        return found
    start = min(tree.start, *(each.start for each in found))
    end = max(tree.end, *(each.end for each in found))
    return [Finding("other-notation", start, end, {}, unparse(tree))]
