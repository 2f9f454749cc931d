"""language.md, "What authors get wrong, and what they must read": each row gives exactly that finding."""

from __future__ import annotations

import pytest

from builder.language import catalogue
from tests.language.corpus import HERE, check, check_text

HEAD = "template: t\nversion: 1.0.0\ntitle: 测试\nfields:\n"
SOURCE = "  source: {type: choice, label: 来源, options: {online: 线上渠道, x: 子, y: 丑}}\n"
FIELD = "    type: text\n    label: 甲\n"

ROWS = [
    (
        "  note:\n    type: text\n    label：备注\n",
        ["this is a full-width ：", "Write label: 备注 (a half-width colon and a space)"],
    ),
    (
        "  p:\n    type: text\n    label: 甲\n    refuse: {values: [网络], say: 请写明平台, 例如 抖音}\n",
        ["inside { } a comma ends the text", "in '…': say: '请写明平台, 例如 抖音'", "write say on its own line"],
    ),
    (
        SOURCE + '  a: {type: text, label: 甲, visible: source in ["x", "y"]}\n',
        ["inside { } an expression with [ or a comma needs '…'", 'visible: \'source in ["x", "y"]\''],
    ),
    (
        f"  urgent: {{type: boolean, label: 急}}\n  a:\n{FIELD}    visible: !urgent\n",
        ["! means something else in YAML", "Write: not urgent"],
    ),
    (f"  a:\n{FIELD}    help: 写明 #话题\n", ["the text ends at “ #”: the rest, #话题, is a comment", "Put it in '…'"]),
    (f'{SOURCE}  a:\n{FIELD}    visible: source = "online"\n', ["= sets, == compares"]),
    (f'{SOURCE}  a:\n{FIELD}    visible: source == "x" or "y"\n', ['source in ["x", "y"]']),
    (f"{SOURCE}  a:\n{FIELD}    visible: source == 线上渠道\n", ['the option with this label is "online"']),
    (f"  a:\n{FIELD}    help:\n", ["nothing written after `help:`"]),
]


@pytest.mark.parametrize(("body", "parts"), ROWS)
def test_a_row_of_the_table(body: str, parts: list[str]) -> None:
    findings = check_text(HEAD + body)
    assert len(findings) == 1
    message = catalogue.describe(findings[0], "en")
    assert all(part in f"{message.cause}. {message.help}" for part in parts), message


def test_two_guards_that_leave_a_gap_show_the_amount() -> None:
    (found,) = check(HERE / "invalid" / "123-gap.yaml")
    assert found.witness == {"amount": 50000}


def test_a_field_required_of_a_role_that_may_not_see_it_names_both_lines() -> None:
    case = HERE / "invalid" / "126-requires-unseen.yaml"
    (found,) = check(case)
    lines = case.read_text("utf-8").splitlines()
    assert "requires: [a]" in lines[found.place.line - 1]
    (other,) = found.related
    assert lines[other.place.line - 1].strip() == "a: {read: [manager], write: [manager]}"


def test_a_layer_that_repeats_the_base_is_told_since_when() -> None:
    (found,) = check(HERE / "invalid" / "148-repeats-base")
    message = catalogue.describe(found, "en")
    assert "the same as the base since 1.0.0" in message.cause
    assert "Remove the line, so that later changes reach you" in message.help
