"""An entry on several pages: forward, back, check, change; nothing that was written is lost on the way."""

from __future__ import annotations

import re

from renderer.house import House
from tests.renderer.visitors.conftest import Doors, Visitor, records


def asked(page: str) -> list[str]:
    """The fields that a page shows, in order."""
    shown = re.findall(r'<(?:div|fieldset) class="field[^"]*" data-field="([^"]+)"([^>]*)>', page)
    return [name for name, more in shown if " hidden" not in more]


def place(page: str) -> str:
    """Which page of how many."""
    found = re.search(r'class="progress">([^<]*)<', page)
    return found[1] if found else ""


def through_the_fair(someone: Visitor) -> None:
    someone.open()
    for answers in (
        {"name": "李"},
        {"wants": "visit"},
        {"day": "2026-02-01"},
        {"guests": "3"},
        {},
        {"phone": "13812345678"},
    ):
        someone.send(**answers)


def test_one_question_a_page_and_only_those_that_apply(visitor: Doors, house: House) -> None:
    someone = visitor("fair", event="展会")
    someone.open()
    assert (asked(someone.text), place(someone.text)) == (["name"], "第 1 页，共 4 页")
    someone.send(name="李")
    assert asked(someone.text) == ["wants"]
    someone.send(wants="talk")  # then neither day nor guests
    assert (asked(someone.text), place(someone.text)) == (["news"], "第 3 页，共 4 页")
    someone.send(news="yes")
    assert asked(someone.text) == ["phone"]
    someone.send(phone="13812345678")
    assert "请核对" in someone.text and records(house) == []
    assert all(text in someone.text for text in ("李", "洽谈", "是", "138 1234 5678"))
    assert someone.send().status_code == 200
    data = records(house)[0]["data"]
    assert (data["event"], data["source"], data["news"], "day" in data) == ("展会", "offline", True, False)


def test_a_page_is_left_only_with_good_answers(visitor: Doors) -> None:
    someone = visitor("fair", event="展会")
    someone.open()
    answer = someone.send(name="")
    assert answer.status_code == 422 and asked(answer.text) == ["name"] and 'id="fault-summary"' in answer.text
    assert "尚未提交：有 1 处需要修改" in answer.text  # a visitor sends; only staff save


def test_back_keeps_even_what_is_wrong(visitor: Doors) -> None:
    someone = visitor("fair", event="展会")
    someone.open()
    someone.send(name="李")
    someone.send(wants="visit")
    someone.send(day="nonsense", form_back="1")
    assert asked(someone.text) == ["wants"] and 'value="visit" checked' in someone.text
    someone.send()
    assert asked(someone.text) == ["day"] and 'value="nonsense"' in someone.text


def test_defaults_wait_on_their_pages(visitor: Doors) -> None:
    someone = visitor("fair", event="展会")
    someone.open()
    someone.send(name="李")
    assert 'value="2026-01-05"' in someone.send(wants="visit").text


def test_the_check_page_leads_back_to_each_answer_and_returns(visitor: Doors, house: House) -> None:
    someone = visitor("fair", event="展会")
    through_the_fair(someone)
    assert "150.00" in someone.text  # what is worked out is shown as well, and cannot be changed
    assert sorted(re.findall(r'name="form-change" value="(\w+)"', someone.text)) == [
        "day", "guests", "name", "news", "phone", "wants",
    ]  # fmt: skip
    someone.send(form_change="guests")
    assert asked(someone.text) == ["guests"] and 'value="3"' in someone.text
    assert someone.send(guests="0").status_code == 422
    someone.send(guests="4")
    assert "请核对" in someone.text and "200.00" in someone.text
    someone.send(form_back="1")
    assert asked(someone.text) == ["phone"]
    someone.send()
    someone.send()
    assert records(house)[0]["data"]["guests"] == 4


def test_another_language_on_the_check_page(visitor: Doors) -> None:
    someone = visitor("fair", event="展会")
    through_the_fair(someone)
    assert "Check your answers" in someone.send(form_speak="en").text


def test_a_changed_answer_brings_up_what_it_asks_for(visitor: Doors, house: House) -> None:
    someone = visitor("parts")
    someone.open()
    assert (asked(someone.text), place(someone.text)) == (["phone", "name"], "第 1 页，共 2 页")
    assert "您是谁" in someone.text
    someone.send(phone="13812345678", name="李")
    assert asked(someone.text) == ["wants"]
    someone.send(wants="visit", form_update="1")
    assert asked(someone.text) == ["guests", "wants", "day"]  # in the order of the entry
    someone.send(guests="2")
    assert "请核对" in someone.text
    someone.send()
    assert records(house)[0]["data"] == {
        "phone": "+8613812345678",
        "name": "李",
        "wants": "visit",
        "guests": 2,
        "day": "2026-01-05",
        "source": "friend",
        "price": 10000,
        "number": "G001",
    }


def test_a_step_that_was_jumped_over_is_come_back_to(visitor: Doors, house: House) -> None:
    someone = visitor("fair", event="展会")
    someone.open()
    answer = someone.send(**{"name": "", "form-step": "check-answers"})
    assert answer.status_code == 422 and asked(answer.text) == ["name"] and records(house) == []
