"""The tokens of an expression as the parser walks them, and the trees it makes of them."""

from __future__ import annotations

from builder.expressions.finding import Finding
from builder.expressions.lexer import Token, Unreadable
from builder.expressions.notation import between
from builder.expressions.syntax import Syntax

DEEPEST = 60


class Cursor:
    """Where reading is; what is found goes to `findings`."""

    def __init__(self, text: str, found: list[Token], findings: list[Finding]) -> None:
        self.text, self.tokens, self.findings = text, found, findings
        self.at = self.nesting = self.calls = 0
        self.depths: dict[int, int] = {}  # by identity: the trees are kept alive by the one being built

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += token.kind != "end"
        return token

    def sees(self, *signs: str) -> bool:
        return self.next.kind == "op" and self.next.text in signs

    def expect(self, sign: str) -> Token:
        if not self.sees(sign):
            raise self.stop("sign-missing", expected=sign)
        return self.take()

    def stop(self, code: str, **args: object) -> Unreadable:
        token = self.next
        return Unreadable(code, token.start, token.end, found=self.text[token.start : token.end], **args)

    def find(self, code: str, start: int, end: int, suggestion: str = "", **args: object) -> None:
        self.findings.append(Finding(code, start, end, args, suggestion))

    def infix(self) -> bool:
        """Whether a sign comes next; a word that means one becomes it."""
        word = self.next
        sign, length = between(word.text) if word.kind == "name" else ("", 0)
        if not sign:
            return word.kind == "op"
        end, following = word.start + length, self.tokens[self.at + 1]
        taken = 1
        if sign == "==" and following.text == "not":
            sign, end, taken = "!=", following.end, 2
        rest = [] if end >= word.end else [Token("name", word.text[length:], end, word.end)]
        self.tokens[self.at : self.at + taken] = [Token("op", sign, word.start, end), *rest]
        written = " " * (self.text[word.start - 1] != " ") + sign + " " * bool(rest)
        self.find("other-sign", word.start, end, written, found=self.text[word.start : end], write=sign)
        return True

    def ends_at(self, at: int) -> bool:
        """Whether no value begins with a token."""
        token = self.tokens[at]
        return token.kind == "end" or (token.kind == "op" and token.text not in ("(", "-", "not", "true", "false"))

    def node(self, kind: str, start: int, end: int, args: tuple[Syntax, ...] = (), value: object = None) -> Syntax:
        depth = 1 + max((self.depths[id(arg)] for arg in args), default=0)
        if depth > DEEPEST:
            raise Unreadable("expression-too-deep", start, end, limit=DEEPEST)
        made = Syntax(kind, args, value, start, end)
        self.depths[id(made)] = depth
        return made

    def spanning(self, kind: str, *args: Syntax) -> Syntax:
        return self.node(kind, args[0].start, args[-1].end, args)

    def source(self, tree: Syntax) -> str:
        return self.text[tree.start : tree.end]
