"""Whether a form twenty times as large costs more than twenty times as much; and what a change costs in a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from benchmarks import depth, ours
from benchmarks.doors import checked
from benchmarks.survey import answers, prefix, survey
from benchmarks.theirs import VALID
from benchmarks.timing import Figure, Pair, in_turn, pair
from benchmarks.visitor import Visitor
from builder.compile import compile_sources
from builder.emit.browser import browser_program
from builder.expressions import Situation
from builder.language import Source
from builder.model import Template
from workflows.evaluate import evaluate

SMALL, LARGE, LEAD = 30, 600, 30  # fields
ANSWERS = ours.HERE.parent / "renderer" / "assets" / "answers.js"
MILLISECOND = 1e-3
TENTH = 1e-4  # of a millisecond: 10,000 records a second


def sources(fields: int) -> tuple[Source, Source]:
    """The workspace file and a survey."""
    workspace = Source("formwright.yaml", ours.WORKSPACE, "workspace")
    return workspace, Source(f"templates/survey-{fields}.yaml", survey(fields), "template")


def compiled(fields: int) -> Template:
    """A survey, compiled."""
    result = compile_sources(sources(fields))
    assert result.template is not None and not result.diagnostics, result.diagnostics
    return result.template


def per_field(taken: Pair, mine: int, other: int) -> Pair:
    """A pair of two forms, each divided by its fields."""
    return Pair(taken.ours / mine, taken.theirs / other, taken.ratio * other / mine)


def compiling() -> Figure:
    """Load, check and lower the large form and the 30-field form, per field."""
    large, small = sources(LARGE), depth.sources("lead")
    taken = in_turn(lambda: compile_sources(large), lambda: compile_sources(small), rounds=5, times=1)
    return Figure(f"compile {LARGE} fields, per field", "the 30-field form", "≤", 1.3, per_field(taken, LARGE, LEAD))


def getting(lead: Visitor, folder: Path) -> Figure:
    """GET of the large form and the 30-field form, per field."""
    name = f"survey-{LARGE}"
    visitor = ours.login(ours.another_app(ours.make_workspace(folder / name, {name: survey(LARGE)})))
    visitor.get(f"/f/{name}")
    visitor.settled = True
    taken = in_turn(checked(visitor, f"/f/{name}", 200), checked(lead, "/f/lead", 200))
    return Figure(f"GET {LARGE} fields, per field", "the 30-field form", "≤", 1.0, per_field(taken, LARGE, LEAD))


def validating(module: Any) -> Iterator[Figure]:
    """Records with conditions, computed values and checks judged, beside a fixed pace and the rival's WTForms class."""
    posted, meta = MultiDict(VALID), {"csrf": False}
    small, large = judge(SMALL), judge(LARGE)
    with module.app.test_request_context():
        form = in_turn(small, lambda: module.LeadForm(formdata=posted, meta=meta).validate(), times=50)
    fixed = Pair(form.ours, TENTH, TENTH / form.ours)
    yield Figure("validate 30 fields that depend", "10,000 a second", "≥", 1.0, fixed)
    yield Figure("validate 30 fields that depend", "a WTForms class", "≥", 5.0, form.turned())
    both = in_turn(large, small, rounds=7, times=10)
    yield Figure(f"validate {LARGE}, per field", f"{SMALL} fields", "≤", 1.3, per_field(both, LARGE, SMALL))


def judge(fields: int) -> Callable[[], object]:
    """An act: judge a whole record of a survey. The first outcome is looked at."""
    template, given = compiled(fields), answers(fields)
    situation = Situation(today="2026-01-05", now=depth.AT, me=ours.USER)
    assert not evaluate(template, given, situation).faults
    return lambda: evaluate(template, given, situation)


def changing(folder: Path) -> Iterator[Figure]:
    """One changed answer in Node: what hangs on it is settled, asked and judged again."""
    node = shutil.which("node")
    if node is None:
        print("Node was not found: what a change costs in a browser is not measured", flush=True)
        return
    large, small = (changes(node, folder, fields) for fields in (LARGE, SMALL))
    taken = pair(large, small, rounds=5)
    fixed = Pair(taken.ours, MILLISECOND, taken.ours / MILLISECOND)
    yield Figure(f"one change in a browser, {LARGE} fields", "a millisecond", "≤", 1.0, fixed)
    yield Figure(f"one change in a browser, {LARGE} fields", f"{SMALL} fields", "≤", 1.5, taken)


def changes(node: str, folder: Path, fields: int) -> Callable[[], float]:
    """A measurement: the median of one answer changed to and fro, on which most of its block depends."""
    program, raws = folder / f"program-{fields}.mjs", folder / f"raws-{fields}.json"
    program.write_text(browser_program(compiled(fields)), "utf-8")
    typed = {name: raw == "yes" if name.endswith("_04") else raw for name, raw in answers(fields).items()}
    raws.write_text(json.dumps(typed), "utf-8")
    command = [node, str(ours.HERE / "change.mjs"), str(ANSWERS), str(program), str(raws), f"{prefix(0)}01", "40", "12"]
    return lambda: float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
