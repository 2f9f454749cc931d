"""A drawn form's program for the browser, and what the server tells of one visitor's form: at first, and when asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from typing import Final, Protocol

from builder.emit.browser import browser_program
from builder.emit.cut import SYSTEM, Cut, conditional
from builder.expressions import Situation
from builder.model import Field
from renderer.drawing.choosing import asked_by, named, typed_choice, typed_names
from renderer.drawing.plan import DOOR, PART, STATE, Plan
from renderer.drawing.typed import typed
from workflows.evaluate import Evaluation
from workflows.reading import absent

Told = dict[str, object]
Heard = tuple[str, str, object]  # a field's path, what was typed into it, what the server reads
# A field, its typed text and what is stored there → the neutral value, or a fault in words
Reads = Callable[[Field, str, Collection[object]], object]
DIGEST: Final = 16
VISITORS: Final = frozenset(("state", "entry", "created", "updated", "entered"))  # what a visitor may know of a record


class Seen(Protocol):
    """A form as somebody sees it, with what its expressions know beside the answers (`Blank`, `View`)."""

    @property
    def evaluation(self) -> Evaluation:
        """What the answers mean."""

    @property
    def situation(self) -> Situation:
        """The moment."""

    @property
    def system(self) -> Mapping[str, object]:
        """The record itself."""

    @property
    def base(self) -> Mapping[str, object]:
        """What is stored already, on which answers are laid."""


def cut_of(plan: Plan) -> Cut:
    """What a form's page holds, and what its reader sees of it in clear."""
    drawn = frozenset(field.id for field in plan.fields if field.id != STATE)
    inputs = frozenset(field.id for field in plan.inputs if field.id != STATE)
    every = (each for field in plan.template.fields.values() for each in (field, *field.fields))
    searched = frozenset(e.path for e in every if named(e) or asked_by(e, "levels") or asked_by(e, "search"))
    system = frozenset((*SYSTEM, *plan.template.tags))
    others = {DOOR: VISITORS, PART: system - {"completeness"}}.get(plan.page)  # which a part does not show
    return Cut(plan.template, drawn, drawn - plan.masked, inputs, searched, others)


class Script:
    """The program of one plan; `digest` names its text."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.cut = plan, cut_of(plan)
        self.text = browser_program(plan.template, self.cut, plan.language)
        self.digest = sha256(self.text.encode()).hexdigest()[:DIGEST]

    def opens(self, seen: Seen, answers: Mapping[str, object], read: Reads) -> Told:
        """What the page starts from, beside the content of its controls: `answers`, as typed or neutral."""
        evaluation = seen.evaluation
        stored = (f.id for f in self.plan.outputs if f.id in self.cut.clear and f.compute is None)
        return {
            "situation": _moment(seen.situation),
            "system": {**self._system(seen), **self.told(evaluation)},
            "answers": {name: seen.base[name] for name in stored if name in seen.base},
            "stored": {f.id: seen.base.get(f.id) for f in self.plan.inputs if f.type == "log" and self.cut.settled(f)},
            "hand": {group: found for group in self.cut.rules if (found := _by_hand(evaluation, group))},
            "creating": self.plan.new,
            "read": self.read(seen, answers, read),
            "names": self._names(seen),
        }

    def told(self, evaluation: Evaluation) -> Told:
        """What the page cannot settle by itself, under the names of `Cut.told`."""
        return {name: self._told(name, evaluation) for name in self.cut.told}

    def read(self, seen: Seen, answers: Mapping[str, object], read: Reads) -> list[Heard]:
        """The answers that the browser may be unable to read: path, what was typed, what the server reads in it.

        A stored one stands for what it is typed as, whether that is in the form now or typed back later.
        """
        kept: dict[str, list[object]] = {}
        found: dict[tuple[str, str], object] = {}
        for field in self.plan.inputs:
            for part, value in self._left(field, () if field.type == "log" else seen.base.get(field.id)):
                kept.setdefault(part.path, []).extend(value if isinstance(value, list) else [value])
                found.setdefault((part.path, self._typed(part, value)), value)
        for field in self.plan.inputs:
            for part, value in self._left(field, answers.get(field.id)):
                text, stored = self._typed(part, value), kept.get(part.path, ())
                if (part.path, text) not in found:
                    found[part.path, text] = read(part, text, stored)
        return [(path, text, value) for (path, text), value in found.items()]

    def _typed(self, field: Field, value: object) -> str:
        """An answer as it stands in its control."""
        if named(field):
            return typed_names(field, value, self.plan.language)
        searched = asked_by(field, "search")
        return typed_choice(field, value, self.plan.language) if searched else str(typed(field, value))

    def outputs(self, shown: Mapping[str, str]) -> dict[str, str]:
        """Of what is shown, what the page cannot write by itself."""
        names = {name.removeprefix("value ") for name in self.cut.told if name.startswith("value ")}
        return {name: text for name, text in shown.items() if name.partition(".")[0] in names}

    def offers(self, evaluation: Evaluation) -> dict[str, list[tuple[str, bool]]]:
        """Where the page does not know when an option can be chosen: each option, and whether it can."""
        closed = [f for f in self.plan.inputs if not all(self.cut.ours(o.visible) for o in f.options.once(conditional))]
        shut = {f.id: evaluation.shut.get(f.id, frozenset()) for f in closed}
        return {f.id: [(o.id, o.id not in shut[f.id]) for o in f.options if not o.retired] for f in closed}

    def cells(self, names: frozenset[str]) -> list[str]:
        """Of these names of cells, those in rows that the page does not settle."""
        foreign = {f.id for f in self.plan.rows if not self.cut.settled(f)}
        return sorted(name for name in names if "." in name and name.partition(".")[0] in foreign)

    def _left(self, field: Field, answer: object) -> Iterator[tuple[Field, object]]:
        """The answers in a field, in its cells, that the browser may be unable to read; several options are one."""
        for row in answer if field.tabular and isinstance(answer, list | tuple) else ():
            if isinstance(row, Mapping):
                for column in field.fields:
                    yield from self._left(column, row.get(column.id))
        if self.cut.left(field) and isinstance(answer, str | list | tuple) and not absent(answer):
            yield field, answer

    def _told(self, name: str, evaluation: Evaluation) -> object:
        what, _, field = name.partition(" ")
        if what == "completeness":
            return evaluation.completeness
        if not field:
            return evaluation.values.get(name)
        return evaluation.values.get(field) if what == "value" else field in getattr(evaluation, what)

    def _system(self, seen: Seen) -> Told:
        """What the program looks up of the record itself."""
        system = {**seen.system, STATE: seen.evaluation.state or None}
        return {name: value for name, value in system.items() if name in self.cut.spoken}

    def _names(self, seen: Seen) -> dict[str, str]:
        """The names of the people who stand in the form from the start."""
        people = [f.id for f in self.plan.fields if f.type == "person" and f.id in self.cut.clear]
        known = {**seen.evaluation.values, **self._system(seen)}
        ids = [known.get(name) for name in (*people, "owner", "creator") if name in self.cut.known]
        return {id: seen.situation.person(id) for id in ids if isinstance(id, str) and id}


def _moment(now: Situation) -> Told:
    return {"today": now.today, "now": now.now, "me": now.me, "my_department": now.me_department}


def _by_hand(evaluation: Evaluation, group: str) -> list[str]:
    return [tag for tag, reason in evaluation.tags.get(group, {}).items() if reason.get("by") == "hand"]
