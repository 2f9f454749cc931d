"""The starter by the API: what people call an option becomes the one it is (domain rows A5, A13, C3)."""

from __future__ import annotations

from pathlib import Path

from builder.compile import compile_template
from builder.workspace import Workspace
from renderer.app import create_app
from renderer.settings import Settings
from tests.renderer.api.conftest import CHEAP, Caller, Chance, Clock
from workflows.catalogue import publish
from workflows.people import People

STARTER = Path(__file__).resolve().parents[3] / "schemas" / "starter"
GIVEN = {"customer_name": "恒远精密", "contact_name": "李明", "phone": "13812345678", "product": "数控机床"}
ONLINE = {"source": "线上获客", "platform": "抖音", "method": "直播带货"}
PARTNER = {"source": "经销商推荐", "partner_name": "华东区域代理商", "partner_person": "王磊"}


def test_a5_a13_c3_synonyms_and_paths_are_read_and_ids_come_back() -> None:
    clock, chance = Clock(second=60), Chance()
    app = create_app(
        Settings(workspace=STARTER, secret_key="k" * 40, clock=clock, chance=chance, store="memory:", testing=True)
    )
    house, place = app.extensions["formwright"], Workspace(STARTER)
    publish(house.store, compile_template(place, place.resolve("customer-source")), clock(), "test")
    people = People(house.store, chance, CHEAP)
    people.add("staff", "a long sentence", clock(), roles=["sales"], department="sales-east")
    staff = Caller(app.test_client(), people.create_token("staff", clock()))
    places = {"region": "江苏苏州", "industry": "制造业-通用设备制造业", "channel": "搜索"}
    sent = {**GIVEN, **ONLINE, **places, "first_contact": "2026-03-01"}
    made = staff("POST", "customer-source/records", {"data": sent})
    assert made.status_code == 201, made.json
    kept = {name: made.json["data"][name] for name in ("source", "region", "industry", "channel")}
    assert kept == {"source": "online", "region": "320500", "industry": "34", "channel": "search"}
    assert "online" in made.json["tags"]["reach"]
    other = staff("POST", "customer-source/records", {"data": {**GIVEN, **PARTNER, "first_contact": "2026-03-01"}})
    assert other.json["data"]["source"] == "partner"
    refused = staff("POST", "customer-source/records", {"data": {**sent, "region": "江苏省", "industry": "C"}})
    assert refused.status_code == 422 and refused.json["errors"].keys() == {"region", "industry"}
    where = staff("GET", 'customer-source/records?where=region == "320000"')
    assert (where.status_code, where.json["total"]) == (200, 1)
