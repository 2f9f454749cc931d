"""Random formulas, typed against the names that a definition has declared so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

ORDERS = ("<", "<=", ">", ">=", "==", "!=")
NUMERIC = ("integer", "number", "money")
TEXTS = ("text", "phone", "email", "url")  # one implementation, many names
LITERALS: Final[dict[str, tuple[str, ...]]] = {
    "integer": ("0", "1", "3", "5", "20"), "number": ("0.5", "2", "7.25"), "money": ("1", "3.5", "100"),
    "text": ('"网络"', '"abc"', '"x"', '"AB-12"'), "date": ("today()", 'date("2026-02-15")', 'date("2025-06-30")'),
    "datetime": ("now()", '"2026-01-05 09:30"'), "time": ('"08:00"', '"12:30"'), "department": ('"east"',),
}  # fmt: skip


@dataclass(frozen=True)
class Name:
    """What a formula may speak of: a field, a tag group, or a column as `x.n`."""

    text: str
    type: str
    options: tuple[str, ...] = ()
    columns: tuple[Name, ...] = ()

    @property
    def kind(self) -> str:
        return "text" if self.type in TEXTS else self.type


# Names that a record has by itself; those of whoever makes it differ from one who tries it to one who does it.
SYSTEM = (Name("created", "datetime"),)
MAKER = (
    Name("me", "person"),
    Name("creator", "person"),
    Name("me.department", "department"),
    Name("department", "department"),
)


@dataclass(frozen=True)
class Writer:
    """Writes formulas over some names; `system` are those that a record has by itself."""

    chance: Random
    names: tuple[Name, ...]
    system: tuple[Name, ...] = SYSTEM

    def knowing(self, *more: Name) -> Writer:
        """The same with more names, which go before those they are called like."""
        called = {name.text for name in more}
        return replace(self, names=(*(name for name in self.names if name.text not in called), *more))

    def kinds(self, *kinds: str) -> list[Name]:
        return [name for name in self.names if name.kind in kinds]

    def one(self, *parts: str) -> str:
        return self.chance.choice(parts)

    # -- conditions ---------------------------------------------------------------------------------------------------

    def condition(self, depth: int = 2) -> str:
        """Something that holds or does not."""
        if depth and self.chance.random() < 0.45:
            one, other = self.condition(depth - 1), self.condition(depth - 1)
            return self.one(f"({one}) and ({other})", f"({one}) or ({other})", f"not ({one})")
        known = [*self.names] * 4 + [*self.system]
        name = self.chance.choice(known)
        return ATOMS.get(name.kind, Writer.given)(self, name)

    def given(self, name: Name) -> str:
        return self.one(f"given({name.text})", f"not given({name.text})")

    def flag(self, name: Name) -> str:
        return self.one(name.text, f"not {name.text}", f"given({name.text})")

    def ordered(self, name: Name) -> str:
        if self.chance.random() < 0.15:
            return self.given(name)
        return f"{name.text} {self.chance.choice(ORDERS)} {self.value(name.kind, 1)}"

    def same(self, name: Name) -> str:
        alike = (each.text for each in (*self.names, *self.system) if each.kind == name.kind and each != name)
        others = [*alike, *LITERALS.get(name.kind, ())]
        return f"{name.text} {self.one('==', '!=')} {self.one(*others)}" if others else self.given(name)

    def text(self, name: Name) -> str:
        word = self.one(*LITERALS["text"])
        return self.one(
            f"size({name.text}) > {self.one('1', '3', '5')}", f"{name.text} == {word}", f"starts({name.text}, {word})",
            f"contains(lower({name.text}), {word.lower()})", f"given({name.text})", f"{name.text} < {word}",
        )  # fmt: skip

    def chosen(self, name: Name) -> str:
        option, other = (f'"{self.chance.choice(name.options)}"' for _ in range(2))
        alike = [n.text for n in self.kinds("choice") if n.options == name.options and n != name]
        return f"{name.text} {self.one('==', '!=')} {self.one(option, *alike)}" if self.chance.random() < 0.7 else (
            f"{name.text} in [{option}]" if option == other else f"{name.text} in [{option}, {other}]"
        )  # fmt: skip

    def several(self, name: Name) -> str:
        option = f'"{self.chance.choice(name.options)}"'
        return self.one(f"{option} in {name.text}", f"size({name.text}) > {self.one('0', '1')}", f"given({name.text})")

    def rows(self, name: Name) -> str:
        if self.chance.random() < 0.3:
            return f"size({name.text}) {self.chance.choice(ORDERS)} {self.one('0', '1', '2')}"
        item = "x" if "x." not in "".join(each.text for each in self.names) else "y"
        cells = [replace(each, text=f"{item}.{each.text}") for each in name.columns]
        inside = replace(self, names=tuple(cells)).condition(1)
        return f"{name.text}.{self.one('exists', 'all')}({item}, {inside})"

    def files(self, name: Name) -> str:
        return self.one(f"size({name.text}) > 1", f"given({name.text})")

    # -- values -------------------------------------------------------------------------------------------------------

    def value(self, kind: str, depth: int = 2) -> str:
        """Something of this kind; a literal where nothing else is known."""
        known = [name.text for name in self.kinds(kind)]
        made = MADE.get(kind)
        if depth and made is not None and self.chance.random() < 0.6:
            return made(self, depth - 1)
        return self.chance.choice([*known * 2, *LITERALS[kind]])

    def integer(self, depth: int) -> str:
        one, other = self.value("integer", depth), self.value("integer", depth)
        found = [f"({one} {self.one('+', '-', '*', '%')} {other})", f"abs({one})", f"max({one}, {other})",
                 f"round({self.value('number', depth)})", self.either("integer", depth)]  # fmt: skip
        found += [f"size({name.text})" for name in self.kinds("text", "choices", "rows", "file")]
        found += [f"month({name.text})" for name in self.kinds("date")]
        found += [f"days({name.text}, {self.value('date', depth)})" for name in self.kinds("date")]
        return self.chance.choice([*found, *self.cells("integer", "sum", "max", "min"), *self.cells("", "count")])

    def number(self, depth: int) -> str:
        one, other = self.value("number", depth), self.value("number", depth)
        found = [f"({one} {self.one('+', '-', '*')} {other})", f"({self.value('integer', depth)} / 4)"]
        found += [f"round({one}, 2)", self.either("number", depth)]
        return self.chance.choice([*found, *self.cells("integer", "avg"), *self.cells("number", "sum", "max", "avg")])

    def money(self, depth: int) -> str:
        one = self.value("money", depth)
        whole, part = self.value("integer", depth), self.value("number", depth)
        known = [name.text for name in self.kinds("money")]
        times = [t for name in known for t in (f"{name} * {whole}", f"round({name} * {part}, 2)", f"{name} + {one}")]
        found = [*times, *self.cells("money", "sum", "max", "min")]
        return self.chance.choice(found or [one])

    def words(self, depth: int) -> str:
        kinds = ("text", "integer", "money", "choice", "date", "datetime", "time", "person", "number", "choices")
        every = [name.text for name in self.kinds(*kinds)] + ['"x"']
        parts = ", ".join(self.chance.choices(every, k=self.chance.randint(1, 3)))
        one = self.value("text", depth)
        joined = f'join("{self.one("-", "、", "")}", {parts})'
        return self.chance.choice([joined, joined, f"lower({one})", f"trim({one})", self.either("text", depth)])

    def day(self, depth: int) -> str:
        one = self.value("date", depth)
        found = [f"{name.text} {self.one('+', '-')} {self.one('1mo', '10d', '1y')}" for name in self.kinds("date")]
        found += [f"date({name.text})" for name in self.kinds("datetime")] + self.cells("date", "max", "min")
        return self.chance.choice([*found, "today()", f"today() - {self.one('30d', '2mo')}", one])

    def moment(self, depth: int) -> str:
        found = [
            f"{name.text} {self.one('+', '-')} {self.one('3h', '1mo', '45min')}" for name in self.kinds("datetime")
        ]
        return self.chance.choice([*found, "now()", "now() - 1y"])

    def either(self, kind: str, depth: int) -> str:
        return f"if({self.condition(0)}, {self.value(kind, depth)}, {self.value(kind, depth)})"

    def cells(self, kind: str, *functions: str) -> list[str]:
        """Functions of the columns of this kind; "" of every column."""
        found = [f"{rows.text}.{cell.text}" for rows in self.kinds("rows") for cell in rows.columns
                 if cell.kind == kind or not kind]  # fmt: skip
        return [f"{function}({cell})" for function in functions for cell in found]


ATOMS: Final[dict[str, Callable[[Writer, Name], str]]] = {
    **dict.fromkeys((*NUMERIC, "date", "datetime", "time"), Writer.ordered), "boolean": Writer.flag,
    "text": Writer.text, "choice": Writer.chosen, "choices": Writer.several, "rows": Writer.rows, "file": Writer.files,
    "person": Writer.same, "department": Writer.same,
}  # fmt: skip
MADE: Final[dict[str, Callable[[Writer, int], str]]] = {
    "integer": Writer.integer, "number": Writer.number, "money": Writer.money, "text": Writer.words,
    "date": Writer.day, "datetime": Writer.moment,
}  # fmt: skip
