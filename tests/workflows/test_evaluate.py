"""The one judge: language.md, Meaning. What is expected stands there, in the definition, or in domain.md."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.workflows.world import record, situation, template
from workflows.evaluate import Evaluation, evaluate
from workflows.record import Faults

SOURCE = template("""
checklist: [source, platform, event, phone, first_contact, owner, state]
fields:
  source:
    type: choice
    label: 类型
    required: true
    options: {online: {label: 线上渠道, synonyms: [网络营销]}, offline: 线下活动}
  platform:
    {type: text, label: 平台, visible: source == "online", required: true, refuse: {values: [互联网], say: 请写明平台}}
  keyword: {type: text, label: 关键词, visible: source == "online"}
  event: {type: text, label: 活动, visible: source == "offline", required: true, when_hidden: keep}
  source_text: {type: text, label: 获取方式, compute: 'join("-", platform, keyword, event)'}
  phone: {type: phone, label: 电话, required: not given(email)}
  email: {type: email, label: 邮箱, required: not given(phone)}
  first_contact:
    type: date
    label: 首次接触
    required: true
    default: =today()
    valid: {check: first_contact <= today(), say: 不能晚于今天}
tags:
  touch: {label: 触达, many: true, options: {online: {label: 线上, when: source == "online"}, free: 待跟进}}
  level:
    label: 等级
    options: {high: {label: 高, when: given(keyword)}, low: {label: 低, when: source == "online"}, vip: VIP}
workflow:
  states: {potential: {label: 潜在客户, initial: true}, intent: {label: 意向客户, initial: true}, won: 成交}
  transitions:
    win: {label: 成交, from: [potential, intent], to: won, by: [sales]}
    back: {label: 回退, from: won, to: intent, by: [sales]}
""")

ORDER = template("""
fields:
  urgent: {type: boolean, label: 加急}
  lines:
    type: rows
    label: 明细
    required: true
    max: 3
    fields:
      name: {type: text, label: 名称, required: true, max: 4}
      qty: {type: integer, label: 数量, min: 1, required: true}
      price: {type: money, label: 单价, min: 0.5, required: true}
      total: {type: money, label: 小计, compute: qty * price}
      note: {type: text, label: 备注, visible: qty > 10, required: true}
  amount: {type: money, label: 总额, compute: sum(lines.total), max: 10000}
  agreed: {type: boolean, label: 已阅, visible: amount > 1000, required: true}
""")


def codes(faults: Faults) -> dict[str, list[str]]:
    return {name: [fault.code for fault in found] for name, found in faults.items()}


def judge(given: Mapping[str, object], of: object = SOURCE) -> Evaluation:
    return evaluate(of, given, situation())  # type: ignore[arg-type]


def line(**cells: object) -> dict[str, object]:
    return {"name": "机床", "qty": "2", "price": "12.50", **cells}


def test_everything_wrong_is_told_at_once_in_the_forms_order() -> None:
    found = judge({"source": "online", "platform": "互联网", "first_contact": "2026-03-05", "email": "x"})
    assert codes(found.faults) == {
        "platform": ["refused"],
        "phone": ["required"],
        "email": ["not-email"],
        "first_contact": ["valid"],
    }
    assert found.faults["platform"][0].text == {"zh": "请写明平台"}


def test_a_synonym_is_its_option_and_the_text_is_computed() -> None:
    found = judge({"source": "网络营销", "platform": " 抖音 ", "keyword": "机床", "phone": "13812345678"})
    assert found.faults == {}
    assert found.stored == {
        "source": "online",
        "platform": "抖音",
        "keyword": "机床",
        "source_text": "抖音-机床",
        "phone": "+8613812345678",
        "first_contact": "2026-03-04",
    }
    assert found.values["email"] is None and found.values["event"] is None


def test_a_hidden_answer_is_absent_to_everything_and_gone() -> None:
    found = judge({"source": "offline", "event": "进博会", "platform": "抖音", "keyword": "机床", "email": "a@b.cn"})
    assert found.values["platform"] is None and found.values["source_text"] == "进博会"
    assert "platform" not in found.stored and "platform" not in found.visible


def test_a_hidden_answer_that_is_to_be_kept_is_stored_but_absent() -> None:
    stored = judge({"source": "offline", "event": "进博会", "email": "a@b.cn"}).stored
    changed = evaluate(SOURCE, {"source": "online", "platform": "抖音"}, situation(), record=record(SOURCE, stored))
    assert changed.stored["event"] == "进博会"
    assert changed.values["event"] is None and changed.values["source_text"] == "抖音"


def test_a_fault_in_a_hidden_field_is_none() -> None:
    assert codes(judge({"source": "offline", "event": "e", "email": "a@b.cn", "platform": 5}).faults) == {}


def test_an_answer_that_cannot_be_read_counts_as_absent_and_is_told_once() -> None:
    found = judge({"source": "火星", "email": "a@b.cn", "first_contact": "2026-02-30"})
    assert codes(found.faults) == {"source": ["not-option"], "first_contact": ["no-such-day"]}
    assert found.values["first_contact"] is None  # a default does not stand in for it
    assert found.values["source"] is None and "platform" not in found.visible


def test_required_may_be_a_condition() -> None:
    assert {"phone", "email"} <= judge({}).required
    assert "phone" not in judge({"email": "a@b.cn"}).required


def test_a_default_fills_what_is_absent_at_creation_only() -> None:
    stored = judge({"source": "offline", "event": "e", "email": "a@b.cn", "first_contact": "  "}).stored
    assert stored["first_contact"] == "2026-03-04"
    emptied = evaluate(SOURCE, {"first_contact": ""}, situation(), record=record(SOURCE, stored))
    assert codes(emptied.faults) == {"first_contact": ["required"]}


def test_only_what_is_given_changes_a_record() -> None:
    stored = judge({"source": "online", "platform": "抖音", "keyword": "k", "email": "a@b.cn"}).stored
    changed = evaluate(SOURCE, {"keyword": None}, situation(), record=record(SOURCE, stored))
    assert changed.stored["platform"] == "抖音" and "keyword" not in changed.stored


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({}, "potential"),
        ({"state": ""}, "potential"),
        ({"state": "intent"}, "intent"),
        ({"state": "意向客户"}, "intent"),
    ],
)
def test_the_chosen_initial_state(given: dict[str, object], state: str) -> None:
    found = judge(given)
    assert found.state == state and "state" not in found.faults


@pytest.mark.parametrize("state", ["won", "成交", "nowhere", 7])
def test_a_state_that_is_not_initial_cannot_be_chosen(state: object) -> None:
    assert codes(judge({"state": state}).faults)["state"] == ["not-option"]


def test_a_stored_record_keeps_its_state() -> None:
    stored = record(SOURCE, {}, state="won")
    assert evaluate(SOURCE, {"state": "intent"}, situation(), record=stored).state == "won"


def test_tags_by_rule_say_why_and_the_first_rule_of_an_exclusive_group_wins() -> None:
    tags = judge({"source": "online", "platform": "抖音", "keyword": "k"}).tags
    assert tags["touch"] == {"online": {"by": "rule", "because": {"source": "online"}}}
    assert tags["level"] == {"high": {"by": "rule", "because": {"keyword": "k"}}}
    assert list(judge({"source": "online"}).tags["level"]) == ["low"]
    assert judge({"source": "offline"}).tags == {}


def test_tags_by_hand_stay_and_win_in_an_exclusive_group() -> None:
    hand = {"by": "hand", "who": "staff", "at": "2026-03-04T00:00:00.000000Z"}
    stale = {"by": "rule", "because": {"source": "online"}}
    kept = record(SOURCE, {"source": "online"}, tags={"touch": {"free": hand}, "level": {"vip": hand, "low": stale}})
    found = evaluate(SOURCE, {}, situation(), record=kept)
    assert found.tags == {"touch": {"online": stale, "free": hand}, "level": {"vip": hand}}
    assert found.values["touch"] == ["online", "free"] and found.values["level"] == "vip"


def test_completeness_counts_what_is_visible_with_state_and_owner() -> None:
    # source platform phone first_contact owner state; the event is hidden and does not count
    assert judge({"source": "online"}).completeness == 100 * 4 // 6
    assert judge({"source": "online", "platform": "抖音", "phone": "13812345678"}).completeness == 100


def test_rows_are_read_computed_and_summed() -> None:
    found = judge({"lines": [line(), line(name="刀具", qty="1", price="0.50")]}, ORDER)
    assert found.faults == {}
    assert found.stored["lines"] == [
        {"name": "机床", "qty": 2, "price": 1250, "total": 2500},
        {"name": "刀具", "qty": 1, "price": 50, "total": 50},
    ]
    assert found.stored["amount"] == 2550


def test_faults_in_rows_are_numbered_as_given_and_empty_rows_are_dropped() -> None:
    blank = {"name": " ", "qty": "", "price": None}
    found = judge({"lines": [blank, line(qty="0"), blank, line(name="太长的名称", price="x", extra="?")]}, ORDER)
    assert codes(found.faults) == {
        "lines.1.qty": ["under-min"],
        "lines.3.name": ["too-long"],
        "lines.3.price": ["not-money"],
        "lines.3.extra": ["no-such-field"],
    }
    assert found.faults["lines.3.name"][0].args["size"] == 5 and len(found.values["lines"]) == 2  # type: ignore[arg-type]
    assert {"lines.1.total", "lines.3.qty"} <= found.visible and "lines.0.note" not in found.visible


def test_a_column_is_visible_and_required_by_its_row() -> None:
    found = judge({"lines": [line(note="weg"), line(qty=11)]}, ORDER)
    assert codes(found.faults) == {"lines.1.note": ["required"]}
    assert "note" not in found.stored["lines"][0]  # type: ignore[index]
    assert "lines.1.note" in found.required and "lines.0.note" not in found.visible


def test_a_row_of_which_only_what_is_hidden_was_said_is_none() -> None:
    of = template("""
    fields:
      lines:
        type: rows
        label: 行
        fields:
          gift: {type: boolean, label: 赠}
          why: {type: text, label: 由, visible: gift}
          mark: {type: text, label: 记, visible: gift, when_hidden: keep}
          kind: {type: text, label: 类, default: 常}
          told: {type: text, label: 述, compute: 'join("-", "x")'}
    """)
    found = judge({"lines": [{"why": "甲"}, {"gift": False, "why": "甲"}, {"mark": "乙"}, {"gift": True}]}, of)
    assert found.stored["lines"] == [
        {"kind": "常", "told": "x", "mark": "乙"},
        {"gift": True, "kind": "常", "told": "x"},
    ]
    assert found.numbers["lines"] == [2, 3]


def test_columns_are_settled_after_those_they_read_wherever_they_stand() -> None:
    of = template("""
    fields:
      n: {type: integer, label: N}
      lines:
        type: rows
        label: 行
        fields:
          total: {type: integer, label: 计, compute: n * price}
          note: {type: text, label: 记, visible: given(price)}
          price: {type: integer, label: 价, default: =n + 1}
          n: {type: integer, label: 量}
    """)
    found = judge({"n": 9, "lines": [{"n": 2, "note": "x"}]}, of)
    assert found.values["lines"] == [{"n": 2, "price": 3, "note": "x", "total": 6}]


def test_what_shows_of_a_row_in_which_nothing_was_said_is_where_it_begins() -> None:
    of = template("""
    fields:
      many: {type: boolean, label: 多}
      lines:
        type: rows
        label: 行
        fields:
          a: {type: text, label: A, visible: many}
          b: {type: text, label: B, visible: given(c)}
          c: {type: text, label: C}
          d: {type: text, label: D, visible: not given(c)}
    """)
    found = judge({"many": True, "lines": [{}, {"c": "x"}]}, of)
    assert {name for name in found.visible if name.startswith("lines.0")} == {"lines.0.a", "lines.0.c", "lines.0.d"}
    assert len(found.values["lines"]) == 1 and codes(found.faults) == {}  # type: ignore[arg-type]
    assert not {"lines.0.a", "lines.1.a"} & judge({"lines": [{}, {"c": "x"}]}, of).visible


@pytest.mark.parametrize("rows", ["", None, [], [{}], [{"name": ""}, {"name": False}]])
def test_required_rows_want_at_least_one(rows: object) -> None:
    found = judge({"lines": rows}, ORDER)
    assert codes(found.faults) == {"lines": ["required"]} and "lines" not in found.stored


def test_too_many_rows_and_a_computed_value_beyond_its_bound() -> None:
    found = judge({"lines": [line(price=3000)] * 4, "agreed": True}, ORDER)
    assert codes(found.faults) == {"lines": ["too-many"], "amount": ["over-max"]}
    assert found.faults["amount"][0].args["bound"] == "10000"


@pytest.mark.parametrize("rows", ["x", 5, {"0": {}}])
def test_rows_that_are_no_rows(rows: object) -> None:
    assert codes(judge({"lines": rows}, ORDER).faults) == {"lines": ["not-rows"]}


def test_a_row_that_is_no_row() -> None:
    assert codes(judge({"lines": [line(), "x"]}, ORDER).faults) == {"lines.1": ["not-rows"]}


@pytest.mark.parametrize(("agreed", "faults"), [(None, True), (False, True), ("no", True), (True, False)])
def test_a_required_boolean_must_be_yes(agreed: object, faults: bool) -> None:
    found = judge({"lines": [line(price=600)], "agreed": agreed}, ORDER)
    assert codes(found.faults) == ({"agreed": ["must-be-yes"]} if faults else {})


BOUNDS = template("""
fields:
  from: {type: date, label: 从, min: 2026-01-01}
  to: {type: date, label: 到, min: =from, max: =today()}
  least: {type: integer, label: 最少}
  most: {type: integer, label: 最多, min: =least}
  ratio: {type: number, label: 比率, step: 0.1, max: 1}
  pieces: {type: integer, label: 件, step: 5}
  code: {type: text, label: 编号, pattern: '[A-Z]{2}\\d{3}', example: AB123}
  uscc: {type: text, label: 信用代码, format: uscc}
  card: {type: text, label: 身份证, format: resident_id}
  kinds: {type: choices, label: 种类, min: 2, max: 2, options: {a: 甲, b: 乙, c: 丙}}
  short: {type: text, label: 短, min: 2, max: 3}
""")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"from": "2025-12-31"}, {"from": ["too-early"]}),
        ({"from": "2026-02-02", "to": "2026-02-01"}, {"to": ["too-early"]}),
        ({"from": "2026-02-02", "to": "2026-03-05"}, {"to": ["too-late"]}),
        ({"to": "2026-03-04"}, {}),  # an absent bound bounds nothing
        ({"least": 3, "most": 2}, {"most": ["under-min"]}),
        ({"ratio": 0.3}, {}),
        ({"ratio": 0.35}, {"ratio": ["off-step"]}),
        ({"ratio": 1.1}, {"ratio": ["over-max"]}),
        ({"pieces": 12}, {"pieces": ["off-step"]}),
        ({"code": "AB123"}, {}),
        ({"code": "AB1234"}, {"code": ["pattern"]}),
        ({"code": "xAB123"}, {"code": ["pattern"]}),
        ({"code": "AB１２３"}, {"code": ["pattern"]}),
        ({"uscc": "91350100m000100y43"}, {}),  # the standard's own example, GB 32100-2015
        ({"uscc": "91350100M000100Y44"}, {"uscc": ["not-uscc"]}),
        ({"uscc": "913501"}, {"uscc": ["not-uscc"]}),
        ({"card": "11010519491231002x"}, {}),  # the standard's own example, GB 11643-1999
        ({"card": "110105194912310021"}, {"card": ["not-resident-id"]}),
        ({"kinds": ["a"]}, {"kinds": ["too-few"]}),
        ({"kinds": ["a", "b", "c"]}, {"kinds": ["too-many"]}),
        ({"short": "😀"}, {"short": ["too-short"]}),
        ({"short": "😀😀😀"}, {}),  # size counts code points
        ({"short": "😀😀😀😀"}, {"short": ["too-long"]}),
    ],
)
def test_bounds_formats_and_steps(given: dict[str, object], expected: dict[str, list[str]]) -> None:
    assert codes(judge(given, BOUNDS).faults) == expected


def test_what_the_template_does_not_ask_is_passed_over() -> None:
    assert judge({"nothing": 1, "least": 2}, BOUNDS).stored == {"least": 2}


HIDING = template("""
fields:
  shown: {type: boolean, label: 显示}
  kept: {type: text, label: 留, visible: shown, when_hidden: keep}
  rest:
    type: rows
    label: 行
    visible: shown
    when_hidden: keep
    fields: {n: {type: integer, label: 数}, t: {type: text, label: 文}}
  lines:
    type: rows
    label: 明细
    fields:
      kind: {type: choice, label: 类, options: {a: 甲, b: 乙}}
      why: {type: text, label: 因, visible: kind == "a", when_hidden: keep}
      gone: {type: text, label: 失, visible: kind == "a"}
      more: {type: text, label: 补, visible: kind == "a", when_hidden: keep, default: 无}
  reasons: {type: integer, label: 因数, compute: count(lines.why)}
""")


def test_a_hidden_cell_that_is_to_be_kept_is_stored_but_absent() -> None:
    found = judge({"lines": [{"kind": "b", "why": "x", "gone": "y"}, {"kind": "a", "why": "z"}]}, HIDING)
    assert found.stored["lines"] == [{"kind": "b", "why": "x"}, {"kind": "a", "why": "z", "more": "无"}]
    assert found.values["reasons"] == 1 and "lines.0.why" not in found.visible
    again = evaluate(HIDING, {}, situation(), record=record(HIDING, found.stored))
    assert again.stored == found.stored and again.values == found.values


def test_kept_rows_are_stored_without_absent_cells() -> None:
    assert judge({"shown": "no", "rest": [{"n": "1"}, {"t": ""}]}, HIDING).stored["rest"] == [{"n": 1}]


def test_an_empty_answer_does_not_clear_what_is_hidden() -> None:
    stored = {"shown": True, "kept": "留", "rest": [{"n": 1}]}
    sent = {"shown": "no", "kept": "", "rest": []}
    found = evaluate(HIDING, sent, situation(), record=record(HIDING, stored))
    assert found.stored == {**stored, "shown": False, "reasons": 0}
    back = evaluate(HIDING, {"shown": "yes"}, situation(), record=record(HIDING, found.stored))
    assert back.values["kept"] == "留"
    assert "kept" not in evaluate(HIDING, {"kept": ""}, situation(), record=record(HIDING, back.stored)).stored


@pytest.mark.parametrize("check", ["ok", 'starts(code, "A")', "ok or ok", "not not ok"])
def test_an_absent_boolean_is_false_to_a_check(check: str) -> None:
    asked = template(f"""
    fields:
      ok: {{type: boolean, label: 好}}
      code: {{type: text, label: 码}}
      n: {{type: text, label: 名, valid: {{check: '{check}', say: 不好}}}}
    """)
    assert codes(judge({"n": "x"}, asked).faults) == {"n": ["valid"]}
    assert codes(judge({"n": "x", "ok": "yes", "code": "A1"}, asked).faults) == {}


FULL = template("""
checklist: [name, city, phone]
fields:
  half: {type: boolean, label: 过半, compute: completeness >= 50}
  name: {type: text, label: 名称}
  city: {type: text, label: 城市, visible: given(name)}
  phone: {type: text, label: 电话}
  why: {type: text, label: 缘由, required: completeness < 50}
tags: {file: {label: 档案, options: {full: {label: 完整, when: completeness == 100}}}}
""")


@pytest.mark.parametrize(
    ("given", "percent"),
    [({}, 0), ({"phone": "1"}, 50), ({"name": "甲"}, 33), ({"name": "甲", "city": "沪", "phone": "1"}, 100)],
)
def test_completeness_is_known_to_what_comes_after_its_checklist(given: dict[str, object], percent: int) -> None:
    found = judge(given, FULL)
    assert found.completeness == percent
    assert found.values["half"] is (percent >= 50)
    assert ("why" in found.required) is (percent < 50)
    assert found.values["file"] == ("full" if percent == 100 else None)


def test_no_in_any_spelling_is_a_box_left_unticked_and_brings_no_row_about() -> None:
    of = template("""
    fields:
      lines:
        type: rows
        label: 行
        fields: {gift: {type: boolean, label: 赠}, note: {type: text, label: 记, default: 无}}
    """)
    unsaid = [{"gift": False}, {"gift": "no"}, {"gift": "否", "note": " "}, {"note": "\x07"}]
    rows = [*unsaid, {"gift": "是"}, {"gift": "?"}]
    found = judge({"lines": rows}, of)
    assert found.values["lines"] == [{"gift": True, "note": "无"}, {"gift": None, "note": "无"}]
    assert codes(found.faults) == {"lines.5.gift": ["not-boolean"]}
