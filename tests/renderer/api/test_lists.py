"""Lists for programs: filtered by the language's own expressions, and nothing personal in an address."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest

from tests.renderer.api.conftest import Caller, Callers


def found(caller: Caller, **asked: str) -> list[str]:
    """The bikes of a list."""
    response = caller("GET", f"repair/records?{urlencode(asked)}")
    assert response.status_code == 200, response.json
    return [line["data"]["bike"] for line in response.json["records"]]


@pytest.fixture
def chen(callers: Callers) -> Caller:
    """A clerk with three orders of his own; another branch has a fourth."""
    caller = callers("chen")
    caller.create(bike="永久", kind="major", parts=[{"name": "车架", "price": 1200}])
    caller.create(bike="凤凰", rider="韩梅梅")
    caller.create(bike="飞鸽", phone="13900001111", parts=[])
    callers("song").create(bike="捷安特")
    return caller


def test_conditions_order_and_columns(chen: Caller) -> None:
    assert sorted(found(chen)) == sorted(["永久", "凤凰", "飞鸽"])
    assert found(chen, where='kind == "major"') == ["永久"]
    assert found(chen, where="total >= 45.5 and total < 1000") == ["凤凰"]
    assert found(chen, where='state == "taken" and not (kind == "major")', sort="bike") == ["飞鸽", "凤凰"]  # by pinyin
    assert found(chen, sort="-bike") == ["永久", "凤凰", "飞鸽"]
    response = chen("GET", "repair/records?columns=bike,total,state&sort=-total")
    assert response.json["columns"] == ["bike", "total", "state"]
    assert response.json["records"][0]["data"] == {"bike": "永久", "total": 1200, "state": "taken"}


def test_pages_count_from_one_and_tell_the_total(chen: Caller) -> None:
    body = chen("GET", "repair/records?page=2").json
    assert (body["records"], body["total"], body["page"]) == ([], 3, 2)
    assert chen("GET", "repair/records").json["size"] == 50
    for page in ("0", "-1", "x", "1.5", ""):
        assert chen("GET", f"repair/records?page={page}").status_code == 400


@pytest.mark.parametrize(
    "where", ['rider == "韩梅梅"', 'contains(phone, "1390000") and kind == "minor"', "given(rider)"]
)
def test_a_personal_condition_does_not_belong_in_an_address(chen: Caller, where: str) -> None:
    refused = chen("GET", f"repair/records?where={quote(where)}")
    assert (refused.status_code, refused.json["code"]) == (400, "where-personal")
    assert "search" in refused.json["detail"]
    assert chen("POST", "repair/records/search", {"where": where}).status_code == 200


def test_search_answers_what_get_may_not_ask(chen: Caller) -> None:
    body = chen(
        "POST", "repair/records/search", {"where": 'rider == "韩梅梅"', "columns": "bike", "page": 1, "sort": "bike"}
    )
    assert [line["data"] for line in body.json["records"]] == [{"bike": "凤凰"}]


def test_who_sees_a_mask_may_not_ask_behind_it(chen: Caller, callers: Callers) -> None:
    for asked in ({"where": 'phone == "+8613900001111"'}, {"sort": "phone"}):
        response = callers("fan")("POST", "repair/records/search", asked)
        assert response.status_code == 403, asked
        assert chen("POST", "repair/records/search", asked).status_code == 200


@pytest.mark.parametrize(
    ("where", "column"),
    [('kind == "小修"', 9), ("kind = 1", None), ("kinds == 1", 1), ("total >", None), ("bike", None), ("(((", None)],
)
def test_a_condition_that_does_not_compile_is_shown_its_place(chen: Caller, where: str, column: int | None) -> None:
    for response in (
        chen("GET", f"repair/records?where={quote(where)}"),
        chen("POST", "repair/records/search", {"where": where}),
    ):
        assert (response.status_code, response.json["code"]) == (400, "where-invalid")
        first = response.json["findings"][0]
        assert first["message"] and response.json["errors"]["where"][0] == first["message"]
        assert column is None or first["column"] == column


def test_a_misspelt_name_is_met_with_the_nearest(chen: Caller) -> None:
    assert "kind" in chen("GET", f"repair/records?where={quote('kinds == 1')}").json["detail"]
    assert '"sort"' in chen("GET", "repair/records?srot=bike").json["detail"]
    assert chen("GET", "repair/records?columns=bike,colour").status_code == 422
    assert chen("GET", "repair/records?sort=colour").status_code == 422


def test_a_name_counts_once_however_often_it_is_sent(chen: Caller) -> None:
    shown = chen("POST", "repair/records/search", {"columns": "bike," * 50_000, "sort": "-kind,bike," * 50_000})
    assert (shown.status_code, shown.json["columns"]) == (200, ["bike"])


def test_t_is_a_template_with_or_without_a_department(chen: Caller, callers: Callers) -> None:
    bao = callers("bao")
    assert found(bao) and len(found(bao)) == 4
    counts = {ref: bao("GET", f"{ref}/records").json["total"] for ref in ("repair@north", "repair@south")}
    assert counts == {"repair@north": 3, "repair@south": 1}
    for ref in ("repairs", "repair@west", "repair@", "Repair"):
        assert bao("GET", f"{ref}/records").status_code == 404
    assert callers("chen")("POST", "repair@south/records", {"data": {}}).status_code == 404
