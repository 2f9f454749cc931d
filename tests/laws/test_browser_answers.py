"""Law 2 for whole pages: what is typed gives in the browser the values, faults and words that the server gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.emit.browser import browser_program
from builder.emit.cut import LEFT
from builder.emit.schema import NAMED
from builder.model import Field, Template, choosable
from builder.zones import local, offsets
from tests.builder.expressions.judge import Judge, same
from tests.laws.test_browser_program import CHAINED, entries, system
from tests.workflows.test_evaluate import BOUNDS, ORDER, SOURCE
from tests.workflows.test_laws import WIDE
from tests.workflows.world import COMPANY, compiled, record, situation, template
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
    valid: {check: not given(start) or end >= start, say: '{end} 早于 {start}，止日不能早于起日'}
  platform:
    type: text
    label: 平台
    refuse: {values: [互联网, Online, straße], say: '{platform} {kind} 太笼统，请写明平台'}
    valid:
      - {check: size(platform) > 1, say: '{platform} 太短了，{price}、{ratio} 都比它长'}
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
        valid: {check: free != platform, say: '{n} 行的 {free} 同名 {code} {platform}'}
      cost: {type: money, label: 额, compute: n * price, max: 100}
  total: {type: money, label: 计, compute: sum(lines.cost), max: 150}
  meet: {type: datetime, label: 会, min: "2020-01-01 00:00", required: given(note)}
  hour: {type: time, label: 钟点, max: "18:00", visible: meet > "2010-01-01 00:00"}
  site: {type: url, label: 网址, max: 20}
  talks:
    type: log
    label: 谈
    fields:
      word: {type: text, label: 话, required: true}
      until: {type: datetime, label: 到, min: =meet}
"""
CHECKING = template(CHECKING_TEXT)
CLOCKS_TEXT = """
fields:
  start: {type: datetime, label: 始, min: "1980-01-01 00:00", max: =due, required: not given(hour)}
  due:
    type: datetime
    label: 终
    default: =now()
    valid: {check: 'days(start, due) >= 0', say: 先始后终}
  later: {type: datetime, label: 后, compute: start + 1d, max: "2030-01-01 00:00"}
  day: {type: date, label: 日, compute: date(start)}
  hour: {type: time, label: 钟点, min: "08:00", max: =close, visible: start > "2026-01-01 09:00" or not given(start)}
  close: {type: time, label: 关门}
  told: {type: text, label: 述, compute: 'join("-", start, hour)'}
  customer: {type: link, to: t, label: 客户}
  other: {type: link, to: t, label: 另一, required: given(hour)}
  known: {type: text, label: 知, visible: given(customer), required: customer == other}
  site: {type: url, label: 网址, max: 30, required: given(other)}
  bank: {type: text, label: 卡, format: bank_card}
  person: {type: text, label: 证, format: resident_id}
  firm: {type: text, label: 码, format: uscc}
  visits:
    type: log
    label: 访
    max: 3
    required: given(bank)
    fields:
      what: {type: text, label: 事, default: 访}
      until: {type: datetime, label: 到, min: =start, required: given(who)}
      who: {type: link, to: t, label: 谁}
      late: {type: boolean, label: 晚, compute: until > at + 1d}
      mine: {type: boolean, label: 己, compute: by == me}
  visited: {type: integer, label: 次, compute: count(visits.who), max: 3}
"""
ZONES = ("Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe")  # the last is put forward by half an hour


def clocks(zone: str) -> Template:
    """The template in a company whose clock is this one."""
    made = compiled(CLOCKS_TEXT, company=COMPANY.replace("Asia/Shanghai", zone)).template
    assert made is not None
    return made


TEMPLATES = {
    "source": SOURCE,
    "order": ORDER,
    "bounds": BOUNDS,
    "wide": WIDE,
    "chained": CHAINED,
    "checking": CHECKING,
    **{zone: clocks(zone) for zone in ZONES},
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


@cache
def moments(zone: str) -> st.SearchStrategy[str]:
    """Times as people type them, many of them where the clock is put forward or back."""
    turns = [local(utc, zone) for utc, _ in offsets(zone) if utc]
    near = st.builds(
        lambda at, minutes: at + timedelta(minutes=minutes), st.sampled_from(turns), st.integers(-130, 130)
    )
    some = (near if turns else st.nothing()) | st.datetimes(datetime(1985, 1, 1), datetime(2035, 1, 1))
    return some.map(lambda at: at.isoformat("T", "minutes")) | st.sampled_from([
        "2026-03-04T13:06", "2026-03-04T06:06", "2026-03-04T13:06:07", "2026-03-04 13:06:07.5", "2026-3-4 9:05",
        "2026/03/04 09:05", "2026-03-04T09:30Z",
        "２０２６-０３-０４Ｔ０９：３０", "2026-02-30T10:00", "2026-03-04T24:00", "2026-03-04T09:60", "2026-03-04",
        "2026年3月4日 下午3点", "2026年3月4日9点半", "2026年3月4日 9:30", "2026-03-04T09:30+08:00",
        "0001-01-01T00:00", "0000-01-01T00:00", "9999-12-31T23:59", "2026-03-04T9", "明天",
        "T09:30", "2026-03-04  9:30",
    ])  # fmt: skip


TIMES = st.times().map(lambda at: f"{at:%H:%M}") | st.sampled_from([
    "9:30", "０９：３０", "09:30:00", "09:30:01", "09:30:00.000",
    "24:00", "9:60", "9点半", "下午3点", "3 pm", "9", "09:3", " 9:30 ",
])  # fmt: skip
LINKS = {"r1": "甲厂", "r2": "乙厂", "r3": "乙厂"}  # two of one name
CHOSEN = st.sampled_from([*([id] for id in LINKS), []])  # with a button
NAMED_LINKS = st.sampled_from(["甲厂", " 甲厂 ", "乙厂", "丙厂", "r1", ""])
URLS = st.sampled_from([
    "https://x.cn/a?b", "HTTP://x", "x", "", "http://", "http://:80/", "http://a@", "http://a@:1", "http://a@b:1@c/d",
    "https://例子.中国/", "http://[::1]/", "http://[x", "http://x y", "ftp://x", "http://x/" + "y" * 30,
    " Https://X.cn ", "http://x\\y", "httpſ://x", "http://x#y@:",
])  # fmt: skip
NUMBERED = st.sampled_from([
    "91350100M000100Y43", "91350100M000100Y44", "9135 0100-m000 100y43", "11010519491231002X", "11010519491231002x",
    "110105194912310021", "110105194902310023",
    "5555555555554444", "378282246310005", "4111111111111111", "4111 1111 1111 1112",
    "６２１７００００１０００００３７１", "12",
])  # fmt: skip


def meant(target: str, sent: str) -> str | None:
    """The id of the one record that a text names."""
    found = [id for id, title in LINKS.items() if sent in (id, title)]
    return None if len(found) > 1 else "".join(found)


PLACES = replace(ANYONE, link=meant)


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
        "url": URLS,
        "datetime": moments(field.zone or "UTC"),
        "time": TIMES,
        "link": CHOSEN | NAMED_LINKS,
        "person": st.sampled_from(["", "li", "wang"]),
        "department": st.sampled_from(["", "marketing"]),
    }
    if field.type == "file":
        return st.just([])  # a file is no text; its control is held to the server where files are
    if field.tabular:
        columns = [column for column in field.asked if column.compute is None]
        return st.lists(st.fixed_dictionaries({column.id: typed(column) for column in columns}), max_size=3)
    if field.type in ("boolean", "choice", "choices", "person", "department", "link"):
        return kinds[field.type]
    if field.format:
        return NUMBERED | WORDS | st.from_regex(NAMED[field.format], fullmatch=True)
    return kinds.get(field.type, WORDS | st.text(max_size=5)) | st.just("") | WORDS


def forms(of: Template) -> st.SearchStrategy[Raws]:
    """What stands in the controls of a whole form."""
    asked = (f for f in of.fields.values() if f.compute is None and not f.readonly)
    return st.fixed_dictionaries({f.id: typed(f) for f in asked})


@cache
def formed(name: str) -> st.SearchStrategy[Raws]:
    """The forms of one of the templates, made once: to make them takes longer than to draw from them."""
    return forms(TEMPLATES[name])


@pytest.fixture(scope="module")
def judge(node: str) -> Iterator[Judge]:
    with Judge(node) as made:
        yield made


PLAIN = {  # what the browser has to read by itself, of the types whose other texts it may leave to the server
    "datetime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII),
    "time": re.compile(r"\d\d:\d\d", re.ASCII),
    "url": re.compile(r"[!-Z\\^-~ ]*"),
}


def heard(of: Template, raws: Mapping[str, Any]) -> list[list[Any]]:
    """What the server says of the answers that only it can read."""
    return [each for field in of.fields.values() for each in _heard(field, raws.get(field.id))]


def _heard(field: Field, raw: Any) -> Iterator[list[Any]]:
    if field.tabular:
        for row in raw or ():
            for column in field.fields:
                yield from _heard(column, row.get(column.id))
    elif field.type in LEFT and isinstance(raw, str) and not absent(raw):
        if field.type in PLAIN and PLAIN[field.type].fullmatch(raw):
            return
        value = reader(field)(raw, PLACES, ())
        yield [field.path, raw, {"code": "", "say": tell(value, "zh")} if isinstance(value, Fault) else value]


def settled(judge: Judge, of: Template, cases: list[Raws]) -> list[Any]:
    now = situation()
    world = {"today": now.today, "now": now.now, "me": now.me, "my_department": now.me_department}
    program = browser_program(of, language="zh")
    question = {"answers": ANSWERS.as_uri(), "program": program, "situation": world, "names": {}}
    return judge.ask({**question, "cases": cases})


def sent(of: Mapping[str, Field], raws: Mapping[str, Any]) -> Raws:
    """What the controls send: of a link that was chosen its id."""
    found = dict(raws)
    for name, raw in raws.items():
        if of[name].type == "link" and isinstance(raw, list):
            found[name] = "".join(raw)
        elif of[name].tabular:
            found[name] = [sent({column.id: column for column in of[name].fields}, row) for row in raw]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATES)
@given(data=st.data())
def test_the_browser_says_what_the_server_says(name: str, data: st.DataObject, judge: Judge) -> None:
    of = TEMPLATES[name]
    drawn = data.draw(st.lists(st.tuples(formed(name), formed(name)), min_size=1, max_size=8))
    kept = record(of, data.draw(entries(of))) if data.draw(st.booleans()) else None
    chance = Random(len(drawn))
    cases = []
    for early, late in drawn:
        late_ = list(late.items())
        chance.shuffle(late_)
        hears = [{"system": {}, "read": heard(of, late)}]
        opens = {"system": system(of, kept), "creating": kept is None, "stored": {} if kept is None else kept.data}
        cases.append({**opens, "early": early, "raws": late_, "hears": hears})
    for (_, late), browser in zip(drawn, settled(judge, of, cases), strict=True):
        assert "odd" not in browser, (browser, late)
        server = evaluate(of, sent(of.fields, late), situation(), record=kept, directory=PLACES)
        values = {key: browser["values"][key] for key in server.values}
        assert {k: (server.values[k], v) for k, v in values.items() if not same(server.values[k], v)} == {}
        assert sorted(browser["visible"]) == sorted(server.visible)
        assert sorted(browser["required"]) == sorted(server.required)
        assert browser["faults"] == {n: " ".join(tell(f, "zh") for f in found) for n, found in server.faults.items()}
