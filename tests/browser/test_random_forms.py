"""One meaning at every door, for random forms: a page with scripts, one without, the API, `try` and a case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from builder.compile import Compiled
from builder.model import Template
from tests.browser.five import change, create
from tests.browser.ways import Desk, asked, opened
from tests.laws.answers import Raws, answers, good
from tests.laws.definitions import COMPANY, Definer, compiled, sound
from tests.laws.formulas import SYSTEM
from tests.renderer.conftest import NOW
from workflows.catalogue import publish

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FEW, MANY, SOME = 12, 60, 6  # definitions as always and to prove it, answers to each


def definition(seed: int) -> Compiled:
    """A random one, called `gSEED`. Nothing follows from who makes a record: `try` and cases have their own people."""
    return sound({**Definer(Random(seed), SYSTEM).definition(10), "template": f"g{seed}"}, COMPANY)


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(browser, tmp_path_factory.mktemp("five"), [definition(0)]) as found:
        yield found


@pytest.mark.parametrize("seed", [*range(FEW), *(pytest.param(n, marks=pytest.mark.prove) for n in range(FEW, MANY))])
def test_five_ways_say_the_same(seed: int, desk: Desk) -> None:
    publish(desk.house.store, definition(seed), NOW, "test")
    of, chance = desk.template(f"g{seed}"), Random(seed)
    for turn in range(SOME):
        raws = drawn(desk, of, chance, odd=turn % 3 == 0)
        made = create(desk, of, raws, chance)
        if made is not None:
            change(desk, of, made, chance)


def drawn(desk: Desk, of: Template, chance: Random, *, odd: bool) -> Raws:
    """A new form as somebody fills it, well if he can."""
    fields = asked(desk.plan(of))
    return answers(fields, chance, 0.4) if odd else good(fields, lambda raws: desk.tried(of, raws)[0].errors, chance)


def test_what_is_asked_of_the_server_survives_a_new_row(browser: Browser, tmp_path: Path) -> None:
    """Somebody leaves a telephone number and goes straight on to a new row; one field is called as objects have it."""
    made = compiled({
        "template": "quick", "version": "1.0.0", "title": "快", "fields": {
            "phone": {"type": "phone", "label": "电话"},
            "constructor": {"type": "text", "label": "名", "format": "bank_card"},
            "lines": {"type": "rows", "label": "行", "fields": {
                "a": {"type": "text", "label": "A", "visible": 'phone != "x"'},
            }},
        },
    }, COMPANY)  # fmt: skip
    with opened(browser, tmp_path, [made]) as desk:
        page = desk.page
        page.goto("/f/quick", wait_until="commit")
        page.locator("#form-status[data-ready]").wait_for(state="attached")
        page.locator("#constructor").fill("12")
        page.locator("#phone").fill("12345")
        page.evaluate("document.querySelector('[name=form-add]').click()")  # it is in flight, or not even asked yet
        page.locator("#phone-fault", has_text="这不是有效的电话号码").wait_for()
        assert page.locator("#constructor-fault").inner_text() != ""
        assert page.locator('[data-field="lines.0.a"]').is_visible()


def test_a_page_refused_for_what_does_not_stand_on_it_still_follows_the_answers(
    browser: Browser, tmp_path: Path
) -> None:
    """Only the server knows of it; what it says above the form has no field to lead to."""
    made = compiled({
        "template": "card", "version": "1.0.0", "title": "卡", "fields": {
            "name": {"type": "text", "label": "名"},
            "more": {"type": "text", "label": "补充", "visible": 'name == "x"'},
            "card": {"type": "text", "label": "卡号", "format": "bank_card", "compute": 'join("", name)'},
        },
        "access": {"record": {"create": ["clerk"], "read": ["clerk"], "write": ["clerk"]},
                   "card": {"read": ["boss"]}},
    }, COMPANY)  # fmt: skip
    with opened(browser, tmp_path, [made]) as desk:
        page = desk.page
        page.goto("/f/card", wait_until="commit")
        page.locator("#form-status[data-ready]").wait_for(state="attached")
        page.locator("#name").fill("12")
        page.locator(".actions .primary").click()
        told = page.locator("#fault-summary li")
        told.wait_for()
        assert told.count() == 1 and told.locator("a").count() == 0
        page.locator("#form-status[data-ready]").wait_for(state="attached", timeout=5_000)
        page.locator("#name").fill("x")
        page.locator('[data-field="more"]:not([hidden])').wait_for(timeout=5_000)
        assert told.count() == 1  # until it is sent again
