"""What admins get wrong in raw lines: each rule knows one mistake, its name and the line as it was meant.

A rule is only believed when the file can be read further with its line put right (`syntax.py` tries).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.language.events import WIDE_BLANKS
from builder.language.punctuation import full_width, half_width
from builder.language.rawline import CLOSE, OPEN, Pair, closers, indent, pairs, quoted, unclosed

_LONGEST = 80  # of a rewritten line in a message


@dataclass(frozen=True, slots=True)
class Fix:
    """A mistake in a line (code, column from 0, what fills the message) and the line as it was meant."""

    code: str
    column: int
    line: str
    args: Mapping[str, object] = field(default_factory=dict)
    block: bool = False  # the lines below that stand as deep move with it


@dataclass(frozen=True, slots=True)
class Spot:
    """A line that may be to blame, and how deep the lines above it stand."""

    line: str
    levels: Sequence[int]


Rule = Callable[[Spot], Iterator[Fix]]

_KEY_COLON = re.compile(
    r"^(?P<before>[ \u3000]*(?:-[ ]+)*)(?P<key>[^\s:：{}\[\]'\"#]+)[ \u3000]*：[ \u3000]*(?P<rest>.*)$"
)
_GLUED = re.compile(r"^(?P<before>[ ]*(?:-[ ]+)*)(?P<key>[^\W\d][\w-]*):(?P<rest>[^\s/:].*)$")
_NO_COLON = re.compile(r"^(?P<before>[ ]*(?:-[ ]+)*)(?P<key>[^\W\d][\w-]*)(?:[ ]*=[ ]*|[ ]+|$)(?P<rest>.*)$")
_TERNARY = re.compile(r"^(?P<if>.+?) \? (?P<then>.+?) : (?P<else>.+)$")
_OTHER_COMMENT = re.compile(r"^(?P<before>\s*)(?P<sign>＃|//+|/\*|--+(?=\s)|;)\s*(?P<rest>.*)$")
_GLUED_COMMENT = re.compile(r"[ \t]+(#[^\s#!].*)$")
_NEXT_KEY = re.compile(r"^(?P<value>[^\s'\"{\[].*?)(?P<semi>;?)[ ]+(?P<key>[a-z_]+):\s")
_SEMICOLON = re.compile(r";(?=[ ]+[a-z_]+:\s)")
_BRACED = re.compile(r"\{[ ]*([^\W\d]\w*)[ ]*\}")
_COMPARED = re.compile(r"[=!<>＝＜＞+*/-]|(?:and|or|in)\b", re.IGNORECASE)
_OF_YAML = {"&": "anchor", "*": "alias"}
_RESERVED = "@`%|>&*!-"
_FIRST_PASS = str.maketrans({"：": ": ", "｛": "{", "｝": "}", "［": "[", "］": "]"})
_SECOND_PASS = str.maketrans({"：": ": ", "，": ", ", "；": "; "})


def _other_comment(spot: Spot) -> Iterator[Fix]:
    if found := _OTHER_COMMENT.match(spot.line):
        meant = f"# {found['rest']}".rstrip()
        yield Fix("other-comment-line", found.start("sign"), found["before"] + meant,
                  {"sign": found["sign"], "written": _short(meant)})  # fmt: skip


def _full_width(spot: Spot) -> Iterator[Fix]:
    line = spot.line
    if found := _KEY_COLON.match(line):
        before = found["before"].replace("\u3000", "  ")
        written = f"{found['key']}: {found['rest']}".rstrip()
        args = {"key": found["key"], "written": _short(written)}
        yield Fix("full-width-colon", line.index("："), before + written, args)
    if blank := re.search(f"[{WIDE_BLANKS}]", line):
        bare = line.lstrip(f" {WIDE_BLANKS}")
        front = line[: len(line) - len(bare)].replace("\u3000", "  ")
        meant = re.sub(f"[{WIDE_BLANKS}]", " ", front + bare)
        yield Fix("full-width-blank", blank.start(), meant, {"written": _short(meant)})
    if wide := full_width(line):
        for meant in (line.translate(_FIRST_PASS), half_width(line.translate(_SECOND_PASS))):
            code = "full-width-colon" if wide[0] == "：" else "full-width"
            args = {"wide": wide[0], "narrow": half_width(wide[0]), "written": _short(meant)}
            yield Fix(code, wide.start(), meant, args)


def _comment_in_flow(spot: Spot) -> Iterator[Fix]:
    found = _GLUED_COMMENT.search(spot.line)
    if found and (inside := [pair for pair in pairs(spot.line[: found.start()]) if pair.flow]):
        tail = re.search(r"[}\]\s]*$", spot.line)
        end = tail.start() if tail else len(spot.line)
        pair = inside[-1]
        text = spot.line[pair.start : end]
        meant = spot.line[: pair.start] + quoted(text) + spot.line[end:]
        rest = spot.line[found.start(1) : end]
        args = {"key": pair.key, "rest": rest, "written": f"{pair.key}: {quoted(text)}"}
        yield Fix("comment-in-text", found.start(1), meant, args)


def _bracket_in_flow(spot: Spot) -> Iterator[Fix]:
    for pair in pairs(spot.line):
        if pair.flow and pair.value[0] not in "{['\"" and "[" in pair.value:
            yield _wrapped(spot.line, pair, "comma-in-expression", pair.start + pair.value.index("["))


def _braces_in_flow(spot: Spot) -> Iterator[Fix]:
    for pair in pairs(spot.line):
        if pair.flow and pair.value[0] not in "{['\"" and "{" in pair.value:
            yield _wrapped(spot.line, pair, "braces-in-text", pair.start + pair.value.index("{"))


def _after_quote(spot: Spot) -> Iterator[Fix]:
    for pair in pairs(spot.line):
        if pair.value[0] in "\"'":
            sign, end = pair.value[0], pair.value.find(pair.value[0], 1)
            rest = pair.value[end + 1 :]
            if end > 0 and rest.strip():
                column = pair.start + end + 1 + len(rest) - len(rest.lstrip())
                inner = pair.value[1:-1]
                whole = rest.strip().endswith(sign) and not rest[0].isspace()  # quotes within quotes
                yield _wrapped(spot.line, pair, "text-after-quote", column, text=inner if whole else "")


def _after_bracket(spot: Spot) -> Iterator[Fix]:
    for pair in pairs(spot.line):
        if pair.value[0] in "{[" and not pair.flow:
            end = next((i for i in range(1, len(pair.value)) if not unclosed(pair.value[: i + 1])), len(pair.value))
            rest = pair.value[end + 1 :].strip()
            if rest and (bare := _BRACED.sub(r"\1", pair.value)) != pair.value and _COMPARED.match(rest):
                meant = spot.line[: pair.start] + bare + spot.line[pair.end :]
                yield Fix("name-in-braces", pair.start, meant, {"found": "{", "suggestion": _short(bare)})
            elif rest and rest[0] not in CLOSE:
                column = pair.start + pair.value.index(rest, end + 1)
                yield _wrapped(spot.line, pair, "text-after-bracket", column, sign=pair.value[0])


def _ternary(spot: Spot) -> Iterator[Fix]:
    for pair in pairs(spot.line):
        if found := _TERNARY.match(pair.value):
            meant = f"if({found['if']}, {found['then']}, {found['else']})"
            written = f"{pair.key}: {quoted(meant) if pair.flow else meant}"
            yield _wrapped(spot.line, pair, "question-mark", pair.start + found.end("if") + 1, written=written)


def _second_colon(spot: Spot) -> Iterator[Fix]:
    for pair in pairs(spot.line):
        if (colon := re.search(r":(?=\s|$)", pair.value)) and pair.value[0] not in "{['\"":
            yield _wrapped(spot.line, pair, "second-colon", pair.start + colon.start())


def _missing_comma(spot: Spot) -> Iterator[Fix]:
    for pair in pairs(spot.line):
        if pair.flow and (found := _NEXT_KEY.match(pair.value)):
            column = pair.start + found.end("value")
            rest = _SEMICOLON.sub(",", spot.line[pair.start + found.end("semi") :])
            meant = f"{spot.line[:column]},{rest}"
            yield Fix("missing-comma", column, meant, {"key": found["key"], "written": _short(meant)})


def _exclamation(spot: Spot) -> Iterator[Fix]:
    for pair in pairs(spot.line):
        if pair.value.startswith("!") and len(pair.value) > 1:
            meant = f"not {pair.value[1:].lstrip()}"
            line = spot.line[: pair.start] + meant + spot.line[pair.end :]
            yield Fix("exclamation-mark", pair.start, line, {"meant": meant, "written": pair.value})


def _reserved(spot: Spot) -> Iterator[Fix]:
    for pair in pairs(spot.line):
        if pair.value[0] in _RESERVED and (pair.value[0] != "-" or pair.value.startswith("- ")):
            code = _OF_YAML.get(pair.value[0], "reserved-start")
            yield _wrapped(spot.line, pair, code, pair.start, sign=pair.value[0])


def _wrapped(line: str, pair: Pair, code: str, column: int, text: str = "", **args: object) -> Fix:
    """The line with a pair's value, or a text in its place, in '…'."""
    value = quoted(text or pair.value)
    written = _short(f"{pair.key}: {value}")
    meant = line[: pair.start] + value + line[pair.end :]
    return Fix(code, column, meant, {"key": pair.key, "written": written, **args})


def _glued(spot: Spot) -> Iterator[Fix]:
    if found := _GLUED.match(spot.line):
        written = f"{found['key']}: {found['rest']}"
        yield Fix("blank-after-colon", found.end("key"), found["before"] + written,
                  {"key": found["key"], "written": _short(written)})  # fmt: skip


def _no_colon(spot: Spot) -> Iterator[Fix]:
    if (found := _NO_COLON.match(spot.line)) and not re.search(r":(\s|$)", spot.line):
        written = f"{found['key']}: {found['rest']}".rstrip()
        yield Fix("missing-colon", found.end("key"), found["before"] + written, {"written": _short(written)})


def _open_quote(spot: Spot) -> Iterator[Fix]:
    for pair in pairs(spot.line):
        sign = pair.value[0]
        if sign in "\"'" and pair.value.count(sign) % 2:
            bare = pair.value.rstrip("}] ") if pair.flow else pair.value
            tail = spot.line[pair.start + len(bare) :] if pair.flow else ""
            yield Fix("unclosed-quote", pair.start, spot.line[: pair.start] + bare + sign + tail,
                      {"sign": sign, "written": _short(f"{pair.key}: {bare}{sign}")})  # fmt: skip


def _brackets(spot: Spot) -> Iterator[Fix]:
    waiting = unclosed(spot.line)
    extra = [(sign, i) for sign, i in waiting if sign in CLOSE]
    lacking = [(sign, i) for sign, i in waiting if sign in OPEN]
    if extra:
        sign, i = extra[0]
        yield Fix("bracket-too-many", i, spot.line[:i] + " " + spot.line[i + 1 :], {"sign": sign})
    elif lacking:
        sign, i = lacking[-1]
        meant = spot.line.rstrip().rstrip(",") + closers(lacking)
        yield Fix("unclosed-bracket", i, meant, {"sign": sign, "close": closers([(sign, i)]), "written": _short(meant)})


def _indentation(spot: Spot) -> Iterator[Fix]:
    found = indent(spot.line)
    for level in nearest_first(spot.levels, found):
        if level != found:
            line = " " * level + spot.line.lstrip(" ")
            yield Fix("indentation", found, line, {"found": found, "wanted": level}, block=True)


def nearest_first(levels: Sequence[int], wanted: int) -> list[int]:
    """Levels by how near they are to a wanted one, the deeper of two first."""
    return sorted(set(levels), key=lambda level: (abs(level - wanted), -level))


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


RULES: tuple[Rule, ...] = (
    _other_comment,
    _full_width,
    _comment_in_flow,
    _missing_comma,
    _bracket_in_flow,
    _braces_in_flow,
    _after_quote,
    _after_bracket,
    _ternary,
    _second_colon,
    _exclamation,
    _reserved,
    _glued,
    _open_quote,
    _brackets,
    _no_colon,
    _indentation,
)
