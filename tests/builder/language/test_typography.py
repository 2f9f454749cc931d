"""What authors get wrong in raw lines: the real cause, one finding a line, and the rest is still checked."""

from __future__ import annotations

import pytest

from tests.builder.language.sources import spots, template, whole

GOOD_AND_BAD = "  y: {type: txt, label: 尾}\n"  # a second mistake below the first: both must be found

# (the lines under `fields:`, code, line counted from them, column)
MISTAKES = [
    ("  a:\n    type: text\n    label：备注\n", "full-width-colon", 3, 10),
    ("  a: {type: text， label: 备注}\n", "full-width", 1, 17),
    ("  a: ｛type: text, label: 备注｝\n", "full-width", 1, 6),
    ("  a:\n    type: text\n    label:　备注\n", "full-width-blank", 3, 11),
    ("  a:\n    type: text\n　　label: 备注\n", "full-width-blank", 3, 1),
    ("  a:\n    type: text\n    label:备注\n", "blank-after-colon", 3, 10),
    ("  a: {type: text, label:备注}\n", "blank-after-colon", 1, 24),
    ("  a:\n    type: text\n    label 备注\n", "missing-colon", 3, 10),
    ("  a:\n    type: text\n    label = 备注\n", "missing-colon", 3, 10),
    ("  a: {type: text label: 备注}\n", "missing-comma", 1, 17),
    ("  a: {type: text, label: 甲, help: 请写明平台, 例如 抖音}\n", "comma-ends-text", 1, 40),
    ('  a: {type: text, label: 甲, visible: b in ["x", "y"]}\n', "comma-in-expression", 1, 43),
    ("  a: {type: text, label: 甲, compute: if(b, c, d)}\n", "comma-in-expression", 1, 42),
    ("  a:\n    type: text\n    label: 甲\n    visible: !urgent\n", "exclamation-mark", 4, 14),
    ("  a: {type: text, label: 甲, visible: !urgent}\n", "exclamation-mark", 1, 38),
    ("  a:\n    type: text\n    label: 甲\n    help: 写明 #话题\n", "comment-in-text", 4, 14),
    ("  a: {type: text, label: 甲, help: 写明 #话题}\n", "comment-in-text", 1, 38),
    ("  a:\n    type: text\n    label: 甲\n    compute: b ? c : d\n", "question-mark", 4, 16),
    ("  a:\n    type: text\n    label: 备注: 说明\n", "second-colon", 3, 14),
    ('  a:\n    type: text\n    label: 甲\n    visible: "x" == b\n', "text-after-quote", 4, 18),
    ("  a:\n    type: text\n    label: @甲\n", "reserved-start", 3, 12),
    ("  a:\n    type: integer\n    label: 甲\n    min: >3\n", "reserved-start", 4, 10),
    ("  a:\n    type: text\n    label: '甲\n", "unclosed-quote", 3, 12),
    ('  a: {type: text, label: "甲}\n', "unclosed-quote", 1, 26),
    ("  a: {type: text, label: 甲\n", "unclosed-bracket", 1, 6),
    ("  a: {type: text, label: 甲}}\n", "bracket-too-many", 1, 28),
    ("  a:\n    type: text\n     label: 甲\n", "indentation", 3, 6),
    ("  a:\n    type: text\n   label: 甲\n", "indentation", 3, 4),
    ("  a:\n    type: text\n\tlabel: 甲\n", "tab", 3, 1),
]


@pytest.mark.parametrize(("body", "code", "line", "column"), MISTAKES)
def test_a_mistake_and_the_one_below_it_are_both_found(body: str, code: str, line: int, column: int) -> None:
    _, findings = template(body + GOOD_AND_BAD)
    below = 5 + body.count("\n")
    assert spots(findings) == [(code, 4 + line, column), ("unknown-type", below, 13)]


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("  a:\n    type: text\n    label：备注\n", "label: 备注"),
        ("  a: {type: text, label: 甲, help: 请写明平台, 例如 抖音}\n", "help: '请写明平台, 例如 抖音'"),
        ("  a: {type: text, label: 甲, compute: if(b, c, d)}\n", "compute: 'if(b, c, d)'"),
        ('  a: {type: text, label: 甲, visible: b in ["x", "y"]}\n', 'visible: \'b in ["x", "y"]\''),
        ("  a:\n    type: text\n    label: 甲\n    compute: b ? c : d\n", "compute: if(b, c, d)"),
    ],
)
def test_the_way_out_is_the_line_as_it_was_meant(body: str, written: str) -> None:
    assert [found.args["written"] for found in template(body)[1]] == [written]


def test_not_is_written_for_an_exclamation_mark() -> None:
    _, findings = template("  b:\n    type: text\n    label: 乙\n    visible: !urgent\n")
    assert [(found.code, found.args["meant"]) for found in findings] == [("exclamation-mark", "not urgent")]


def test_a_repaired_expression_goes_on_as_it_was_meant() -> None:
    document, _ = template('  a: {type: text, label: 甲, visible: b in ["x", "y"]}\n')
    assert document is not None
    assert document.data["fields"]["a"]["visible"] == 'b in ["x", "y"]'  # type: ignore[index]


def test_a_comment_with_a_blank_and_signs_in_quotes_are_no_mistake() -> None:
    assert template("  a: {type: text, label: 甲, help: '写明 #话题'}   # 备注：说明\n")[1] == []
    block = "    help: |\n      写明：全称\n      　　#话题\n"
    assert template(f"  a:\n    type: text   # text\n    label: 甲\n{block}")[1] == []


def test_an_unfinished_merge_is_one_finding_and_its_first_side_is_read() -> None:
    ours, theirs = "  a: {type: text, label: 甲}\n", "  a: {type: date, label: 甲}\n"
    document, findings = template(f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> branch\n{GOOD_AND_BAD}")
    assert spots(findings) == [("merge-conflict", 5, 1), ("unknown-type", 10, 13)]
    assert document is not None
    assert document.data["fields"]["a"]["type"] == "text"  # type: ignore[index]


def test_several_lines_that_stop_the_parser_are_all_found() -> None:
    _, findings = template(
        "  a:\n    type: text\n    label：甲\n"
        "  b:\n    type: text\n    label: '乙\n"
        "  c: {type: text, label: 丙\n"
        "  d:\n    type: text\n    label:丁\n"
    )
    assert [(code, line) for code, line, _ in spots(findings)] == [
        ("full-width-colon", 7), ("unclosed-quote", 10), ("unclosed-bracket", 11), ("blank-after-colon", 14),
    ]  # fmt: skip


def test_a_block_indented_too_far_is_one_finding() -> None:
    _, findings = template("  a:\n    type: text\n      label: 甲\n      help: 说明\n      lines: 3\n")
    assert spots(findings) == [("indentation", 7, 7)]


def test_a_swallowed_line_is_named_and_read() -> None:
    document, findings = template("  a:\n    type: text\n      label：备注\n")
    assert spots(findings) == [("full-width-colon", 7, 12)]
    assert document is not None
    assert document.data["fields"]["a"] == {"type": "text", "label": "备注"}  # type: ignore[index]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "~"])
def test_an_empty_file(text: str) -> None:
    assert [found.code for found in whole(text)[1]] == ["empty-file"]


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words", "[a, b]"])
def test_a_file_that_is_no_map(text: str) -> None:
    assert [found.code for found in whole(text)[1]] == ["no-map-file"]


def test_a_control_character() -> None:
    assert spots(template("  a: {type: text, label: 甲\x07乙}\n")[1]) == [("control-character", 5, 27)]
