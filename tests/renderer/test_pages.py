"""Fill, refuse, store, read, change, move, list: as somebody without scripts does it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from renderer.house import House
from tests.renderer.conftest import CHEAP, NOW, PASSWORD, VISIT, Guest, Guests, guests, hidden, make_app
from workflows.keep.port import StoreFailed
from workflows.people import People

ROWS = {
    "costs.0.item": "差旅",
    "costs.0.amount": "1,200",
    "costs.1.item": "资料",
    "costs.1.amount": "5万",
    "costs.1.paid": "yes",
}


def field(page: str, name: str) -> str:
    """What the page draws for one field."""
    found = re.search(
        rf'<[a-z]+ class="field[^"]*" data-field="{re.escape(name)}".*?id="{re.escape(name)}-fault">.*?</p>', page, re.S
    )
    assert found, name
    return found[0]


def words(html: str) -> str:
    """The text that is read, white space folded."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def stored(answer: TestResponse) -> str:
    """The address of the record that a save led to."""
    assert answer.status_code == 303, words(answer.text)
    return str(answer.headers["Location"])


def new(me: Guest, **answers: Any) -> str:
    """A new record's address."""
    return stored(me.post("/f/visit", {**VISIT, **answers}))


def test_a_form_opens_with_its_defaults_and_hides_what_is_not_asked(guest: Guests) -> None:
    page = guest("emil").get("/f/visit").text
    assert 'value="2026-01-05"' in field(page, "day")
    assert " hidden" in field(page, "place").split(">")[0] and " hidden" in field(page, "reason").split(">")[0]
    assert " hidden" not in field(page, "title").split(">")[0]
    assert "用一句话写明目的" in field(page, "title") and "例如：续约洽谈" in field(page, "title")
    assert 'value="open" checked' in field(page, "state")
    assert 'name="costs.0.item"' not in page  # a table nobody has to fill opens without a row


def test_what_an_option_or_a_tag_means_is_one_click_away(guest: Guests) -> None:
    me = guest("emil")
    told = field(me.get("/f/visit").text, "kind")
    assert words(told).count("到客户那里") == 1 and "<details" in told
    assert "<details" not in field(me.get("/f/visit").text, "topic")  # nothing to tell there
    page = me.get(new(me, **ROWS)).text
    assert re.search(r"<details[^>]*><summary><span[^>]*>大额</span></summary><p>要主管过目</p>", page)


def test_what_is_wrong_is_said_at_the_top_with_a_link_and_at_the_field(guest: Guests) -> None:
    answer = guest("emil").post("/f/visit", {**VISIT, "title": "", "kind": "onsite", "place": "随便", "people": "很多"})
    page = answer.text
    summary = re.search(r'<div class="summary".*?</div>', page, re.S)
    assert answer.status_code == 422 and summary and 'role="alert"' in summary[0]
    linked = dict(re.findall(r'<a href="#([^"]*)">[^：]*：(.*?)</a>', summary[0]))
    assert set(linked) == {"title", "place", "people"}
    for name, said in linked.items():
        assert said in field(page, name) and 'aria-invalid="true"' in field(page, name)
        assert f'id="{name}"' in field(page, name) and f"{name}-fault" in field(page, name)
    assert linked["place"] == "请写明地点"
    assert "<title>（3 处错误）" in page
    assert 'value="很多"' in field(page, "people") and 'value="onsite" checked' in field(page, "kind")


def test_what_was_typed_is_kept_and_nothing_typed_is_markup(guest: Guests) -> None:
    nasty = "\"><script>alert(1)</script>{{ 7 * 7 }} &amp; 'x"
    answer = guest("emil").post("/f/visit", {**VISIT, "title": nasty, "people": nasty, "notes": f"\r\n{nasty}\r\n二"})
    assert answer.status_code == 422 and "<script>alert" not in answer.text and "49" not in field(answer.text, "title")
    assert nasty in unescape(field(answer.text, "title")) and nasty in unescape(field(answer.text, "notes"))
    page = guest("emil").get(new(guest("emil"), title=nasty, notes=nasty)).text
    assert "<script>alert" not in page and nasty in unescape(page)


def test_a_record_is_stored_once_and_shown_with_its_history(guest: Guests) -> None:
    me = guest("emil")
    address = new(me, **ROWS, aims=["learn", "fix"], urgent="yes", reason="客户催办")
    first, second = me.get(address).text, me.get(address).text
    assert "已保存为新记录。" in first and "已保存为新记录。" not in second
    read = words(first)
    for shown in (
        "年度续约",
        "远程",
        "138 1234 5678",
        "了解、解决",
        "51,200.00 元",
        "50,000.00 元",
        "100,000.00 元",
        "大额",
    ):
        assert shown in read, shown
    assert "自动判定：合计 51,200.00 元" in read
    assert "创建 艾米 · 2026-01-05 09:30" in read


def test_a_second_click_stores_nothing(guest: Guests, house: House) -> None:
    me = guest("emil")
    sent = {
        **VISIT,
        "title": "只存一次",
        **dict(re.findall(r'name="(csrf-token|idempotency-key)" value="([^"]*)"', me.get("/f/visit").text)),
    }
    first, again = (me.client.post("/f/visit", data=sent) for _ in range(2))
    assert stored(first) == stored(again)
    assert "没有重复保存" in me.get(stored(again)).text
    other = me.client.post("/f/visit", data={**sent, "title": "另一份"})
    assert other.status_code == 409 and "只存一次" not in other.text


def test_the_form_is_updated_without_scripts_and_without_complaint(guest: Guests) -> None:
    answer = guest("emil").post(
        "/f/visit",
        {"title": "", "kind": "onsite", "place": "", "urgent": "yes", "email": "a@b.cn", "form-update": "1", **ROWS},
    )
    page = answer.text
    assert answer.status_code == 200 and "fault-summary" not in page and 'aria-invalid="true"' not in page
    assert " hidden" not in field(page, "place").split(">")[0] and " hidden" in field(page, "link").split(">")[0]
    assert " hidden" not in field(page, "reason").split(">")[0]
    assert 'aria-required="false"' in field(page, "phone") and 'class="must" hidden' in field(page, "phone")
    assert "51,200.00" in field(page, "total") and "100,000.00" in field(page, "costs.1.double")


def test_rows_are_added_and_removed_by_the_server(guest: Guests) -> None:
    me = guest("emil")
    more = me.post("/f/visit", {**VISIT, **ROWS, "form-add": "costs"}).text
    assert [f'name="costs.{n}.item"' in more for n in range(4)] == [True, True, True, False]
    fewer = me.post("/f/visit", {**VISIT, **ROWS, "form-remove": "costs.0"}).text
    assert 'value="资料"' in field(fewer, "costs.0.item") and 'name="costs.1.item"' not in fewer
    assert 'value="yes" checked' in field(fewer, "costs.0.paid")
    assert me.post("/f/visit", {**VISIT, **ROWS, "form-remove": "costs." + "1" * 5_000}).status_code == 200
    odd = me.post("/f/visit", {**VISIT, **ROWS, "form-remove": "costs.９", "form-add": "nothing"}).text
    assert 'name="costs.1.item"' in odd and 'name="costs.2.item"' not in odd


def test_a_fault_in_a_row_is_said_with_row_and_column(guest: Guests) -> None:
    answer = guest("emil").post(
        "/f/visit", {**VISIT, "costs.0.item": "", "costs.3.item": "差旅", "costs.3.amount": "-1"}
    )
    assert answer.status_code == 422
    assert re.search(r'<a href="#costs\.1\.amount">费用 2 金额：', answer.text)
    assert 'aria-invalid="true"' in field(answer.text, "costs.1.amount") and 'value="-1"' in field(
        answer.text, "costs.1.amount"
    )


def test_an_edit_keeps_what_is_there_and_says_what_it_was(guest: Guests) -> None:
    me = guest("emil")
    address = new(me, **ROWS, aims=["learn"])
    page = me.get(f"{address}/edit").text
    assert 'value="learn" checked' in field(page, "aims") and 'value="1200.00"' in field(page, "costs.0.amount")
    assert 'name="state"' not in page
    answer = me.post(
        f"{address}/edit",
        {**VISIT, "title": "改期", "aims": ["sell", "fix"], "costs.0.item": "差旅", "costs.0.amount": "1200.00"},
    )
    read = words(me.get(stored(answer)).text)
    assert "修改已保存。" in read and "主题： 年度续约 → 改期" in read and "目的： 了解 → 推荐、解决" in read


def test_a_refused_edit_keeps_the_answers_and_the_revision(guest: Guests) -> None:
    me = guest("emil")
    address = new(me)
    answer = me.post(f"{address}/edit", {**VISIT, "title": "", "people": "900"})
    assert answer.status_code == 422 and 'value="900"' in field(answer.text, "people")
    assert 'name="form-rev" value="1"' in answer.text


def test_whoever_comes_from_a_stale_tab_chooses_field_by_field(guest: Guests) -> None:
    me, colleague = guest("emil"), guest("etta")
    address = new(me)
    opened = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', me.get(f"{address}/edit").text))
    base = {"title": "年度续约", "kind": "remote", "phone": "13812345678"}
    stored(colleague.post(f"{address}/edit", {"title": "同事改的", "kind": "remote", "notes": "同事写的"}))
    answer = me.client.post(f"{address}/edit", data={**opened, **base, "title": "我改的", "notes": "我写的"})
    read = words(answer.text)
    assert answer.status_code == 409 and "您填写的 我改的" in read and "当前已存 同事改的" in read
    assert "电话" not in read  # the same on both sides
    picks = dict(re.findall(r'name="pick-(\w+)" value="(\w+)" checked', answer.text))
    assert picks == {"title": "mine", "notes": "mine"}
    carried = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', answer.text.split('<form class="form"')[1])
    chosen = {name: unescape(value) for name, value in carried}
    after = me.client.post(f"{address}/edit", data={**chosen, "pick-title": "mine", "pick-notes": "theirs"})
    shown = words(me.get(stored(after)).text)
    assert "主题： 同事改的 → 我改的" in shown and "备注 同事写的" in shown


def test_an_answer_that_a_stale_tab_did_not_touch_undoes_nothing(guest: Guests) -> None:
    me, colleague = guest("emil"), guest("etta")
    address = new(me, notes="原来的", people="3")
    opened = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', me.get(f"{address}/edit").text))
    stored(colleague.post(f"{address}/edit", {**VISIT, "notes": "同事写的", "people": "5"}))
    stored(colleague.post(f"{address}/edit", {**VISIT, "notes": "同事又写的", "people": "5"}))
    mine = {**VISIT, "notes": "原来的", "people": "4", "title": "我"}
    answer = me.client.post(f"{address}/edit", data={**opened, **mine})
    picks = dict(re.findall(r'name="pick-(\w+)" value="(\w+)" checked', answer.text))
    assert picks == {"notes": "theirs", "people": "mine", "title": "mine"}


def test_only_open_steps_are_offered_and_they_say_what_they_ask(guest: Guests) -> None:
    me = guest("emil")
    address = new(me)
    page = me.get(address).text
    assert f'action="{address}/do/plan"' in page and f"{address}/do/finish" not in page
    assert re.search(rf'action="{address}/do/drop".*?<textarea[^>]*required', page, re.S)
    stored(me.post(f"{address}/do/plan", {}, page=address))
    page = me.get(address).text
    assert "状态： 待办 → 已安排" in words(page) and f'href="{address}/do/finish"' in page
    asked = me.post(f"{address}/do/finish", {"ratio": ""})
    assert asked.status_code == 422 and 'aria-invalid="true"' in field(asked.text, "ratio")
    stored(me.post(f"{address}/do/finish", {"ratio": "0.75"}))
    read = words(me.get(address).text)
    assert "比例 0.75" in read and "状态： 已安排 → 已完成" in read


def test_a_step_that_wants_a_comment_gets_one(guest: Guests) -> None:
    me = guest("emil")
    address = new(me)
    refused = me.post(f"{address}/do/drop", {"form-comment": " "}, page=address)
    assert refused.status_code == 422 and 'href="#form-comment"' in refused.text
    stored(me.post(f"{address}/do/drop", {"form-comment": "客户撤回"}, page=address))
    assert "备注：客户撤回" in words(me.get(address).text)


def test_a_step_that_is_no_longer_open_changes_nothing_and_says_so(guest: Guests) -> None:
    me = guest("emil")
    address = new(me)
    late = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', me.get(address).text))
    stored(me.post(f"{address}/do/plan", {}, page=address))
    stored(me.client.post(f"{address}/do/plan", data={**late, "idempotency-key": "another"}))
    page = me.get(address).text
    assert "本次操作未执行" in page and words(page).count("待办 → 已安排") == 1


def test_tags_are_given_and_taken_by_hand(guest: Guests) -> None:
    me = guest("emil")
    address = new(me)
    stored(me.post(f"{address}/tags", {"tag": "mark.star", "untag": ""}, page=address))
    assert re.search(r">重点</span>.*?艾米，2026-01-05 09:30", me.get(address).text, re.S)
    stored(me.post(f"{address}/tags", {"untag": "mark.star"}, page=address))
    assert "标签已更新。" in me.get(address).text and ">重点</span>" not in me.get(address).text


@pytest.mark.parametrize("place", ["", "/edit", "/do/plan"])
def test_another_departments_record_is_not_there(guest: Guests, place: str) -> None:
    address = new(guest("emil"))
    foreign, missing = guest("wim").get(address + place), guest("wim").get("/r/nothing" + place)
    assert foreign.status_code == missing.status_code == 404
    assert "年度续约" not in foreign.text and words(foreign.text) == words(missing.text)
    assert guest("wim").post(address + place, {}, page="/f/visit").status_code in (404, 405)


def test_who_may_know_only_the_mask_sees_the_mask(guest: Guests) -> None:
    me = guest("emil")
    address = new(me, email="emil@example.cn", title="只看掩码")
    for user, page in (
        ("bo", address),
        ("etta", address),
        ("etta", f"{address}/edit"),
        ("etta", "/l/visit/mine"),
        ("bo", "/l/visit"),
    ):
        text = guest(user).get(page).text
        assert "812345" not in text and "emil@example.cn" not in text, (user, page)
    assert "138****5678" in guest("bo").get(address).text
    stored(guest("etta").post(f"{address}/edit", {"title": "同事可改", "kind": "remote"}))
    assert "138 1234 5678" in me.get(address).text and "emil@example.cn" in me.get(address).text


def test_an_overlay_is_the_form_of_its_department(guest: Guests) -> None:
    west, east = (guest(user).get("/f/visit?lang=zh").text for user in ("wim", "emil"))
    assert ">西部地点<" in west and "项目编号" in west
    assert ">地点<" in east and "项目编号" not in east


def test_a_state_of_a_departments_own_is_named_wherever_its_records_are_listed() -> None:
    guest = guests(make_app())
    wim = guest("wim")
    address = new(wim, title="西部巡访", west__code="WX001", state="planned")
    stored(wim.post(f"{address}/do/west__set_off", {}, page=address))
    for page in (guest("bo").get("/").text, guest("bo").get("/l/visit").text):
        line = next(row for row in page.split("<tr>") if "西部巡访" in row)
        assert ">巡访</span>" in line


def test_the_state_stands_in_no_section(guest: Guests) -> None:
    last = guest("emil").get("/f/visit").text.rpartition('<section class="card"')[2]
    assert "<h2>" not in last and 'name="state"' in last


def test_another_departments_form_is_filled_there(guest: Guests) -> None:
    assert "项目编号" in guest("wim").get("/f/visit@west").text
    assert guest("emil").get("/f/visit@west").status_code == 404
    assert guest("emil").post("/f/visit@west", VISIT, page="/f/visit").status_code == 404
    code = {"west__code": "AB123"}
    assert "AB123" in guest("wim").get(stored(guest("wim").post("/f/visit@west", {**VISIT, **code}))).text


def test_who_may_not_create_is_told_so(guest: Guests) -> None:
    refused = guest("bo").get("/f/visit")
    assert refused.status_code == 403 and "您不能新建这种记录。" in refused.text
    assert "请联系管理员。" in refused.text and "请联系记录负责人" not in refused.text  # one way out, the refusal's own
    assert "/f/visit" not in guest("bo").get("/").text
    assert guest("bo").get("/f/nothing").status_code == 404


@contextmanager
def failing(house: House) -> Iterator[None]:
    """A disk that takes nothing for a while."""
    write = house.store.write

    def refuse(**about: str) -> Any:
        raise StoreFailed("No space left on device")

    house.store.write = refuse  # type: ignore[method-assign]
    try:
        yield
    finally:
        house.store.write = write  # type: ignore[method-assign]


def test_a_full_disk_loses_no_answer(guest: Guests, house: House) -> None:
    me = guest("emil")
    address = new(me)
    page = me.get("/f/visit").text
    sent = {**VISIT, **ROWS, **dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page))}
    with failing(house):
        answer = me.client.post("/f/visit", data={**sent, "title": "磁盘满了"})
        edit = me.post(f"{address}/edit", {**VISIT, "title": "磁盘满了"})
    for refused in (answer, edit):
        assert refused.status_code == 503 and 'value="磁盘满了"' in field(refused.text, "title")
        assert "您填写的内容都还在" in refused.text
    assert f'name="idempotency-key" value="{sent["idempotency-key"]}"' in answer.text
    assert "磁盘满了" in me.get(stored(me.client.post("/f/visit", data={**sent, "title": "磁盘满了"}))).text


def test_records_that_cannot_be_read_are_not_called_unsaved(
    guest: Guests, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = guest("emil")

    def broken(*_: Any) -> Any:
        raise StoreFailed("Input/output error")

    monkeypatch.setattr(house.store, "find", broken)
    answer = me.get("/l/visit")
    assert answer.status_code == 503
    assert "暂时读不到数据" in answer.text and "保存" not in answer.text


@pytest.fixture(scope="module")
def many() -> Iterator[Guest]:
    """Somebody with 120 records of his own."""
    app = make_app()
    me = Guest(app.test_client())
    me.post("/login", {"user": "emil", "password": "a long sentence"})
    token = dict(re.findall(r'name="(csrf-token)" value="([^"]*)"', me.get("/f/visit").text))
    for n in range(120):
        answers = {
            **VISIT,
            **token,
            "title": f'第{n:03}次 "{n}"',
            "state": ("open", "planned")[n % 3 == 0],
            "topic": "abcdef"[n % 6],
        }
        stored(
            me.client.post(
                "/f/visit",
                data={**answers, "phone": f"138123400{n:02}"[:11], "costs.0.item": "x", "costs.0.amount": str(n)},
            )
        )
    yield me
    app.extensions["formwright"].store.close()


def titles(page: str) -> list[str]:
    """The first cells of a list."""
    return [
        unescape(found) for found in re.findall(r'<td class="words" data-label="主题">\s*<a [^>]*>([^<]*)</a>', page)
    ]


def test_a_list_comes_in_pages_sorted_and_filtered(many: Guest) -> None:
    first = many.get("/l/visit/mine?sort=total").text
    assert "共 120 条" in first and titles(first)[:2] == ['第000次 "0"', '第001次 "1"'] and len(titles(first)) == 50
    last = many.get("/l/visit/mine?sort=total&page=3").text
    assert len(titles(last)) == 20 and "第 3 页，共 3 页" in last and 'rel="next"' not in last
    turned = many.get("/l/visit/mine?sort=-total").text
    assert titles(turned)[0] == '第119次 "119"' and 'aria-sort="descending"' in turned
    filtered = many.get("/l/visit/mine?state=planned&f-topic=a").text
    assert "共 20 条" in filtered and "state=planned" in filtered


def test_a_text_is_searched_for_in_the_body_and_never_in_an_address(many: Guest) -> None:
    found = many.post("/l/visit/mine", {"text": '次 "7"'})
    assert found.status_code == 200 and titles(found.text) == ['第007次 "7"']
    by_phone = many.post("/l/visit/mine", {"text": "1381234007"})
    assert "1381234007" not in "".join(re.findall(r'(?:href|action)="([^"]*)"', by_phone.text))
    assert titles(many.post("/l/visit/mine", {"text": "没有这样的文字"}).text) == []
    assert len(titles(many.post("/l/visit/mine", {"text": "第", "page": "2"}).text)) == 50


@pytest.mark.parametrize("text", ['"', "'\"'", "“”", "\\", "{title}", "a\nb", "!", "＝", "\x00", "𠮷" * 200])
def test_any_text_can_be_searched_for(many: Guest, text: str) -> None:
    answer = many.post("/l/visit", {"text": text})
    assert answer.status_code == 200 and 'class="error' not in answer.text


def test_what_a_list_does_not_have_is_passed_over(many: Guest) -> None:
    for query in (
        "sort=nothing",
        "sort=-phone",
        "page=0",
        "page=x",
        "page=９",
        "state=nothing",
        "f-kind=nothing",
        "f-phone=1",
    ):
        answer = many.get(f"/l/visit/mine?{query}")
        assert answer.status_code == 200 and "共 120 条" in answer.text, query
    assert many.get("/l/visit/nothing").status_code == 404 and many.get("/l/nothing").status_code == 404


def test_home_shows_what_i_may_start_my_lists_and_what_was_touched(many: Guest) -> None:
    page = many.get("/").text
    assert 'href="/f/visit"' in page and "新建拜访登记" in words(page)
    assert re.search(r'href="/l/visit/mine\?state=planned"><span class="chip c1">已安排 40</span>', page)
    assert len(re.findall(r'<td class="words"><a href="/r/', page)) == 8


def test_what_is_hidden_but_kept_in_a_row_survives_an_edit(guest: Guests, house: House) -> None:
    me = guest("emil")
    row = {"costs.0.item": "车费", "costs.0.amount": "12.50"}
    address = new(me, **row, **{"costs.0.paid": "yes", "costs.0.receipt": "A-17"})
    me.post(f"{address}/edit", {**VISIT, **row, "costs.0.receipt": "A-17"})  # no longer paid: the receipt hides
    page = me.get(f"{address}/edit").text
    receipt = unescape(re.search(r'<input[^>]*name="costs.0.receipt"[^>]*>', page)[0])  # type: ignore[index]
    assert 'value="A-17"' in receipt
    me.post(f"{address}/edit", {**VISIT, **row, "costs.0.receipt": "A-17", "notes": "改"})
    stored: Any = house.store.get("records", address.rsplit("/", 1)[1])
    assert stored["data"]["notes"] == "改" and stored["data"]["costs"][0]["receipt"] == "A-17"


def test_a_key_that_no_form_was_given_is_no_key(guest: Guests, house: House) -> None:
    me = guest("emil")
    for key in ("k" * 201, "键", "a\x07b"):
        address = me.post("/f/visit", {**VISIT, "idempotency-key": key}).headers["Location"]
        stored: Any = house.store.get("records", address.rsplit("/", 1)[1])
        assert stored["key"] == ""


def test_rows_are_moved_by_drawing_the_page_again(guest: Guests) -> None:
    me = guest("emil")
    down = me.post("/f/visit", {**VISIT, **ROWS, "form-down": "costs.0"}).text
    assert 'name="costs.0.item"' in down and down.index('value="资料"') < down.index('value="差旅"')
    up = me.post("/f/visit", {**VISIT, **ROWS, "form-up": "costs.1"}).text
    assert up.index('value="资料"') < up.index('value="差旅"')
    for odd in ({"form-up": "costs.0"}, {"form-down": "costs.1"}, {"form-up": "costs.9"}, {"form-down": "nothing.0"}):
        page = me.post("/f/visit", {**VISIT, **ROWS, **odd}).text
        assert page.index('value="差旅"') < page.index('value="资料"')


def test_a_program_has_the_address_of_its_page(guest: Guests) -> None:
    me, stranger = guest("emil"), guest("")
    address = unescape(re.findall(r'data-program="([^"]*)"', me.get("/f/visit").text)[0])
    program = me.get(address)
    assert program.status_code == 200 and program.mimetype == "text/javascript"
    assert program.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert stranger.get(address).status_code == 303
    assert me.get("/f/visit?program=0123456789abcdef").status_code == 404
    assert stranger.get("/f/visit?program=0123456789abcdef").status_code == 303
    kept = new(me)
    theirs = unescape(re.findall(r'data-program="([^"]*)"', me.get(f"{kept}/edit").text)[0])
    assert guest("wim").get(theirs).status_code == 404  # another department's record is not there


def test_a_script_is_told_what_only_the_server_can_say(guest: Guests) -> None:
    me = guest("emil")
    sent = {**hidden(me.get("/f/visit").text), **VISIT, "phone": "12", "form-update": "1"}
    answer = me.client.post("/f/visit", data=sent, headers={"Accept": "application/json"})
    assert answer.mimetype == "application/json"
    (path, text, value) = next(read for read in answer.get_json()["read"] if read[0] == "phone")
    assert (path, text) == ("phone", "12") and "电话号码" in value["say"]


def test_who_looks_after_the_definitions_sees_what_is_served(guest: Guests, house: House) -> None:
    people = People(house.store, os.urandom, CHEAP)
    people.add("ada", PASSWORD, NOW, name="阿达", roles=("admin",), department="east")
    page = guest("ada").get("/").text
    rows = [words(row) for row in re.findall(r"<tr>.*?</tr>", page.split('id="definitions-title"')[1], re.S)]
    assert [row for row in rows if row.startswith("拜访登记 visit")] == [
        "拜访登记 visit 全公司 1.0.0 已发布 列表 拜访登记",
        "拜访登记 visit 西部 1.0.0+west.1 已发布 列表 拜访登记",
    ]
    assert "definitions-title" not in guest("emil").get("/").text
    people.add("amy", PASSWORD, NOW, name="艾美", roles=("admin", "clerk"), department="east")
    page = guest("amy").get("/").text.split('id="definitions-title"')[1]
    assert re.findall(r'href="([^"]*visit[^"]*)"', page.split("</tr>")[1]) == [
        "/f/visit",
        "/l/visit",
        "/blank/visit",
    ]


def test_the_next_steps_stand_before_the_answers_for_every_reader(guest: Guests) -> None:
    me = guest("emil")
    page = me.get(new(me)).text
    assert page.index("<h1>") < page.index('id="steps-title"') < page.index('<dl class="values">')
