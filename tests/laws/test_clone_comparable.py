"""Law 3: a record that is valid in a clone is, projected, valid in its base.

Bases and overlays are random, wide ones among them: what narrowing lets through is what the law is about. The records
are random too, and the one judge decides on both sides.
"""

from __future__ import annotations

import json
from itertools import pairwise
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from builder.compile import compile_sources
from builder.expressions import Situation
from builder.language import Source
from builder.model import Field, Template
from workflows.evaluate import Evaluation, evaluate
from workflows.life.project import project

COMPANY = """
company: 公司
languages: [zh, en]
currency: CNY
timezone: Asia/Shanghai
roles: {sales: 销售}
departments: {east: 华东}
store: tinydb:data
"""
NOW = Situation(today="2026-03-01", now="2026-03-01T09:00:00.000000Z", me="u1", me_department="east")
OPTIONS = {name: {"label": name.upper()} for name in ("o1", "o2", "o3")}
CONDITIONS = (
    'source == "o1"',
    'source in ["o1", "o2"]',
    'source != "o3"',
    '"o1" in kinds',
    "size(kinds) > 1",
    "amount > 3",
    "given(note)",
    'source == "o1" or amount > 3',
    'not (source == "o2") and amount >= 2',
    'lines.exists(x, x.kind == "o1")',
    "source == second",
    'heat == "hot"',
)
WORDS = ("网络", "展会", "abc", "xy", "x", "ABC", "abcdefgh")

Data = dict[str, object]
requirements = st.sampled_from([False, True, *CONDITIONS])


def optional(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Something or nothing."""
    return st.one_of(st.none(), strategy)


def written(**properties: object) -> Data:
    """A definition of what is there."""
    return {key: value for key, value in properties.items() if value not in (None, False)}


@st.composite
def bases(draw: st.DrawFn) -> Data:
    """A template whose fields depend on those before them."""
    bound, condition = st.integers(0, 5), st.sampled_from(CONDITIONS)
    refuse = {"values": ["网络", "展会"], "say": "写明"}
    fields: dict[str, Data] = {
        "amount": written(type="integer", min=draw(optional(bound)), max=draw(optional(st.integers(5, 9))),
                          step=draw(optional(st.sampled_from([1, 2]))), default=draw(optional(st.just("4")))),
        "source": written(type="choice", options=OPTIONS, required=draw(st.booleans())),
        "second": written(type="choice", options=OPTIONS),
        "kinds": written(type="choices", options=OPTIONS, min=draw(optional(st.integers(1, 2))),
                         max=draw(optional(st.integers(2, 3)))),
        "lines": written(type="rows", max=draw(optional(st.integers(1, 3))), required=draw(st.booleans()), fields={
            "kind": {"type": "choice", "label": "k", "options": OPTIONS},
            "n": written(type="integer", label="n", required=draw(st.booleans()), max=draw(optional(bound))),
        }),
        "note": written(type="text", max=draw(optional(st.integers(1, 8))), pattern=draw(optional(st.just("[a-z]+"))),
                        refuse=draw(optional(st.just(refuse)))),
        "detail": written(type="text", visible=draw(optional(condition)), required=draw(requirements),
                          min=draw(optional(st.integers(1, 3))), when_hidden=draw(optional(st.just("keep"))),
                          valid=draw(optional(st.just({"check": "size(detail) > 2 or amount > 3", "say": "太短"})))),
        "sum": written(type="integer", compute=draw(st.sampled_from(["amount * 2", "sum(lines.n)", "size(kinds)"]))),
        "day": written(type="date", required=draw(requirements), max=draw(optional(st.just("=today()"))),
                       visible=draw(optional(st.sampled_from(["sum > 4", 'detail == "abc"'])))),
        "sure": written(type="boolean", required=draw(requirements)),
    }  # fmt: skip
    names = ("new", "open", "done")
    states = {name: written(label=name, initial=draw(st.booleans()) or name == "new") for name in names}
    ways = {f"to_{end}": {"from": start, "to": end, "by": ["sales"]} for start, end in pairwise((*names, "new"))}
    tag = {"label": "热", "options": {"hot": {"label": "热", "when": "amount > 4"}}}
    return {
        "template": "sheet", "version": "1.0.0", "title": "试验", "tags": {"heat": tag},
        "fields": {name: {**field, "label": name} for name, field in fields.items()},
        "workflow": {"states": states, "transitions": ways},
    }  # fmt: skip


@st.composite
def overlays(draw: st.DrawFn) -> Data:
    """Some changes, sound or not, and some additions."""
    small, name = st.integers(0, 9), st.sampled_from(("source", "second", "kinds"))
    check = {"check": draw(st.sampled_from(CONDITIONS)), "say": "不行"}
    changes: list[Data] = [
        {"amount": {draw(st.sampled_from(["min", "max", "step"])): draw(small)}},
        {draw(st.sampled_from(["source", "note", "detail", "day", "sure", "lines"])): {"required": draw(requirements)}},
        {draw(name): {"options": {"only": ["o1", "o2"]}}},
        {"kinds": {draw(st.sampled_from(["min", "max"])): draw(st.integers(1, 3))}},
        {"lines": {"max": draw(st.integers(1, 4)), "fields": {"n": {"required": draw(st.booleans())}}}},
        {"note": {"pattern": draw(st.sampled_from(["[a-z]+", "[A-Za-z]{2,}"]))}},
        {"note": {"max": draw(small), "valid": check}},
        {"detail": {"min": draw(small), "valid": check}},
        {"day": {"max": draw(st.sampled_from(["2026-02-01", "2027-01-01", "=today()"]))}},
        {"amount": {"default": draw(small), "label": "数量"}},
    ]
    option = {"label": "新", "counts_as": draw(st.sampled_from(["o1", "o2", "o3"]))}
    additions: list[Data] = [
        {draw(name): {"options": {"extra": option}}},
        {"lines": {"fields": {"kind": {"options": {"extra": option}}}}},
        {"lines": {"fields": {"cost": {"type": "integer", "label": "费用", "max": draw(small)}}}},
        {"own": written(type="text", label="自", required=draw(requirements), after="source")},
    ]
    whole: Data = {}
    for verb, parts, most in (("change", changes, 3), ("add", additions, 3)):
        said = draw(st.lists(st.sampled_from(parts), max_size=most, unique_by=parts.index))
        fields: Data = {}
        for part in said:
            for field, words in part.items():
                fields[field] = {**fields.get(field, {}), **words}  # type: ignore[dict-item]
        if fields:
            whole[verb] = {"fields": fields}
    if draw(st.booleans()):
        state = written(label="试", counts_as=draw(st.sampled_from(["new", "open"])), initial=draw(st.booleans()))
        ways = {"enter": {"from": state["counts_as"], "to": "trial", "by": ["sales"]},
                "leave": {"from": "trial", "to": draw(st.sampled_from(["new", "open"])), "by": ["sales"]}}  # fmt: skip
        whole.setdefault("add", {})["workflow"] = {"states": {"trial": state}, "transitions": ways}  # type: ignore[index]
    return whole


def valid_record(template: Template, chance: Random) -> Evaluation | None:
    """Random answers, those that are at fault drawn again a few times; None when that leads nowhere."""
    given: Data = {"state": chance.choice([state.id for state in template.states.values() if state.initial])}
    redraw = list(template.fields)
    for _ in range(12):
        given |= {name: answer(template.fields[name], chance) for name in redraw}
        found = evaluate(template, given, NOW)
        if not found.faults:
            return found
        redraw = [name for name in {fault.partition(".")[0] for fault in found.faults} if name in template.fields]
        redraw += chance.sample(list(template.fields), 1)
    return None


def answer(field: Field, chance: Random) -> object:
    """An answer of a field's type, or none."""
    ids = [option.id for option in field.options]
    if chance.random() < 0.3:
        return None
    match field.type:
        case "rows":
            return [{column.id: answer(column, chance) for column in field.fields} for _ in range(chance.randrange(4))]
        case "integer":
            return chance.randrange(10)
        case "boolean":
            return chance.random() < 0.7
        case "date":
            return chance.choice(["2026-01-01", "2026-02-15", "2026-06-01"])
        case "choice":
            return chance.choice(ids)
        case "choices":
            return chance.sample(ids, chance.randrange(4))
    return chance.choice(WORDS)


def lowered(base: Data, words: Data) -> tuple[Template | None, Template | None]:
    """The base and its clone; None where it does not compile."""
    sources = [Source("formwright.yaml", COMPANY, "workspace"), Source("sheet.yaml", yaml(base), "template")]
    overlay = Source("east/sheet.yaml", yaml({"overlay": "east", "extends": "sheet@1.0.0", **words}), "overlay")
    return compile_sources(sources).template, compile_sources([*sources, overlay]).template


def yaml(data: Data) -> str:
    """JSON is YAML; in value places the language wants the spelling, not the type."""
    return json.dumps(data, ensure_ascii=False)


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_valid_in_the_clone_is_valid_in_the_base(data: st.DataObject) -> None:
    words = data.draw(overlays())
    base, clone = lowered(data.draw(bases()), words)
    assume(base is not None and clone is not None)
    assert base is not None and clone is not None
    chance = Random(data.draw(st.integers(0, 2**32)))
    for _ in range(12):
        own = valid_record(clone, chance)
        if own is not None:
            theirs = evaluate(base, project(clone, base, {**own.stored, "state": own.state}), NOW)
            assert not theirs.faults, (own.stored, theirs.faults)
