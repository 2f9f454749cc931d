"""Laws of the judge on random answers: evaluating again changes nothing; the emitted schema and the server agree."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from referencing import Registry

from builder.emit.schema import json_schema
from builder.model import Field, Template
from tests.workflows.test_evaluate import BOUNDS, ORDER, SOURCE
from tests.workflows.world import record, situation, template
from workflows.evaluate import Evaluation, evaluate
from workflows.outward import outward

WIDE = template("""
fields:
  kind: {type: choice, label: 种类, options: {a: 甲, b: 乙}}
  many: {type: choices, label: 多选, options: {x: X, y: Y, z: Z}, visible: kind == "a", when_hidden: keep}
  text: {type: text, label: 文字, lines: 3, default: 无, visible: not given(many) or "x" in many}
  number: {type: number, label: 数, min: -5, max: 5.5}
  money: {type: money, label: 金额, default: 1.50}
  flag: {type: boolean, label: 是否, required: true}
  day: {type: date, label: 日, default: =today(), visible: number > 0}
  at: {type: datetime, label: 时, default: =now(), min: =now() - 1y}
  hour: {type: time, label: 钟点, min: "08:00", max: "18:00", visible: not given(at) or hour_ok}
  hour_ok: {type: boolean, label: 钟点可, compute: at > "2026-01-01 09:00"}
  mail: {type: email, label: 邮箱}
  link: {type: url, label: 网址}
  phone: {type: phone, label: 电话}
  who: {type: person, label: 人}
  where: {type: department, label: 部门}
  rows:
    type: rows
    label: 行
    min: 1
    max: 2
    visible: kind == "b" or flag
    fields:
      n: {type: integer, label: N, min: 0, step: 2}
      t: {type: text, label: T, visible: n > 2, when_hidden: clear, default: x}
      m: {type: money, label: M, compute: n * money}
      f: {type: file, label: F, kinds: [pdf, sheet]}
  card: {type: file, label: 名片, kinds: [image], max: 2, visible: kind == "a", when_hidden: keep, required: flag}
  papers: {type: integer, label: 件数, compute: size(card) + count(rows.f)}
  total: {type: money, label: 合计, compute: sum(rows.m)}
  log:
    type: log
    label: 记录
    max: 3
    fields:
      what: {type: text, label: 内容, required: true}
      cost: {type: money, label: 费用, default: 1}
      kinds: {type: choices, label: 种类, options: {x: X, y: Y}}
      late: {type: boolean, label: 晚, compute: 'at > "2026-03-04 12:00"'}
  spent: {type: money, label: 花费, compute: sum(log.cost), visible: size(log) > 0}
""")
TEMPLATES = {"source": SOURCE, "order": ORDER, "bounds": BOUNDS, "wide": WIDE}
TEXTS = st.sampled_from(["", " ", "a", "互联网", "抖音 ", "AB123", "é" * 4, "x\ny", "91350100M000100Y43"]) | st.text(
    max_size=5
)
NUMBERS = (
    st.integers(-20, 20) | st.floats(-10, 10).map(lambda x: round(x, 1)) | st.sampled_from(["1,000", "５", "2万", "x"])
)
FILES = st.sampled_from(["a.jpg", "b.png", "c.pdf", "d.xlsx", "e.exe", {"id": "x"}, {"name": "a", "size": 0}, 7, ""])
UNREAD = ("not-", "time-", "no-such-", "too-many-decimals", "out-of-range")  # codes of answers that cannot be read
TIMES = st.datetimes(min_value=datetime(1985, 1, 1), max_value=datetime(2030, 1, 1)).map(
    lambda t: t.isoformat(" ")
) | st.sampled_from(["1986-05-04 02:30", "1986-09-14 01:30", "2026-03-04 13:00", "2026年3月4日 下午1点", "2026-03-04"])
DAYS = st.dates().map(str) | st.sampled_from(["2026/3/4", "2026-02-30", "2026-03-04"])


def answers(fields: Mapping[str, Field] | tuple[Field, ...]) -> st.SearchStrategy[dict[str, object]]:
    """Random answers as people and programs send them, most of them of the field's kind."""
    every = fields.values() if isinstance(fields, Mapping) else fields
    return st.fixed_dictionaries({}, optional={field.id: answer(field) for field in every})


def answer(field: Field) -> st.SearchStrategy[object]:
    options = st.sampled_from([*(o.id for o in field.options), "nope"])
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "choice": options,
        "choices": st.lists(options, max_size=3),
        "number": NUMBERS,
        "integer": NUMBERS,
        "money": NUMBERS,
        "boolean": st.booleans() | st.sampled_from(["是", "no"]),
        "date": DAYS,
        "datetime": TIMES,
        "time": st.times().map(lambda t: f"{t:%H:%M}") | st.sampled_from(["9点半", "24:00"]),
        "phone": st.sampled_from(["13812345678", "+442079460958", "12"]),
        "email": st.sampled_from(["a@b.cn", "long.name@example.com", "x"]),
        "url": st.sampled_from(["https://x.cn/a?b", "HTTP://x", "x"]),
        "person": st.sampled_from(["li", "wang"]),
        "department": st.just("marketing"),
        "file": FILES | st.lists(FILES, max_size=3),
        "rows": st.lists(answers(field.fields), max_size=4),
        "log": st.lists(answers(field.asked), max_size=4),
    }
    return st.none() | kinds.get(field.type, TEXTS) | TEXTS


def parts(found: Evaluation) -> tuple[object, ...]:
    return (found.values, found.stored, found.tags, found.completeness, found.state)


@pytest.mark.parametrize("name", TEMPLATES)
@given(st.data())
def test_evaluating_what_was_stored_changes_nothing(name: str, data: st.DataObject) -> None:
    of = TEMPLATES[name]
    once = evaluate(of, data.draw(answers(of.fields)), situation())
    kept = record(of, once.stored, tags=once.tags, state=once.state)
    assert parts(evaluate(of, {}, situation(), record=kept)) == parts(once)


@pytest.mark.parametrize("name", TEMPLATES)
@given(st.data())
def test_sending_what_was_stored_changes_nothing(name: str, data: st.DataObject) -> None:
    of = TEMPLATES[name]
    once = evaluate(of, data.draw(answers(of.fields)), situation())
    if any(fault.code.startswith(UNREAD) for faults in once.faults.values() for fault in faults):
        return  # such answers are never stored, and the gap they leave would be filled by a default now
    kept = record(of, once.stored, tags=once.tags, state=once.state)
    sent = json.loads(json.dumps(outward(of, once.stored)))
    assert parts(evaluate(of, sent, situation(), record=kept)) == parts(once)
    made = {key: unstamped(of.fields[key], value) for key, value in sent.items()}
    assert evaluate(of, {**made, "state": once.state}, situation()).stored == once.stored


def unstamped(field: Field, value: Any) -> object:
    """What a new record is sent: of a log the rows without what the server writes."""
    stamps = {column.id for column in field.fields} - {column.id for column in field.asked}
    return [{k: v for k, v in row.items() if k not in stamps} for row in value] if field.type == "log" else value


def oracle(of: Template, stored: Mapping[str, object]) -> set[str]:
    """The HTML names that `jsonschema` finds wrong in what is stored, those of what is missing among them."""
    schema = json_schema(of)
    validator = jsonschema.Draft202012Validator(schema, registry=Registry())
    wrong = set()
    for error in validator.iter_errors(stored):
        path = [*map(str, error.absolute_path)]
        if error.validator == "required":
            path.append(next(n for n in error.validator_value if n not in error.instance and n in error.message))
        wrong.add(".".join(path[: _named(of, path)]))
    return wrong


def _named(of: Template, path: list[str]) -> int:
    """How much of a path is the HTML name: what is wrong in a file is told beside its field."""
    if of.fields[path[0]].type == "file":
        return 1
    columns = {column.id: column.type for column in of.fields[path[0]].fields}
    return 3 if len(path) > 3 and columns.get(path[2]) == "file" else len(path)


UNSAID = {"valid", "refused"}  # what no JSON Schema says: the author's conditions and vague words


def said(of: Template, found: Evaluation) -> set[str]:
    """The HTML names the server finds wrong, as far as a JSON Schema could know: no condition, no moving bound."""
    wrong = set()
    for name, faults in found.faults.items():
        path = name.split(".")
        field = of.fields[path[0]]
        if len(path) == 3:
            field = next(column for column in field.fields if column.id == path[2])
        asked = field.required is True and field.visible is None
        codes = {fault.code for fault in faults} - UNSAID
        codes -= set() if asked else {"required"}
        codes -= {"must-be-yes"} if found.values.get(path[0]) is None and not asked else set()
        codes -= {"too-early", "too-late"} | ({"off-step"} if field.type == "number" else set())
        codes -= {"under-min"} if field.id == "most" else set()
        wrong |= {name} if codes else set()
    return wrong


@pytest.mark.parametrize("name", TEMPLATES)
@given(st.data())
def test_the_emitted_schema_and_the_server_agree(name: str, data: st.DataObject) -> None:
    of = TEMPLATES[name]
    first = evaluate(of, data.draw(answers(of.fields)), situation())
    stored = {key: value for key, value in first.stored.items() if key in first.visible}
    found = evaluate(of, {}, situation(), record=record(of, stored))  # every answer can be read now
    check_digits = {
        n for n, faults in found.faults.items() if {f.code for f in faults} & {"not-uscc", "not-resident-id"}
    }
    # An entry that is kept is not judged anew.
    entries = {n for n in oracle(of, stored) if "." in n and of.fields[n.partition(".")[0]].type == "log"}
    assert oracle(of, stored) - check_digits - entries == said(of, found) - check_digits


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_emitted_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(TEMPLATES[name]))
