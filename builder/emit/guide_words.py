"""What every part of the guide says alike: texts, names of fields, people, conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from builder.emit.markdown import plain
from builder.emit.prose import Words, prose
from builder.expressions import Expression, walk
from builder.expressions.inserted import HOLE
from builder.model import Company, Field, People, Template, Text, Who, say
from builder.model import Words as Said

DURATION = re.compile(r"([0-9]+)(min|h|d|w|mo|y|wh|wd)")
SYSTEM = ("state", "owner", "creator", "department", "created", "updated", "entered", "completeness", "entry", "id")


@dataclass(frozen=True, slots=True)
class GuideWords(Words):
    """The words of one guide."""

    template: Template
    company: Company

    @classmethod
    def of(cls, template: Template, company: Company, language: str) -> GuideWords:
        """The words for a template in a language."""
        plain_words = Words(language, {})
        labels = {name: plain_words.say(f"name-{name}") for name in SYSTEM}
        labels |= {tag.id: say(tag.label, language) for tag in template.tags.values()}
        labels |= {field.id: say(field.label, language) for field in template.fields.values()}
        return cls(language, labels, template, company)

    def text(self, text: Text) -> str:
        """An author's text."""
        return plain(say(text, self.language))

    def told(self, words: Said, columns: tuple[Field, ...] = ()) -> str:
        """An author's words; where values are put into them, what these are called."""
        found = say(words, self.language)
        if not isinstance(found, Expression):
            return plain(found)
        labels = self._labels(columns)
        names = {each.span: labels[str(each.value)] for each in walk(found.tree) if each.kind in ("field", "row")}
        return plain(HOLE.sub(lambda hole: self._called(names, hole), found.text))

    def _called(self, names: Mapping[tuple[int, int], str], hole: re.Match[str]) -> str:
        return self.say("name", label=names[hole.span()]) if hole.span() in names else hole[0]

    def _labels(self, columns: tuple[Field, ...]) -> Mapping[str, str]:
        """What names are called; in a table's column those of its row come first."""
        return {**self.labels, **{column.id: say(column.label, self.language) for column in columns}}

    def duration(self, written: str) -> str:
        """A `Dur` of the language, `3y`, in words; empty stays empty."""
        found = DURATION.fullmatch(written)
        return self.say(f"duration-{found[2]}", n=found[1]) if found else plain(written)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts behind one another; a dash where there are none."""
        return self.say("comma").join(parts) or "—"

    def named(self, fields: Iterable[str]) -> str:
        """The labels of some fields."""
        return self.listed(plain(self.labels.get(field, field)) for field in fields)

    def condition(self, expression: Expression, columns: tuple[Field, ...] = ()) -> str:
        """A condition in words; in a table's column the names of its row come first."""
        return prose(expression, Words(self.language, self._labels(columns)))

    def people(self, people: People) -> str:
        """A people list, role by role."""
        return self.listed(map(self.who, people))

    def who(self, who: Who) -> str:
        """One word of a people list."""
        if who.kind == "word":
            return self.say(f"who-{who.name}")
        if who.kind == "field":
            return self.say("name", label=self.labels.get(who.name, who.name))
        role = self.text(self.company.roles.get(who.name, {})) or plain(who.name)
        department = self.company.departments.get(who.department)
        return self.say("who-at", role=role, department=self.text(department.label)) if department else role
