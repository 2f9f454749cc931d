"""The box that offers records while somebody types: by keyboard, by touch, with words that are still being composed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import SignIn

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def opened(page: Page) -> Page:
    """The form of a ticket, its box of the customer in focus."""
    page.goto("/f/ticket")
    page.locator("#customer").focus()
    page.locator("[role=listbox] [role=option]").first.wait_for()
    return page


def test_the_keyboard_chooses_and_what_follows_is_told(sign_in: SignIn) -> None:
    page = opened(sign_in("staff"))
    box = page.get_by_role("combobox", name=re.compile("客户"))
    box.fill("精密")
    page.locator("[role=option]:first-child", has_text="精密").wait_for()
    box.press("ArrowDown")
    box.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    name = chosen.inner_text().split()[0]
    box.press("Enter")
    assert box.input_value() == name and box.get_attribute("aria-expanded") == "false"
    page.locator("#contact", has_text=re.compile(r"\S")).wait_for()  # live, from the server
    page.locator("#subject").fill("主轴异响")
    page.locator(".actions").get_by_role("button", name="保存").click()
    assert page.get_by_role("link", name=name).is_visible()


def test_a_finger_chooses_and_escape_closes(sign_in: SignIn) -> None:
    page = opened(sign_in("staff", width=375))
    page.locator("#customer").press("Escape")
    assert not page.locator("[role=listbox]").is_visible()
    page.locator("#customer").press("ArrowDown")
    first = page.locator("[role=option]").first
    first.wait_for()
    height = first.bounding_box()
    assert height is not None and height["height"] >= 40  # to be met by a finger
    name = first.inner_text().split()[0]
    first.click()
    assert page.locator("#customer").input_value() == name


def test_letters_that_are_being_composed_are_not_searched_for(sign_in: SignIn) -> None:
    page = opened(sign_in("staff"))
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.post_data or "") if "/find/" in sent.url else None)
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "jing", "selectionStart": 4, "selectionEnd": 4})
    page.locator("#customer").press("Enter")  # takes the word over: sends nothing, chooses nothing
    session.send("Input.insertText", {"text": "精密"})
    page.locator("[role=option]:first-child", has_text="精密").wait_for()
    assert not any("jing" in each for each in asked) and page.url.endswith("/f/ticket")


def test_a_chosen_record_that_is_typed_over_is_looked_for_anew(sign_in: SignIn) -> None:
    page = opened(sign_in("staff"))
    page.locator("[role=option]").first.click()
    page.locator("#subject").fill("主轴异响")
    page.locator("#customer").fill("没有这样一家")
    page.locator(".actions").get_by_role("button", name="保存").click()
    assert page.get_by_text("没有找到“没有这样一家”。").is_visible()
    page.locator("#customer").fill("")
    page.locator(".actions").get_by_role("button", name="保存").click()
    assert page.locator("#customer-fault").inner_text() == "这里还没有填写。"


def test_a_customer_made_on_the_spot_is_chosen_at_once(sign_in: SignIn) -> None:
    page = sign_in("staff")
    page.goto("/f/ticket")
    page.locator("#subject").fill("电机过热")
    page.locator("#customer").fill("张江新厂")
    page.get_by_role("button", name="新建客户来源登记").click()
    assert page.locator("#customer_name").input_value() == "张江新厂"
    page.get_by_role("radio", name="合作渠道").check()
    for name, text in {"partner_name": "华东代理商", "partner_person": "王磊", "contact_name": "李明"}.items():
        page.locator(f"#{name}").fill(text)
    page.locator("#phone").fill("138 1234 5678")
    page.locator("#product").fill("数控机床")
    page.locator(".actions").get_by_role("button", name="保存").click()
    page.wait_for_url("**/f/ticket")
    assert page.locator("#customer").input_value() == "张江新厂"
    assert page.locator("#subject").input_value() == "电机过热"
    assert page.locator("#contact").inner_text() == "李明"
