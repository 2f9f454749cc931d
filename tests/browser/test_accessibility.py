"""Every page as people without a mouse, with other eyes or with a small phone meet it (WCAG 2.2 AA).

axe-core judges what a program can judge. What it lets pass is measured here: it takes targets of 16 pixels for large
enough where they stand apart, and it does not press Tab.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import SignIn

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.prove]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAST = 24  # CSS pixels a side: WCAG 2.2, 2.5.8 without its exception for targets that stand apart

# A link inside a sentence and what is only for assistive technology are exempt by 2.5.8; a box counts with its label.
SMALL = """least => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".unseen, .skip, [hidden], p, li p"))
  .map((e) => [e, (["checkbox", "radio"].includes(e.type) && e.closest("label") || e).getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && box.height > 1 && (box.width < least || box.height < least))
  .map(([e, box]) => `${e.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)"""
FOCUSED = """() => { const e = document.activeElement, style = getComputedStyle(e);
  return e === document.body ? null : { element: e.outerHTML.slice(0, 120),
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none" }; }"""


@pytest.fixture(scope="session")
def axe(node_packages: Path) -> str:
    """The source of axe-core."""
    return (node_packages / "axe-core" / "axe.min.js").read_text("utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """What axe finds on a page: rule and element."""
    page.evaluate(axe)  # as a debugger does, past the page's own policy
    own = {"target-size": {"enabled": False}}  # SMALL is stricter, and knows that a label belongs to its box
    found: dict[str, Any] = page.evaluate("([tags, rules]) => axe.run({ runOnly: tags, rules })", [RULES, own])
    return [f"{page.url} {each['id']}: {node['html'][:160]}" for each in found["violations"] for node in each["nodes"]]


def faults(page: Page, axe: str) -> list[str]:
    """All that is wrong with a page, for any of its visitors."""
    small = [f"{page.url} small: {each}" for each in page.evaluate(SMALL, LEAST)]
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*violations(page, axe), *small, *([f"{page.url} scrolls sideways by {width}"] if width > 0 else [])]


def unseen_focus(page: Page, most: int = 400) -> list[str]:
    """What Tab reaches on a page without showing it, from the top to the end."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None:
            return found
        found += [] if at["seen"] else [f"{page.url} focus not seen: {at['element']}"]
    return [*found, f"{page.url} never ends"]


def refused(page: Page) -> None:
    """Send a form that cannot be taken."""
    page.locator(".actions .primary").click()
    page.get_by_role("alert").wait_for()


def form(page: Page) -> Iterator[Page]:
    """The form: as it opens, and refused."""
    page.goto("/f/customer-source")
    yield page
    page.locator("[name=source][value=online]").check()
    page.locator("#platform").fill("互联网")
    page.locator("#phone").fill("12")
    refused(page)
    yield page


def record(page: Page) -> Iterator[Page]:
    """A record: read, changed, refused, and on its way to the next state."""
    page.goto("/l/customer-source/mine")
    page.locator("main table tbody a").first.click()
    page.wait_for_url("**/r/*")
    yield page
    address = page.url
    page.goto(f"{address}/edit")
    yield page
    page.locator("#customer_name").fill("")
    refused(page)
    yield page
    for place, control in (("do/lose", "#form-comment"), ("add/contacts", "[name='contacts.0.kind']")):
        page.goto(f"{address}/{place}")
        page.locator("#form-status[data-ready]").wait_for(state="attached")
        yield page
        page.locator(control).first.focus()
        refused(page)
        yield page


def around(page: Page) -> Iterator[Page]:
    """What there is to do, every list, and what is not there."""
    for address in ("/", "/l/customer-source/mine", "/l/customer-source", "/r/nothing"):
        page.goto(address)
        yield page


def doors(page: Page) -> Iterator[Page]:
    """Links and their codes, paper, and the public door: filled in, refused, checked, thanked."""
    page.goto("/links/customer-source/make/fair")
    yield page
    for field, answer in {"event": "2025年进博会", "place": "上海"}.items():
        page.locator(f"#{field}").fill(answer)
    page.locator(".actions .primary").click()
    page.wait_for_url("**/sheet*")
    yield page
    address = page.locator("input[readonly]").first.input_value()
    for other in ("/links/customer-source", "/blank/customer-source/fair", "/blank/customer-source"):
        page.goto(other)
        yield page
    page.goto(address)
    yield page
    refused(page)
    yield page
    answers = {"contact_name": "李明", "customer_name": "恒远精密", "phone": "13812345678", "product": "数控机床"}
    for field, answer in answers.items():
        page.locator(f"#{field}").fill(answer)
        page.locator(f"#{field}").blur()
        page.wait_for_load_state("networkidle")  # what the server alone can read it has read by now
        page.locator(".actions .primary").click()
        page.locator(f"[name={field}][type=hidden]").wait_for(state="attached")
    yield page
    page.wait_for_timeout(2_000)  # a person needs longer than that anyway
    page.locator(".actions .primary").click()
    page.locator(".reference").wait_for()
    yield page


def links(page: Page) -> Iterator[Page]:
    """A record that is linked to: searched for, chosen, made on the spot; read from both ends, listed."""
    page.goto("/f/ticket")
    yield page
    page.locator("#customer").fill("精密")
    page.locator("[role=option]", has_text="精密").first.wait_for()
    page.locator("#customer").press("ArrowDown")
    yield page
    page.locator("#customer").press("Enter")
    page.locator("#customer").blur()
    page.wait_for_load_state("networkidle")
    yield page
    page.locator("[name=form-for]").click()
    page.locator("#customer_name").wait_for()
    yield page
    page.goto("/l/ticket/open")
    page.locator("main table tbody a").first.click()
    page.wait_for_url("**/r/*")
    yield page
    page.locator("dd a[href^='/r/']").first.click()
    page.locator(".latest").wait_for()
    yield page
    page.goto(f"/l/ticket?linked={page.url.rpartition('/')[2]}")
    yield page


VISITS: dict[str, Callable[[Page], Iterator[Page]]] = {
    "form": form, "record": record, "around": around, "doors": doors, "links": links,
}  # fmt: skip
PLACES = [(width, language) for width in (1280, 375, 320) for language in ("zh", "en")]


@pytest.mark.parametrize(("width", "language"), PLACES)
@pytest.mark.parametrize("visit", VISITS)
def test_every_page_is_for_everybody(sign_in: SignIn, axe: str, visit: str, width: int, language: str) -> None:
    page = sign_in("staff", width=width)
    page.goto(f"/?lang={language}")
    found = [fault for shown in VISITS[visit](page) for fault in faults(shown, axe)]
    assert "\n".join(found) == ""


def test_signing_in_is_for_everybody(sign_in: SignIn, axe: str) -> None:
    page = sign_in("staff", width=320)
    page.get_by_role("button", name="退出").click()
    page.get_by_label("密码").wait_for()
    assert faults(page, axe) == []


@pytest.mark.parametrize("visit", VISITS)
def test_who_comes_by_keyboard_sees_where_he_is(sign_in: SignIn, visit: str) -> None:
    page = sign_in("staff")
    assert [fault for shown in VISITS[visit](page) for fault in unseen_focus(shown)] == []


def test_the_judge_sees_what_is_wrong(sign_in: SignIn, axe: str) -> None:
    """Broken on purpose: a picture without words, a button of 10 pixels, a line that is too long."""
    page = sign_in("staff", width=320)
    page.evaluate("""() => { document.querySelector("main").insertAdjacentHTML("beforeend",
      "<img src='/static/icon.svg'><button class='bad'>x</button><div class='wide'>x</div>");
      Object.assign(document.querySelector(".bad").style,
        { width: "10px", height: "10px", minHeight: "0", padding: "0", display: "block" });
      document.querySelector(".wide").style.width = "2000px"; }""")
    told = "\n".join(faults(page, axe))
    assert "image-alt" in told and "small: <button" in told and "scrolls sideways" in told
