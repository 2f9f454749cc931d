"""A form reacts while it is filled: composing input, the keyboard alone, rows, and what only the server can say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Served, SignIn

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADVICE = "请写明平台或活动，例如 抖音直播带货"


def opened(sign_in: SignIn, width: int = 1280) -> Page:
    """The starter's form, listening."""
    page = sign_in("staff", width=width)
    page.goto("/f/customer-source")
    page.locator("#form-status[data-ready]").wait_for(state="attached")
    return page


def active(page: Page) -> str:
    """The name of the control that has the focus."""
    return str(page.evaluate("document.activeElement.name || document.activeElement.id"))


def test_composing_is_neither_judged_nor_sent(sign_in: SignIn) -> None:
    page = opened(sign_in)
    page.get_by_role("radio", name="线上渠道").check()
    page.locator("#platform").fill("互联网")
    page.locator("#method").focus()
    assert page.locator("#platform-fault").inner_text() == ADVICE
    page.locator("#platform").fill("")
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": "zhan", "selectionStart": 4, "selectionEnd": 4})
    assert page.locator("#source_text").inner_text() == ""  # what is composed is nobody's answer yet
    enter = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
    assert not page.evaluate(f"document.getElementById('platform').dispatchEvent({enter})")
    page.evaluate("document.querySelector('form.form').requestSubmit()")
    assert not page.locator("#fault-summary").is_visible()
    keys.send("Input.insertText", {"text": "知乎"})
    assert page.locator("#platform").input_value() == "知乎"
    assert page.locator("#source_text").inner_text() == "知乎"
    assert page.locator("#platform-fault").inner_text() == ""


def test_a_fault_shows_when_a_field_was_left_and_goes_while_it_is_mended(sign_in: SignIn) -> None:
    page = opened(sign_in)
    page.get_by_role("radio", name="线上渠道").check()
    platform, fault = page.locator("#platform"), page.locator("#platform-fault")
    platform.press_sequentially("线上")
    assert fault.inner_text() == ""
    platform.press("Tab")
    assert fault.inner_text() == ADVICE and platform.get_attribute("aria-invalid") == "true"
    platform.press_sequentially("广告")
    assert fault.inner_text() == "" and platform.get_attribute("aria-invalid") == "false"


def test_what_only_the_server_reads_is_said_in_the_background(sign_in: SignIn) -> None:
    page = opened(sign_in)
    address = page.url
    page.locator("#phone").fill("12345")
    page.locator("#phone").press("Tab")
    page.locator("#phone-fault", has_text="这不是有效的电话号码").wait_for()
    page.locator("#phone").fill("138 1234 5678")
    assert page.locator("#phone-fault").inner_text() == ""
    page.locator("#phone").press("Tab")
    page.locator('[data-field="email"] .must').wait_for(state="hidden")
    assert page.url == address and active(page) == "email"


def test_a_public_page_reacts_as_well(sign_in: SignIn, served: Served, browser: Browser) -> None:
    shell = [sys.executable, str(Path(__file__).parents[2] / "cli.py"), "-C", str(served.folder)]
    link = [*shell, "link", "create", "customer-source", "website"]
    made = subprocess.run(link, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    context = browser.new_context(base_url=served.address, locale="zh-CN")
    page = context.new_page()
    page.goto("/p/" + made.strip().rsplit("/p/", 1)[1])
    page.locator("#form-status[data-ready]").wait_for(state="attached")
    page.locator("#phone").fill("12345")
    page.locator("#phone").press("Tab")
    page.locator("#phone-fault", has_text="这不是有效的电话号码").wait_for()
    page.locator("#contact_name").fill("李明")
    page.locator(".actions .primary").click()
    assert active(page) == "fault-summary" and "电话" in page.locator("#fault-summary").inner_text()
    context.close()


def test_the_keyboard_alone_fills_corrects_and_sends(sign_in: SignIn) -> None:
    page = opened(sign_in)
    page.locator("#source").focus()
    page.keyboard.press("Space")
    assert page.locator("#platform").is_visible()
    page.locator("#method").focus()
    page.keyboard.type("直播")
    page.keyboard.press("Enter")
    assert active(page) == "fault-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert active(page) == "platform"
    page.keyboard.type("抖音")
    assert page.locator("#form-status").inner_text().startswith("还有")
    page.keyboard.press("Tab")
    assert active(page) == "method"
    assert "渠道平台" not in page.locator("#fault-summary").inner_text()
    count = page.locator("#fault-summary li").count()
    assert page.title().startswith(f"（{count} 处错误）")


def test_rows_come_move_and_go_under_the_keyboard(sign_in: SignIn) -> None:
    page = opened(sign_in, width=375)
    add = page.locator('button[name="form-add"][value="touches"]')
    for word in ("甲", "乙"):
        add.focus()
        page.keyboard.press("Enter")
        assert active(page).startswith("touches.")
        page.locator("#touches .row, .row").last.locator('[name$=".note"]').fill(word)
    assert page.locator("#form-status").inner_text() == "已添加第 2 行"
    page.locator('button[name="form-up"][value="touches.1"]').focus()
    page.keyboard.press("Enter")
    assert [page.locator(f'[name="touches.{n}.note"]').input_value() for n in (0, 1)] == ["乙", "甲"]
    assert page.evaluate("document.activeElement.name + document.activeElement.value") == "form-downtouches.0"
    page.locator('button[name="form-remove"][value="touches.0"]').focus()
    page.keyboard.press("Enter")
    assert page.locator('[name="touches.0.note"]').input_value() == "甲"
    assert page.evaluate("document.activeElement.value") == "touches.0"
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_what_comes_and_goes_above_moves_nothing_under_ones_hands(sign_in: SignIn) -> None:
    page = opened(sign_in, width=375)
    page.locator("#product").scroll_into_view_if_needed()
    page.locator("#product").focus()
    before = page.locator("#product").bounding_box()
    page.evaluate("""() => {
      const radio = document.querySelector('[name="source"][value="online"]');
      radio.checked = true;
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    }""")
    after = page.locator("#product").bounding_box()
    assert page.locator("#platform").is_visible()
    assert before and after and abs(before["y"] - after["y"]) < 2


def own_record(page: Page) -> str:
    """The address of a record of one's own, as the starter has it."""
    page.goto("/l/customer-source/mine")
    page.locator("main table tbody a").first.click()
    page.wait_for_url("**/r/*")
    return page.url


def test_a_steps_comment_is_asked_like_any_field(sign_in: SignIn) -> None:
    page = sign_in("staff", width=375)
    address = f"{own_record(page)}/do/lose"
    page.goto(address)
    page.locator("#form-status[data-ready]").wait_for(state="attached")
    assert page.locator("#form-comment").get_attribute("aria-required") == "true"
    page.locator(".actions .primary").click()
    assert page.url == address and active(page) == "fault-summary"
    assert page.locator("#form-comment-fault").inner_text() == "这里还没有填写。"
    page.locator("#fault-summary a").click()
    assert active(page) == "form-comment"
    page.keyboard.type("预算取消")
    assert page.locator("#form-comment-fault").inner_text() == "" and not page.locator("#fault-summary").is_visible()


def test_an_entry_of_a_log_is_judged_while_it_is_written(sign_in: SignIn) -> None:
    page = sign_in("staff")
    page.goto(f"{own_record(page)}/add/contacts")
    page.locator("#form-status[data-ready]").wait_for(state="attached")
    topic, fault = page.locator("[name='contacts.0.topic']"), page.locator("[id='contacts.0.topic-fault']")
    topic.fill("很长" * 21)
    topic.press("Tab")
    fault.filter(has_text="40").wait_for()
    topic.fill("报价")
    assert fault.inner_text() == ""
    page.locator(".actions .primary").click()
    missing = page.locator("[id='contacts.0.fact-fault']")
    missing.filter(has_text="这里还没有填写。").wait_for()
    page.locator("[name='contacts.0.kind']").first.check()
    page.locator("[name='contacts.0.fact']").fill("对方要求缩短交期")
    page.locator("[name='contacts.0.fact']").press("Tab")
    page.locator("#form-status:not([data-asking])").wait_for(state="attached")
    assert missing.inner_text() == ""
    page.locator(".actions .primary").click()
    page.locator(".history").wait_for()


def test_a_chosen_record_is_known_at_once(sign_in: SignIn) -> None:
    page = sign_in("staff")
    page.goto("/f/ticket")
    page.locator("#form-status[data-ready]").wait_for(state="attached")
    page.locator(".actions .primary").click()
    fault = page.locator("#customer-fault")
    assert fault.inner_text() == "这里还没有填写。"
    page.locator("#customer").focus()
    page.locator("[role=listbox] [role=option]").first.wait_for()
    held: list[object] = []  # what the page asks now is never answered
    page.route("**/f/ticket", lambda route: held.append(route))
    page.locator("[role=listbox] [role=option]").first.click()
    assert fault.inner_text() == ""


def test_times_and_new_entries_of_a_log_are_judged_without_the_server(sign_in: SignIn) -> None:
    page = opened(sign_in)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.locator("#next_contact").fill("2019-12-31T23:59")
    page.locator("#product").focus()
    assert page.locator("#next_contact-fault").inner_text() == "不能早于 2020-01-01 00:00。"
    page.locator("#next_contact").fill("2026-12-31T09:30")
    assert page.locator("#next_contact-fault").inner_text() == ""
    page.locator('button[name="form-add"][value="contacts"]').click()
    page.locator('[name="contacts.0.topic"]').fill("样机")
    page.locator(".actions .primary").click()
    fault = page.locator('[data-field="contacts.0.fact"] .fault')
    assert fault.inner_text() == "这里还没有填写。"
    page.locator('[name="contacts.0.fact"]').fill("看过样机")
    assert fault.inner_text() == ""
    assert asked == []


def test_without_scripts_a_page_drawn_again_opens_where_it_was_left(sign_in: SignIn) -> None:
    page = sign_in("staff", width=375, scripts=False)
    page.goto("/f/customer-source")
    for button in ('[name="form-add"][value="touches"]', '[name="form-remove"][value="touches.0"]'):
        page.locator(f"button{button}").click()
        top, height = page.evaluate("[touches.getBoundingClientRect().top, innerHeight]")
        assert 0 <= top < height
    page.locator('button[name="form-update"]').last.click()
    assert page.evaluate("scrollY") > 0
    for _ in range(2):  # once more from where the summary has led
        page.locator(".actions .primary").click()
        top, height = page.locator(".summary").evaluate("it => [it.getBoundingClientRect().top, innerHeight]")
        assert 0 <= top < height and page.url.endswith("/f/customer-source")
        page.locator(".summary a").last.click()
