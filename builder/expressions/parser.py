"""Tokens → syntax tree: a Pratt parser. Understands more than it accepts, and says what to write instead."""

from __future__ import annotations

from builder.expressions.cursor import DEEPEST
from builder.expressions.finding import Finding
from builder.expressions.lexer import WORDS, Token, Unreadable, tokens
from builder.expressions.literals import Literals
from builder.expressions.notation import BEFORE
from builder.expressions.syntax import ATOM, COMPARISONS, POWER, Syntax

LONGEST = 4096  # bytes of UTF-8
BINARY = frozenset((*COMPARISONS, "+", "-", "*", "/", "%"))


def parse(text: str) -> tuple[Syntax | None, list[Finding]]:
    """The tree of an expression, or None where it cannot be read on; all findings either way."""
    findings: list[Finding] = []
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST:
        return None, [Finding("expression-too-long", 0, len(text), {"limit": LONGEST})]
    if not text.strip():
        return None, [Finding("empty-expression", 0, len(text))]
    try:
        return _Parser(text, tokens(text, findings), findings).whole(), findings
    except Unreadable as stop:
        return None, findings or [stop.finding]  # after an earlier finding, not being able to read on only follows


class _Parser(Literals):
    def whole(self) -> Syntax:
        if self.sees("="):  # as a value key would want it
            sign = self.take()
            self.find("leading-equals", sign.start, sign.end)
        tree = self.expression()
        if self.next.kind != "end":
            raise self.stop("sign-unexpected")
        return tree

    def expression(self, lowest: int = 0) -> Syntax:
        self.nesting += 1
        if self.nesting > DEEPEST:
            raise Unreadable("expression-too-deep", self.next.start, self.next.end, limit=DEEPEST)
        left = self.infixes(self.prefix(), lowest)
        self.nesting -= 1
        return left

    def infixes(self, left: Syntax, lowest: int) -> Syntax:
        while self.infix():
            sign = self.next.text
            if sign == "?" and lowest == 0:
                left = self.ternary(left)
            elif sign in ("and", "or") and POWER[sign] >= lowest:
                left = self.logic(sign, left)
            elif (sign in COMPARISONS or sign in ("=", "not")) and POWER["=="] >= lowest:
                left = self.comparison(left)
            elif sign == "%" and left.kind == "number" and self.ends_at(self.at + 1):
                left = self.percent(left)
            elif sign in BINARY and POWER[sign] >= lowest:
                self.take()
                left = self.spanning(sign, left, self.expression(POWER[sign] + 1))
            else:
                break
        return left

    def ternary(self, condition: Syntax) -> Syntax:
        self.take()
        yes = self.expression()
        self.expect(":")
        no = self.expression()
        return self.node("call", condition.start, no.end, (condition, yes, no), "if")

    def logic(self, word: str, left: Syntax) -> Syntax:
        args = [left]
        while self.sees(word):
            self.take()
            args.append(self.expression(POWER[word] + 1))
        return self.spanning(word, *args)

    def comparison(self, left: Syntax) -> Syntax:
        parts = [self.compared(left)]
        while self.next.kind == "op" and (self.next.text in COMPARISONS or self.next.text == "="):
            parts.append(self.compared(parts[-1].args[1]))
        if len(parts) == 1:
            return parts[0]
        together = self.spanning("and", *parts)
        written = " and ".join(f"{self.source(p.args[0])} {p.kind} {self.source(p.args[1])}" for p in parts)
        self.find("chained-comparison", together.start, together.end, written)
        return together

    def compared(self, left: Syntax) -> Syntax:
        sign, negated = self.take(), False
        kind = sign.text
        if kind == "=":
            if self.text[sign.start] == "=":  # a full-width one has its finding
                self.find("single-equals", sign.start, sign.end, "==")
            kind = "=="
        elif kind == "not":
            negated, kind = True, self.expect("in").text
        right = (self.parenthesised() if kind == "in" else None) or self.expression(POWER[kind] + 1)
        made = self.spanning(kind, left, right)
        if not negated:
            return made
        several, value = self.source(right), self.source(left)
        self.find("not-in", made.start, made.end, f"not {value} in {several}", value=value, list=several)
        return self.spanning("not", made)

    def parenthesised(self) -> Syntax | None:
        """A list of several values in (…), read as the […] it was meant to be."""
        at, told, opening = self.at, len(self.findings), self.next
        if not self.sees("("):
            return None
        self.take()
        items, end = self.arguments(")")
        if len(items) < 2:  # parentheses around one value
            self.at, self.findings[told:] = at, []
            return None
        written = f"[{', '.join(map(self.source, items))}]"
        self.find("list-brackets", opening.start, end, written)
        return self.node("list", opening.start, end, items)

    # -- what an operand begins with ----------------------------------------------------------------------------------

    def prefix(self) -> Syntax:
        token = self.next
        if token.kind == "op":
            return self.postfix(self.signed(token))
        if token.kind == "end":
            raise self.stop("ends-early")
        self.take()
        if token.kind == "number":
            return self.number(token)
        if token.kind == "duration":
            return self.duration(token)
        if token.kind == "day":
            return self.day(token)
        if token.kind == "clock":
            return self.clock(token)
        if token.text.lower() == "if" and token.kind == "name" and self.next.kind in ("name", "text", "number"):
            raise Unreadable("if-brackets", token.start, token.end)
        if token.text in BEFORE and token.kind == "name" and not self.ends_at(self.at):
            return self.negated(token)
        if token.kind == "name" and self.sees("("):
            return self.postfix(self.call(token))
        return self.postfix(self.node(token.kind, token.start, token.end, (), token.text))

    def signed(self, token: Token) -> Syntax:
        sign = token.text
        if sign in ("true", "false"):
            return self.truth(self.take())
        if sign == "(":
            return self.grouped()
        if sign == "[":
            self.take()
            items, end = self.arguments("]")
            return self.node("list", token.start, end, items)
        if sign in ("not", "!", "-"):
            return self.negation(token)
        if sign in ("and", "or") and self.tokens[self.at + 1].text == "(":
            return self.word_as_function(sign)
        raise self.stop("value-expected")

    def truth(self, word: Token) -> Syntax:
        end = word.end
        if self.sees("(") and self.tokens[self.at + 1].text == ")":  # as Excel writes it
            self.take()
            end = self.take().end
            self.find("other-sign", word.start, end, word.text, found=f"{word.text}()", write=word.text)
        return self.node("boolean", word.start, end, (), word.text == "true")

    def negated(self, word: Token) -> Syntax:
        self.find("other-sign", word.start, word.end, "not", found=word.text, write="not")
        operand = self.expression(POWER["not"])
        return self.node("not", word.start, operand.end, (operand,))

    def grouped(self) -> Syntax:
        start = self.take().start
        inner = self.expression()
        end = self.expect(")").end
        return self.node(inner.kind, start, end, inner.args, inner.value)  # the parentheses belong to its place

    def negation(self, token: Token) -> Syntax:
        self.take()
        kind = "neg" if token.text == "-" else "not"
        operand = self.expression(POWER["not"] if token.text == "not" else ATOM - 1)
        return self.node(kind, token.start, operand.end, (operand,))

    def word_as_function(self, word: str) -> Syntax:
        start = self.take().start
        self.take()
        args, end = self.arguments(")")
        if not args:
            raise Unreadable("value-expected", start, end, found=word)
        written = f" {word} ".join(self.source(arg) for arg in args)
        self.find("word-between", start, end, f"({written})", word=word)
        return self.node(word, start, end, args) if len(args) > 1 else args[0]

    def call(self, name: Token) -> Syntax:
        self.take()
        args, end = self.arguments(")")
        return self.node("call", name.start, end, args, name.text.lower())

    def arguments(self, closing: str) -> tuple[tuple[Syntax, ...], int]:
        args: list[Syntax] = []
        self.calls += 1
        while not self.sees(closing):
            args.append(self.expression())
            if not self.sees(closing):
                self.expect_either(closing)
        self.calls -= 1
        return tuple(args), self.take().end

    def expect_either(self, closing: str) -> None:
        if not self.sees(","):
            raise self.stop("sign-missing", expected=closing)
        self.take()
        if self.sees(closing):
            raise self.stop("value-expected")

    def postfix(self, left: Syntax) -> Syntax:
        while self.sees(".", "["):
            if self.tokens[self.at + 1].kind == "number":
                raise Unreadable("rows-by-number", self.next.start, self.tokens[self.at + 1].end,
                                 rows=self.source(left), sign=self.next.text)  # fmt: skip
            if self.sees("["):
                break
            self.take()
            part = self.take()
            if part.kind != "name" and part.text not in WORDS:
                self.at -= part.kind != "end"
                raise self.stop("name-expected")
            if self.sees("("):
                self.take()
                args, end = self.arguments(")")
                left = self.node("method", left.start, end, (left, *args), part.text)
            else:
                left = self.node("dot", left.start, part.end, (left,), part.text)
        return left
