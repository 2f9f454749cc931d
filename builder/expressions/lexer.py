"""Text → tokens. What only looks like punctuation is read as what was meant, with a finding that says so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from builder.expressions.finding import Finding
from builder.expressions.notation import COMMENT, STRANGE, as_day

ALIKE = str.maketrans("（）［］，、；＝！＜＞＋－＊／％．。？：＆｜", "()[],,,=!<>+-*/%..?:&|")
DOUBLE, SINGLE = "“”„＂「」", "‘’＇"
# Signs of other notations, with ours.
SIGNS = {
    "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "–": "-",
    "<>": "!=", "===": "==", "!==": "!=", "=>": ">=", "=<": "<=", ";": ",",
}  # fmt: skip
SAME = {"&&": "and", "||": "or"}  # understood, never shown
WORDS = frozenset(("and", "or", "not", "in", "true", "false"))

_QUOTED = re.compile(
    rf"""(?P<plain>"[^"]*"|'[^']*')
    |[{DOUBLE}](?P<double>[^{DOUBLE}"]*)[{DOUBLE}"]
    |[{SINGLE}](?P<single>[^{SINGLE}']*)[{SINGLE}']""",
    re.VERBOSE,
)
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<day>(?:19|20)[0-9]{2}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|年[0-9]{1,2}月)[0-9]{1,2}日?)(?![\w/-])
    |(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?![\w:])
    |(?P<number>[0-9０-９]+(?:\.[0-9０-９]+)?(?:万|亿)?)(?P<unit>[^\W\d]\w*)?
    |(?P<name>[^\W\d]\w*)
    |(?P<op>===|!==|==|!=|<>|<=|>=|=>|=<|&&|\|\||[≥≤≠×÷−–=!<>+\-*/%?:;()\[\],.])""",
    re.VERBOSE,
)
_LONE_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: number, duration, day, clock, text, name, op or end; words like `and` and all signs are of kind op."""

    kind: str
    text: str
    start: int
    end: int
    unit: str = ""


class Unreadable(Exception):
    """The text cannot be read on from here; carries the finding."""

    def __init__(self, code: str, start: int, end: int, **args: object) -> None:
        super().__init__(code)
        self.finding = Finding(code, start, end, args)


def tokens(text: str, findings: list[Finding]) -> list[Token]:
    """All tokens with an `end` at the end; adds what was understood but must be written differently.

    Raises Unreadable at a character that no token begins with, and at a quotation that does not end.
    """
    plain = straightened(text)
    if plain != text:
        findings.append(_full_width(text, plain))
    return [*_scan(plain, findings), Token("end", "", len(text), len(text))]


def straightened(text: str) -> str:
    """The text with half-width punctuation outside quotations; positions stay the same."""
    pieces, at = [], 0
    for match in _QUOTED.finditer(text):
        pieces += [text[at : match.start()].translate(ALIKE), _requoted(match)]
        at = match.end()
    return "".join((*pieces, text[at:].translate(ALIKE)))


def _requoted(match: re.Match[str]) -> str:
    if match["plain"]:
        return match["plain"]
    inner = match["single"] if match["double"] is None else match["double"]
    quote = "'" if '"' in inner else '"'
    return f"{quote}{inner}{quote}"


def _full_width(text: str, plain: str) -> Finding:
    changed = [i for i, (a, b) in enumerate(zip(text, plain, strict=True)) if a != b]
    first, last = changed[0], changed[-1] + 1
    written = _LONE_EQUALS.sub("==", plain[first:last]) if "＝" in text[first:last] else plain[first:last]
    write = "==" if text[first] == "＝" else plain[first]
    return Finding("full-width-sign", first, last, {"found": text[first], "write": write}, written)


def _scan(plain: str, findings: list[Finding]) -> Iterator[Token]:
    at = 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None or COMMENT.match(plain, at):
            raise _stuck(plain, at)
        at = match.end()
        if match.lastgroup != "space":
            yield _token(match, findings)


def _stuck(plain: str, at: int) -> Unreadable:
    if plain[at] in "\"'":
        return Unreadable("unclosed-text", at, len(plain), quote=plain[at])
    if COMMENT.match(plain, at):
        return Unreadable("other-comment", at, len(plain), found=plain[at : at + 2])
    return Unreadable(STRANGE.get(plain[at], "unknown-character"), at, at + 1, found=plain[at])


def _token(match: re.Match[str], findings: list[Finding]) -> Token:
    start, end = match.span()
    if match["day"]:
        return Token("day", as_day(match["day"]), start, end)
    if match["clock"]:
        return Token("clock", match["clock"], start, end)
    if match["number"]:
        return Token("duration" if match["unit"] else "number", match["number"], start, end, match["unit"] or "")
    if match["text"]:
        return Token("text", match["text"][1:-1], start, end)
    if match["name"]:
        return _word(unicodedata.normalize("NFC", match["name"]), start, end, findings)
    return Token("op", _sign(match["op"], start, end, findings), start, end)


def _word(name: str, start: int, end: int, findings: list[Finding]) -> Token:
    word = name.lower()
    if word not in WORDS:
        return Token("name", name, start, end)
    if word != name:
        findings.append(Finding("word-case", start, end, {"found": name, "write": word}, word))
    return Token("op", word, start, end)


def _sign(sign: str, start: int, end: int, findings: list[Finding]) -> str:
    if sign in SIGNS:
        findings.append(Finding("other-sign", start, end, {"found": sign, "write": SIGNS[sign]}, SIGNS[sign]))
    return SIGNS.get(sign, SAME.get(sign, sign))
