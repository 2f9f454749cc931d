"""Looking up what a field may be answered with: options by search and by level, records to link to (domain A5, D1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry

from builder.compile import compile_template
from builder.workspace import Workspace
from renderer.app import create_app
from renderer.settings import Settings
from tests.renderer.api.conftest import CHEAP, Caller, Callers, Chance, Clock
from workflows.catalogue import publish
from workflows.people import People

MANY = 450  # two pages and a half
FILES = {
    "formwright.yaml": """\
formwright: 1
company: {zh: 公司, en: Company}
languages: [zh, en]
currency: CNY
timezone: Asia/Shanghai
roles: {clerk: 办事员, boss: 主管}
departments: {east: 华东, west: 华西}
store: "tinydb:data"
""",
    "vocabularies/parts.csv": "id,label,label_en,synonyms,retired\n"
    + "".join(f"p{n},{'轴承' if n % 2 else '螺栓'}{n:03},Part {n},,\n" for n in range(MANY))
    + "x1,六角螺母,Hex nut,nut|螺帽,\nx2,旧螺母,Old nut,,yes\n",
    "vocabularies/regions.csv": "id,label,parent\njs,江苏省,\nzj,浙江省,\nsz,苏州市,js\nnj,南京市,js\nhz,杭州市,zj\n",
    "templates/customer.yaml": """\
template: customer
version: 1.0.0
title: {zh: 客户, en: Customer}
privacy: {purpose: 客户管理, retain: 3y}
access:
  record: {create: [clerk], read: [department, boss], write: [department]}
  phone: {read: [owner], masked: [staff]}
fields:
  name: {type: text, label: 名称, required: true, personal: true, duplicates: similar}
  phone: {type: phone, label: 电话, personal: true, mask: middle, duplicates: exact}
""",
    "templates/order.yaml": """\
template: order
version: 1.0.0
title: {zh: 订单, en: Order}
access:
  record: {create: [clerk, boss], read: [staff], write: [staff]}
  secret: {read: [boss], write: [boss]}
  veiled: {read: [boss], masked: [staff]}
fields:
  part: {type: choice, label: 配件, vocabulary: parts}
  region: {type: choice, label: 地区, vocabulary: regions}
  secret: {type: choice, label: 内部, vocabulary: parts}
  veiled: {type: choice, label: 遮住, options: {a: 甲, b: 乙}}
  note: {type: text, label: 说明}
  customer: {type: link, to: customer, label: 客户}
  lines:
    type: rows
    label: 明细
    fields:
      part: {type: choice, label: 配件, vocabulary: parts}
      firm: {type: link, to: customer, label: 伙伴}
""",
}
STAFF: Mapping[str, tuple[list[str], str]] = {
    "emil": (["clerk"], "east"),
    "etta": (["clerk"], "east"),
    "wim": (["clerk"], "west"),
    "bo": (["boss"], ""),
}


@pytest.fixture(scope="module")
def callers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callers]:
    folder: Path = tmp_path_factory.mktemp("lookups")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    clock, chance = Clock(), Chance()
    app = create_app(
        Settings(workspace=folder, secret_key="k" * 40, clock=clock, chance=chance, store="memory:", testing=True)
    )
    house, place = app.extensions["formwright"], Workspace(folder)
    for name in ("customer", "order"):
        compiled = compile_template(place, place.resolve(name))
        assert compiled.template is not None, compiled.diagnostics
        publish(house.store, compiled, clock(), "test")
    people = People(house.store, chance, CHEAP)
    for name, (roles, department) in STAFF.items():
        people.add(name, "a long sentence", clock(), roles=roles, department=department)
    yield lambda name: Caller(app.test_client(), people.create_token(name, clock()))
    house.store.close()


def options(caller: Caller, query: str = "", field: str = "part") -> Any:
    answer = caller("GET", f"order/fields/{field}/options{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.json


def ids(found: Any) -> list[str]:
    return [each["id"] for each in found.get("options", found.get("records"))]


def made(caller: Caller, **data: str) -> Any:
    answer = caller("POST", "customer/records", {"data": data})
    assert answer.status_code == 201, answer.text
    return answer.json


# -- options -------------------------------------------------------------------------------------------------------


def test_a_long_list_comes_in_pages_in_its_own_order(callers: Callers) -> None:
    pages = [options(callers("emil"), f"?page={n}") for n in (1, 2, 3, 4)]
    assert [len(page["options"]) for page in pages] == [200, 200, 52, 0]
    assert {(page["total"], page["size"]) for page in pages} == {(452, 200)}
    assert [id for page in pages for id in ids(page)] == [*(f"p{n}" for n in range(MANY)), "x1", "x2"]


def test_an_option_is_told_in_the_callers_language_with_all_it_is_called(callers: Callers) -> None:
    emil = callers("emil")
    nut, old = options(emil, "?page=3")["options"][-2:]
    called = {"label": "Hex nut", "path": "Hex nut", "synonyms": ["nut", "螺帽"]}
    assert nut == {"id": "x1", **called, "choosable": True, "retired": False}
    assert (old["id"], old["retired"], old["choosable"]) == ("x2", True, False)
    chinese = emil("GET", "order/fields/part/options?text=nut", Accept_Language="zh").json
    assert [each["label"] for each in chinese["options"]][:1] == ["六角螺母"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("螺帽", "x1"), ("nut", "x1"), ("六角螺母", "x1"), ("x1", "x1"), ("螺", None), ("旧螺母", None), ("没有", None)],
)
def test_an_outside_system_maps_its_own_words(callers: Callers, word: str, meant: str | None) -> None:
    """`match` is what the word would become as an answer, or nothing."""
    emil = callers("emil")
    assert options(emil, f"?text={word}")["match"] == meant
    sent = emil("POST", "order/records", {"data": {"part": word}})
    assert sent.json["data"]["part"] == meant if meant else sent.status_code == 422


def test_a_text_finds_what_can_be_chosen_best_first_and_in_pages(callers: Callers) -> None:
    emil = callers("emil")
    assert ids(options(emil, "?text=螺母")) == ["x1"]  # the old one is retired
    first, second = options(emil, "?text=轴承"), options(emil, "?text=轴承&page=2")
    assert (first["total"], len(first["options"]), len(second["options"])) == (225, 200, 25)
    assert len({*ids(first), *ids(second)}) == 225


def test_levels_are_walked_by_parent(callers: Callers) -> None:
    emil = callers("emil")
    assert ids(options(emil, "?parent=", "region")) == ["js", "zj"]
    under = options(emil, "?parent=js", "region")
    assert [(each["id"], each["path"], each["parent"]) for each in under["options"]] == [
        ("sz", "江苏省-苏州市", "js"),
        ("nj", "江苏省-南京市", "js"),
    ]
    every = {each["id"]: each["choosable"] for each in options(emil, "", "region")["options"]}
    assert every == {"js": False, "sz": True, "nj": True, "zj": False, "hz": True}
    assert options(emil, "?text=江苏省苏州市", "region")["match"] == "sz"
    assert ids(options(emil, "?text=市&parent=zj", "region")) == ["hz"]


def test_columns_too(callers: Callers) -> None:
    assert ids(options(callers("emil"), "?text=nut", "lines.part"))[0] == "x1"


@pytest.mark.parametrize("field", ["secret", "veiled", "nothing", "lines.nothing", "part.more"])
def test_what_the_caller_never_sees_in_clear_is_not_there(callers: Callers, field: str) -> None:
    emil = callers("emil")
    answer = emil("GET", f"order/fields/{field}/options")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json["code"] == "no-such-field"
    assert callers("bo")("GET", "order/fields/secret/options").status_code == 200


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("order/fields/note/options", "field-type"),
        ("order/fields/lines/options", "field-type"),
        ("order/fields/part/options?page=0", "page-malformed"),
        ("order/fields/part/options?q=x", "parameter-unknown"),
        ("order/fields/part/options?text=a&text=b", "parameter-twice"),
        ("order/fields/part/options?parent=p9999", "parent-unknown"),
        ("order/fields/part/options?text=" + "x" * 101, "text-long"),
        ("order/fields/part/records/search", "field-type"),
    ],
)
def test_bad_questions_are_problems(callers: Callers, path: str, code: str) -> None:
    answer = callers("emil")("POST" if path.endswith("search") else "GET", path)
    assert (answer.status_code, answer.mimetype, answer.json["code"]) == (400, "application/problem+json", code)


# -- records to link to ----------------------------------------------------------------------------------------------


def search(caller: Caller, body: object = None, field: str = "customer") -> Any:
    answer = caller("POST", f"order/fields/{field}/records/search", body)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_records_are_found_by_what_the_caller_reads_and_named_as_he_names_them(callers: Callers) -> None:
    emil, etta, wim = (callers(name) for name in ("emil", "etta", "wim"))
    first = made(emil, name="苏州恒远精密机械", phone="13812345678")["id"]
    made(wim, name="无锡恒远电气")
    found = search(emil, {"text": "恒远"})
    assert found["records"] == [{"id": first, "title": "苏州恒远精密机械", "about": ""}]
    assert (found["match"], found["more"], found["page"]) == (None, False, 1)
    assert ids(search(emil, {"text": "1381234"})) == [first] and ids(search(etta, {"text": "1381234"})) == []
    assert ids(search(etta, {"text": "恒远"}, "lines.firm")) == [first]


def test_a_title_or_an_id_means_the_record_that_an_answer_would_link_to(callers: Callers) -> None:
    emil, wim = callers("emil"), callers("wim")
    one = made(emil, name="独此一家")["id"]
    for sent in ("独此一家", one):
        assert search(emil, {"text": sent})["match"] == one
        assert emil("POST", "order/records", {"data": {"customer": sent}}).json["data"]["customer"] == one
        assert search(wim, {"text": sent})["match"] is None
    made(emil, name="独此一家")
    assert search(emil, {"text": "独此一家"})["match"] is None


def test_all_records_come_in_pages_those_that_changed_last_first(callers: Callers) -> None:
    wim = callers("wim")
    made_ids = [made(wim, name=f"第{n}家")["id"] for n in range(60)]
    first, second = search(wim), search(wim, {"page": 2})
    assert (len(first["records"]), first["more"], second["more"], first["size"]) == (50, True, False, 50)
    assert {*made_ids} <= {*ids(first), *ids(second)} and not {*ids(first)} & {*ids(second)}
    some, more = search(wim, {"text": "家"}), search(wim, {"text": "家", "page": 2})
    assert (len(some["records"]), some["more"], len(more["records"]), more["more"]) == (50, True, 10, False)


def test_nothing_that_is_looked_for_may_stand_in_an_address(callers: Callers) -> None:
    assert callers("emil")("GET", "order/fields/customer/records/search?text=李").status_code == 405
    answer = callers("emil")("POST", "order/fields/customer/records/search", {"q": "李"})
    assert (answer.status_code, answer.json["code"]) == (400, "member-unknown")


# -- duplicates --------------------------------------------------------------------------------------------------------


def test_an_answer_tells_of_what_may_be_the_same_thing(callers: Callers) -> None:
    emil, etta, wim = (callers(name) for name in ("emil", "etta", "wim"))
    first = made(emil, name="杭州盛德模具有限公司", phone="13900000001")
    assert first["duplicates"] == []
    other = made(etta, name="盛德模具", phone="13900000001")
    [told] = other["duplicates"]  # the number is masked for her there, so the name alone led to it
    assert (told["id"], told["fields"], told["masked"]) == (first["id"], ["name"], ["phone"])
    assert "13900000001" not in str(told) and told["data"]["name"] == "杭州盛德模具有限公司"
    own = made(emil, name="另一家", phone="139 0000 0001")
    assert [(each["id"], each["fields"]) for each in own["duplicates"]] == [(first["id"], ["phone"])]
    changed = emil("PATCH", f"records/{own['id']}", {"data": {"name": "盛德模具厂"}}, If_Match="1").json
    assert {each["id"] for each in changed["duplicates"]} == {first["id"], other["id"]}
    assert made(wim, name="盛德模具", phone="13900000001")["duplicates"] == []
    assert "duplicates" not in emil("POST", "order/records", {"data": {"note": "x"}}).json


def test_what_is_answered_is_what_is_described(callers: Callers) -> None:
    emil = callers("emil")
    headers = {"Authorization": f"Bearer {emil.token}"}
    document = emil.client.get("/api/openapi.json", headers=headers).json
    OpenAPIV31SpecValidator(document).validate()
    answers = {
        "options": options(emil, "", "region"),
        "linkable": search(emil, {"text": "家"}),
        "customer.record": made(emil, name="盛德模具"),
    }
    for name, answer in answers.items():
        schema = {**document, **document["components"]["schemas"][name]}
        jsonschema.Draft202012Validator(schema, registry=Registry()).validate(answer)
    assert answers["customer.record"]["duplicates"]
    paths = document["paths"]
    assert {"/api/v1/order/fields/{field}/options", "/api/v1/order/fields/{field}/records/search"} <= paths.keys()
