"""Law 3: a record valid in a department's clone is, projected, valid in its base."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.test_laws import answers
from tests.workflows.world import record, situation, template
from workflows.evaluate import evaluate
from workflows.life.project import project

BASE = """
fields:
  name: {type: text, label: 名称, required: true, max: 6}
  source: {type: choice, label: 来源, required: true, options: {online: 线上, action: 申请, referral: 推荐}}
  deed: {type: text, label: 行动, visible: source == "action", required: true, max: 4}
  needs: {type: choices, label: 需求, options: {buy: 采购, ask: 咨询}}
  text: {type: text, label: 获取方式, compute: 'join("-", source, deed)'}
  rows:
    type: rows
    label: 行
    max: 3
    fields: {channel: {type: choice, label: 渠道, required: true, options: {web: 网, fair: 展}}}
workflow:
  states: {new: {label: 新, initial: true}, intent: {label: 意向, initial: true}}
  transitions:
    go: {label: 去, from: new, to: intent, by: [staff]}
    back: {label: 回, from: intent, to: new, by: [staff]}
"""
OVERLAY = """
overlay: marketing
extends: t@1.0.0
change:
  fields:
    name: {max: 4}
    deed: {required: true}
    rows: {max: 2}
add:
  fields:
    campaign: {type: text, label: 编号, required: true}
    source: {options: {douyin: {label: 抖音, counts_as: action}}}
    needs: {options: {trial: {label: 试用, counts_as: ask}}}
    rows: {fields: {channel: {options: {live: {label: 直播, counts_as: web}}}, cost: {type: money, label: 费用}}}
  workflow:
    states: {trial: {label: 试投, counts_as: intent}}
    transitions:
      try: {label: 试, from: intent, to: trial, by: [staff]}
      end: {label: 止, from: trial, to: intent, by: [staff]}
"""
base, clone = template(BASE), template(BASE, OVERLAY)


def test_a_projection_is_in_the_bases_words() -> None:
    data = {
        "name": "甲",
        "source": "marketing__douyin",
        "deed": "私信",
        "marketing__campaign": "C1",
        "needs": ["ask", "marketing__trial"],
        "rows": [{"channel": "marketing__live", "marketing__cost": 100}],
        "state": "marketing__trial",
    }
    assert project(clone, base, data) == {
        "name": "甲",
        "source": "action",
        "deed": "私信",
        "needs": ["ask"],
        "rows": [{"channel": "web"}],
        "state": "intent",
    }


@given(answers(clone.fields))
def test_valid_in_the_clone_is_valid_in_the_base(sent: dict[str, object]) -> None:
    found = evaluate(clone, {"name": "甲", "source": "marketing__douyin", "deed": "私信", **sent}, situation())
    if found.faults:
        return
    projected = project(clone, base, {**found.stored, "state": found.state})
    state = projected.pop("state")
    in_base = evaluate(base, {}, situation(), record=record(base, projected, state=state))
    assert in_base.faults == {} and state in base.states


@given(st.data())
def test_a_projection_of_what_is_the_bases_is_itself(data: st.DataObject) -> None:
    found = evaluate(base, data.draw(answers(base.fields)), situation())
    assert project(base, base, found.stored) == found.stored
