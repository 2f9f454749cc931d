"""Tokens → syntax tree: a Pratt parser. Understands more than it accepts, and says what to write instead."""

from __future__ import annotations

from builder.expressions.finding import Finding
from builder.expressions.lexer import WORDS, Token, Unreadable, tokens
from builder.expressions.syntax import ATOM, COMPARISONS, POWER, Syntax
from builder.numerals import read_decimal

LONGEST = 4096  # bytes of UTF-8
DEEPEST = 60
LARGEST = 2**53 - 1
UNITS = frozenset(("min", "h", "d", "w", "mo", "y"))
TIMER_UNITS = frozenset(("wh", "wd"))
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


class _Parser:
    def __init__(self, text: str, found: list[Token], findings: list[Finding]) -> None:
        self.text, self.tokens, self.findings = text, found, findings
        self.at = self.nesting = self.calls = 0
        self.depths: dict[int, int] = {}  # by identity: the trees are kept alive by the one being built

    # -- tokens -------------------------------------------------------------------------------------------------------

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

    # -- trees --------------------------------------------------------------------------------------------------------

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
        while self.next.kind == "op":
            sign = self.next.text
            if sign == "?" and lowest == 0:
                left = self.ternary(left)
            elif sign in ("and", "or") and POWER[sign] >= lowest:
                left = self.logic(sign, left)
            elif (sign in COMPARISONS or sign in ("=", "not")) and POWER["=="] >= lowest:
                left = self.comparison(left)
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
        made = self.spanning(kind, left, self.expression(POWER[kind] + 1))
        if not negated:
            return made
        right = self.source(made.args[1])
        value = self.source(left)
        self.find("not-in", made.start, made.end, f"not {value} in {right}", value=value, list=right)
        return self.spanning("not", made)

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
        if token.kind == "name" and self.sees("("):
            return self.postfix(self.call(token))
        return self.postfix(self.node(token.kind, token.start, token.end, (), token.text))

    def signed(self, token: Token) -> Syntax:
        sign = token.text
        if sign in ("true", "false"):
            self.take()
            return self.node("boolean", token.start, token.end, (), sign == "true")
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
        return self.node("call", name.start, end, args, name.text)

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
        while self.sees("."):
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

    # -- numbers ------------------------------------------------------------------------------------------------------

    def number(self, token: Token) -> Syntax:
        end = token.end
        if not self.calls:
            end = self.grouped_digits(token)
        value = read_decimal(self.text[token.start : end])
        if value is None or abs(value) > LARGEST:
            self.find("number-too-large", token.start, end, limit=LARGEST)
            return self.node("faulty", token.start, end)
        return self.node("number", token.start, end, (), int(value) if value == int(value) else value)

    def grouped_digits(self, token: Token) -> int:
        """Where a number written 1,000 ends; outside a list no comma can follow a number otherwise."""
        end = token.end
        while self.sees(",") and self.next.start == end:
            digits = self.tokens[self.at + 1]
            if digits.kind != "number" or digits.start != end + 1 or len(digits.text.split(".")[0].rstrip("万亿")) != 3:
                break
            self.at += 2
            end = digits.end
        if end != token.end:
            written = self.text[token.start : end]
            self.find("grouped-digits", token.start, end, written.replace(",", ""), found=written)
        return end

    def duration(self, token: Token) -> Syntax:
        unit, count = token.unit, read_decimal(token.text)
        code = _unit_fault(unit)
        if code:
            written = token.text
            self.find(code, token.start, token.end, unit=unit, count=written)
        elif count is None or count != int(count) or count > LARGEST:
            self.find("whole-duration", token.start, token.end, unit=unit, count=token.text)
        else:
            return self.node("duration", token.start, token.end, (), (int(count), unit))
        return self.node("faulty", token.start, token.end)


def _unit_fault(unit: str) -> str:
    if unit in UNITS:
        return ""
    return "bare-m" if unit == "m" else "timer-unit" if unit in TIMER_UNITS else "unknown-unit"
