"""The workflow as a Mermaid state diagram."""

from __future__ import annotations

from builder.emit.mermaid import mermaid
from builder.model import Template
from tests.builder.inline import compiled

BODY = """\
workflow:
  states:
    新: {label: {zh: 新建, en: New}, initial: true}
    open: {label: '处理 "中"; #1', initial: true}
    done: {label: 完成, final: true}
  transitions:
    start: {label: {zh: 开始, en: Start}, from: 新, to: open, by: [sales]}
    close: {label: 关闭, from: [新, open], to: done, by: [sales], when: amount > 3}
"""


def template() -> Template:
    """A template with three states, two of them initial, and a guard."""
    result = compiled(BODY, fields="amount: {type: integer, label: 数量, required: true}")
    assert result.template is not None, result.diagnostics
    return result.template


def test_states_ways_guards_beginnings_and_ends() -> None:
    assert mermaid(template(), "zh").splitlines() == [
        "stateDiagram-v2",
        '    state "新建" as s1',
        '    state "处理 #34;中#34;#59; #35;1" as s2',
        '    state "完成" as s3',
        "    [*] --> s1",
        "    [*] --> s2",
        "    s1 --> s2 : 开始",
        "    s1 --> s3 : 关闭 #91;amount #62; 3#93;",
        "    s2 --> s3 : 关闭 #91;amount #62; 3#93;",
        "    s3 --> [*]",
    ]


def test_labels_are_in_the_language_that_is_asked_for_where_there_is_one() -> None:
    drawn = mermaid(template(), "en")
    assert 'state "New" as s1' in drawn
    assert "s1 --> s2 : Start" in drawn
    assert 'state "完成" as s3' in drawn


def test_a_template_without_a_workflow_is_an_empty_diagram() -> None:
    result = compiled("", fields="name: {type: text, label: 名称}")
    assert result.template is not None
    assert mermaid(result.template) == "stateDiagram-v2\n"
