"""What may already be there, told while somebody fills a form: read out, linked, in nobody's way."""

from __future__ import annotations

import pytest

from tests.browser.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("width", [1280, 375])
def test_a_field_that_was_left_tells_what_may_be_there_and_the_form_goes_on(sign_in: SignIn, width: int) -> None:
    page = sign_in("staff", width=width)
    page.goto("/l/customer-source")
    known = page.locator("td a").first
    name, address = known.inner_text(), known.get_attribute("href")
    page.goto("/f/customer-source")
    page.locator("#form-status[data-ready]").wait_for(state="attached")
    region = page.locator("[data-field=customer_name] > [role=status]")
    assert region.count() == 1 and region.inner_text() == ""  # it was there before its words, so they are read out
    box = page.locator("#customer_name")
    box.fill(name)
    assert region.inner_text() == ""
    box.press("Tab")
    link = region.locator(f"a[href='{address}']")
    link.wait_for()
    size = link.bounding_box()
    assert size is not None and size["height"] >= 24
    assert page.locator("#customer_name-fault").inner_text() == ""
    box.fill("没有这样一家客户，绝不会有")
    box.press("Tab")
    link.wait_for(state="detached")
    assert page.evaluate("document.documentElement.scrollWidth") == width
