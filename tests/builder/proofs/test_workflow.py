"""Law 1 of the design: states can be reached and left, ways do not overlap, nobody is asked for what he cannot see."""

from __future__ import annotations

import pytest

from tests.builder.inline import codes, compiled

STATES = "{new: {label: 新, initial: true}, low: {label: 低, final: true}, high: {label: 高, final: true}}"
AMOUNT = "amount: {type: money, label: 金额, required: true}\nkind: {type: choice, label: 类, options: {a: 甲, b: 乙}}"


def forked(first: str, second: str, fields: str = AMOUNT) -> list[tuple[str, object]]:
    """Findings and witnesses of two transitions of one action."""
    body = f"""\
workflow:
  states: {STATES}
  transitions:
    a: {{label: 批, action: ok, from: new, to: low, by: [sales], {first}}}
    b: {{label: 批, action: ok, from: new, to: high, by: [sales], {second}}}
"""
    return [(d.code, d.witness) for d in compiled(body, fields=fields).diagnostics]


def test_a_boundary_that_neither_guard_covers_is_shown() -> None:
    assert forked("when: amount < 5万", "when: amount > 5万") == [("transitions-gap", {"amount": 50000})]


def test_complementary_guards_are_sound() -> None:
    assert forked("when: amount <= 5万", "when: amount > 5万") == []


def test_guards_open_at_once_are_shown_with_the_answers() -> None:
    ((code, witness),) = forked("when: amount <= 5万", "when: amount >= 5万")
    assert (code, witness) == ("transitions-overlap", {"amount": 50000})


def test_an_order_settles_an_overlap() -> None:
    assert forked("order: 1, when: amount <= 5万", "order: 2") == []


def test_two_ways_without_guards_overlap() -> None:
    assert [code for code, _ in forked("label: 甲".replace("label", "order").replace("甲", "0"), "order: 0")] == [
        "transitions-overlap"
    ]


def test_an_absent_choice_is_a_gap_too() -> None:
    ((code, witness),) = forked('when: kind == "a"', 'when: kind == "b"')
    assert code == "transitions-gap" and "kind" not in (witness or {})


def test_unreachable_and_dead_end_states_are_told() -> None:
    found = compiled("""\
        fields: {a: {type: text, label: 甲}}
        workflow:
          states:
            new: {label: 新, initial: true}
            stuck: {label: 卡}
            island: {label: 岛, final: true}
          transitions:
            go: {label: 去, from: new, to: stuck, by: [sales]}
        """)
    assert codes(found) == [("dead-end-state", 5), ("unreachable-state", 6)]


def test_a_state_reached_only_from_an_unreachable_one_is_unreachable() -> None:
    found = compiled("""\
        fields: {a: {type: text, label: 甲}}
        workflow:
          states:
            new: {label: 新, initial: true, final: true}
            one: {label: 一}
            two: {label: 二}
          transitions:
            go: {label: 去, from: one, to: two, by: [sales]}
            back: {label: 回, from: two, to: one, by: [sales]}
        """)
    assert codes(found) == [("unreachable-state", 5), ("unreachable-state", 6)]


SIGHT = """\
fields:
  solution: {type: text, label: 方案}
  cost: {type: money, label: 成本}
workflow:
  states: {new: {label: 新, initial: true%s}, done: {label: 完, final: true}}
  transitions:
    solve: {label: 解决, from: new, to: done, by: [service]%s}
access:
  record: {create: [sales], read: [sales, service], write: [%s]}
  cost: {read: [board]}
"""


def test_what_is_required_of_a_role_it_can_see_and_write() -> None:
    assert codes(compiled(SIGHT % ("", ", requires: [solution]", "service"))) == []
    assert codes(compiled(SIGHT % ("", ", requires: [solution]", "owner"))) == []  # the owner may be of the service


def test_a_required_field_its_role_may_not_see_names_both_lines() -> None:
    (found,) = compiled(SIGHT % ("", ", requires: [cost]", "service")).diagnostics
    assert (found.code, found.place.line, found.related[0].place.line) == ("required-unseen", 10, 13)


def test_a_required_field_its_role_may_not_write_names_both_lines() -> None:
    (found,) = compiled(SIGHT % ("", ", requires: [solution]", "sales")).diagnostics
    assert (found.code, found.place.line, found.related[0].place.line) == ("required-unwritable", 10, 12)


def test_a_guard_its_role_may_not_see_is_told() -> None:
    assert codes(compiled(SIGHT % ("", ", when: given(cost)", "service"))) == [("guard-unseen", 7)]


@pytest.mark.parametrize("masked", ["service", "staff"])
def test_a_required_field_of_which_its_role_sees_only_the_mask_is_told(masked: str) -> None:
    text = SIGHT.replace("read: [board]", f"masked: [{masked}]") % ("", ", requires: [cost]", "service")
    assert codes(compiled(text)) == [("required-unseen", 7)]


def test_a_required_field_that_nobody_fills_is_told() -> None:
    text = SIGHT.replace("label: 方案", "label: 方案, readonly: true") % ("", ", requires: [solution]", "service")
    assert codes(compiled(text)) == [("required-readonly", 7)]


@pytest.mark.parametrize(
    ("access", "line"),
    [
        ("record: {create: [sales], read: [sales], write: [sales, service]}", 3),
        ("record: {create: [sales], read: [sales], write: [owner, department]}", 0),
        ("record: {create: [sales], read: [owner], write: [sales]}", 0),  # some of them are owners
        ("record: {create: [sales], read: [sales], write: [sales@east]}", 0),
        ("record: {create: [sales], read: [sales], write: [sales]}\n  note: {write: [service]}", 4),
        ("record: {create: [sales], read: [sales], write: [sales]}\n  note: {read: [sales], write: [service]}", 4),
        ("record: {create: [sales], read: [service], write: [service]}\n  note: {write: [sales]}", 0),  # at creation
    ],
)
def test_who_writes_must_be_able_to_read(access: str, line: int) -> None:
    found = compiled("fields: {note: {type: text, label: 注}}\naccess:\n  " + access + "\n")
    assert codes(found) == ([("write-outside-read", line)] if line else [])


def test_a_required_field_that_the_state_does_not_let_edit_is_told() -> None:
    found = compiled(SIGHT % (", edit: [cost]", ", requires: [solution]", "service"))
    assert codes(found) == [("edit-excludes-required", 7)]


def test_what_no_answer_can_be_is_neither_gap_nor_overlap() -> None:
    bounded = "amount: {type: money, label: 金额, required: true, min: 0, max: 100000}"
    assert forked("when: amount < 5万", "when: amount >= 5万 and amount <= 10万", bounded) == []
    assert forked("when: amount < 5万 or amount > 20万", "when: amount >= 5万", bounded) == []


def test_a_fork_is_asked_in_the_state_it_leaves() -> None:
    assert forked('when: kind == "a"', 'when: kind != "a" or state == "high"') == []
