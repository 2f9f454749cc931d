"""Lists: a page of the records a reader may know of, filtered and sorted by nothing he may not see.

Records made under other versions, or in another department's clone, are read in the terms of the list's template:
an added option counts as its base's. Which records are his, and which fields, their own pinned version decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from builder.expressions import Expression, Situation
from builder.model import ListView, Template
from workflows.catalogue import VERSIONS, Catalogue
from workflows.condition import condition
from workflows.evaluate import evaluate
from workflows.filing import LINKED, RECORDS, record_of
from workflows.find.likeness import similar
from workflows.find.query import Look, Order, Query
from workflows.guard.access import always_clear, ever_clear, ever_levels, rights
from workflows.guard.masks import guarded
from workflows.keep.port import Row, Store
from workflows.reading import ANYONE, absent, called, reader
from workflows.record import Actor, Fault, Forbidden, Invalid, NotFound
from workflows.sight import Sight, lively, searched
from workflows.standing import linker, situation, world
from workflows.view import Alike, Blank, Line, Listing, View

Test = Callable[[Sight, Row], bool]
SYSTEM = ("id", "state", "owner", "creator", "department", "entry", "created", "updated", "entered", "completeness")
NEWEST = ("-updated",)
MOST_ALIKE = 5  # told of at once
FIRST = 6  # columns shown when nobody says which


class Lister:
    """One reader's question for a list."""

    def __init__(self, store: Store, catalogue: Catalogue, actor: Actor, template: Template, at: str) -> None:
        self.store, self.catalogue, self.actor, self.template = store, catalogue, actor, template
        self.company = catalogue.company()
        self.links, self._person = linker(store, catalogue, actor, at), world(store, self.company).name
        self.situation = self._moment(template, at)
        self._judgements: dict[tuple[object, object], Mapping[str, object]] = {}
        self._sights: dict[str, Sight] = {}

    def listing(
        self,
        list_id: str,
        where: str,
        match: Mapping[str, object],
        sort: tuple[str, ...],
        page: int,
        size: int,
        columns: tuple[str, ...],
        linked: str = "",
        text: str = "",
    ) -> Listing:
        """The page. Raises NotFound, Forbidden, Invalid."""
        view = self._view(list_id)
        order = sort or (view.sort if view else ()) or NEWEST
        tests = [*self._wheres(view, where), *(self._match(name, wanted) for name, wanted in match.items())]
        tests += [_links_to(linked)] if linked else []
        tests += [lambda sight, row: sight.holds(row, text)] if text else []
        query = Query(
            collection=RECORDS,
            where={"template": self.template.id, **({LINKED: linked} if linked else {})},
            look=self._look(text),
            filter=self._filter(tests),
            order=tuple(self._order(name, named=name in sort) for name in order),
            page=max(page, 1),
            size=size,
        )
        found = self.store.find(query)
        shown = self._columns(columns, view)
        return Listing(
            template=self.template,
            columns=shown,
            lines=tuple(self._line(row, shown) for row in found.rows),
            total=found.total,
            page=query.page,
            size=size,
            sort=order,
            match=match,
        )

    def alike(self, seen: View | Blank) -> tuple[Alike, ...]:
        """Other records that may be of the same thing, by what this reader sees in clear here and there."""
        id = seen.record.id if isinstance(seen, View) else ""
        clear = ((name, value) for name, value in seen.evaluation.values.items() if seen.rights.clear(name) and value)
        fields = self.template.fields
        own = {name: str(value) for name, value in clear if name in fields and fields[name].duplicates}
        found = {name: {str(row["id"]): row for row in self._like(id, name, text)} for name, text in own.items()}
        rows = {id: row for each in found.values() for id, row in each.items()}
        newest = sorted(rows, key=lambda id: (str(rows[id]["created"]), id), reverse=True)[:MOST_ALIKE]
        lines = {id: self._line(rows[id], (*own, "state", "created")) for id in newest}
        return tuple(Alike(line, tuple(name for name in own if id in found[name])) for id, line in lines.items())

    def _like(self, id: str, name: str, value: str) -> Sequence[Row]:
        """The newest records with this value, or one like it, in a field."""
        exact = self.template.fields[name].duplicates == "exact"
        column, home = f"data.{name}", {"template": self.template.id}

        def seen(sight: Sight, row: Row) -> bool:
            other = sight.value(name, row) if row["id"] != id else None
            return isinstance(other, str) and (other == value if exact else similar(other, value))

        query = Query(
            collection=RECORDS,
            where={**home, column: value} if exact else home,
            look=None if exact else Look(column, value, "similar", "template"),
            filter=self._filter([seen]),
            order=(Order("created", descending=True), Order("id", descending=True)),
            size=MOST_ALIKE,
            counted=False,
        )
        return self.store.find(query).rows

    def counts(self, list_id: str) -> dict[str, int]:
        """How many records of a list are in each state, or in one that counts as it. Raises NotFound."""
        query = Query(
            collection=RECORDS,
            where={"template": self.template.id},
            filter=self._filter(self._wheres(self._view(list_id), "")),
            group=("version", "state"),
        )
        found: Counter[str] = Counter()
        for row in self.store.find(query).rows:
            state = self._sight(str(row["version"])).value("state", row)
            found[str(state)] += int(str(row["count"]))
        return dict(found)

    def _view(self, list_id: str) -> ListView | None:
        if list_id and list_id not in self.template.lists:
            raise NotFound("no-such-list", list=list_id)
        return self.template.lists.get(list_id)

    def _columns(self, columns: tuple[str, ...], view: ListView | None) -> tuple[str, ...]:
        unknown = next((name for name in columns if not self._known(name)), None)
        if unknown:
            raise Invalid({"columns": (Fault("not-a-column", {"column": unknown}),)})
        shown = (name for name in (view.columns if view else self._usual()) if self._met(name))
        return columns or tuple(shown) or ("id",)

    def _usual(self) -> tuple[str, ...]:
        """The columns of all records together: those of the template's first list, else the first fields he may see."""
        first = next(iter(self.template.lists.values()), None)
        seen = (name for name in self.template.fields if ever_clear(self.template, self.actor, name))
        return first.columns if first else (*islice(seen, FIRST), "state")

    def _met(self, name: str) -> bool:
        """Whether the reader sees anything of a column on some record: else not even its heading is his."""
        field = self.template.fields.get(name)
        return field is None or bool(ever_levels(self.template, self.actor, field))

    def _known(self, name: str) -> bool:
        return name in self.template.fields or name in self.template.tags or name in SYSTEM

    def _filter(self, tests: Sequence[Test]) -> Callable[[Row], bool]:
        def passes(row: Row) -> bool:
            sight = self._sight(str(row["version"]))
            return sight.reads(row) and all(test(sight, row) for test in tests)

        return passes

    def _sight(self, version: str) -> Sight:
        found = self._sights.get(version)
        if found is None:
            pinned = self.catalogue.pinned(version)
            found = self._sights[version] = Sight(pinned, self.template, self.company, self.actor, self._judged)
        return found

    def _wheres(self, view: ListView | None, text: str) -> list[Test]:
        asked = self._compiled(text) if text.strip() else None
        if asked is not None:
            self._allowed(asked.reads)
        return [self._holds(e) for e in (view.where if view else None, asked) if e is not None]

    def _compiled(self, text: str) -> Expression:
        expression, findings = condition(text, self.template, self.actor)
        if expression is None:
            told = tuple(Fault(f.code, {**f.args, "suggestion": f.suggestion}) for f in findings)
            raise Invalid({"where": told})
        return expression

    def _holds(self, expression: Expression) -> Test:
        function, reads, moment = expression.function, tuple(expression.reads), self.situation
        return lambda sight, row: function({name: sight.value(name, row) for name in reads}, moment, {}) is True

    def _allowed(self, names: Sequence[str] | frozenset[str]) -> None:
        hidden = next((name for name in sorted(names) if not ever_clear(self.template, self.actor, name)), None)
        if hidden is not None:
            raise Forbidden("may-not-filter", field=hidden)

    def _match(self, name: str, wanted: object) -> Test:
        if not self._known(name):
            raise Invalid({name: (Fault("no-such-field", {"field": name}),)})
        self._allowed((name,))
        values = {self._read(name, item) for item in (wanted if isinstance(wanted, list | tuple) else (wanted,))}
        return lambda sight, row: not values.isdisjoint(sight.meanings(name, row))

    def _read(self, name: str, raw: object) -> object:
        """One value of an equality, as it is stored. Raises Invalid."""
        field = self.template.fields.get(name)
        if field is None or absent(raw):
            return None if absent(raw) else raw
        if field.options:
            option = called(field.options, str(raw))
            return option.id if option else raw
        value = Fault("no-such-field", {"field": name}) if field.tabular else reader(field)(raw, ANYONE, ())
        if isinstance(value, Fault):
            raise Invalid({name: (value,)})
        return value

    def _order(self, name: str, *, named: bool) -> Order:
        column = name.removeprefix("-")
        if not self._known(column):
            raise Invalid({"sort": (Fault("not-a-column", {"column": column}),)})
        if column in self.template.fields and not self._clear_everywhere(column):
            if named:
                raise Forbidden("may-not-sort", field=column)
            return Order("updated", descending=True)  # the list's own order is not this reader's to know
        place = f"data.{column}" if column in self.template.fields else f"tags.{column}"
        key = self._key(column) if column in self.template.fields else None
        return Order(column if column in SYSTEM else place, descending=name.startswith("-"), key=key)

    def _key(self, field: str) -> Callable[[Row], object] | None:
        """What orders a list where no column holds it: what is worked out for this reader, the titles of links."""
        spec = self.template.fields[field]

        def value(row: Row) -> object:
            return self._sight(str(row["version"])).value(field, row)

        if spec.type == "link":
            return lambda row: self.links.title(spec.to, str(value(row))) or None
        return value if lively(spec) else None

    def _moment(self, template: Template, at: str) -> Situation:
        """The inputs of a version's expressions, what this reader sees through its links among them."""
        return situation(self.company, self.actor, at, self._person, self.links.values(template.links))

    def _judged(self, pinned: Template, row: Row) -> Mapping[str, object]:
        """A record's values as this reader sees them now."""
        key = row["id"], row["rev"]
        found = self._judgements.get(key)
        if found is None:
            moment = self._moment(pinned, self.situation.now)
            found = self._judgements[key] = evaluate(pinned, {}, moment, record=record_of(row)).values
        return found

    def _look(self, text: str) -> Look | None:
        """Where a text is looked for; nowhere in particular if it may be in what is worked out record by record."""
        everywhere = (version.fields[name] for version in self._versions() for name in searched(version))
        return Look("data", text, "holds", "template") if text and not any(map(lively, everywhere)) else None

    def _clear_everywhere(self, field: str) -> bool:
        """Whether the reader sees the field in clear under every version that a record may be pinned to."""
        return all(always_clear(template, self.actor, field) for template in self._versions())

    def _versions(self) -> Iterator[Template]:
        versions = self.store.find(Query(collection=VERSIONS, where={"template": self.template.id})).rows
        return (self.catalogue.pinned(str(row["id"])) for row in versions)

    def _line(self, row: Row, columns: tuple[str, ...]) -> Line:
        record, pinned = record_of(row), self.catalogue.pinned(str(row["version"]))
        allowed = rights(pinned, self.company, self.actor, record)
        system: dict[str, Any] = {name: row.get(name) for name in SYSTEM}
        tags = {group: tuple(given) for group, given in record.tags.items()}
        live = {name: self._judged(pinned, row).get(name) for name in columns if _is_lively(pinned, name)}
        values = {**guarded(pinned, allowed, {**record.data, **live}), **tags, **system}
        return Line(
            id=record.id,
            rev=record.rev,
            template=pinned,
            values={name: values.get(name) for name in columns},
            masked=frozenset(name for name in columns if allowed.fields.get(name) == "masked"),
        )


def _is_lively(pinned: Template, column: str) -> bool:
    return column in pinned.fields and lively(pinned.fields[column])


def _links_to(id: str) -> Test:
    """Whether a link that the reader sees in clear leads to a record."""

    def leads(sight: Sight, row: Row) -> bool:
        for field in sight.pinned.fields.values():
            columns = [column.id for column in field.fields if column.type == "link"]
            if field.type != "link" and not columns:
                continue
            value = sight.value(field.id, row)
            rows = value if isinstance(value, list) else ()
            if value == id or any(cells.get(column) == id for cells in rows for column in columns):
                return True
        return False

    return leads
