"""One meaning at every door: a page with scripts, one without, the API, `try` and a case say the same of an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings

from builder.case import Case, Step
from builder.compile import Compiled, compile_sources
from builder.language import Source
from builder.model import Template
from renderer.drawing.cabinet import Door, plan_for
from renderer.drawing.plan import PART
from tests.browser.five import create
from tests.browser.ways import EMIL, Desk, opened
from tests.laws.definitions import COMPANY
from tests.laws.test_browser_answers import CHECKING_TEXT, forms
from workflows.life.asked import COMMENT, asked, names
from workflows.life.cases import run_case

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STEPPING_TEXT = """
fields:
  title: {type: text, label: 题, required: true}
  level: {type: choice, label: 级, options: {a: 甲, b: 乙}}
  cap: {type: integer, label: 顶}
  amount: {type: integer, label: 数, min: 1, max: =cap}
  word: {type: text, label: 字, visible: level == "b" or amount > 3, valid: {check: word != title, say: 与题相同}}
  agreed: {type: boolean, label: 同意, visible: given(amount)}
  phone: {type: phone, label: 电话}
  note: {type: text, label: 记, visible: state == "done", required: amount > 5}
  lines: {type: rows, label: 行, fields: {n: {type: integer, label: N, max: =cap, required: true}}}
workflow:
  states: {open: {label: 开, initial: true}, done: {label: 完, final: true}}
  transitions:
    close:
      {label: 关, from: open, to: done, by: [clerk], comment: required,
       requires: [amount, word, agreed, phone, note, lines],
       fields: {
         why: {type: choice, label: 因, required: true, options: {x: X, y: Y}},
         more: {type: text, label: 更, visible: why == "y" or level == "b", required: amount > 2, max: 4},
         fee: {type: money, label: 费, default: 5, max: =cap},
         half: {type: money, label: 半, compute: 'round(fee / 2, 2)'}}}
access: {record: {create: [clerk], read: [staff], write: [staff]}}
"""


def form(id: str, text: str) -> Compiled:
    """A form of the company's."""
    head = f"template: {id}\nversion: 1.0.0\ntitle: 试验\n"
    return compile_sources([Source("formwright.yaml", COMPANY, "workspace"), Source("t.yaml", head + text, "template")])


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    both = [form("checking", CHECKING_TEXT), form("stepping", STEPPING_TEXT)]
    with opened(browser, tmp_path_factory.mktemp("five"), both) as found:
        yield found


def drawn(of: Template, count: int) -> list[dict[str, Any]]:
    """So many forms as people might fill them: the same ones each time."""
    found: list[dict[str, Any]] = []

    @settings(max_examples=count, phases=[Phase.generate], derandomize=True)
    @given(forms(of))
    def keep(raws: dict[str, Any]) -> None:
        found.append(raws)

    keep()
    return found


def test_five_ways_say_the_same(desk: Desk) -> None:
    of = desk.template("checking")
    for number, raws in enumerate(drawn(of, 30)):
        create(desk, of, raws, Random(number))


STORED = (
    {"title": "甲", "level": "b", "cap": 6},
    {"title": "抖音", "level": "a", "amount": 4},
    {"title": "X", "cap": 1},
)


def test_a_step_says_the_same_four_ways(desk: Desk) -> None:
    """The page with scripts, without, the API and a case; over records that hold this and that already."""
    template = desk.template("stepping")
    asks = asked(template, template.transitions["close"])
    form = replace(asks, fields={name: asks.fields[name] for name in names(template.transitions["close"])})
    for number, raws in enumerate(drawn(form, 24)):
        hold_step(desk, template, STORED[number % len(STORED)], raws)


def hold_step(desk: Desk, template: Template, stored: dict[str, Any], raws: dict[str, Any]) -> None:
    id = desk.house.service.create(EMIL, "stepping", stored).id
    opens = desk.house.service.asked(EMIL, id, "close")
    plan = plan_for(opens.template, opens.rights, "zh", new=False, door=Door(asked=opens.asks, page=PART))
    own = {name: raws[name] for name in opens.asks if name in raws}
    assert {*opens.asks} - {*own} == {"half"} and {*raws} - {"state"} == {*own}
    page, sent = desk.typed(f"/r/{id}/do/close", plan, own, Random(len(own)))
    comment = str(sent.pop(COMMENT))
    errors = desk.api("POST", f"/api/v1/records/{id}/transitions/close", sent, good=200, comment=comment).errors
    said = {COMMENT if name == "comment" else name: text for name, text in errors.items()}
    assert {name: told[1] for name, told in page.items() if told and told[1]} == said
    if errors:  # else the API has taken the step
        plain = desk.sent()
        assert (plain["status"], plain["shown"]) == (422, page)
    given = {"steps": (Step(do="close", data=sent, comment=comment),), "at": "2026-01-05T09:30:00"}
    case = Case(id="c", given=stored, expect={"errors": [*errors], "only": True}, **given)  # type: ignore[arg-type]
    assert run_case(template, desk.company, case, "2026-01-05") == ()
