"""How long a door is open, for how many, and how much one address, one link and one page may bring."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from renderer.house import House
from renderer.visitors.tokens import link_token
from tests.renderer.conftest import make_app
from tests.renderer.visitors.conftest import WORKSPACE, Clock, Doors, Visitor, records
from workflows.filing import KEY_DAYS
from workflows.find.query import Query

ANSWERS = {"name": "李", "wants": "talk", "phone": "13812345678"}


@pytest.mark.parametrize(
    ("now", "status", "said"),
    [
        ("2026-01-04T15:59:59.999999Z", 410, "2026-01-05"),  # the last moment before midnight in Shanghai
        ("2026-01-04T16:00:00.000000Z", 200, "名额有限"),
        ("2026-01-06T15:59:59.999999Z", 200, "名额有限"),  # the last day counts whole
        ("2026-01-06T16:00:00.000000Z", 410, "2026-01-06 截止"),
    ],
)
def test_the_hours_are_the_companys(visitor: Doors, clock: Clock, now: str, status: int, said: str) -> None:
    someone = visitor("seats")
    clock.now = now
    answer = someone.client.get(someone.path)
    assert answer.status_code == status and said in answer.text and "名额有限" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_the_limit_counts_what_came_in_by_all_links_of_the_entry(visitor: Doors, house: House) -> None:
    first, second, late = visitor("seats"), visitor("seats"), visitor("seats")
    for someone in (first, second, late):
        someone.open()
    assert first.send(**ANSWERS).status_code == second.send(**ANSWERS).status_code == 200
    answer = late.send(**ANSWERS)
    assert answer.status_code == 410 and "名额已满" in answer.text
    assert len(records(house)) == 2
    counts = sorted(int(str(row["count"])) for row in house.store.find(Query(collection="links")).rows)
    assert counts == [0, 1, 1]


def test_a_closed_link_says_so(visitor: Doors, house: House) -> None:
    someone = visitor("website")
    someone.open()
    (row,) = house.store.find(Query(collection="links")).rows
    emil = house.people.get("emil")
    assert emil is not None
    house.doors.close(emil.actor, str(row["id"]))
    for answer in (someone.client.get(someone.path), someone.send(**ANSWERS)):
        assert answer.status_code == 410 and "已经关闭" in answer.text
    assert records(house) == []


def test_a_flood_by_one_link_is_held_up_and_nothing_is_lost(visitor: Doors, house: House, clock: Clock) -> None:
    house.doors.most = 2
    someone = visitor("website")
    for _ in range(2):
        someone.open()
        someone.send(**ANSWERS)
    someone.open()
    answer = someone.send(**ANSWERS)
    assert answer.status_code == 429 and 'value="李"' in answer.text and len(records(house)) == 2
    clock.now = "2026-01-05T01:50:00.000000Z"
    assert someone.send(wants="talk").status_code == 200 and len(records(house)) == 3


@pytest.fixture
def small(clock: Clock) -> Iterator[Flask]:
    app = make_app(WORKSPACE, clock=clock, visits_per_minute=3, max_visit=2_000)
    yield app
    app.extensions["formwright"].store.close()


def test_one_address_does_not_come_too_often_and_brings_not_too_much(small: Flask, clock: Clock) -> None:
    house: House = small.extensions["formwright"]
    template = house.catalogue.current("guest", "east")
    link = house.doors.make(template, "website", {}, department="east", owner="emil", by="emil")
    someone = Visitor(small.test_client(), f"/p/{link_token(house.settings.secret_key, link)}", clock)
    abroad = {"REMOTE_ADDR": "203.0.113.5"}
    assert someone.client.post(someone.path, data={"name": "x" * 3_000}, environ_base=abroad).status_code == 413
    answers = [someone.client.get(someone.path, environ_base=abroad).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert someone.client.get(someone.path, environ_base={"REMOTE_ADDR": "203.0.113.6"}).status_code == 200


def test_only_a_form_is_taken(visitor: Doors) -> None:
    someone = visitor("website")
    assert someone.client.post(someone.path, json={"name": "李"}).status_code == 415


def test_a_page_that_was_sent_and_lay_for_weeks_is_not_stored_again(visitor: Doors, house: House, clock: Clock) -> None:
    someone = visitor("website")
    someone.open()
    someone.send(**ANSWERS)
    someone.later((KEY_DAYS + 1) * 86_400)
    again = someone.client.post(someone.path, data=someone.sent[-1])
    assert house.store.find(Query(collection="keys")).total == 0  # what had answered for it is gone
    assert again.status_code == 200 and 'value="李"' in again.text and "再提交一次" in again.text
    assert len(records(house)) == 1
