"""What may cure a finding: other texts for its file, the likeliest first. Whether one does is not judged here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from builder.diagnostic import Diagnostic
from builder.language.punctuation import WIDE, half_width
from builder.language.rawline import indent, pairs, quoted
from builder.language.syntax import parse
from builder.repair.lines import bare, lines_of, with_line, with_lines, without_line

Cure = Callable[[Diagnostic, str], Iterator[str]]


def cures(finding: Diagnostic, text: str) -> Iterator[str]:
    """The texts to try; none for a finding whose cure only its author can know."""
    number = finding.place.line
    if number <= len(lines_of(text)):
        for cure in _BY_CODE.get(finding.code, ()):
            yield from cure(finding, text)


def marked(finding: Diagnostic, text: str) -> tuple[str, str, str]:
    """The word that a finding is about, with what stands before and behind it on its line; "" when it is not there.

    A line that the reader had to put right first is a little longer or shorter than its author's.
    """
    line, at = bare(lines_of(text)[finding.place.line - 1]), finding.place.column - 1
    words = [str(finding.args[name]) for name in ("marked", "key", "value", "name", "id") if finding.args.get(name)]
    for off in (0, -1, 1, -2, 2):
        for written in (spelled for word in words for spelled in (word, f"'{word}'", f'"{word}"')):
            if at + off >= 0 and line.startswith(written, at + off):
                return written, line[: at + off], line[at + off + len(written) :]
    return "", line, ""


def _suggested(finding: Diagnostic, text: str) -> Iterator[str]:
    """The word that was meant in place of the one that is written."""
    meant = str(finding.args.get("suggestion", ""))
    word, before, behind = marked(finding, text)
    if meant and word:
        yield from _placed(finding, text, before, meant, behind)


def _placed(finding: Diagnostic, text: str, before: str, meant: str, behind: str) -> Iterator[str]:
    """The line with something put in; then the same with its plain value in '…', which it may need now."""
    old, line = bare(lines_of(text)[finding.place.line - 1]), before + meant + behind
    yield with_line(text, finding.place.line, line)
    for pair in reversed([pair for pair in pairs(old) if pair.start <= len(before) < pair.end]):
        if pair.value[0] not in "'\"{[" or pair.value[0] == old[len(before)] == '"':
            end = len(line) - (len(old) - pair.end)
            yield with_line(text, finding.place.line, line[: pair.start] + quoted(line[pair.start : end]) + line[end:])


def _narrowed(finding: Diagnostic, text: str) -> Iterator[str]:
    """Half-width signs where full-width ones stand: this one, then all of the same word or expression."""
    line, at = bare(lines_of(text)[finding.place.line - 1]), finding.place.column - 1
    written = str(finding.args.get("write") or finding.args.get("narrow") or half_width(line[at : at + 1]))
    found = str(finding.args.get("found") or finding.args.get("wide") or line[at : at + 1])
    if found == "，" and finding.code == "full-width" and line[at + 1 : at + 2].strip():
        written = ", "  # between the words of a list
    if line.startswith(found, at) and found:
        yield from _placed(finding, text, line[:at], written, line[at + len(found) :])
    start, end = at, at
    while start > 0 and line[start - 1] not in "\"' [{":
        start -= 1
    while end < len(line) and line[end] not in "\"' ]}":
        end += 1
    if any(sign in WIDE for sign in line[start:end]):
        yield with_line(text, finding.place.line, line[:start] + half_width(line[start:end]) + line[end:])


def _as_read(finding: Diagnostic, text: str) -> Iterator[str]:
    """The line as the reader of files put it right to go on, with what it moved beneath."""
    old, new = lines_of(text), lines_of(parse(text).text)
    first = finding.place.line - 1
    if len(old) == len(new) and old[first] != new[first]:
        last = next((i for i in range(first, len(old)) if old[i] == new[i]), len(old))
        yield "".join([*old[:first], new[first], *old[first + 1 :]])
        yield "".join(old[:first] + new[first:last] + old[last:])


def _quoted(finding: Diagnostic, text: str) -> Iterator[str]:
    """The whole value in '…', as the message writes it."""
    written = str(finding.args.get("written", ""))
    key, _, value = written.partition(": ")
    raw = value[1:-1].replace("''", "'") if value[:1] == value[-1:] == "'" else value
    line = bare(lines_of(text)[finding.place.line - 1])
    at = line.find(f"{key}: {raw}")
    if key and raw and at >= 0 and raw != value:
        yield with_line(text, finding.place.line, line.replace(f"{key}: {raw}", written, 1))


def _in_block(finding: Diagnostic, text: str) -> Iterator[str]:
    """A definition in { } with an expression that needs quotes there, written one property a line."""
    for mended in (*_as_read(finding, text), *_quoted(finding, text)):
        line = bare(lines_of(mended)[finding.place.line - 1])
        outer = next(pairs(line), None)
        if outer is None or outer.flow or not (outer.value.startswith("{") and outer.value.endswith("}")):
            continue
        inner = [(pair.key, pair.value) for pair in pairs(line) if pair.flow and _depth(line, pair.start) == 1]
        rebuilt = "{" + ", ".join(f"{key}: {value}" for key, value in inner) + "}"
        if rebuilt == outer.value:  # nothing was overlooked, a comment or an odd blank
            depth = " " * (indent(line) + 2)
            head = line[: outer.start].rstrip()
            yield with_lines(mended, finding.place.line, [head, *(f"{depth}{k}: {_unquoted(v)}" for k, v in inner)])


def _depth(line: str, end: int) -> int:
    """How many brackets stand open in a line before a place; quoted texts are passed over."""
    depth, quote = 0, ""
    for sign in line[:end]:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        depth += (sign in "{[") - (sign in "}]") if not quote else 0
    return depth


def _unquoted(value: str) -> str:
    """A value that needs no quotes on a line of its own."""
    inner = value[1:-1].replace("''", "'")
    needs = ": " in inner or " #" in inner or inner[:1] in "\"'{[!&*@`%|>#-?," or inner.endswith(":")
    return value if value[:1] != "'" or needs else inner


def _listed(finding: Diagnostic, text: str) -> Iterator[str]:
    """One word or several after each other, as the list that is wanted."""
    _, _, written = str(finding.args.get("written", "")).partition(": ")
    line, at = bare(lines_of(text)[finding.place.line - 1]), finding.place.column - 1
    rest = line[at:]
    end = min([len(rest), *(rest.find(sign) for sign in (" #", "}") if sign in rest)])
    if written:
        yield with_line(text, finding.place.line, line[:at] + written + rest[end:])


def _meant(finding: Diagnostic, text: str) -> Iterator[str]:
    """The words that the message says were meant, in place of those that are written."""
    line, at = bare(lines_of(text)[finding.place.line - 1]), finding.place.column - 1
    written, meant = str(finding.args.get("written", "")), str(finding.args.get("meant", ""))
    if written and line.startswith(written, at):
        yield with_line(text, finding.place.line, line[:at] + meant + line[at + len(written) :])


def _rewritten(finding: Diagnostic, text: str) -> Iterator[str]:
    """The pair of key and value as the message writes it."""
    line, written = bare(lines_of(text)[finding.place.line - 1]), str(finding.args.get("written", ""))
    for pair in pairs(line):
        start = pair.start - (len(line[: pair.start]) - len(line[: pair.start].rstrip())) - len(pair.key) - 1
        if written.startswith(f"{pair.key}: ") and not written.endswith("…"):
            yield with_line(text, finding.place.line, line[:start] + written + line[pair.end :])


def _relisted(finding: Diagnostic, text: str) -> Iterator[str]:
    """Several words that a comma parts inside { }, as the list that the message writes."""
    line, written = bare(lines_of(text)[finding.place.line - 1]), str(finding.args.get("written", ""))
    plain = written.replace("[", "", 1).removesuffix("]")
    if plain != written and line.count(plain) == 1:
        yield with_line(text, finding.place.line, line.replace(plain, written))


def _as_written(finding: Diagnostic, text: str) -> Iterator[str]:
    """The line as the message writes it, where it stands."""
    line, written = bare(lines_of(text)[finding.place.line - 1]), str(finding.args.get("written", ""))
    key, _, value = written.partition(": ")
    if value and line.strip() == f"{key} {value}":
        yield with_line(text, finding.place.line, line[: indent(line)] + written)


def _swapped(finding: Diagnostic, text: str) -> Iterator[str]:
    """Key and value in each other's place, as the message writes them."""
    line, written = bare(lines_of(text)[finding.place.line - 1]), str(finding.args.get("written", ""))
    at, (value, _, key) = finding.place.column - 1, written.partition(": ")
    if key and line.startswith(f"{key}: {value}", at):
        yield with_line(text, finding.place.line, line[:at] + written + line[at + len(written) :])


def _bared(finding: Diagnostic, text: str) -> Iterator[str]:
    """A name without the braces around it."""
    line, at = bare(lines_of(text)[finding.place.line - 1]), finding.place.column - 1
    if line[at : at + 1] == "{" and (end := line.find("}", at)) > 0:
        yield with_line(text, finding.place.line, line[:at] + line[at + 1 : end].strip() + line[end + 1 :])


def _in_capitals(finding: Diagnostic, text: str) -> Iterator[str]:
    """A part in braces in capitals, where that alone is what the message suggests."""
    line, at = bare(lines_of(text)[finding.place.line - 1]), finding.place.column - 1
    found, meant = str(finding.args.get("found", "")), str(finding.args.get("suggestion", ""))
    if found and found.upper() == meant and line.startswith(found, at):
        yield with_line(text, finding.place.line, line[:at] + meant + line[at + len(found) :])


def _outdented(finding: Diagnostic, text: str) -> Iterator[str]:
    """The line and what stands under it, level with the nearest line above that is less deep."""
    lines, first = lines_of(text), finding.place.line - 1
    depth = indent(lines[first])
    outer = next((indent(line) for line in reversed(lines[:first]) if line.strip() and indent(line) < depth), depth)
    last = next((i for i in range(first + 1, len(lines)) if lines[i].strip() and indent(lines[i]) <= depth), len(lines))
    yield "".join([*lines[:first], *(line[depth - outer :] or line for line in lines[first:last]), *lines[last:]])


def _removed(finding: Diagnostic, text: str) -> Iterator[str]:
    """The text without the line."""
    yield without_line(text, finding.place.line)


def _without_sign(finding: Diagnostic, text: str) -> Iterator[str]:
    """The expression without the = in front of it."""
    line, at = bare(lines_of(text)[finding.place.line - 1]), finding.place.column - 1
    if line[at : at + 1] == "=":
        yield with_line(text, finding.place.line, line[:at] + line[at + 1 :].lstrip(" "))


_MISSPELT = (
    "unknown-key", "unknown-type", "unknown-value", "bad-boolean", "not-of-type", "unknown-field", "unknown-state",
    "unknown-action", "unknown-column", "unknown-option", "unknown-vocabulary", "unknown-section",
    "unknown-department", "unknown-tag", "unknown-person-word", "unknown-language", "unknown-id", "unknown-entry",
    "unknown-field-in-text",
)  # fmt: skip
# Where what to write instead is certain.
_IN_EXPRESSIONS = (
    "unknown-name", "label-not-name", "label-not-id", "not-an-option", "option-unquoted", "no-such-column",
    "unknown-function", "function-not-method", "call-needed", "other-sign", "word-case", "other-notation",
    "single-equals", "chained-comparison", "not-in", "word-between", "bare-value", "list-brackets", "grouped-digits",
    "percent", "bare-date", "quoted-date", "quoted-number", "list-compared", "list-in-list", "in-one", "in-text",
    "blank-compared", "text-plus", "date-difference", "bare-time", "time-spelling", "no-such-linked",
)  # fmt: skip
_BY_CODE: Mapping[str, tuple[Cure, ...]] = {
    # signs of another keyboard, and what YAML reads otherwise than it was meant
    **dict.fromkeys(("full-width-colon", "full-width-blank", "blank-after-colon", "tab"), (_as_read,)),
    "other-comment-line": (_as_read,),
    "missing-comma": (_as_read,),
    "exclamation-mark": (_meant,),
    "question-mark": (_rewritten,),
    **dict.fromkeys(("second-colon", "text-after-quote", "text-after-bracket", "reserved-start"), (_as_read,)),
    "full-width": (_narrowed, _as_read),
    "full-width-sign": (_suggested, _narrowed),
    "comma-in-expression": (_in_block, _as_read, _quoted),
    "comma-ends-text": (_quoted,),
    "comment-in-text": (_quoted, _as_read),
    "list-wanted": (_listed,),
    "list-in-braces": (_relisted,),
    "braces-in-text": (_quoted,),
    "missing-colon": (_as_written,),
    "captured-backwards": (_swapped,),
    "name-in-braces": (_bared,),
    "serial-hole": (_in_capitals,),
    "too-far-in": (_outdented,),
    **dict.fromkeys(_MISSPELT, (_suggested,)),
    **dict.fromkeys(_IN_EXPRESSIONS, (_suggested,)),
    "leading-equals": (_suggested, _without_sign),
    # what says nothing
    "repeats-base": (_removed,),
}
