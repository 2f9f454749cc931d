"""Law 2 for whole forms: the browser's program gives the values, the visible and the required that the server gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from builder.emit.browser import browser_program
from builder.emit.cut import Cut
from builder.model import Field, Template
from tests.builder.expressions.judge import KERNEL, Judge, same
from tests.laws import answers as typed
from tests.laws import definitions
from tests.workflows.test_evaluate import BOUNDS, ORDER, SOURCE
from tests.workflows.test_laws import WIDE, answers
from tests.workflows.world import record, situation, template
from workflows.evaluate import evaluate
from workflows.plan import plan_of
from workflows.reading import ANYONE, absent, reader
from workflows.record import Fault, Record

CHAINED = template("""
checklist: [a, b, note, state]
fields:
  a: {type: integer, label: A}
  b: {type: integer, label: B, visible: a > 0, default: =a + 1, required: given(note)}
  c: {type: integer, label: C, compute: a * b}
  constructor: {type: text, label: 名, compute: 'join("-", note, c)'}
  note: {type: text, label: 记, visible: c > 2 or not given(b), required: constructor == "x-6"}
  kinds: {type: choices, label: 多, options: {x: X, y: Y}, default: [x]}
  lines:
    type: rows
    label: 行
    required: true
    visible: '"x" in kinds'
    fields:
      n: {type: integer, label: N, required: given(note)}
      free: {type: boolean, label: 免}
      price: {type: money, label: 价, visible: not free, required: n > 1, default: '=if(a > 1, 2, 3)'}
      cost: {type: money, label: 额, compute: n * price}
      why: {type: text, label: 因, visible: free, when_hidden: keep}
  total: {type: money, label: 计, compute: sum(lines.cost)}
  talks:
    type: log
    label: 谈
    required: given(note)
    fields:
      n: {type: integer, label: N}
      word: {type: text, label: 话, default: 好, visible: not given(a)}
      late: {type: boolean, label: 晚, compute: n > 1 and at > "2026-01-01 00:00"}
  mine: {type: integer, label: 己, compute: count(talks.by)}
  last: {type: text, label: 末, visible: '"warm" in touch or heat == "hot"'}
tags:
  heat: {label: 热, options: {hot: {label: 热, when: total > 1}, cold: {label: 冷, when: given(kinds)}}}
  touch: {label: 触, many: true, options: {warm: {label: 暖, when: completeness >= 50}, byhand: 手}}
""")
TEMPLATES = {"source": SOURCE, "order": ORDER, "bounds": BOUNDS, "wide": WIDE, "chained": CHAINED}
FORM = (Path(__file__).resolve().parents[2] / "renderer" / "assets" / "form.js").read_text("utf-8")
SYSTEM = ("id", "state", "owner", "creator", "department", "entry", "created", "updated", "entered")
HAND = {"touch": {"byhand": {"by": "hand", "who": "li", "at": situation().now}}}
Data = dict[str, Any]


@pytest.fixture(scope="module")
def judge(node: str) -> Iterator[Judge]:
    with Judge(node) as made:
        made.load(KERNEL.read_text("utf-8"))
        yield made


def read(fields: Iterable[Field], sent: Mapping[str, Any]) -> tuple[Data, Data]:
    """Answers as sent, without those that cannot be read or that the server tells, and the same as neutral values."""
    kept: Data = {}
    neutral: Data = {}
    for field in fields:
        raw = sent.get(field.id)
        if field.tabular:
            pairs = [read(field.asked, row) for row in raw] if isinstance(raw, list) else []
            kept[field.id], neutral[field.id] = [one for one, _ in pairs], [other for _, other in pairs]
            continue
        value = None if absent(raw) else reader(field)(raw, ANYONE, ())
        if not isinstance(value, Fault):
            spoken = value is not None and field.type != "boolean"  # what reads as nothing is sent as nothing
            kept[field.id], neutral[field.id] = raw if spoken else value, value
    return kept, neutral


def asked(of: Template, neutral: Data, kept: Record | None, chance: Random) -> Data:
    """A form with some of the answers, to which all are given then, one by one."""
    early = {name: value for name, value in neutral.items() if chance.random() < 0.5}
    names = [*neutral]
    chance.shuffle(names)
    changes = {name: neutral[name] for name in names}
    hand = {} if kept is None else {group: [*tags] for group, tags in kept.tags.items()}
    own = {"system": system(of, kept), "hand": hand, "stored": {} if kept is None else kept.data}
    return {"early": early, "answers": changes, **own, "creating": kept is None}


def entries(of: Template) -> st.SearchStrategy[Data]:
    """What a record's logs may hold."""
    logs = {f.id: st.lists(answers(f.asked), max_size=2) for f in of.fields.values() if f.type == "log"}
    made = st.fixed_dictionaries(logs).map(lambda sent: evaluate(of, sent, situation("li")).stored)
    return made.map(lambda stored: {name: rows for name, rows in stored.items() if name in logs})


def system(of: Template, kept: Record | None) -> Data:
    """What the server tells expressions of the record itself, here as the page will have to tell the browser."""
    now = situation()
    if kept is not None:
        return {name: getattr(kept, name) or None for name in SYSTEM} | {"owner": kept.owner or kept.creator}
    moments = dict.fromkeys(("created", "updated", "entered"), now.now)
    return {**moments, "owner": now.me, "creator": now.me, "department": now.me_department, "state": plan_of(of).first}


def settled(judge: Judge, of: Template, cases: list[Data], form: str = FORM) -> list[Any]:
    now = situation()
    world = {"today": now.today, "now": now.now, "me": now.me, "my_department": now.me_department}
    question = {"form": form, "program": browser_program(of), "situation": world, "names": {}, "cases": cases}
    return judge.ask(question)


def hold(judge: Judge, of: Template, data: st.DataObject, form: str = FORM) -> None:
    """The law, for one draw of several forms' answers."""
    drawn = data.draw(st.lists(answers(of.fields), min_size=1, max_size=20))
    pairs = [read(of.fields.values(), sent) for sent in drawn]
    tags, before = HAND if of is CHAINED else {}, data.draw(entries(of))
    kept = record(of, before, tags=tags) if data.draw(st.booleans()) else None
    chance = Random(len(drawn))
    found = settled(judge, of, [asked(of, neutral, kept, chance) for _, neutral in pairs], form)
    for (sent, _), browser in zip(pairs, found, strict=True):
        server = evaluate(of, sent, situation(), record=kept)
        assert "odd" not in browser, browser
        values = {key: browser["values"][key] for key in server.values}
        assert [key for key in values if not same(server.values[key], values[key])] == []
        assert sorted(browser["visible"]) == sorted(server.visible)
        assert sorted(browser["required"]) == sorted(server.required)
        assert browser["values"]["completeness"] == server.completeness


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATES)
@given(data=st.data())
def test_the_browser_settles_what_the_server_settles(name: str, data: st.DataObject, judge: Judge) -> None:
    hold(judge, TEMPLATES[name], data)


FAULTS = {
    "hidden fields keep their answers": ("!== true) return;\n    visible", "=== 7) return;\n    visible"),
    "defaults fill stored records": ("answer === null && (creating || each.anew)", "answer === null"),
    "defaults fill no new entries": ("(creating || each.anew)", "creating"),
    "entries that are there are lost": ("(k.get(stored, each.id) ?? [])", "[]"),
    "a default makes a row": ("said ||= !blank(answer);", "said ||= !blank(row[column.id] ?? null);"),
    "what is hidden makes a row": ("column.keep && !broken(answer)", "true"),
    "computed values are typed over": ("if (each.compute)", "if (each.compute && answer === null)"),
    "blank rows stay": ("if (!said) return;", ""),
    "hidden cells are seen": ("shows = !column.visible", "shows = true"),
    "dependants of dependants wait": ("due.add(reader);", "first = [reader];"),
    "what is asked is asked once": ("forget(required, each);", "if (required.has(each.id)) return;"),
    "an exclusive group has several tags": ("found[0]?.[0]", "found.at(-1)?.[0]"),
    "tags by hand are lost": ("manual.includes(tag) : when", "false : when"),
    "completeness counts the hidden": ("visible.has(name) || name ===", "true || name ==="),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_form_is_caught(fault: str, judge: Judge) -> None:
    right, wrong = FAULTS[fault]
    assert FORM.count(right) == 1

    @settings(max_examples=60, derandomize=True, database=None, phases=[Phase.generate], report_multiple_bugs=False)
    @given(data=st.data())
    def law(data: st.DataObject) -> None:
        hold(judge, CHAINED, data, FORM.replace(right, wrong))

    with pytest.raises(AssertionError):
        law()


@pytest.mark.slow
def test_a_changed_answer_settles_its_dependants_and_nothing_else(judge: Judge) -> None:
    case = {"early": {"a": 2, "b": 3, "note": "x"}, "answers": {}, "system": {}}
    changes = [{"total": 1}, {"last": "z"}, {"kinds": ["y"]}, {"b": 4}, {"b": 3}]
    found = settled(judge, CHAINED, [{**case, "answers": change} for change in changes])
    assert [set(each["steps"][0][1]) for each in found] == [
        {"total"},
        {"last"},
        {"kinds", "lines", "heat"},
        {"b", "c", "note", "constructor", "completeness"},
        {"b"},
    ]


def spoken_of(said: Any, names: Iterable[str]) -> set[str]:
    """The names that the formulas of a definition's part speak of, read from its text: not from what we made of it."""
    if isinstance(said, Mapping):
        return {name for key, each in said.items() if key not in PLAIN for name in spoken_of(each, names)}
    if isinstance(said, list):
        return {name for each in said for name in spoken_of(each, names)}
    words = re.findall(r"(?<![\w.])\w+", re.sub(r'"[^"]*"', "", said)) if isinstance(said, str) else []
    return set(words) & set(names)


PLAIN = ("type", "label", "title", "unit", "say", "values", "pattern", "example", "format", "vocabulary", "when_hidden")


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
def test_of_any_definition_a_changed_answer_settles_its_dependants_and_nothing_else(seed: int, judge: Judge) -> None:
    """Settled, asked and judged again: the changed answer, and what speaks of a value that is another one now."""
    chance, made = Random(seed), definitions.drawn(seed, 8)
    of = made.template
    assert of is not None and made.document is not None
    said, checklist = made.document.data, set(of.checklist)
    assume(not Cut.whole(of).told)  # what the server tells, the page does not settle
    parts = {**said["fields"], **said.get("tags", {})}
    shown = {name: section["visible"] for section in said.get("sections", {}).values() if "visible" in section
             for name in section["fields"]}  # fmt: skip
    names = (*parts, "completeness")
    speaks = {name: spoken_of([part, shown.get(name, "")], names) for name, part in parts.items()}
    asked_ = [f for f in of.fields.values() if f.compute is None and not f.readonly]
    assume(asked_)
    before = typed.answers(asked_, chance)
    field = chance.choice(asked_)
    after = {**before, field.id: typed.answer(field, chance)}
    neutral = [read(of.fields.values(), sent)[1] for sent in (before, after)]
    case = {"early": neutral[0], "answers": {field.id: neutral[1][field.id]}, "system": system(of, None), "hand": {}}
    (found,) = settled(judge, of, [{**case, "creating": True}])
    then, now = (evaluate(of, sent, situation()) for sent in (before, after))
    moved = {name for name in then.values if not same(then.values[name], now.values[name])}
    if then.completeness != now.completeness:
        moved.add("completeness")
    wanted = {field.id} | {name for name, about in speaks.items() if about & moved}
    if checklist & (moved | (then.visible ^ now.visible)):
        wanted.add("completeness")
    assert set(found["steps"][0][1]) - {"completeness"} == wanted - {"completeness"}
    assert ("completeness" in found["steps"][0][1]) <= ("completeness" in wanted)
