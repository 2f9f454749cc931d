"""The pass over a record: each field settled in dependency order (visible? answer or default → compute → normalise)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from builder.expressions import Expression, Situation
from builder.model import TagGroup
from workflows.logs import STORED, known, stamped
from workflows.plan import FieldPlan, Plan
from workflows.reading import Directory, absent
from workflows.record import Data, Fault, Record
from workflows.tagging import Tags, give_tags, tag_value

Rows = list[dict[str, object]]
NO_ROW: Mapping[str, object] = {}
NOT_GIVEN: Final = object()


class Settling:
    """What is known of the record so far; `values` is what expressions see."""

    __slots__ = ("base", "begun", "by_hand", "columns", "completeness", "creating", "directory", "faults", "given",
                 "kept", "kept_cells", "numbers", "plan", "present", "presets", "required", "situation", "tags",
                 "values", "visible")  # fmt: skip

    def __init__(
        self,
        plan: Plan,
        given: Mapping[str, object],
        situation: Situation,
        record: Record | None,
        entry: str,
        directory: Directory,
        about: Mapping[str, object],
    ) -> None:
        self.plan, self.given, self.situation, self.directory = plan, given, situation, directory
        self.creating, self.completeness = record is None, 100
        self.base: Data = {} if record is None else record.data
        self.by_hand: Tags = {} if record is None else record.tags
        door = plan.template.entries.get(entry) if record is None else None
        self.presets: Mapping[str, object] = door.set if door else {}  # what the door sets stands in for a default
        self.values: dict[str, object] = {**plan.absent, **system(situation, record, entry), **about}
        self.present: dict[str, object] = {}  # visible and not absent
        self.kept: dict[str, object] = {}  # hidden, but to be kept
        self.visible: list[str] = []
        self.required: list[str] = []
        self.faults: dict[str, list[Fault]] = {}
        self.numbers: dict[str, list[int]] = {}  # rows field → the given number of each row that is left
        self.columns: dict[str, list[frozenset[str]]] = {}  # rows field → the visible columns of each row
        self.begun: dict[
            str, list[str]
        ] = {}  # rows field → what shows of the rows in which nothing was said yet, by HTML name
        self.kept_cells: dict[str, Rows] = {}  # rows field → the hidden answers to be kept in each row
        self.tags: dict[str, Mapping[str, Mapping[str, object]]] = {}
        if record is None:
            self._choose_state()

    def _choose_state(self) -> None:
        chosen = self.presets.get("state", self.given.get("state"))
        state = self.plan.first if absent(chosen) else self.plan.initial.get(str(chosen).strip(), "")
        self.values["state"] = state or self.plan.first
        if not state and self.plan.first:
            self.faults["state"] = [Fault("not-option", {"value": str(chosen)})]

    def field(self, plan: FieldPlan) -> None:
        """Settle one field."""
        name = plan.id
        if plan.visible is not None and plan.visible.function(self.values, self.situation, NO_ROW) is not True:
            self._hide(plan)
            return
        self.visible.append(name)
        value = self._answer(plan)
        if plan.compute is not None:
            value = plan.tidy(plan.compute.function(self.values, self.situation, NO_ROW))
        elif value is None and (self.creating or plan.field.anew) and name not in self.faults:
            preset = self.presets.get(name, plan.default)
            value = None if preset is None else self._default(plan, preset, NO_ROW)
        self.values[name] = value
        if value is not None:
            self.present[name] = value

    def _answer(self, plan: FieldPlan) -> object:
        """What was given, read; else what is stored. A fault counts as absent."""
        if plan.read is None:
            return self._rows(plan)
        raw = self.given.get(plan.id, NOT_GIVEN)
        if raw is NOT_GIVEN:
            return self.base.get(plan.id)
        if absent(raw):
            return None
        value = plan.read(raw, self.directory, _several(self.base.get(plan.id)) if self.base else ())
        if isinstance(value, Fault):
            self.faults[plan.id] = [value]
            return None
        return value

    def _hide(self, plan: FieldPlan) -> None:
        """A hidden field is absent to everything; with `when_hidden: keep` its answer is stored all the same.

        An empty answer does not clear what is hidden: a form that does not show a field sends it empty.
        """
        if not plan.keep:
            return
        value = None if plan.log else self._answer(plan)  # nothing is added to a log that nobody sees
        if plan.read is None:
            value = self.bare(plan.id, value) or None
        for name in [name for name in self.faults if name.partition(".")[0] == plan.id]:
            del self.faults[name]
        for parts in (self.numbers, self.columns, self.begun, self.kept_cells):
            parts.pop(plan.id, None)
        value = self.base.get(plan.id) if value is None else value
        if value is not None:
            self.kept[plan.id] = value

    def bare(self, rows: str, value: object) -> Rows:
        """Rows as they are stored: no absent cells, none that follow from a link, the hidden ones that are kept."""
        kept = self.kept_cells.get(rows, ())
        bare = ({**present(row), **cells} for row, cells in zip(rows_of(value), kept, strict=True))
        unkept = self.plan.unkept_cells.get(rows)
        return [{k: v for k, v in row.items() if k not in unkept} for row in bare] if unkept else list(bare)

    def _default(self, plan: FieldPlan, default: object, row: Mapping[str, object]) -> object:
        if isinstance(default, Expression):
            return plan.tidy(default.function(self.values, self.situation, row))
        return list(default) if isinstance(default, list | tuple) else default

    def _rows(self, plan: FieldPlan) -> object:
        """The rows of a field, each settled by itself; rows in which nothing was said are dropped."""
        raw, before = self.given.get(plan.id), rows_of(self.base.get(plan.id))
        given = plan.id in self.given
        if given and not absent(raw) and not isinstance(raw, list | tuple):
            self.faults[plan.id] = [Fault("not-rows")]
            return None
        rows: Rows = []
        numbers, columns = self.numbers.setdefault(plan.id, []), self.columns.setdefault(plan.id, [])
        begun, hidden = self.begun.setdefault(plan.id, []), self.kept_cells.setdefault(plan.id, [])
        kept = {name: [row.get(name) for row in before] for name in plan.columns} if given and before else {}
        sent: Sequence[object] = (raw if isinstance(raw, list | tuple) else ()) if given else before
        if plan.log:
            kept, sent = {}, sent if given else ()
            self._stored(plan, before, rows)
        for number, cells in enumerate(sent):
            if plan.log and stamped(cells) and self._known(plan, number, cells, before):
                continue
            row, seen, unseen = self._row(plan, number, cells, kept, given)
            if row is not None:
                rows.append(row)
                numbers.append(number)
                columns.append(seen)
                hidden.append(unseen)
            else:
                begun += (f"{plan.id}.{number}.{name}" for name in plan.columns if name in seen)
        return rows or None

    def _stored(self, plan: FieldPlan, before: Rows, rows: Rows) -> None:
        """The rows of a log that are there: as they are, whatever has become of the record since."""
        for row in before:
            rows.append({**dict.fromkeys(plan.columns), **row})
            self.numbers[plan.id].append(STORED)
            self.columns[plan.id].append(frozenset(row))
            self.kept_cells[plan.id].append({})

    def _known(self, plan: FieldPlan, number: int, cells: object, before: Rows) -> bool:
        """True, for there is nothing to add: a stored row sent back as it is, or a fault for one that is none."""
        if not known(plan.field, cells, before):
            self.faults[f"{plan.id}.{number}"] = [Fault("log-kept")]
        return True

    def _row(
        self, plan: FieldPlan, number: int, cells: object, kept: Mapping[str, list[object]], given: bool
    ) -> tuple[dict[str, object] | None, frozenset[str], dict[str, object]]:
        """One row, its visible columns and what is kept of its hidden ones; None when nothing that counts was said.

        What shows of such a row is where somebody begins: its conditions are asked as of any other.
        """
        if not isinstance(cells, Mapping):
            self.faults[f"{plan.id}.{number}"] = [Fault("not-rows")]
            return None, frozenset(), {}
        said = not given or any(self._says(plan.columns.get(name), cell) for name, cell in cells.items())
        cells = cells if said else NO_ROW
        row: dict[str, object] = dict.fromkeys(plan.columns)
        faults = len(self.faults)
        seen: list[str] = []
        unseen: dict[str, object] = {}
        for name, column in plan.columns.items():
            place = f"{plan.id}.{number}.{name}"
            if column.visible is None or column.visible.function(self.values, self.situation, row) is True:
                seen.append(name)
                row[name] = self._cell(column, place, cells.get(name), kept.get(name, ()), row, given)
            elif column.keep:
                unseen[name] = self._kept_cell(column, cells.get(name), kept.get(name, ()), given)
        if not said:
            return None, frozenset(seen), {}
        for name in cells.keys() - plan.columns.keys():
            self.faults[f"{plan.id}.{number}.{name}"] = [Fault("no-such-field", {"field": name})]
        kept_said = not all(map(_blank, unseen.values()))
        said = not given or kept_said or len(self.faults) > faults or self._answers(plan, seen, cells, row)
        return (row if said else None), frozenset(seen), present(unseen)

    def _answers(
        self, plan: FieldPlan, seen: list[str], cells: Mapping[str, object], row: Mapping[str, object]
    ) -> bool:
        """Whether a row has an answer that shows: neither what is worked out nor a default is one."""
        typed = (column for name in seen if (column := plan.columns[name]).compute is None and column.stamp is None)
        return any(
            not _blank(row[column.id]) and (column.default is None or self._says(column, cells.get(column.id)))
            for column in typed
        )

    def _says(self, column: FieldPlan | None, raw: object) -> bool:
        """Whether a cell says anything; "no" in any spelling is a box left unticked, and a fault is something."""
        if _blank(raw) or column is None or column.read is None:
            return not _blank(raw)
        return not _blank(column.read(raw, self.directory, ()))

    def _cell(
        self,
        column: FieldPlan,
        name: str,
        raw: object,
        kept: Collection[object],
        row: Mapping[str, object],
        given: bool,
    ) -> object:
        if column.stamp is not None:
            return column.stamp(self.situation)
        if column.compute is not None:
            return column.tidy(column.compute.function(self.values, self.situation, row))
        value = None if absent(raw) else raw
        if value is not None and given and column.read is not None:
            value = column.read(raw, self.directory, kept)
            if isinstance(value, Fault):
                self.faults[name] = [value]
                return None
        if value is None and (self.creating or column.entry) and column.default is not None:
            return self._default(column, column.default, row)
        return value

    def _kept_cell(self, column: FieldPlan, raw: object, kept: Collection[object], given: bool) -> object:
        """What is kept of a hidden cell: neither default nor fault, for nobody sees it."""
        if absent(raw) or not given or column.read is None:
            return None if absent(raw) else raw
        value = column.read(raw, self.directory, kept)
        return None if isinstance(value, Fault) else value

    def complete(self) -> None:
        """Percent of the checklist that is there, rounded down; hidden fields do not count, state and owner do."""
        shown = self.plan.checklist.intersection((*self.visible, "state", "owner"))
        there = sum(1 for name in shown if self.values[name] not in (None, ""))
        self.completeness = 100 * there // len(shown) if shown else 100
        self.values["completeness"] = self.completeness

    def tag(self, group: TagGroup) -> None:
        """Settle one tag group."""
        given = give_tags(group, self.values, self.situation, self.by_hand.get(group.id, {}))
        if given:
            self.tags[group.id] = given
        self.values[group.id] = tag_value(group, given)


def system(situation: Situation, record: Record | None, entry: str) -> dict[str, object]:
    """What expressions know of the record itself; absent when empty."""
    if record is None:
        now, me, department = situation.now or None, situation.me or None, situation.me_department or None
        return {"id": None, "state": None, "owner": me, "creator": me, "department": department, "entry": entry or None,
                "created": now, "updated": now, "entered": now, "completeness": None}  # fmt: skip
    return {"id": record.id, "state": record.state, "owner": record.owner or record.creator, "creator": record.creator,
            "department": record.department or None, "entry": record.entry or None, "created": record.created,
            "updated": record.updated, "entered": record.entered, "completeness": None}  # fmt: skip


def _several(value: object) -> Collection[object]:
    return () if value is None else value if isinstance(value, list) else (value,)


def rows_of(value: object) -> Rows:
    """The rows of a value; none when it is absent."""
    return value if isinstance(value, list) else []


def present(row: Mapping[str, object]) -> dict[str, object]:
    """A row without its absent cells."""
    return {name: cell for name, cell in row.items() if cell is not None}


def _blank(cell: object) -> bool:
    """Whether a cell says nothing: a box left unticked is not yet an answer."""
    return cell is False or absent(cell)
