"""Law 2 for whole pages: what is typed gives in the browser the values, faults and words that the server gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.emit.browser import browser_program
from builder.emit.cut import CHECKED, HEARD, JUDGED, READ
from builder.model import Field, Template, choosable
from tests.builder.expressions.judge import Judge, same
from tests.laws.test_browser_program import CHAINED, system
from tests.workflows.test_evaluate import BOUNDS, ORDER, SOURCE
from tests.workflows.test_laws import WIDE
from tests.workflows.world import record, situation, template
from workflows.evaluate import evaluate
from workflows.reading import ANYONE, absent, reader
from workflows.record import Fault
from workflows.words import tell

CHECKING_TEXT = """
fields:
  age: {type: integer, label: 年龄, min: 18, max: 60, step: 2, unit: 岁, required: true}
  ratio: {type: number, label: 率, min: 0.5, max: =age / 10, step: 0.1}
  price: {type: money, label: 价, min: 10, max: =price_cap, step: 0.5}
  price_cap: {type: money, label: 顶}
  code: {type: text, label: 号, min: 2, max: 6, pattern: '[A-Z]{2}\\-\\d+', example: AB-12}
  start: {type: date, label: 始, min: 2020-01-01, default: =today()}
  end:
    type: date
    label: 终
    required: given(start)
    valid: {check: not given(start) or end >= start, say: 止日不能早于起日}
  platform:
    type: text
    label: 平台
    refuse: {values: [互联网, Online, straße], say: 请写明平台}
    valid:
      - {check: size(platform) > 1, say: 太短了}
      - {check: platform != code, say: 与号相同}
  agreed: {type: boolean, label: 同意, required: age >= 20}
  kinds: {type: choices, label: 多, options: {x: X, y: Y, z: Z}, min: 2, required: true}
  kind: {type: choice, label: 一, options: {a: 甲, b: 乙}, required: '"x" in kinds'}
  channel:
    type: choice
    label: 渠
    required: true
    options:
      online: {label: 线上, visible: agreed, options: {search: 搜索, video: {label: 视频, visible: age > 20}}}
      offline: {label: 线下, options: {fair: 展会, shop: {label: 门店, retired: true}}}
  ways: {type: choices, label: 法, options: {p: {label: P, visible: given(kind)}, q: Q}}
  here: {type: text, label: 此, visible: channel == "online"}
  mail: {type: email, label: 邮, required: not given(phone)}
  phone: {type: phone, label: 电话}
  note: {type: text, label: 记, lines: 3, max: 5}
  lines:
    type: rows
    label: 行
    min: 1
    max: 2
    fields:
      n: {type: integer, label: N, min: 1, max: =age, required: true}
      gift: {type: boolean, label: 赠}
      free:
        type: text
        label: 免
        visible: gift
        required: n > 2
        default: 好
        valid: {check: free != platform, say: 同名}
      cost: {type: money, label: 额, compute: n * price, max: 100}
  total: {type: money, label: 计, compute: sum(lines.cost), max: 150}
"""
CHECKING = template(CHECKING_TEXT)
TEMPLATES = {
    "source": SOURCE,
    "order": ORDER,
    "bounds": BOUNDS,
    "wide": WIDE,
    "chained": CHAINED,
    "checking": CHECKING,
}
ANSWERS = Path(__file__).resolve().parents[2] / "renderer" / "assets" / "answers.js"
Raws = dict[str, Any]

NUMBERS = st.integers(-30, 70).map(str) | st.sampled_from([
    "1,000", "５", "2万", "0.00001亿", "1.5", "10.5", "20.25", "-0", "−7", ".5", "5.", "1,00", "x", "1e5", "９９",
    "1 2", "9007199254740992", "9007199254740991", "0.1", "0.3", "99999999999999999999.5", "+3", "1.50",
])  # fmt: skip
WORDS = st.sampled_from([
    "", " ", "\u3000", "a", "AB-12", "AB-1234567", "ab-12", "互联网", "ONLINE", " online ", "抖音 ", "AB123",
    "e\u0301" * 3,
    "x\ny", "x\r\n\u2028y", "\x07bell", "😀😀😀", "91350100M000100Y43", "11010519491231002X", "STRASSE",
    "straße", "ＡＢ",
])  # fmt: skip
DAYS = st.dates().map(str) | st.sampled_from([
    "2026/3/4", "2026-02-30", "2026-03-04", "２０２６年３月４日", "0000-01-01", "2019-12-31", "2026-3-4 ", "03/04/2026",
])  # fmt: skip


def typed(field: Field) -> st.SearchStrategy[Any]:
    """What may stand in the control of a field."""
    options = [option.id for option in field.options if option.id in choosable(field.options)]
    ticked = st.frozensets(st.sampled_from(options or [""])).map(lambda some: [o for o in options if o in some])
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "number": NUMBERS,
        "integer": NUMBERS,
        "money": NUMBERS,
        "boolean": st.booleans(),
        "choice": st.sampled_from(["", *options]),
        "choices": ticked,
        "date": DAYS,
        "phone": st.sampled_from(["13812345678", "138 1234 5678", "+442079460958", "12", ""]),
        "email": st.sampled_from(["a@b.cn", "Long.Name@Example.COM", "x", "ａ＠b.cn", "a@b"]),
        "url": st.sampled_from(["https://x.cn/a?b", "HTTP://x", "x", ""]),
        "person": st.sampled_from(["", "li", "wang"]),
        "department": st.sampled_from(["", "marketing"]),
    }
    if field.type == "file":
        return st.just([])  # a file is no text; its control is held to the server where files are
    if field.type == "rows":
        columns = [column for column in field.fields if column.compute is None]
        return st.lists(st.fixed_dictionaries({column.id: typed(column) for column in columns}), max_size=3)
    if field.type in ("boolean", "choice", "choices", "person", "department"):
        return kinds[field.type]
    return kinds.get(field.type, WORDS | st.text(max_size=5)) | st.just("") | WORDS


def forms(of: Template) -> st.SearchStrategy[Raws]:
    """What stands in the controls of a whole form, but for those of which the server tells everything (logs, files)."""
    asked = (f for f in of.fields.values() if f.compute is None and not f.readonly and f.type in HEARD)
    return st.fixed_dictionaries({f.id: typed(f) for f in asked})


@pytest.fixture(scope="module")
def judge(node: str) -> Iterator[Judge]:
    with Judge(node) as made:
        yield made


def heard(of: Template, raws: Mapping[str, Any]) -> list[list[Any]]:
    """What the server says of the answers that only it can read."""
    return [each for field in of.fields.values() for each in _heard(field, raws.get(field.id))]


def _heard(field: Field, raw: Any) -> Iterator[list[Any]]:
    if field.type == "rows":
        for row in raw or ():
            for column in field.fields:
                yield from _heard(column, row.get(column.id))
    elif field.type not in READ and isinstance(raw, str) and not absent(raw):
        value = reader(field)(raw, ANYONE, ())
        yield [field.path, raw, {"code": "", "say": tell(value, "zh")} if isinstance(value, Fault) else value]


def settled(judge: Judge, of: Template, cases: list[Raws]) -> list[Any]:
    now = situation()
    world = {"today": now.today, "now": now.now, "me": now.me, "my_department": now.me_department}
    program = browser_program(of, language="zh")
    question = {"answers": ANSWERS.as_uri(), "program": program, "situation": world, "names": {}}
    return judge.ask({**question, "cases": cases})


def unchecked(of: Template, name: str) -> bool:
    """Whether only the server judges what is there: a check digit, a type that the browser does not know."""
    field = of.fields.get(name.partition(".")[0])
    parts = [] if field is None else [field, *(c for c in field.fields if c.id == name.rpartition(".")[2])]
    return any(part.format in CHECKED or part.type not in JUDGED for part in parts)


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATES)
@given(data=st.data())
def test_the_browser_says_what_the_server_says(name: str, data: st.DataObject, judge: Judge) -> None:
    of = TEMPLATES[name]
    drawn = data.draw(st.lists(st.tuples(forms(of), forms(of)), min_size=1, max_size=8))
    kept = record(of, {}) if data.draw(st.booleans()) else None
    chance = Random(len(drawn))
    cases = []
    for early, late in drawn:
        late_ = list(late.items())
        chance.shuffle(late_)
        hears = [{"system": {}, "read": heard(of, late)}]
        cases.append({
            "early": early, "raws": late_, "hears": hears, "system": system(of, kept), "creating": kept is None,
        })  # fmt: skip
    for (_, sent), browser in zip(drawn, settled(judge, of, cases), strict=True):
        assert "odd" not in browser, (browser, sent)
        server = evaluate(of, sent, situation(), record=kept)
        values = {key: browser["values"][key] for key in server.values}
        assert {k: (server.values[k], v) for k, v in values.items() if not same(server.values[k], v)} == {}
        assert sorted(browser["visible"]) == sorted(server.visible)
        assert sorted(browser["required"]) == sorted(server.required)
        told = {n: " ".join(tell(f, "zh") for f in found) for n, found in server.faults.items() if not unchecked(of, n)}
        assert {n: text for n, text in browser["faults"].items() if not unchecked(of, n)} == told
