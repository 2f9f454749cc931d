"""One meaning at every door: a page with scripts, one without, the API, `try` and a case say the same of an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from werkzeug.datastructures import MultiDict
from werkzeug.serving import make_server

from builder.case import Case, Step
from builder.model import Company, Template
from renderer.drawing.answers import parse
from renderer.drawing.cabinet import Door, plan_for
from renderer.drawing.plan import PART, Plan
from renderer.house import House
from renderer.shell.trying import attempt
from tests.laws.test_browser_answers import CHECKING_TEXT, forms
from tests.renderer.conftest import HERE, NOW, PASSWORD, make_app
from workflows.guard.access import rights
from workflows.life.asked import COMMENT, asked, names
from workflows.life.cases import run_case
from workflows.record import Actor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Puts raw answers into the controls as a person's typing would, in the order given, and leaves each.
TYPE = """([name, raw]) => {
  const field = document.querySelector(`.field[data-field="${name}"]`);
  const fire = (control, ...kinds) => {
    for (const kind of kinds) control.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  const enter = (box, value) => {
    const own = [...box.querySelectorAll("input, select, textarea")].filter((c) => c.closest("[data-field]") === box);
    const ticks = own.filter((c) => ["radio", "checkbox"].includes(c.type));
    for (const control of ticks) {
      const on = Array.isArray(value) ? value.includes(control.value) : value === true || value === control.value;
      if (control.checked !== on) { control.checked = on; fire(control, "input", "change"); }
    }
    if (ticks.length === 0) {
      own[0].value = value;
      fire(own[0], "input", "change");
      own[0].dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    }
  };
  if (!field.querySelector("template[data-row]")) return enter(field, raw);
  while (field.querySelector("fieldset.row")) field.querySelector('[name="form-remove"]').click();
  raw.forEach((row, number) => {
    field.querySelector('[name="form-add"]').click();
    for (const [column, value] of Object.entries(row)) {
      enter(field.querySelector(`[data-field="${name}.${number}.${column}"]`), value);
    }
  });
}"""
# What a page shows: name → [hidden, the word "required", the fault, the worked out value].
SHOWN = """
const shown = (page) => Object.fromEntries([...page.querySelectorAll("form.form .field[data-field]")].map((field) => {
  const all = (selector) => [...field.querySelectorAll(selector)];
  const own = (selector) => all(selector).find((each) => each.closest("[data-field]") === field);
  const must = own(".must"), hidden = field.closest("[hidden]") !== null;
  const told = hidden ? null : [must && !must.hidden, own(".fault").textContent, own("output")?.textContent];
  return [field.dataset.field, told];
}));
"""
HERE_SHOWN = "() => {" + SHOWN + "return shown(document); }"
# The same page as somebody without scripts meets it: sent, and drawn again.
SENT = (
    """async () => {"""
    + SHOWN
    + """
  const body = new URLSearchParams([...new FormData(document.querySelector("form.form"))]);
  const answer = await fetch(location.href, { method: "POST", body, headers: { Accept: "text/html" } });
  const text = await answer.text();
  return [answer.status, shown(new DOMParser().parseFromString(text, "text/html"))];
}"""
)


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


@dataclass
class Place:
    """A form that is served, and the other ways into it."""

    page: Page
    house: House
    template: Template
    company: Company
    plan: Plan
    token: str


@pytest.fixture(scope="module")
def place(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder: Path = tmp_path_factory.mktemp("five")
    (folder / "templates").mkdir()
    (folder / "formwright.yaml").write_text((HERE / "workspace" / "formwright.yaml").read_text("utf-8"), "utf-8")
    head = "template: checking\nversion: 1.0.0\ntitle: 核对\n"
    (folder / "templates" / "checking.yaml").write_text(head + CHECKING_TEXT, "utf-8")
    head = "template: stepping\nversion: 1.0.0\ntitle: 一步\n"
    (folder / "templates" / "stepping.yaml").write_text(head + STEPPING_TEXT, "utf-8")
    app = make_app(folder)
    house: House = app.extensions["formwright"]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.server_port}", locale="zh-CN")
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("用户名").fill("emil")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("heading").first.wait_for()
    template = house.catalogue.current("checking", "east")
    company = house.service.company()
    own = rights(template, company, Actor(id="emil", roles=frozenset({"clerk"}), department="east"), None)
    plan = plan_for(template, own, "zh", new=True)
    yield Place(page, house, template, company, plan, house.people.create_token("emil", NOW))
    context.close()
    server.shutdown()
    house.store.close()


def typed(
    place: Place, raws: dict[str, Any], order: list[str], address: str = "/f/checking", plan: Plan | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the page with scripts shows of these answers once it is sent, and what its controls made of them."""
    page = place.page
    page.goto(address, wait_until="commit")
    page.locator("#form-status[data-ready]").wait_for(state="attached")
    for name in order:
        page.evaluate(TYPE, [name, raws[name]])
    page.locator("#form-status:not([data-asking])").wait_for(state="attached")
    page.evaluate("document.querySelector('form.form').addEventListener('submit', (event) => event.preventDefault())")
    page.locator(".actions .primary").click()
    pairs = page.evaluate("[...new FormData(document.querySelector('form.form'))]")
    return page.evaluate(HERE_SHOWN), parse(plan or place.plan, MultiDict(map(tuple, pairs)))


def api(place: Place, raws: dict[str, Any], address: str = "/api/v1/checking/records", **more: str) -> dict[str, str]:
    """What the API finds wrong."""
    sent = json.dumps({"data": raws, **more}, ensure_ascii=False)
    return place.page.evaluate(  # type: ignore[no-any-return]
        """async ([body, token, address]) => {
          const headers = { "Content-Type": "application/json", "Accept-Language": "zh" };
          headers.Authorization = `Bearer ${token}`;
          const answer = await fetch(address, { method: "POST", body, headers });
          const { errors = {} } = await answer.json();
          return Object.fromEntries(Object.entries(errors).map(([name, found]) => [name, found.join(" ")]));
        }""",
        [sent, place.token, address],
    )


def drawn(of: Template, count: int) -> list[dict[str, Any]]:
    """So many forms as people might fill them: the same ones each time."""
    found: list[dict[str, Any]] = []

    @settings(max_examples=count, phases=[Phase.generate], derandomize=True)
    @given(forms(of))
    def keep(raws: dict[str, Any]) -> None:
        found.append(raws)

    keep()
    return found


def test_five_ways_say_the_same(place: Place) -> None:
    for raws in drawn(place.template, 30):
        hold(place, raws)


def hold(place: Place, raws: dict[str, Any]) -> None:
    """The five ways, for one form."""
    order = [*raws]
    Random(len(order)).shuffle(order)
    page, raws = typed(place, raws, order)
    raws = {name: raw for name, raw in raws.items() if name != "state"}
    status, plain = place.page.evaluate(SENT)
    assert page == plain if status == 422 else status == 200 and not any(told and told[1] for told in page.values())
    tried = attempt(place.template, place.company, raws, NOW, "zh")
    errors = {name: " ".join(found) for name, found in tried["errors"].items()}  # type: ignore[attr-defined]
    assert {name: told[1] for name, told in page.items() if told and told[1]} == errors
    assert api(place, raws) == errors
    visible = [name for name, told in page.items() if told is not None and "." not in name]
    assert sorted(visible) == sorted(tried["visible"])  # type: ignore[call-overload]
    case = Case(id="c", given=raws, at="2026-01-05T09:30:00", expect={"errors": [*errors], "only": True})
    assert run_case(place.template, place.company, case, "2026-01-05") == ()


STORED = (
    {"title": "甲", "level": "b", "cap": 6},
    {"title": "抖音", "level": "a", "amount": 4},
    {"title": "X", "cap": 1},
)


def test_a_step_says_the_same_four_ways(place: Place) -> None:
    """The page with scripts, without, the API and a case; over records that hold this and that already."""
    template = place.house.catalogue.current("stepping", "east")
    step = template.transitions["close"]
    form = replace(asked(template, step), fields={n: asked(template, step).fields[n] for n in names(step)})
    for number, raws in enumerate(drawn(form, 24)):
        hold_step(place, template, STORED[number % len(STORED)], raws)


def hold_step(place: Place, template: Template, stored: dict[str, Any], raws: dict[str, Any]) -> None:
    emil = Actor(id="emil", roles=frozenset({"clerk"}), department="east")
    id = place.house.service.create(emil, "stepping", stored).id
    opens = place.house.service.asked(emil, id, "close")
    plan = plan_for(opens.template, opens.rights, "zh", new=False, door=Door(asked=opens.asks, page=PART))
    order = [name for name in opens.asks if name in raws]
    assert {*opens.asks} - {*order} == {"half"} and {*raws} - {"state"} == {*order}
    Random(len(order)).shuffle(order)
    page, sent = typed(place, raws, order, f"/r/{id}/do/close", plan)
    comment = str(sent.pop(COMMENT))
    errors = api(place, sent, f"/api/v1/records/{id}/transitions/close", comment=comment)
    said = {COMMENT if name == "comment" else name: text for name, text in errors.items()}
    assert {name: told[1] for name, told in page.items() if told and told[1]} == said
    if errors:  # else the API has taken the step
        status, plain = place.page.evaluate(SENT)
        assert (status, plain) == (422, page)
    given = {"steps": (Step(do="close", data=sent, comment=comment),), "at": "2026-01-05T09:30:00"}
    case = Case(id="c", given=stored, expect={"errors": [*errors], "only": True}, **given)  # type: ignore[arg-type]
    assert run_case(template, place.company, case, "2026-01-05") == ()
