"""Creating, reading, changing and moving records as a program does (design: the API's table of calls)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.renderer.api.conftest import GOOD, Callers


def test_a_record_is_created_once_however_often_it_is_sent(callers: Callers) -> None:
    chen = callers("chen")
    first = chen("POST", "repair/records", {"data": GOOD}, Idempotency_Key="order-7")
    again = chen("POST", "repair/records", {"data": dict(reversed(GOOD.items()))}, Idempotency_Key="order-7")
    other = chen("POST", "repair/records", {"data": {**GOOD, "kind": "major"}}, Idempotency_Key="order-7")
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json == again.json
    assert other.json["code"] == "key-reused"
    assert chen("GET", "repair/records").json["total"] == 1


def test_keys_of_two_callers_are_two_keys(callers: Callers) -> None:
    bodies = {
        name: callers(name)("POST", "repair/records", {"data": GOOD}, Idempotency_Key="1") for name in ("chen", "song")
    }
    assert [body.status_code for body in bodies.values()] == [201, 201]
    assert bodies["chen"].json["id"] != bodies["song"].json["id"]


def test_what_is_created_comes_back_judged(callers: Callers) -> None:
    parts = [{"name": "链条", "price": 45.5}, {"name": "车架", "price": "1,000"}]
    response = callers("chen")("POST", "repair/records", {"data": {**GOOD, "parts": parts, "state": "booked"}})
    body = response.json
    assert body["data"] == {
        "bike": "凤凰 26 寸",
        "rider": "李雷",
        "phone": "+8613812345678",
        "kind": "minor",
        "parts": [{"name": "链条", "price": 45.5}, {"name": "车架", "price": 1000}],
        "total": 1045.5,
    }
    assert (body["rev"], body["state"], body["open"]) == (1, "booked", [])
    assert set(body["tags"]["size"]) == {"big"}
    assert response.headers["ETag"] == '"1"'
    assert callers("chen")("GET", f"records/{body['id']}").json == body
    assert response.headers["Location"].endswith(f"/api/v1/records/{body['id']}")


def test_wrong_answers_are_named_by_their_place_in_the_callers_language(callers: Callers) -> None:
    wrong = {"bike": "车", "phone": "13812345678", "parts": [{"name": "链条", "price": 1}, {"price": "x"}]}
    english = callers("chen")("POST", "repair/records", {"data": wrong})
    assert english.status_code == 422
    assert english.mimetype == "application/problem+json"
    assert set(english.json["errors"]) == {"bike", "rider", "parts.1.name", "parts.1.price"}
    assert english.json["errors"]["bike"] == ["Name brand and model"]
    chinese = callers("chen")("POST", "repair/records", {"data": wrong}, Accept_Language="fr, zh-CN;q=0.5")
    assert chinese.json["errors"]["bike"] == ["请写明品牌和型号"]
    assert chinese.headers["Content-Language"] == "zh"
    assert callers("chen")("GET", "repair/records").json["total"] == 0


def test_a_field_nobody_asked_for_is_an_error_not_a_loss(callers: Callers) -> None:
    response = callers("chen")("POST", "repair/records", {"data": {**GOOD, "colour": "red"}})
    assert (response.status_code, set(response.json["errors"])) == (422, {"colour"})


def test_who_may_not_create_is_told_so(callers: Callers) -> None:
    assert callers("fan")("POST", "repair/records", {"data": GOOD}).status_code == 403


def test_another_branchs_record_does_not_exist(callers: Callers) -> None:
    made = callers("chen").create()
    paths = {"GET": (f"records/{made['id']}", f"records/{made['id']}/history")}
    for method, path in [(method, path) for method, group in paths.items() for path in group]:
        assert callers("song")(method, path).status_code == 404
    assert callers("song")("PATCH", f"records/{made['id']}", {"data": {}}, If_Match="1").status_code == 404
    assert callers("song")("POST", f"records/{made['id']}/transitions/fix").status_code == 404
    assert callers("song")("GET", "repair/records").json["records"] == []
    assert callers("bao")("GET", f"records/{made['id']}").status_code == 200


def test_a_mask_is_all_that_others_get(callers: Callers) -> None:
    made = callers("chen").create()
    seen = {
        name: callers(name)("GET", f"records/{made['id']}").json["data"]["phone"] for name in ("chen", "fan", "bao")
    }
    assert seen == {"chen": "+8613812345678", "fan": "138****5678", "bao": "138****5678"}
    assert "13812345678" not in callers("fan")("GET", f"records/{made['id']}/history").text
    listed = callers("fan")("GET", "repair/records?columns=bike,phone").json["records"][0]
    assert (listed["data"]["phone"], listed["masked"]) == ("138****5678", ["phone"])


class TestChanging:
    def test_only_what_is_sent_changes(self, callers: Callers) -> None:
        chen = callers("chen")
        made = chen.create()
        response = chen("PATCH", f"records/{made['id']}", {"data": {"kind": "major"}}, If_Match='"1"')
        assert (response.status_code, response.headers["ETag"]) == (200, '"2"')
        assert response.json["data"] == {**made["data"], "kind": "major"}

    def test_a_stale_change_is_answered_with_both_values(self, callers: Callers) -> None:
        chen, fan = callers("chen"), callers("fan")
        made = chen.create()
        path = f"records/{made['id']}"
        assert fan("PATCH", path, {"data": {"cause": "链条断"}}, If_Match="1").status_code == 200
        stale = chen("PATCH", path, {"data": {"cause": "轮胎破", "kind": "minor"}}, If_Match="1")
        assert (stale.status_code, stale.json["code"]) == (409, "conflict")
        assert stale.json["conflicts"] == {"cause": {"stored": "链条断", "sent": "轮胎破"}}
        assert stale.json["current"]["rev"] == 2
        assert stale.headers["ETag"] == '"2"'
        assert chen("GET", path).json["data"]["cause"] == "链条断"

    def test_a_conflict_shows_no_more_than_reading_does(self, callers: Callers) -> None:
        chen, fan = callers("chen"), callers("fan")
        made = chen.create()
        path = f"records/{made['id']}"
        assert chen("PATCH", path, {"data": {"phone": "13900001111"}}, If_Match="1").status_code == 200
        stale = fan("PATCH", path, {"data": {"phone": "13700002222"}}, If_Match="1")
        assert stale.status_code in (403, 409)
        assert "13900001111" not in stale.text

    @pytest.mark.parametrize(("header", "status"), [({}, 428), ({"If_Match": "*"}, 409), ({"If_Match": 'W/"1"'}, 400)])
    def test_a_change_says_what_it_is_a_change_of(self, callers: Callers, header: dict[str, str], status: int) -> None:
        chen = callers("chen")
        made = chen.create()
        assert chen("PATCH", f"records/{made['id']}", {"data": {"kind": "major"}}, **header).status_code == status
        assert chen("GET", f"records/{made['id']}").json["rev"] == 1

    def test_the_same_change_sent_twice_happens_once(self, callers: Callers) -> None:
        chen = callers("chen")
        made = chen.create()
        both = [
            chen("PATCH", f"records/{made['id']}", {"data": {"kind": "major"}}, If_Match="1", Idempotency_Key="k")
            for _ in range(2)
        ]
        assert [response.status_code for response in both] == [200, 200]
        assert both[0].json == both[1].json
        assert both[0].json["rev"] == 2

    def test_clearing_a_required_answer_is_refused_and_an_optional_one_taken(self, callers: Callers) -> None:
        chen = callers("chen")
        made = chen.create(cause="链条断")
        path = f"records/{made['id']}"
        assert set(chen("PATCH", path, {"data": {"bike": None}}, If_Match="1").json["errors"]) == {"bike"}
        assert "cause" not in chen("PATCH", path, {"data": {"cause": None}}, If_Match="1").json["data"]


class TestMoving:
    def fixed(self, callers: Callers) -> str:
        made = callers("chen").create()
        response = callers("fan")("POST", f"records/{made['id']}/transitions/fix", {"data": {"cause": "链条断"}})
        assert (response.status_code, response.json["state"]) == (200, "fixed")
        return str(made["id"])

    def test_open_names_what_the_caller_may_do(self, callers: Callers) -> None:
        made = callers("chen").create()
        opened = {name: callers(name)("GET", f"records/{made['id']}").json["open"] for name in ("chen", "fan", "bao")}
        assert opened == {"chen": [], "fan": ["fix"], "bao": []}

    def test_answers_and_a_comment_come_with_the_step(self, callers: Callers) -> None:
        record = self.fixed(callers)
        missing = callers("chen")("POST", f"records/{record}/transitions/pay")
        assert (missing.status_code, set(missing.json["errors"])) == (422, {"comment"})
        paid = callers("chen")("POST", f"records/{record}/transitions/pay", {"comment": "现金"})
        assert (paid.status_code, paid.json["state"], paid.json["rev"]) == (200, "paid", 3)

    def test_what_a_step_requires_is_asked_for(self, callers: Callers) -> None:
        made = callers("chen").create()
        response = callers("fan")("POST", f"records/{made['id']}/transitions/fix", {})
        assert (response.status_code, set(response.json["errors"])) == (422, {"cause"})

    def test_not_yours_and_not_open_are_two_answers(self, callers: Callers) -> None:
        made = callers("chen").create()
        mine = callers("chen")("POST", f"records/{made['id']}/transitions/fix", {"data": {"cause": "链条断"}})
        early = callers("chen")("POST", f"records/{made['id']}/transitions/pay", {"comment": "x"})
        unknown = callers("chen")("POST", f"records/{made['id']}/transitions/polish")
        assert [r.status_code for r in (mine, early, unknown)] == [403, 409, 409]
        assert len({r.json["code"] for r in (mine, early, unknown)}) == 3
        assert all(r.json["detail"] for r in (mine, early, unknown))

    def test_a_step_sent_twice_is_one_step(self, callers: Callers) -> None:
        made = callers("chen").create()
        path, body = f"records/{made['id']}/transitions/fix", {"data": {"cause": "链条断"}}
        both = [callers("fan")("POST", path, body, Idempotency_Key="f1") for _ in range(2)]
        assert [(r.status_code, r.json["rev"]) for r in both] == [(200, 2), (200, 2)]
        assert callers("fan")("POST", path, body).status_code == 409

    def test_a_step_may_be_bound_to_a_revision(self, callers: Callers) -> None:
        made = callers("chen").create()
        callers("chen")("PATCH", f"records/{made['id']}", {"data": {"kind": "major"}}, If_Match="1")
        stale = callers("fan")("POST", f"records/{made['id']}/transitions/fix", {"data": {"cause": "x"}}, If_Match="1")
        assert (stale.status_code, stale.json["current"]["state"]) == (409, "taken")


def test_the_history_says_who_did_what(callers: Callers) -> None:
    made = callers("chen").create()
    path = f"records/{made['id']}"
    callers("chen")("PATCH", path, {"data": {"parts": [{"name": "链条", "price": 50}]}}, If_Match="1")
    callers("fan")("POST", f"{path}/transitions/fix", {"data": {"cause": "链条断"}})
    events: list[dict[str, Any]] = callers("chen")("GET", f"{path}/history").json["events"]
    assert [(event["kind"], event["actor"]) for event in events] == [
        ("created", "chen"),
        ("changed", "chen"),
        ("moved", "fan"),
    ]
    assert (events[2]["action"], events[2]["from"], events[2]["to"]) == ("fix", "taken", "fixed")
    changes = {change["field"]: (change["old"], change["new"]) for change in events[1]["changes"]}
    assert changes["parts"] == ([{"name": "链条", "price": 45.5}], [{"name": "链条", "price": 50}])
    assert changes["total"] == (45.5, 50)


class TestLogs:
    """PATCH adds rows to a log; GET gives all of them, stamped."""

    def test_rows_are_added_and_come_back_stamped(self, callers: Callers) -> None:
        chen = callers("chen")
        made = chen("POST", "repair/records", {"data": {**GOOD, "calls": [{"text": "约了时间"}]}}).json
        body = {"data": {"calls": [{"text": "改到周五"}]}}
        for _ in range(2):  # a retry under the same key adds nothing twice
            done = chen("PATCH", f"records/{made['id']}", body, If_Match="*", Idempotency_Key="call-1")
        assert done.status_code == 200
        calls = chen("GET", f"records/{made['id']}").json["data"]["calls"]
        assert [(call["text"], call["by"]) for call in calls] == [("约了时间", "chen"), ("改到周五", "chen")]
        assert calls[0]["at"] == made["created"]

    def test_what_was_read_may_be_sent_back_and_what_is_stored_not_changed(self, callers: Callers) -> None:
        chen = callers("chen")
        made = chen("POST", "repair/records", {"data": {**GOOD, "calls": [{"text": "约了时间"}]}}).json
        calls = made["data"]["calls"]
        same = chen("PATCH", f"records/{made['id']}", {"data": {"calls": calls}}, If_Match="1")
        assert (same.status_code, same.json["rev"]) == (200, 1)
        other = [{**calls[0], "text": "没约"}]
        refused = chen("PATCH", f"records/{made['id']}", {"data": {"calls": other}}, If_Match="1")
        assert refused.status_code == 422 and list(refused.json["errors"]) == ["calls.0"]
