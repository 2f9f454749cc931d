"""Numbers, lengths of time and days, also as they are written elsewhere: 1,000, 50%, 3天, 2026/1/5."""

from __future__ import annotations

from decimal import Decimal

from builder.expressions.cursor import Cursor
from builder.expressions.lexer import Token
from builder.expressions.notation import UNITS as MEANT
from builder.expressions.syntax import Syntax, unparse
from builder.numerals import read_decimal

LARGEST = 2**53 - 1
UNITS = frozenset(("min", "h", "d", "w", "mo", "y"))
TIMER_UNITS = frozenset(("wh", "wd"))


class Literals(Cursor):
    """Reads the literals that are more than a token."""

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
            meant = MEANT.get(unit.lower())
            self.find(code, token.start, token.end, "" if meant is None else written + meant, unit=unit, count=written)
        elif count is None or count != int(count) or count > LARGEST:
            self.find("whole-duration", token.start, token.end, unit=unit, count=token.text)
        else:
            return self.node("duration", token.start, token.end, (), (int(count), unit))
        return self.node("faulty", token.start, token.end)

    def percent(self, number: Syntax) -> Syntax:
        sign = self.take()
        share = Decimal(str(number.value)) / 100
        value = int(share) if share == int(share) else share.normalize()
        made = self.node("number", number.start, sign.end, (), value)
        self.find("percent", number.start, sign.end, unparse(made), found=self.text[number.start : sign.end])
        return made

    def day(self, token: Token) -> Syntax:
        made = self.node("text", token.start, token.end, (), token.text)
        made = self.node("call", token.start, token.end, (made,), "date")
        self.find("bare-date", token.start, token.end, unparse(made), found=self.text[token.start : token.end])
        return made

    def clock(self, token: Token) -> Syntax:
        made = self.node("text", token.start, token.end, (), _clock(token.text))
        self.find("bare-time", token.start, token.end, unparse(made), found=token.text)
        return made


def _clock(text: str) -> str:
    return f"{int(text.partition(':')[0]):02}:{text.partition(':')[2][:2]}"


def _unit_fault(unit: str) -> str:
    if unit in UNITS:
        return ""
    return "bare-m" if unit == "m" else "timer-unit" if unit in TIMER_UNITS else "unknown-unit"
