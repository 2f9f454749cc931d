"""Text → tree, going on after a YAML error: the line to blame is put right as it was meant, and all is read again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from builder.language.events import WIDE_BLANKS, Flaw, Tree, Unreadable, read_tree
from builder.language.rawline import code, indent
from builder.language.suspects import swallowed_lines
from builder.language.typography import RULES, Fix, Spot, nearest_first

_ROUNDS = 12  # mistakes that are put right in one file before it is given up
_BUDGET = 20_000_000  # code points read in all attempts together
_LONGEST_LINE = 2_000  # code points that rules look at: what is longer was not typed
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029\ufeff]")
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?=\s|$).*$", re.MULTILINE)
_TAB = re.compile(r"^([ ]*)\t[ \t]*", re.MULTILINE)
_MISREAD = frozenset({"full-width-colon", "blank-after-colon", "full-width-blank"})
_PAIR = re.compile(r"^ *(?P<key>[^\s:{}\[\]'\"#]+)(?P<colon>:) +(?P<value>[^\s{\[|>#].*)$")
_COLLECTIONS = frozenset(("fields:", "options:", "states:", "transitions:", "tags:", "sections:", "lists:", "cases:"))
_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as it could be read: the tree (None when it stays unreadable), the text with its repairs, its flaws."""

    tree: Tree | None
    text: str
    flaws: list[Flaw]


def parse(text: str) -> Parsed:
    """Read a text, repairing what stops the parser. Raises Guarded when it goes beyond a limit."""
    text, flaws = _cleaned(text)
    reader = _Attempts(len(text))
    for _ in range(_ROUNDS):
        tree, error = reader.read(text)
        swallowed = [*swallowed_lines(text, tree.mark)] if tree is not None else []
        misread = [*swallowed, *tree.flaws] if tree is not None else []
        flaw, mended = reader.repaired(text, error) if error is not None else reader.reread(text, misread)
        if tree is not None and mended is None:
            return Parsed(tree, text, [*flaws, *swallowed])
        flaws += [flaw] if flaw is not None else []
        if mended is None:
            break
        text = mended
    return Parsed(None, text, flaws)


def _cleaned(text: str) -> tuple[str, list[Flaw]]:
    """A text without control characters and unfinished merges; the first side of a conflict stays."""
    flaws: list[Flaw] = []
    if found := _CONTROL.search(text):
        flaws.append(Flaw("control-character", found.start(), {"code": f"U+{ord(found[0]):04X}"}))
        text = _CONTROL.sub(" ", text)
    if "<<<<<<<" in text and (marks := list(_CONFLICT.finditer(text))):
        flaws += [Flaw("merge-conflict", m.start(), {"marker": m[1]}) for m in marks if m[1][0] == "<"]
        text = _one_side(text)
    return text, [_placed(text, flaw) for flaw in flaws]


def _one_side(text: str) -> str:
    """A conflict's first side; its marks and the other side become empty lines."""
    kept, dropping = [], False
    for line in text.splitlines(keepends=True):
        mark = _CONFLICT.match(line)
        if mark:
            dropping = mark[1][0] in "=|"
        body = line.rstrip("\r\n")
        kept.append(line[len(body) :] if mark or dropping else line)
    return "".join(kept)


def _placed(text: str, flaw: Flaw) -> Flaw:
    """A flaw that keeps its line and column when the text is repaired around it."""
    before = _END.split(text[: flaw.index])
    return replace(flaw, at=(len(before), len(before[-1]) + 1))


class _Attempts:
    """Reads a text again and again, within a budget."""

    def __init__(self, size: int) -> None:
        self.left = max(_BUDGET, 2 * size)

    def read(self, text: str) -> tuple[Tree | None, Unreadable | None]:
        self.left -= len(text)
        try:
            return read_tree(text), None
        except Unreadable as error:
            return None, error

    def reread(self, text: str, flaws: Iterable[Flaw]) -> tuple[Flaw | None, str | None]:
        """A line that was read without complaint as something else, and the text with it put right."""
        for flaw in (flaw for flaw in flaws if flaw.code in _MISREAD):
            flaw, lines = _placed(text, flaw), text.splitlines(keepends=True)
            number = _line(text, flaw.index)
            bare = lines[number].lstrip(f" {WIDE_BLANKS}").rstrip("\r\n")
            line = str(flaw.args["written"]) if flaw.code != "full-width-blank" else bare
            depth = indent(lines[number].replace("\u3000", "  ").replace("\xa0", " "))
            for level in nearest_first(_levels(lines, number), depth):
                fix = Fix(flaw.code, 0, " " * level + line)
                mended = _mended(lines, number, fix)
                if self.left > 0 and self.read(mended)[0] is not None:
                    return flaw, mended
        return None, None

    def repaired(self, text: str, error: Unreadable) -> tuple[Flaw, str | None]:
        """The mistake behind an error, and the text without it; None when nothing helps."""
        lines = text.splitlines(keepends=True)
        stop, begin = _line(text, error.index), _line(text, error.begin)
        if (tab := _TAB.search(text)) and tab.start() <= error.index + 1:
            for mended in _without_tabs(text, tab):
                if self.helps(mended, stop, stop, error, len(lines)):
                    return _placed(text, Flaw("tab", tab.end(1))), mended
        for number, fix in _misplaced(lines, min(stop, len(lines) - 1)):
            mended = _mended(lines, number, fix)
            if self.helps(mended, number, stop, error, len(lines)):
                return Flaw(fix.code, 0, fix.args, at=(number + 1, fix.column + 1)), mended
        suspects = list(_to_blame(lines, stop, begin, begin_first="quoted" in error.reading))
        short = [number for number in suspects if len(lines[number]) <= _LONGEST_LINE]
        spots = {number: Spot(code(lines[number]), _levels(lines, number)) for number in short}
        for rule in RULES:
            for number, fix in ((number, fix) for number, spot in spots.items() for fix in rule(spot)):
                mended = _mended(lines, number, fix)
                if self.left > 0 and self.helps(mended, number, stop, error, len(lines)):
                    return Flaw(fix.code, 0, fix.args, at=(number + 1, fix.column + 1)), mended
        flaw = Flaw("unreadable", error.index, {"problem": error.problem})
        without = _without(lines, min(stop, len(lines) - 1))
        return _placed(text, flaw), without if self.helps(without, stop, stop, error, len(lines)) else None

    def helps(self, mended: str, number: int, stop: int, error: Unreadable, count: int) -> bool:
        """Whether a text is read further than before, and no longer breaks at the mended line."""
        tree, now = self.read(mended)
        if tree is not None or now is None:
            return True
        later, start = _line(mended, now.index), _line(mended, now.begin)
        at_end = stop >= count - 1 and "end of stream" in error.problem
        return later > number and start != number if at_end else later > stop


def _without_tabs(text: str, first: re.Match[str]) -> Iterator[str]:
    """The text indented by blanks, as many a tab as fit the line above the first one best."""
    written = [line for line in map(code, text[: first.start()].splitlines()) if line.strip()]
    above = written[-1] if written else ""
    wanted = indent(above) + (2 if above.endswith(":") else 0)
    tabs, blanks = first[0].count("\t"), first[0].count(" ")
    for step in sorted((2, 4, 8), key=lambda step: abs(tabs * step + blanks - wanted)):
        yield "".join(
            line.replace("\t", " " * step, line[: len(line) - len(line.lstrip(" \t"))].count("\t"))
            for line in text.splitlines(keepends=True)
        )


def _line(text: str, index: int) -> int:
    """The number, from 0, of the line that a code point stands in."""
    return len(text[: index + 1].splitlines()) - 1 if index < len(text) else len(text.splitlines())


def _to_blame(lines: list[str], stop: int, begin: int, *, begin_first: bool) -> Iterator[int]:
    """The lines that may hold the mistake, the likeliest first: where it stopped, the one before, where it began."""
    above = range(min(stop, len(lines) - 1), -1, -1)
    written = [i for i in above if lines[i].strip() and lines[i].lstrip()[0] != "#"]
    begin = min(begin, len(lines) - 1)
    likely = [begin, *written[:2]] if begin_first else [*written[:2], begin]
    yield from dict.fromkeys([*likely, *(i for i in written[2:12] if i >= begin)])


def _misplaced(lines: list[str], stop: int) -> Iterator[tuple[int, Fix]]:
    """The line above one that fits nowhere, where it is to blame: moved out too far, or with a value too many."""
    depth = indent(lines[stop]) if lines else 0
    written = [i for i in range(stop) if lines[i].strip() and lines[i].lstrip()[0] != "#"]
    outer = next((i for i in reversed(written) if indent(lines[i]) < depth), None)
    if outer is None:
        return
    line, found = code(lines[outer].rstrip("\r\n")), indent(lines[outer])
    before = next((code(lines[i].rstrip("\r\n")) for i in reversed(written) if i < outer), "")
    inside = next((indent(lines[i]) for i in written if i > outer), 0)
    if line.endswith(":") and inside >= depth + 2 >= found + 4 and (indent(before) >= depth or before.endswith(":")):
        yield outer, Fix("indentation", found, " " * depth + line.lstrip(), {"found": found, "wanted": depth})
    following = next((each for each in lines[stop + 1 :] if each.strip()), "")
    home = next((code(lines[i]).strip() for i in reversed(written) if i < outer and indent(lines[i]) < found), "")
    inside_one = outer == written[-1] and indent(following) == depth and home in _COLLECTIONS
    if inside_one and (pair := _PAIR.match(line)):
        args = {"key": pair["key"], "value": pair["value"]}
        yield outer, Fix("value-and-more", pair.start("value"), line[: pair.end("colon")], args)


def _levels(lines: list[str], number: int) -> list[int]:
    """How deep the lines above stand, as far as they are still open, and one step deeper."""
    levels: list[int] = []
    for line in reversed(lines[max(0, number - 200) : number]):
        if line.strip() and line.lstrip()[0] != "#" and (not levels or indent(line) < levels[-1]):
            levels.append(indent(line))
    return [*levels, (levels[0] if levels else -2) + 2]


def _mended(lines: list[str], number: int, fix: Fix) -> str:
    """The text with a line put right, and with it, where the fix is of a block, what stands under it."""
    changed = [*lines]
    changed[number] = fix.line + lines[number][len(lines[number].rstrip("\r\n")) :]
    depth, wanted = indent(lines[number]), indent(fix.line)
    moved = wanted - depth
    for i in range(number + 1, len(lines)) if fix.block else ():
        beside = not fix.line.endswith(":") and depth < indent(lines[i]) == wanted  # right already
        if lines[i].strip() and (indent(lines[i]) < depth or beside):
            break
        changed[i] = " " * (indent(lines[i]) + moved) + lines[i].lstrip(" ") if lines[i].strip() else lines[i]
    return "".join(changed)


def _without(lines: list[str], number: int) -> str:
    """The text without a line and what stands under it, as empty lines."""
    changed, depth = [*lines], indent(lines[number]) if lines else 0
    for i in range(number, len(lines)):
        if i > number and lines[i].strip() and indent(lines[i]) <= depth:
            break
        changed[i] = lines[i][len(lines[i].rstrip("\r\n")) :]
    return "".join(changed)
