"""The main job, end to end, in a browser: domain rows A2–A4, B1, C6, E14 and the departments' tenancy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import SignIn

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADVICE = "请写明平台或活动，例如 抖音直播带货"


def fill_online(page: Page, platform: str) -> None:
    """An online record with everything but a good platform."""
    page.get_by_role("radio", name="线上渠道").check()
    page.locator("#platform").fill(platform)
    page.locator("#method").fill("关键词引流")
    page.locator("#keyword").fill("数控机床")
    page.locator("#customer_name").fill("华东智造二厂")
    page.locator("#contact_name").fill("李明")
    page.locator("#phone").fill("138 1234 5678")
    page.locator("#product").fill("数控机床")


def save(page: Page) -> None:
    """Press the button that everybody sees."""
    page.locator(".actions").get_by_role("button", name="保存").click()


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (375, False)], ids=["office", "phone without scripts"])
def test_staff_record_a_source_and_move_it_on(sign_in: SignIn, width: int, scripts: bool) -> None:
    page = sign_in("staff", width=width, scripts=scripts)
    page.get_by_role("link", name="新建客户来源登记").click()
    assert not page.locator("#platform").is_visible()
    page.get_by_role("radio", name="线上渠道").check()
    if not scripts:
        page.get_by_role("button", name="按所选内容更新表单").first.click()
    page.locator("#platform").wait_for(state="visible")

    fill_online(page, "互联网")
    save(page)
    assert page.get_by_role("alert").get_by_role("link", name=re.compile(ADVICE)).is_visible()
    assert page.locator("#platform-fault").inner_text() == ADVICE
    assert page.locator("#customer_name").input_value() == "华东智造二厂"
    assert page.title().startswith("（1 处错误）")

    page.get_by_role("alert").get_by_role("link").click()
    page.locator("#platform").fill("百度搜索")
    save(page)
    assert page.get_by_role("status").inner_text() == "已保存为新记录。"
    assert page.get_by_text("百度搜索-关键词引流(数控机床)").first.is_visible()
    assert page.locator(".head .chip").inner_text() == "潜在客户"

    page.get_by_role("button", name="确认意向").click()
    assert page.locator(".head .chip").inner_text() == "意向客户"
    told = page.locator(".history").inner_text()
    assert "确认意向" in told and "潜在客户 → 意向客户" in told and "陈晓" in told
    assert page.evaluate("document.documentElement.scrollWidth") <= width if scripts else True


def test_marketing_has_its_own_fields_and_nobody_elses_records(sign_in: SignIn) -> None:
    lead = sign_in("lead")
    lead.get_by_role("link", name="新建客户来源登记").click()
    lead.get_by_role("radio", name="线上渠道").check()
    lead.get_by_label("投放平台").wait_for(state="visible")
    assert lead.get_by_label("活动编号").is_visible()
    fill_online(lead, "抖音")
    lead.get_by_label("活动编号").fill("DY202511")
    save(lead)
    lead.get_by_role("status").wait_for()
    address = lead.url

    staff = sign_in("staff")
    answer = staff.goto(address)
    assert answer is not None and answer.status == 404
    assert "华东智造二厂" not in staff.content()

    auditor = sign_in("auditor")
    auditor.goto(address)
    assert "138****5678" in auditor.content() and "1234 5678" not in auditor.content()


def test_the_form_follows_the_answers_and_keeps_the_focus(sign_in: SignIn) -> None:
    page = sign_in("staff")
    page.goto("/f/customer-source")
    page.get_by_role("radio", name="线下活动").check()
    page.locator("#event").wait_for(state="visible")
    page.locator("#event").fill("2025年进博会")
    page.locator("#place").fill("上海")
    page.locator("#place").press("Tab")
    page.get_by_text("2025年进博会-上海").wait_for()
    assert page.locator("#event").input_value() == "2025年进博会"
    assert page.evaluate("document.activeElement.id") == "booth"
    assert not page.get_by_role("button", name="按所选内容更新表单").first.is_visible()


def test_a_row_is_added_without_losing_an_answer(sign_in: SignIn) -> None:
    page = sign_in("staff")
    page.goto("/f/customer-source")
    page.locator("#customer_name").fill("还没写完")
    page.get_by_role("button", name="添加一行").first.click()
    assert page.locator("#customer_name").input_value() == "还没写完"
    assert page.locator("fieldset.row").count() == 1


@pytest.mark.parametrize("address", ["/", "/f/customer-source", "/l/customer-source", "/login"])
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_page_moves_sideways(sign_in: SignIn, address: str, width: int) -> None:
    page = sign_in("staff", width=width)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("enter", [True, False], ids=["Enter", "the button"])
def test_what_only_the_server_can_read_is_sent_at_the_first_press(sign_in: SignIn, enter: bool) -> None:
    """A phone number is read by the server; who types it last need not press twice."""
    page = sign_in("staff")
    page.goto("/f/customer-source")
    fill_online(page, "百度搜索")
    page.locator("#phone").fill("")
    page.locator("#product").focus()
    page.locator("#phone").press_sequentially("13812345678")
    page.locator("#phone").press("Enter") if enter else save(page)
    assert page.get_by_role("status").inner_text() == "已保存为新记录。"
