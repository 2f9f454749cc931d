"""The drawn sheets of a process, by version, language and rights; the least used ones go first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, NamedTuple

from jinja2 import Environment

from builder.model import Template
from renderer.drawing.plan import FORM, Plan
from renderer.drawing.script import Script
from renderer.drawing.sheet import Sheet, sheet
from workflows.guard.access import Rights

MOST: Final = 200  # a sheet of 30 fields is about 60 KB

Key = tuple[object, ...]
Drawn = tuple[Plan, Sheet, Script]


class Door(NamedTuple):
    """How a form is drawn at an entry (see `Plan`)."""

    asked: tuple[str, ...] | None = None
    headed: bool = False
    page: str = FORM


STAFF_FORM: Final = Door()


@dataclass(slots=True)
class Cabinet:
    """Draws a sheet at its first use. `mark` is a random token of letters and digits (see `Sentinels`)."""

    environment: Environment
    mark: str
    drawn: OrderedDict[Key, Drawn] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def sheet(self, template: Template, rights: Rights, language: str, *, new: bool, door: Door = STAFF_FORM) -> Drawn:
        """The plan, the drawn sheet and the program of a form for everyone with these rights."""
        key = (template.hash, template.ref, language, new, rights.signature, door)
        with self.lock:
            found = self.drawn.get(key)
            if found:
                self.drawn.move_to_end(key)
                return found
        plan = plan_for(template, rights, language, new=new, door=door)
        made = plan, sheet(self.environment, plan, self.mark), Script(plan)
        with self.lock:
            self.drawn[key] = made
            while len(self.drawn) > MOST:
                self.drawn.popitem(last=False)
        return made


def plan_for(template: Template, rights: Rights, language: str, *, new: bool, door: Door = STAFF_FORM) -> Plan:
    """What a form shows under these rights; a new form leaves out what nobody types, computes or presets."""
    write = frozenset(name for name, level in rights.fields.items() if level == "write")
    masked = frozenset(name for name, level in rights.fields.items() if level == "masked")
    seen = (template.fields[name] for name, level in rights.fields.items() if level in ("read", "masked"))
    show = frozenset(f.id for f in seen if not new or f.compute is not None or f.default is not None)
    return Plan(
        template=template,
        language=language,
        write=write,
        show=show,
        masked=masked,
        new=new,
        asked=door.asked,
        headed=door.headed,
        page=door.page,
    )
