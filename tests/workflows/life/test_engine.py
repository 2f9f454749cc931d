"""Transitions: language.md, WORKFLOW; who sees which way, in which order, and why one is closed."""

from __future__ import annotations

import pytest

from tests.workflows.world import LEAD, MANAGER, OTHER, PEER, SERVICE, STAFF, company, record, situation, template
from workflows.evaluate import Evaluation, evaluate
from workflows.life.asked import COMMENT, asked, outside, own
from workflows.life.engine import Way, closed_reason, missing, moved, open_transitions, ways
from workflows.record import Actor, Fault

COMPANY = company()
FORM = template("""
fields:
  amount: {type: money, label: 金额, required: true}
  urgent: {type: boolean, label: 加急}
  reason: {type: text, label: 理由, visible: urgent}
  report: {type: text, label: 价值报告}
workflow:
  states:
    draft: {label: 草稿, initial: true}
    check: 审核
    big: 大额审核
    done: {label: 完成, final: true}
    dead: {label: 作废, final: true}
  transitions:
    submit: {label: 提交, from: draft, to: check, by: [creator], order: 3}
    submit_big: {label: 提交, action: submit, from: draft, to: big, by: [creator], when: amount > 5万, order: 2}
    submit_fast: {label: 加急提交, action: submit, from: draft, to: done, by: [superior], order: 1}
    accept:
      {label: 通过, from: [check, big], to: done, by: [superior, manager], when: not urgent, requires: [report, reason]}
    refuse: {label: 驳回, from: [check, big], to: dead, by: [superior], comment: required}
    back: {label: 退回, from: check, to: draft, by: [superior, creator], comment: optional}
""")


def found(actor: Actor, state: str = "draft", **data: object) -> dict[str, Way]:
    kept = record(FORM, {"amount": 100, **data}, state=state)
    judged = evaluate(FORM, {}, situation(actor.id), record=kept)
    return {way.transition.action: way for way in ways(FORM, COMPANY, judged, kept, actor, situation(actor.id))}


def test_an_action_takes_its_first_open_transition_by_order() -> None:
    assert found(STAFF)["submit"].transition.id == "submit"
    assert found(STAFF, amount=5_000_001)["submit"].transition.id == "submit_big"
    assert found(LEAD)["submit"].transition.id == "submit_fast"


@pytest.mark.parametrize(
    ("actor", "state", "actions"),
    [
        (STAFF, "draft", ["submit"]),
        (PEER, "draft", []),
        (STAFF, "check", ["back"]),
        (LEAD, "check", ["accept", "refuse", "back"]),
        (MANAGER, "check", ["accept"]),
        (MANAGER, "big", ["accept"]),
        (OTHER, "check", []),
        (SERVICE, "check", []),
        (LEAD, "done", []),
    ],
    ids=lambda value: getattr(value, "id", None) or str(value),
)
def test_each_sees_the_ways_that_are_his(actor: Actor, state: str, actions: list[str]) -> None:
    assert list(found(actor, state)) == actions


def test_a_guard_closes_a_way_and_says_so() -> None:
    way = found(LEAD, "check", urgent=True)["accept"]
    assert not way.open and way.reason == "guard-not-met"
    kept = record(FORM, {"amount": 1, "urgent": True}, state="check")
    judged = evaluate(FORM, {}, situation("lead"), record=kept)
    opened = open_transitions(FORM, COMPANY, judged, kept, LEAD, situation("lead"))
    assert [transition.id for transition in opened] == ["refuse", "back"]


def test_what_a_way_asks_for_does_not_close_it_and_only_counts_where_visible() -> None:
    assert found(LEAD, "check")["accept"].missing == ("report",)
    assert found(LEAD, "check", report="r")["accept"].missing == ()


def test_what_a_step_lacks_is_asked_as_any_form_asks() -> None:
    """What it requires is missing where it shows; a comment is a field of the step alone."""
    accept, refuse = FORM.transitions["accept"], FORM.transitions["refuse"]
    assert lacks("accept") == {"report": ["required"], "reason": ["required"]}
    assert missing(FORM, accept, judged({"urgent": True})) == ("report", "reason")
    assert lacks("refuse") == {COMMENT: ["required"]}
    assert lacks("refuse", **{COMMENT: "不合规"}) == {} == lacks("back")
    assert outside(step("refuse").faults) == {"comment": (Fault("required"),)}
    assert COMMENT not in own(FORM, step("refuse", **{COMMENT: "不合规"}).stored)
    assert asked(FORM, refuse) is asked(FORM, refuse) and asked(FORM, refuse).hash != FORM.hash


def lacks(action: str, **given: object) -> dict[str, list[str]]:
    return {name: [fault.code for fault in found] for name, found in step(action, **given).faults.items()}


def step(action: str, **given: object) -> Evaluation:
    kept = record(FORM, {"amount": 1, "urgent": True}, state="check")
    return evaluate(asked(FORM, FORM.transitions[action]), given, situation("lead"), record=kept)


def judged(data: dict[str, object]) -> Evaluation:
    return evaluate(FORM, {}, situation("lead"), record=record(FORM, {"amount": 1, **data}, state="check"))


def test_why_an_action_is_no_way() -> None:
    assert closed_reason(FORM, "refuse") == "not-from-this-state"
    assert closed_reason(FORM, "fly") == "no-such-action"


def test_a_moved_record_is_elsewhere_since_then() -> None:
    kept = record(FORM, {"amount": 1})
    after = moved(kept, FORM.transitions["submit"], "2026-03-05T00:00:00.000000Z")
    assert (after.state, after.rev, after.entered, after.updated) == ("check", 2, after.entered, after.entered)
    assert after.created == kept.created and after.data == kept.data and kept.state == "draft"
