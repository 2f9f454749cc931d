"""Links on the pages: search, choose, make on the spot, go there and back; as somebody without scripts does it (D1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from renderer.api.problem import Problem
from renderer.api.where import check_where
from tests.renderer.conftest import Guest, Guests, hidden, make_app

HERE = Path(__file__).parent / "workspace"


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    made = make_app(HERE)
    yield made
    made.extensions["formwright"].store.close()


def firm(guest: Guest, name: str, town: str = "上海", **more: str) -> str:
    """A firm of the guest's department; its id."""
    made = guest.post("/f/firm", {"name": name, "town": town, **more})
    assert made.status_code == 303, made.text
    return str(made.headers["Location"].rpartition("/")[2])


def offered(page: str, name: str = "firm") -> list[tuple[str, str, bool]]:
    """Id, title and whether it is chosen, of each button of a link."""
    found = re.findall(rf'<input type="radio" name="{name}" value="([^"]*)"( checked)?> <span>(.*?) <', page)
    return [(id, unescape(title), bool(checked)) for id, checked, title in found]


def boxes(page: str) -> dict[str, str]:
    """What stands in the boxes of links."""
    return dict(re.findall(r'<input [^>]*name="([\w.]+-(?:text|asked))"[^>]*? value="([^"]*)"', page))


def order(guest: Guest, **answers: str) -> str:
    made = guest.post("/f/order", {"what": "轴承", **answers})
    assert made.status_code == 303, made.text
    return str(made.headers["Location"].rpartition("/")[2])


def test_a_typed_text_is_searched_for_and_what_is_found_is_offered(guest: Guests) -> None:
    emil = guest("emil")
    ids = {name: firm(emil, name) for name in ("恒远精密", "恒远铸造", "别家")}
    page = emil.post("/f/order", {"what": "轴承", "firm-text": "恒远", "form-update": "firm"}).text
    assert {(id, title) for id, title, _ in offered(page)} == {
        (ids["恒远精密"], "恒远精密"), (ids["恒远铸造"], "恒远铸造"), ("", "都不是"),
    }  # fmt: skip
    assert [chosen for _, _, chosen in offered(page)] == [False, False, True]
    assert (boxes(page)["firm-text"], boxes(page)["firm-asked"]) == ("恒远", "恒远")
    answers = {"what": "轴承", "firm": ids["恒远铸造"], "firm-text": "恒远", "firm-asked": "恒远"}
    stored = emil.post("/f/order", answers)
    assert stored.status_code == 303
    record = emil.get(stored.headers["Location"]).text
    assert f'<a href="/r/{ids["恒远铸造"]}">恒远铸造</a>' in record


def test_a_text_typed_since_goes_before_the_button(guest: Guests) -> None:
    emil = guest("emil")
    first, second = firm(emil, "苏南模具"), firm(emil, "苏北模具")
    stored = emil.post("/f/order", {"what": "一", "firm": first, "firm-text": "苏北模具", "firm-asked": ""})
    assert f'<a href="/r/{second}">' in emil.get(stored.headers["Location"]).text
    refused = emil.post("/f/order", {"what": "一", "firm": first, "firm-text": "模具", "firm-asked": ""})
    assert refused.status_code == 422
    assert {title for _, title, _ in offered(refused.text)} == {"苏南模具", "苏北模具", "都不是"}


def test_nothing_found_is_said(guest: Guests) -> None:
    page = guest("emil").post("/f/order", {"what": "一", "firm-text": "查无此家", "form-update": "firm"}).text
    assert "没有找到“查无此家”。" in page and offered(page) == []


def test_an_answer_that_is_chosen_stays_through_another_fault(guest: Guests) -> None:
    emil = guest("emil")
    id = firm(emil, "常州电机")
    refused = emil.post("/f/order", {"what": "", "firm": id})
    assert refused.status_code == 422
    assert offered(refused.text) == [(id, "常州电机", True), ("", "不关联", False)]


def test_others_find_and_see_nothing_of_it(guest: Guests) -> None:
    emil, wim = guest("emil"), guest("wim")
    id = firm(emil, "东部独有")
    assert offered(wim.post("/f/order", {"what": "一", "firm-text": "东部独有", "form-update": "firm"}).text) == []
    for sent in (id, "东部独有"):
        assert wim.post("/f/order", {"what": "一", "firm": sent}).status_code == 422
    seen = wim.get(f"/r/{order(emil, firm=id)}").text
    assert "东部独有" not in seen and id not in seen and "您无权查看的记录" in seen
    edit = wim.get(f"/r/{order(emil, firm=id)}/edit").text
    assert offered(edit)[0] == (id, "您无权查看的记录", True)  # it stays when he saves


def test_what_is_live_follows_the_reader(guest: Guests) -> None:
    emil, etta, wim = guest("emil"), guest("etta"), guest("wim")
    made = order(emil, firm=firm(emil, "无锡锻压", "无锡", phone="138 1234 5678"))
    pages = [g.get(f"/r/{made}").text for g in (emil, etta, wim)]
    seen = [("138 1234 5678" in page, "无锡" in page) for page in pages]
    assert seen == [(True, True), (False, True), (False, False)]


def test_search_in_the_background_says_what_the_page_would(guest: Guests) -> None:
    emil, wim = guest("emil"), guest("wim")
    id = firm(emil, "嘉兴阀门")
    token = hidden(emil.get("/f/order").text)["csrf-token"]
    found = emil.client.post("/find/firm", data={"csrf-token": token, "q": "嘉兴"})
    assert json.loads(found.text) == {"items": [{"id": id, "title": "嘉兴阀门", "about": "已登记"}]}
    assert found.headers["Cache-Control"] == "no-store"
    token = hidden(wim.get("/f/order").text)["csrf-token"]
    assert json.loads(wim.client.post("/find/firm", data={"csrf-token": token, "q": "嘉兴"}).text) == {"items": []}
    assert emil.client.post("/find/firm", data={"q": "嘉兴"}).status_code == 400  # no token
    assert emil.client.get("/find/firm?q=嘉兴").status_code == 405  # never in an address
    assert emil.client.post("/find/nothing", data={"csrf-token": token, "q": ""}).status_code in (400, 404)


def away(guest: Guest, page: str, **answers: str) -> str:
    """The form of a firm, opened from a half-filled one."""
    sent = {**hidden(guest.get(page).text), **answers, "form-for": f"{page} firm"}
    return guest.client.post("/f/firm", data=sent).text


def form_to(page: str, target: str) -> dict[str, str]:
    """The hidden fields of the form that leads to an address."""
    (found,) = re.findall(rf'<form[^>]* action="{re.escape(target)}".*?</form>', page, re.S)
    return {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', found)}


def main_form(page: str) -> dict[str, str]:
    (found,) = re.findall(r'<form class="form".*?</form>', page, re.S)
    return {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', found)}


def test_a_record_made_on_the_spot_comes_back_chosen_and_nothing_is_lost(guest: Guests) -> None:
    emil = guest("emil")
    page = away(emil, "/f/order", **{"what": "半填", "firm-text": "新来的", "parts.0.count": "3"})
    assert 'id="name" name="name" type="text" value="新来的"' in page  # called as was typed
    refused = emil.client.post("/f/firm", data={**main_form(page), "name": "新来的"})
    assert refused.status_code == 422  # it wants a town: the errand goes on
    made = emil.client.post("/f/firm", data={**main_form(refused.text), "name": "新来的", "town": "上海"})
    assert made.status_code == 200 and "已保存：新来的" in made.text
    back = emil.client.post("/f/order", data=form_to(made.text, "/f/order")).text
    assert [(title, chosen) for _, title, chosen in offered(back)] == [("新来的", True), ("不关联", False)]
    assert 'value="半填"' in back and 'name="parts.0.count" type="text" value="3"' in back
    stored = emil.client.post("/f/order", data={**main_form(back), "what": "半填", "firm": offered(back)[0][0]})
    assert stored.status_code == 303


def test_the_way_back_without_a_new_record(guest: Guests) -> None:
    emil = guest("emil")
    page = away(emil, "/f/order", **{"what": "半填", "firm-text": "不要了"})
    back = emil.client.post("/f/order", data=form_to(page, "/f/order")).text
    assert 'value="半填"' in back and boxes(back)["firm-text"] == "不要了"


def test_a_record_that_is_edited_is_come_back_to(guest: Guests) -> None:
    emil = guest("emil")
    path = f"/r/{order(emil, firm=firm(emil, '旧厂家'))}/edit"
    page = away(emil, path, what="改过", **{"firm-text": "新厂家"})
    made = emil.client.post("/f/firm", data={**main_form(page), "name": "新厂家", "town": "上海"})
    back = emil.client.post(path, data=form_to(made.text, path)).text
    assert offered(back)[0][1:] == ("新厂家", True) and 'value="改过"' in back
    stored = emil.client.post(path, data={**main_form(back), "what": "改过", "firm": offered(back)[0][0]})
    assert stored.status_code == 303 and "新厂家" in emil.get(stored.headers["Location"]).text


@pytest.mark.parametrize(
    "place", ["https://evil.example/f/order firm", "/logout firm", "/r/x/tags firm", "", "/f/order"]
)
def test_an_errand_leads_to_forms_of_this_app_only(guest: Guests, place: str) -> None:
    emil = guest("emil")
    sent = {**hidden(emil.get("/f/order").text), "what": "半填", "form-for": place}
    page = emil.client.post("/f/firm", data=sent)
    assert page.status_code == 200 and "form-errand" not in page.text and "evil" not in page.text


def test_a_record_shows_what_links_to_it_as_far_as_its_reader_may_see(guest: Guests) -> None:
    emil, bo = guest("emil"), guest("bo")
    id = firm(emil, "被关联的")
    for number in range(7):
        order(emil, what=f"单{number}", firm=id)
    order(emil, what="配件单", firm=firm(emil, "旁家"), **{"parts.0.from": id, "parts.0.count": "1"})
    page = emil.get(f"/r/{id}").text
    assert "共 8 条" in page and len(re.findall(r"<li><a href=\"/r/\w+\">(?:单\d|配件单)</a>", page)) == 5
    everything = emil.get(f"/l/order?linked={id}").text
    assert all(f"单{number}" in everything for number in range(7)) and "配件单" in everything
    assert "被关联的" in everything and "共 8 条" in everything
    assert f'href="/f/order?firm={id}"' in page
    assert "/f/order?firm=" not in bo.get(f"/r/{id}").text  # he makes no orders
    assert "共 0 条" in emil.get(f"/l/order?linked={'0' * 26}").text


def test_a_form_opens_with_the_link_that_its_address_names(guest: Guests) -> None:
    emil, wim = guest("emil"), guest("wim")
    id = firm(emil, "预选的")
    assert offered(emil.get(f"/f/order?firm={id}").text)[0] == (id, "预选的", True)
    assert offered(wim.get(f"/f/order?firm={id}").text) == []
    assert offered(emil.get("/f/order?what=x&firm=nonsense").text) == []
    assert 'value="x"' not in emil.get("/f/order?what=x").text  # links alone


def test_lists_show_sort_and_filter_by_links(guest: Guests) -> None:
    etta = guest("etta")
    for name, town in (("丙厂", "上海"), ("甲厂", "杭州"), ("乙厂", "上海")):
        order(etta, what=f"给{name}", firm=firm(etta, name, town))
    page = etta.get("/l/order/all").text
    ours = re.findall(r'data-label="厂家"[^>]*>\s*([甲乙丙]厂)', page)
    assert ours == ["丙厂", "甲厂", "乙厂"]  # by pinyin: bing, jia, yi
    assert re.findall(r'data-label="城市"[^>]*>\s*(上海|杭州)', page)
    shanghai = etta.get("/l/order/shanghai").text
    assert "给丙厂" in shanghai and "给甲厂" not in shanghai
    assert "给丙厂" not in guest("wim").get("/l/order/shanghai").text


def test_no_condition_on_a_persons_number_behind_a_link_stands_in_an_address(app: Flask) -> None:
    house = app.extensions["formwright"]
    template, emil = house.catalogue.current("order"), house.people.get("emil").actor
    check_where('firm.town == "上海" and firm == "x"', template, emil, "zh", in_address=True)
    check_where("given(firm.phone)", template, emil, "zh", in_address=False)
    with pytest.raises(Problem) as caught:
        check_where("given(firm.phone)", template, emil, "zh", in_address=True)
    assert caught.value.code == "where-personal"


def test_history_names_records_by_their_titles(guest: Guests) -> None:
    emil = guest("emil")
    first, second = firm(emil, "原厂"), firm(emil, "换厂")
    made = order(emil, firm=first)
    emil.post(f"/r/{made}/edit", {"what": "轴承", "firm": second})
    page = emil.get(f"/r/{made}").text
    assert "<del>原厂</del>" in page and "<ins>换厂</ins>" in page
    assert "原厂" not in guest("wim").get(f"/r/{made}").text


def test_a_link_in_a_row_is_asked_for_alike(guest: Guests) -> None:
    emil = guest("emil")
    id = firm(emil, "配件厂", "宁波")
    sent = {"what": "一", "firm": id, "parts.0.from-text": "配件", "parts.0.count": "2", "form-update": "1"}
    page = emil.post("/f/order", sent).text
    assert offered(page, "parts.0.from") == [(id, "配件厂", False), ("", "都不是", True)]
    made = order(emil, firm=id, **{"parts.0.from": id, "parts.0.count": "2"})
    record = emil.get(f"/r/{made}").text
    assert "宁波" in record and "配件厂" in record
