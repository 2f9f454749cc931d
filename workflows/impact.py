"""What a new version means for the records stored under older ones: they keep theirs, and none may be left behind.

A state that a record is in, or an option that one has chosen, may not simply be gone: the record could not be counted,
found or moved any more. An option that is no longer offered is `retired: true`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from builder.model import Field, Template
from workflows.catalogue import VERSIONS
from workflows.filing import RECORDS
from workflows.find.query import Query
from workflows.keep.port import Row, Store

Key = TypeVar("Key", str, tuple[str, str])


@dataclass(frozen=True, slots=True)
class Impact:
    """Records of this T by version (as shown) and state; what is gone though records use it, with how many do.

    `states` holds state ids, `options` `field.option` (of a column `rows.column.option`), `fields` ids of fields.
    """

    records: Mapping[tuple[str, str], int]
    states: Mapping[str, int]
    options: Mapping[str, int]
    fields: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many records there are."""
        return sum(self.records.values())

    @property
    def refused(self) -> bool:
        """Whether the version would leave records behind."""
        return bool(self.states or self.options)


def impact(store: Store, template: Template) -> Impact:
    """Count the records stored under this T's versions, and what of theirs the template no longer has."""
    shown = _versions(store, template)
    return weigh(template, shown, store.find(Query(collection=RECORDS, where={"template": template.id})).rows)


def weigh(template: Template, shown: Mapping[str, str], rows: Iterable[Row]) -> Impact:
    """The same over rows; `shown` names the versions of this T by hash."""
    records: Counter[tuple[str, str]] = Counter()
    states: Counter[str] = Counter()
    options: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    for row in rows:
        version, state = str(row["version"]), str(row["state"])
        if version in shown:
            records[shown[version], state] += 1
            states.update([state] if state not in template.states else [])
            options.update(set(_lost_options(template.fields, _data(row))))
            fields.update(name for name in _data(row) if name not in template.fields)
    return Impact(_sorted(records), _sorted(states), _sorted(options), _sorted(fields))


def _sorted(counter: Counter[Key]) -> dict[Key, int]:
    return dict(sorted(counter.items()))


def _versions(store: Store, template: Template) -> Mapping[str, str]:
    """The versions of exactly this T: hash → as shown."""
    where = {"template": template.id, "department": template.department}
    rows = store.find(Query(collection=VERSIONS, where=where)).rows
    return {str(row["id"]): str(row["shown"]) for row in rows}


def _lost_options(fields: Mapping[str, Field], data: Mapping[str, Any]) -> Iterator[str]:
    """The options a record has chosen that its field no longer knows."""
    for name, value in data.items():
        field = fields.get(name)
        if field is not None and field.tabular:
            columns = {column.id: column for column in field.fields}
            yield from (f"{name}.{lost}" for row in value for lost in _lost_options(columns, row))
        elif field is not None and field.options:
            chosen = value if isinstance(value, list) else [value]
            yield from (f"{name}.{option}" for option in chosen if field.option(option) is None)


def _data(row: Row) -> Mapping[str, Any]:
    data = row["data"]
    return data if isinstance(data, Mapping) else {}
