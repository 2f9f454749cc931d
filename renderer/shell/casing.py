"""`test`: a template's cases, what differs from what they expect, and what no case speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.case import Case
from builder.compile import Compiled
from builder.model import Template
from workflows.life.cases import run_cases
from workflows.life.expectations import Failure


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the cases speak of: how many of a kind, of how many, and the ids of the others."""

    kind: str
    covered: int
    total: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tested:
    """The cases of one T: case id → differences, none when it holds."""

    ref: str
    cases: Mapping[str, tuple[Failure, ...]]
    coverage: tuple[Coverage, ...]

    @property
    def failed(self) -> bool:
        """Whether any case came out otherwise."""
        return any(self.cases.values())


def run(compiled: Compiled, today: str) -> Tested:
    """Run the cases of a T that compiles; `today` is for cases that name no moment."""
    template, company = compiled.template, compiled.company
    assert template is not None and company is not None
    return Tested(template.ref, run_cases(template, company, today), tuple(coverage(template)))


def coverage(template: Template) -> Iterator[Coverage]:
    """Fields that a case answers or expects something of, and actions that a case takes or expects to be open."""
    cases = template.cases.values()
    yield _covered("fields", template.fields, {name for case in cases for name in _fields(case)})
    actions = dict.fromkeys(transition.action for transition in template.transitions.values())
    yield _covered("actions", actions, {name for case in cases for name in _actions(case)})


def _covered(kind: str, all_: Iterable[str], spoken_of: set[str]) -> Coverage:
    known = list(all_)
    missing = tuple(name for name in known if name not in spoken_of)
    return Coverage(kind, len(known) - len(missing), len(known), missing)


def _fields(case: Case) -> Iterator[str]:
    yield from (*case.given, *case.link)
    for step in case.steps:
        yield from (*step.data, *step.set)
    for part in ("values", "errors"):
        expected = case.expect.get(part)
        yield from (name.partition(".")[0] for name in expected) if isinstance(expected, Mapping) else ()
    absent = case.expect.get("absent")
    yield from map(str, absent) if isinstance(absent, list | tuple) else ()


def _actions(case: Case) -> Iterator[str]:
    yield from (step.do for step in case.steps if step.do)
    enabled = case.expect.get("enabled")
    yield from map(str, enabled) if isinstance(enabled, list | tuple) else ()
