"""An entry of a log: added on a page of its own, shown newest first, never lost by a stale tab (B2, E4)."""

from __future__ import annotations

import re

from renderer.house import House
from tests.renderer.conftest import STAFF, VISIT, Guest, Guests
from tests.renderer.test_pages import field, new, words
from workflows.record import Actor


def entries(me: Guest, place: str) -> list[str]:
    """What the record's page shows of its log, entry by entry."""
    found = re.search(r'<ol class="log".*?</ol>', me.get(place).text, re.S)
    return [words(entry) for entry in re.findall(r"<li>.*?</li>", found[0], re.S)] if found else []


def add(me: Guest, place: str, said: str, **answers: str) -> str:
    """Add an entry as its page does; where that leads."""
    answer = me.post(f"{place}/add/talks", {"talks.0.said": said, **answers})
    return str(answer.headers.get("Location", "")) if answer.status_code == 303 else words(answer.text)


def test_an_entry_is_added_in_one_step_from_the_record(guest: Guests) -> None:
    me = guest("emil")
    place = new(me, **{"talks.0.said": "先打了电话", "talks.0.way": "call"})
    assert f'href="{place}/add/talks"' in me.get(place).text
    page = me.get(f"{place}/add/talks").text
    assert 'name="talks.0.said"' in page and "先打了电话" in page  # what was said before stands below
    assert add(me, place, "去过工厂") == place
    assert entries(me, place) == [
        "2026-01-05 09:30 · 艾米 内容 去过工厂",
        "2026-01-05 09:30 · 艾米 方式 电话 内容 先打了电话",
    ]


def test_a_wrong_entry_comes_back_as_it_was_typed(guest: Guests) -> None:
    me = guest("emil")
    place = new(me)
    answer = me.post(f"{place}/add/talks", {"talks.0.said": "太长" * 11, "talks.0.way": "visit"})
    assert answer.status_code == 422
    assert "太长" * 11 in answer.text and 'value="visit" checked' in answer.text
    assert "沟通记录 1 内容" in words(answer.text) and "20" in words(field(answer.text, "talks.0.said"))
    empty = me.post(f"{place}/add/talks", {"talks.0.said": " "})
    assert empty.status_code == 422 and "还没有写内容" in words(empty.text)
    assert entries(me, place) == []


def test_another_entry_can_be_asked_for_and_nothing_typed_is_lost(guest: Guests) -> None:
    me = guest("emil")
    place = new(me)
    page = me.post(f"{place}/add/talks", {"talks.0.said": "一", "form-add": "talks"}).text
    assert ">\r\n一</textarea>" in page and 'name="talks.1.said"' in page
    me.post(f"{place}/add/talks", {"talks.0.said": "一", "talks.1.said": "二"})
    assert len(entries(me, place)) == 2


def test_who_may_not_write_is_offered_no_entry(guest: Guests) -> None:
    place = new(guest("emil"))
    assert guest("wim").get(f"{place}/add/talks").status_code == 404
    assert guest("emil").get(f"{place}/add/costs").status_code == 404
    assert guest("").get(f"{place}/add/talks").status_code == 303


def test_a_stale_tab_adds_below_what_others_added(guest: Guests, house: House) -> None:
    me = guest("emil")
    place = new(me)
    page = me.get(f"{place}/edit").text
    assert 'name="talks.0.said"' not in page
    etta = Actor(id="etta", roles=frozenset(STAFF["etta"][1]), department="east")
    house.service.revise(etta, place.removeprefix("/r/"), {"talks": [{"said": "艾塔的"}]}, rev=None)
    data = {**VISIT, "day": "2026-01-05", "form-rev": "1", "talks.0.said": "艾米的"}
    answer = me.post(f"{place}/edit", data, page=f"{place}/edit")
    assert answer.status_code == 303, words(answer.text)
    assert [entry.split()[-1] for entry in entries(me, place)] == ["艾米的", "艾塔的"]


def test_a_list_shows_the_latest_entry_and_times_by_the_companys_clock(guest: Guests) -> None:
    me = guest("emil")
    place = new(me, meet="2026-01-06T14:30", opens="8点半", **{"talks.0.said": "第一次"})
    add(me, place, "第二次")
    row = re.search(rf"<tr>(?:(?!</tr>).)*{re.escape(place)}.*?</tr>", me.get("/l/visit/talked").text, re.S)
    assert row and words(row[0]).endswith("2026-01-05 · 第二次 2026-01-06 14:30 08:30")
    assert 'value="2026-01-06T14:30"' in field(me.get(f"{place}/edit").text, "meet")


def test_the_history_tells_what_was_added_and_no_more(guest: Guests) -> None:
    me = guest("emil")
    place = new(me, **{"talks.0.said": "第一次"})
    add(me, place, "第二次")
    story = me.get(place).text.partition('class="history"')[2]
    assert words(story.partition("</li>")[0]).count("第二次") <= 1 and story.count("第一次") == 1
