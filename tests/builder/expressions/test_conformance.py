"""One meaning: random typed trees over random records give the same in Python and JavaScript, bit by bit."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pytest

from builder.expressions import Node
from builder.expressions.emitter import emit
from builder.expressions.tree import walk
from tests.builder.expressions import golden
from tests.builder.expressions.judge import KERNEL, Asked, Case, Judge, PageJudge, same
from tests.builder.expressions.trees import PRODUCTIONS, Production, cells, record, trees
from tests.builder.expressions.world import SITUATION, compiled

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RECORDS = 4  # for each tree
BATCH = 2_000
KERNEL_TEXT = KERNEL.read_text("utf-8")
# What a kernel must not do: a piece of its text, and the fault in its place.
FAULTS = {
    "−0 stays": ("x + 0 : null); // + 0", "x : null); // + 0"),
    "whole numbers have no limit": ("Math.abs(x) <= LARGEST", "true"),
    "infinity is a number": ("Number.isFinite(x)", "true"),
    "inherited properties are fields": ("Object.hasOwn(record, name)", "name in record"),
    "blank texts are texts": ("value !== null && INK.test(value) ? value : null", "value"),
    "absent equals absent": ("asked((a, b) => a === b)", "(a, b) => a === b"),
    "texts order by code unit": ("unit >= 0xd800 ? unit + 0x2000", "unit >= 0xd800 ? unit"),
    "<= is <": ("order(a, b) <= 0", "order(a, b) < 0"),
    "one by zero is something": ("b === 0 ? null : finite(a / b)", "finite(a / (b || 1))"),
    "% has the dividend's sign": ("rest < 0 !== b < 0 ? rest + b : rest", "false ? rest + b : rest"),
    "halves go up, not away": ("rest * 2 >= step", "rest * 2 >= step + (a < 0)"),
    "halves go down": ('digits[kept] >= "5"', 'digits[kept] > "5"'),
    "decimals keep the dust of binary": ("spelt(x, 14)", "spelt(x, 17)"),
    "every fourth year is a leap year": ("year % 100 !== 0 ||", "true ||"),
    "months run over their end": ("Math.min(day, last(y, m))", "day"),
    "a month is whole a day early": ("last(year, month)) > day", "last(year, month)) > day + 1"),
    "days count what is begun": ("apart > 0 && later ? apart - 1", "apart > 0 && later ? apart"),
    "an absent list breaks": ("all = (items, body) => (items ?? [])", "all = (items, body) => items"),
    "all of nothing is false": (".every((item) => body(item))", ".some((item) => body(item))"),
    "avg counts the absent": ("there(items).length);", "(items ?? []).length);"),
    "size counts code units": ("[...value].length", "value.length"),
    "trim takes what JavaScript takes": ("value.slice(Math.max(value.search(INK), 0), end)", "value.trim()"),
    "cents lose their nought": ('padStart(scale + 1, "0")', 'padStart(scale, "0")'),
    "big numbers are written with an exponent": ('sign + digits.padEnd(point, "0")', "String(x)"),
    "labels are looked for in objects": ("texts.get(value) ?? value", "({})[value] ?? texts.get(value) ?? value"),
    "days are read as they come": ("known ? `${pad(year, 4)}", "true ? `${pad(year, 4)}"),
}  # fmt: skip


@pytest.fixture(scope="module")
def judge(node: str) -> Iterator[Asked]:
    with Judge(node) as made:
        yield made


@pytest.fixture(scope="module")
def page_judge(browser: Browser) -> Iterator[Asked]:
    page = browser.new_page()
    yield PageJudge(page)
    page.close()


def disagreements(judge: Asked, made: Sequence[Node], cases: Sequence[Case]) -> list[tuple[Any, ...]]:
    """The cases that do not give the same, with both values."""
    functions = [emit(tree) for tree in made]
    found = judge.values(made, cases)
    pairs = ((case, functions[case[0]](case[1], SITUATION, case[2]), js) for case, js in zip(cases, found, strict=True))
    return [(made[case[0]], case[1], python, js) for case, python, js in pairs if not same(python, js)]


def drawn(count: int, chance: random.Random) -> tuple[list[Node], list[Case]]:
    """So many cases: random trees, each with some random records."""
    made = trees(count // RECORDS, chance)
    return made, [(i, record(chance), cells(chance)) for i in range(len(made)) for _ in range(RECORDS)]


def agree(judge: Asked, count: int, seed: int) -> Counter[str]:
    """Hold so many cases, batch by batch; how often each operation came with each types."""
    judge.load(KERNEL_TEXT)
    chance, seen = random.Random(seed), Counter[str]()
    for _ in range(0, count, BATCH):
        made, cases = drawn(BATCH, chance)
        assert not disagreements(judge, made, cases)
        seen.update(Production(n.kind, n.type, tuple(a.type for a in n.args)).name for t in made for n in walk(t))
    return seen


@pytest.mark.slow
def test_python_and_javascript_agree(judge: Asked) -> None:
    seen = agree(judge, 10_000, seed=1)
    assert [each.name for each in PRODUCTIONS if not seen[each.name]] == []


@pytest.mark.slow
@pytest.mark.browser
def test_python_and_a_browser_agree(page_judge: Asked) -> None:
    seen = agree(page_judge, 10_000, seed=1)
    assert [each.name for each in PRODUCTIONS if not seen[each.name]] == []


@pytest.mark.prove
@pytest.mark.browser
def test_python_and_a_browser_agree_at_length(page_judge: Asked) -> None:
    seen = agree(page_judge, 100_000, seed=2)
    assert [(each.name, seen[each.name]) for each in PRODUCTIONS if seen[each.name] < 50] == []


@pytest.mark.prove
def test_python_and_javascript_agree_at_length(judge: Asked) -> None:
    seen = agree(judge, 100_000, seed=2)
    assert [(each.name, seen[each.name]) for each in PRODUCTIONS if seen[each.name] < 50] == []


@pytest.mark.slow
def test_each_fault_in_the_kernel_is_caught(judge: Asked) -> None:
    made, cases = drawn(6_000, random.Random(3))
    table = tuple(golden.golden())
    cases += [(len(made) + i, case.values, {}) for i, case in enumerate(table)]
    made += [compiled(case.text, golden.SCOPE).tree for case in table]
    missed = []
    for fault, (right, wrong) in FAULTS.items():
        assert KERNEL_TEXT.count(right) == 1, f"{right!r} is not in the kernel once"
        judge.load(KERNEL_TEXT.replace(right, wrong))
        if not disagreements(judge, made, cases):
            missed.append(fault)
    assert missed == []
    assert len(FAULTS) >= 20
