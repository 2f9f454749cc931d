"""A template's own examples: what holds, and every way of not holding."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from builder.compile import compile_template
from builder.workspace import Workspace
from tests.workflows.world import company, compiled
from workflows.life.cases import run_cases
from workflows.life.expectations import Failure

FORM = """
fields:
  name: {type: text, label: 名称, required: true}
  source:
    {type: choice, label: 来源, required: true, options: {online: {label: 线上, synonyms: [网络营销]}, offline: 线下}}
  platform:
    type: text
    label: 平台
    visible: source == "online"
    required: true
    refuse: {values: [互联网], say: {zh: 请写明平台, en: Name the platform}}
  since: {type: date, label: 日期, default: =today()}
  amount: {type: money, label: 金额}
  report: {type: text, label: 报告}
  judge: {type: person, label: 评审}
tags: {size: {label: 规模, options: {big: {label: 大单, when: amount > 100}}}}
workflow:
  states: {new: {label: 新, initial: true}, open: 进行, won: {label: 成交, final: true}}
  transitions:
    start: {label: 开始, from: new, to: open, by: [sales]}
    drop: {label: 作废, from: open, to: won, by: [judge, service@service], comment: required}
    win: {label: 成交, from: open, to: won, by: [superior, manager], requires: [report], comment: required}
access: {record: {create: [sales], read: [owner, department, manager, judge, service], write: [owner]}}
cases:
"""
GIVEN = "given: {name: 甲, source: 网络营销, platform: 抖音, amount: '1,000.50'}"


def run(case: str) -> tuple[Failure, ...]:
    """What goes otherwise in one case over the form."""
    found = compiled(FORM + textwrap.indent(f"the:\n{textwrap.indent(textwrap.dedent(case).strip(), '  ')}", "  "))
    assert found.template is not None
    return run_cases(found.template, company(), "2026-01-05")["the"]


HOLD = [
    "given: {name: 甲, source: offline, platform: 抖音}\nexpect: {absent: [platform, report, size]}",
    "given: {source: online, platform: 互联网}\nexpect: {errors: {platform: 请写明平台}}",
    "given: {source: online, platform: 互联网}\nexpect: {errors: {platform: Name the, name: required}, only: true}",
    f"{GIVEN}\nexpect: {{errors: {{}}, only: true, values: {{source: online, amount: 1000.5, since: 2026-01-05}}}}",
    f"at: 2025-05-06T08:00\n{GIVEN}\nexpect: {{values: {{since: 2025-05-06}}, tags: [size.big], state: new}}",
    f"{GIVEN}\nexpect: {{tags: [size.big], enabled: [start], only: true}}",
    f"{GIVEN}\nexpect: {{values: {{completeness: 100, state: new}}}}",  # there is no checklist
    f"""
    {GIVEN}
    steps:
      - {{do: start}}
      - {{set: {{amount: 5}}}}
      - {{as: superior, do: win, comment: 好}}
    expect: {{state: open, errors: {{report: 还没有填写}}, only: true, enabled: [win]}}
    """,
    f"""
    {GIVEN}
    steps: [{{as: sales.2, do: start}}, {{set: {{report: r}}}}, {{as: manager, do: win, comment: 好}}]
    expect: {{state: won, values: {{report: r}}}}
    """,
    *(
        f"{GIVEN[:-1]}, judge: jiang}}\nsteps: [{{do: start}}, {{as: {who}, do: drop}}]\n"
        "expect: {state: open, errors: {comment: 还没有填写}, only: true}"
        for who in ("judge", "service@service")
    ),
    f"{GIVEN[:-1]}, state: won}}\nexpect: {{errors: {{state: ''}}, only: true}}",
]


@pytest.mark.parametrize("case", HOLD)
def test_a_case_that_holds(case: str) -> None:
    assert run(case) == ()


FAIL = [
    (f"{GIVEN}\nexpect: {{absent: [platform, report]}}", Failure("absent", "platform", None, "抖音")),
    (f"{GIVEN}\nexpect: {{state: won}}", Failure("state", "state", "won", "new")),
    (f"{GIVEN}\nexpect: {{values: {{amount: 3}}}}", Failure("values", "amount", "3", 100050)),
    (f"{GIVEN}\nexpect: {{values: {{completeness: 50}}}}", Failure("values", "completeness", "50", "100")),
    (f"{GIVEN}\nexpect: {{errors: {{name: 填写}}}}", Failure("errors", "name", "填写", [])),
    (f"{GIVEN}\nexpect: {{enabled: [win]}}", Failure("enabled", "enabled", ["win"], ["start"])),
    (
        "given: {name: 甲, source: offline}\nexpect: {tags: [size.big]}",
        Failure("tags", "tags", ["size.big"], []),
    ),
    (f"{GIVEN}\nsteps: [{{as: manager, do: start}}]\nexpect: {{state: open}}",
     Failure("step", "1 start", "", "not-yours")),
    (f"{GIVEN}\nsteps: [{{as: auditor, do: start}}]\nexpect: {{state: open}}",
     Failure("step", "1 start", "", "not-yours")),
    (f"{GIVEN}\nsteps: [{{do: start}}, {{as: service, do: drop, comment: x}}]\nexpect: {{state: won}}",
     Failure("step", "2 drop", "", "not-yours")),
    (f"{GIVEN}\nsteps: [{{as: public, do: start}}]\nexpect: {{state: won}}",
     Failure("step", "1 start", "", "no-such-record")),
    (f"{GIVEN}\nsteps: [{{do: win}}]\nexpect: {{state: won}}",
     Failure("step", "1 win", "", "not-from-this-state")),
    (f"{GIVEN}\nsteps: [{{as: sales.2, set: {{amount: 1}}}}]\nexpect: {{state: new}}",
     Failure("step", "1 set", "", "may-not-write-field")),
]  # fmt: skip


@pytest.mark.parametrize(("case", "failure"), FAIL)
def test_a_case_that_does_not_hold_says_what_was_there(case: str, failure: Failure) -> None:
    assert run(case) == (failure,)


def test_steps_need_a_record_that_could_be_made() -> None:
    (failure,) = run("given: {name: 甲}\nsteps: [{do: start}]\nexpect: {state: open}")
    assert failure.name == "given" and list(failure.got) == ["source"]  # type: ignore[call-overload]


def test_only_tells_of_an_error_too_many() -> None:
    (failure,) = run("given: {source: online}\nexpect: {errors: {name: required}, only: true}")
    assert (failure.kind, failure.name) == ("errors", "platform")


def test_the_creator_is_of_the_department_that_may_create() -> None:
    form = FORM.replace("create: [sales]", "create: [sales@marketing]").replace("by: [sales]", "by: [sales@marketing]")
    found = compiled(form + f"  the: {{{GIVEN}, steps: [{{do: start}}], expect: {{state: open}}}}")
    assert found.template is not None
    assert run_cases(found.template, company(), "2026-01-05")["the"] == ()


OVERLAY = """
overlay: marketing
extends: t@1.0.0
add:
  fields: {campaign: {type: text, label: 编号, required: true}}
  cases:
    own: {given: {name: 甲, source: offline, campaign: C1}, expect: {values: {campaign: C1}, errors: {}, only: true}}
    short: {given: {name: 甲, source: offline}, expect: {errors: {campaign: 填写}, only: true}}
"""


def test_a_clone_runs_its_own_cases_in_its_own_words() -> None:
    found = compiled(FORM + f"  base: {{{GIVEN}, expect: {{errors: {{}}, only: true}}}}", OVERLAY)
    assert found.template is not None
    results = run_cases(found.template, company(), "2026-01-05")
    assert len(results) == 2 and set(results.values()) == {()}


def test_the_worked_example_runs_its_cases() -> None:
    workspace = Workspace.find(Path(__file__).parents[2] / "language" / "valid" / "40-example")
    found = compile_template(workspace, workspace.resolve("customer-source"))
    assert found.diagnostics == () and found.template is not None and found.company is not None
    results = run_cases(found.template, found.company, "2026-01-05")
    assert results == {"vague_platform": (), "qr": ()}
