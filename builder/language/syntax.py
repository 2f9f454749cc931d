"""Text → tree, going on after a YAML error: the line is repaired as it was meant, and read again."""

from __future__ import annotations

import re

from builder.language.events import Flaw, Tree, Unreadable, read_tree
from builder.language.suspects import swallowed_lines

_ROUNDS = 30
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029\ufeff]")


def parse(text: str) -> tuple[Tree | None, str, list[Flaw]]:
    """A text's tree (None when it stays unreadable), the text as it was repaired line by line, and its flaws.

    Raises Guarded when the file goes beyond a limit.
    """
    flaws: list[Flaw] = []
    if found := _CONTROL.search(text):
        flaws.append(Flaw("control-character", found.start(), {"code": f"U+{ord(found[0]):04X}"}))
        text = _CONTROL.sub(" ", text)
    try:
        tree = read_tree(text)
    except Unreadable as error:
        return None, text, [*flaws, Flaw("unreadable", error.index, {"problem": error.problem})]
    return tree, text, [*flaws, *swallowed_lines(text, tree.mark)]
