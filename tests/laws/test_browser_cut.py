"""A page's program says nothing of what its reader may not see, and with what the server tells it agrees with it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from builder.expressions import Situation
from builder.model import Template, Transition
from renderer.drawing.cabinet import STAFF_FORM, Door, plan_for
from renderer.drawing.plan import DOOR, PART
from renderer.drawing.script import Script
from tests.builder.expressions.judge import Judge, same
from tests.laws import answers as typed
from tests.laws import definitions
from tests.laws.test_browser_answers import ANSWERS, CHECKING, PLACES, clocks, forms, sent
from tests.laws.test_browser_program import CHAINED, entries
from tests.workflows.test_evaluate import ORDER, SOURCE
from tests.workflows.test_laws import WIDE, answers
from tests.workflows.world import record, situation, template
from workflows.evaluate import Evaluation, evaluate
from workflows.guard.access import Level, Rights
from workflows.guard.masks import guarded, guarded_evaluation
from workflows.life.asked import COMMENT, allowed, asked
from workflows.life.asked import names as of_step
from workflows.reading import reader
from workflows.record import Fault, Record
from workflows.settling import system
from workflows.words import tell

OWN = template("""
fields:
  a: {type: integer, label: A}
  b: {type: text, label: B, visible: a > 3}
  c: {type: money, label: C, default: 7}
workflow:
  states: {open: {label: 开, initial: true}, done: {label: 完, final: true}}
  transitions:
    go:
      {label: 走, from: open, to: done, by: [staff], requires: [b], comment: optional, fields: {
        why: {type: choice, label: 因, required: true, options: {x: X, y: Y}},
        more: {type: text, label: 更, visible: 'why == "y" and a < 50', required: c > 5, max: 4},
        fee: {type: money, label: 费, default: =c, max: =c},
        rest: {type: money, label: 余, compute: c - fee},
        day: {type: date, label: 日, default: =today()}}}
""")
TEMPLATES = {"own": OWN, "source": SOURCE, "order": ORDER, "wide": WIDE, "chained": CHAINED, "checking": CHECKING}
TEMPLATES["clocks"] = clocks("Europe/Berlin")
LEVELS: tuple[Level, ...] = ("hidden", "masked", "read", "write", "write", "write")
LOOKED_UP = re.compile(r'k\.get\(v, ("[^"]*")\)')


@dataclass
class Seen:
    """A form as somebody sees it."""

    evaluation: Evaluation
    situation: Situation
    system: dict[str, object]
    base: Mapping[str, object]


@pytest.fixture(scope="module")
def judge(node: str) -> Iterator[Judge]:
    with Judge(node) as made:
        yield made


def rights_of(of: Template, levels: dict[str, Level]) -> Rights:
    """These levels, those who may not type what nobody types among them."""
    shut = {f.id for f in of.fields.values() if f.compute is not None or f.readonly}
    own = {name: "read" if level == "write" and name in shut else level for name, level in levels.items()}
    return Rights(create=True, read=True, write=True, export=False, tag=False, fields=own)  # type: ignore[arg-type]


def heard(field: Any, text: str, kept: Collection[object]) -> object:
    value = reader(field)(text, PLACES, kept)
    return {"code": "unread", "say": tell(value, "zh")} if isinstance(value, Fault) else value


def steps(of: Template) -> st.SearchStrategy[Transition]:
    """A step that requires some of a template's fields, and a comment."""
    some = st.lists(st.sampled_from([*of.fields]), unique=True, min_size=1, max_size=5)
    written = st.sampled_from([*of.transitions.values()]) if of.transitions else st.nothing()
    return written | some.map(lambda fields: Transition(
        id=" ".join(fields), action="go", label={}, sources=(), target="", by=(), requires=tuple(fields),
        comment="required",
    ))  # fmt: skip


def filed(of: Template, raws: dict[str, Any]) -> dict[str, Any]:
    """What is stored of some answers. Faults may be among it, for bounds change; a file of no known type never is."""
    made = evaluate(of, raws, situation(), directory=PLACES)
    refused = {field.id for field in of.fields.values() if field.type == "file" and field.id in made.faults}
    return {name: value for name, value in made.stored.items() if name not in refused}


def seen(of: Template, rights: Rights, raws: dict[str, Any], kept: Record | None) -> tuple[Evaluation, Seen]:
    """The whole evaluation, and what this reader sees of it."""
    own = {name: raw for name, raw in sent(of.fields, raws).items() if rights.writes(name)}
    whole = evaluate(of, own, situation(), record=kept, directory=PLACES)
    known = dict(system(situation(), kept, ""))
    base = {} if kept is None else guarded(of, rights, kept.data)
    return whole, Seen(guarded_evaluation(of, rights, whole), situation(), known, base)


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATES)
@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])  # each step of making it smaller would ask Node again
@given(data=st.data())
def test_a_cut_program_agrees_with_the_server(name: str, data: st.DataObject, judge: Judge) -> None:
    of = TEMPLATES[name]
    levels = data.draw(st.fixed_dictionaries({field: st.sampled_from(LEVELS) for field in of.fields}))
    rights, door = rights_of(of, levels), STAFF_FORM
    stored = data.draw(st.none() | answers(of.fields))
    if stored is not None and data.draw(st.booleans()):
        step = data.draw(steps(of))
        of, rights, door = asked(of, step), allowed(rights, step), Door(asked=of_step(step), page=PART)
    if stored is not None:
        stored = {**filed(of, stored), **data.draw(entries(of))}
    pairs = data.draw(st.lists(st.tuples(forms(of), forms(of)), min_size=1, max_size=4))
    agree(judge, of, rights, stored, pairs, door)


@pytest.mark.slow
@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(seed=st.integers(0, 2**32))
def test_the_program_of_any_definition_agrees_with_the_server(seed: int, judge: Judge) -> None:
    of, chance = definitions.drawn(seed).template, Random(seed)
    assert of is not None
    levels: dict[str, Level] = {field: chance.choice(LEVELS) for field in of.fields}
    given_ = [field for field in of.fields.values() if not field.serial]
    heard_ = [field for field in given_ if field.type not in ("file", "link")]

    def wrong(raws: dict[str, Any]) -> Mapping[str, object]:
        return evaluate(of, raws, situation()).faults

    pairs = [(typed.answers(heard_, chance, 0.3), typed.answers(heard_, chance, 0.3)) for _ in range(2)]
    pairs += [(typed.answers(heard_, chance), typed.good(heard_, wrong, chance))]
    before = filed(of, typed.answers(given_, chance))
    stored = before if chance.random() < 0.5 else None
    agree(judge, of, rights_of(of, levels), stored, pairs)


def agree(judge: Judge, of: Template, rights: Rights, stored: Any, pairs: list[Any], door: Door = STAFF_FORM) -> None:
    """The law, for a form under these rights, new or of a record; `pairs`: what stands there, and what then."""
    new = stored is None
    script = Script(plan_for(of, rights, "zh", new=new, door=door))
    assert set(map(json.loads, LOOKED_UP.findall(script.text))) <= script.cut.known | set(script.cut.told)
    kept = None if new else record(of, stored)
    cases, wholes = [], []
    for early, late in pairs:
        first, last = ({name: raw for name, raw in form.items() if name in script.cut.inputs} for form in (early, late))
        opens = script.opens(seen(of, rights, first, kept)[1], sent(of.fields, first), heard)
        whole, mine = seen(of, rights, last, kept)
        names = list(last.items())
        Random(len(pairs)).shuffle(names)
        hears = {"system": script.told(mine.evaluation), "read": script.read(mine, sent(of.fields, last), heard)}
        cases.append({**opens, "early": first, "raws": names, "hears": [hears]})
        wholes.append(whole)
    world = {"today": situation().today, "now": situation().now, "me": situation().me}
    now = {**world, "my_department": situation().me_department}
    question = {"answers": ANSWERS.as_uri(), "program": script.text, "situation": now, "names": {}, "cases": cases}
    for whole, browser in zip(wholes, judge.ask(question), strict=True):
        assert "odd" not in browser, browser
        hold(script, whole, browser)


def hold(script: Script, whole: Evaluation, browser: dict[str, Any]) -> None:
    """What the page draws is as the server has it."""
    cut = script.cut
    values = {name: (whole.values[name], browser["values"][name]) for name in cut.clear}
    assert {name: pair for name, pair in values.items() if not same(*pair)} == {}
    plain = (cut.template.fields[name] for name in cut.clear)  # of rows that are masked no cell stands on the page
    local = {field.id for field in plain if not cut.foreign(field)}

    def mine(names: Any) -> list[str]:
        return sorted(n for n in names if n.partition(".")[0] in (local if "." in n else cut.drawn))

    assert mine(browser["visible"]) == mine(whole.visible)
    clear = [n for n in mine(whole.required) if n.partition(".")[0] in cut.clear]
    assert [n for n in mine(browser["required"]) if n.partition(".")[0] in cut.clear] == clear
    judged = {
        n
        for n in mine({*whole.faults, *browser["faults"]})
        if (field := cut.template.fields[n.partition(".")[0]]).id in cut.clear & local and not cut.deferred(field)
    }
    told = {n: " ".join(tell(f, "zh") for f in whole.faults.get(n, ())) for n in judged}
    assert {n: browser["faults"].get(n, "") for n in judged} == told


SECRET = template("""
checklist: [open, salary]
privacy: {purpose: 测试, retain: 1y}
fields:
  open: {type: integer, label: 公开}
  salary: {type: integer, label: 薪水, default: 777001}
  note: {type: text, label: 记, visible: salary > 777002, required: 'grade == "g777003"'}
  grade: {type: choice, label: 级, options: {g777003: 甲, g777004: 乙}, visible: open > 777005}
  total: {type: integer, label: 计, compute: salary + 777006 + open}
  shown: {type: integer, label: 示, compute: open + 888001, max: =salary + 777007}
  word: {type: text, label: 字, valid: {check: size(word) < salary - 777008, say: 太长}}
  mail: {type: text, label: 邮, refuse: {values: [777011], say: '{salary} 777012'}}
  lines:
    type: rows
    label: 行
    fields: {n: {type: integer, label: N}, m: {type: integer, label: M, compute: n * salary * 777009}}
tags:
  level: {label: 级, options: {high: {label: 高, when: salary > 777010}}}
access:
  record: {create: [staff], read: [staff], write: [staff]}
""")


@pytest.mark.parametrize("level", ["hidden", "masked"])
def test_a_program_says_nothing_of_what_its_reader_may_not_see(level: Level) -> None:
    levels: dict[str, Level] = dict.fromkeys(SECRET.fields, "write") | {"salary": level, "grade": "hidden"}
    script = Script(plan_for(SECRET, rights_of(SECRET, levels), "zh", new=False))
    assert re.findall(r"777\d+", script.text) == []
    assert "888001" in script.text
    hidden = {"grade"} | ({"salary"} if level == "hidden" else set())
    assert [name for name in hidden if f'"{name}"' in script.text] == []
    told = {"visible note", "required note", "value total", "value lines", "completeness"}
    assert set(script.cut.told) == told
    assert script.cut.asking == {"open", "lines", "word"}
    assert script.cut.deferred(SECRET.fields["mail"])


@pytest.mark.slow
def test_a_steps_own_default_fills_what_is_left_empty(judge: Judge) -> None:
    """A step is asked afresh each time, though its record is not new."""
    step, kept = OWN.transitions["go"], record(OWN, {"a": 1, "c": 700})
    of, rights = asked(OWN, step), allowed(rights_of(OWN, dict.fromkeys(OWN.fields, "write")), step)
    script = Script(plan_for(of, rights, "zh", new=False, door=Door(asked=of_step(step), page=PART)))
    blank = {"why": "", "more": "", "fee": "", "day": "", COMMENT: "", "b": ""}
    opens = script.opens(seen(of, rights, blank, kept)[1], blank, heard)
    now = {"today": situation().today, "now": situation().now, "me": situation().me, "my_department": ""}
    cases = [{**opens, "early": blank, "raws": [], "hears": []}]
    question = {"answers": ANSWERS.as_uri(), "program": script.text, "situation": now, "names": {}, "cases": cases}
    [browser] = judge.ask(question)
    assert (browser["values"]["day"], browser["values"]["fee"]) == (situation().today, 700)


@pytest.mark.parametrize("level", ["hidden", "masked"])
def test_a_steps_program_knows_what_the_step_asks(level: Level) -> None:
    """What the page does not show it does not hold, whoever may see it: the server says what comes of it."""
    levels: dict[str, Level] = dict.fromkeys(SECRET.fields, "write") | {"salary": level}
    step = Transition(id="s", action="s", label={}, sources=(), target="", by=(), requires=("word", "note"),
                      comment="required")  # fmt: skip
    of, rights = asked(SECRET, step), allowed(rights_of(SECRET, levels), step)
    script = Script(plan_for(of, rights, "zh", new=False, door=Door(asked=of_step(step), page=PART)))
    assert re.findall(r'id: "([^"]*)", type', script.text) == ["note", "word", COMMENT]  # in the order they are settled
    assert not re.search(r"777|888|salary|grade|total|open|completeness", script.text)
    assert script.cut.told == ("visible note",)
    assert script.cut.asking == {
        "word"
    }  # its own check is the server's; nothing else on the page moves what is not there
    assert script.cut.deferred(of.fields["word"])


def test_a_visitors_program_knows_neither_tags_nor_people() -> None:
    of = template("""
    fields:
      a: {type: text, label: A, visible: owner == "boss"}
      b: {type: text, label: B, required: level == "high"}
      c: {type: text, label: C}
    tags: {level: {label: 级, options: {high: {label: 高, when: size(c) > 777001}}}}
    """)
    door = Door(asked=("a", "b", "c"), page=DOOR)
    every: dict[str, Level] = dict.fromkeys(of.fields, "write")
    script = Script(plan_for(of, rights_of(of, every), "zh", new=True, door=door))
    assert not re.search("777001|boss|high|level|owner", script.text)
    assert script.cut.told == ("visible a", "required b")
    assert script.cut.asking == {"c"}
