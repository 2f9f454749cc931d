"""Sample records: the recipe's words and weights become lives that follow one another in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from workflows import seed as module
from workflows.record import Actor
from workflows.seed import Draw, seed

NOW = "2026-03-01T12:00:00.000000Z"
ACTORS = {name: Actor(id=name) for name in ("an", "bo")}
RECIPE: dict[str, Any] = {
    "template": "loan",
    "days": 90,
    "pause": 30,
    "hours": [1, 9],
    "actors": {"an": {"weight": 3}, "bo": {"weight": 1, "answers": {"own": "{#4}"}}},
    "answers": {"book": "{book.0}", "author": "{book.1}", "until": "{day 1-5}", "pages": ["{book.0}", "{book b.0}"]},
    "chance": {"author": 50},
    "scenes": {"desk": {"weight": 1, "answers": {"place": "desk"}}, "van": {"weight": 1, "answers": {"place": "van"}}},
    "paths": [
        {"weight": 1, "steps": []},
        {"weight": 2, "steps": [{"do": "lend", "comment": "{book.1}"}, {"set": {"place": "home"}}, {"do": "back"}]},
    ],
    "words": {"book": [["Emma", "Austen"], ["Persuasion", "Austen"], ["Middlemarch", "Eliot"]]},
}


@dataclass
class Done:
    id: str
    rev: int


class Diary:
    """Takes the Service's place and writes down what was asked of it, and when."""

    def __init__(self, store: list[tuple[Any, ...]], catalogue: object, clock: Any, ids: object) -> None:
        self.store, self.catalogue, self.clock, self.ids = store, catalogue, clock, ids

    def create(self, actor: Actor, template: str, data: Any) -> Done:
        self.store.append((self.clock(), "create", actor.id, data))
        return Done(f"r{len(self.store)}", 1)

    def revise(self, actor: Actor, id: str, data: Any, *, rev: int) -> Done:
        self.store.append((self.clock(), "revise", id, rev))
        return Done(id, rev + 1)

    def act(self, actor: Actor, id: str, action: str, *, data: Any, comment: str) -> Done:
        self.store.append((self.clock(), action, id, comment))
        return Done(id, sum(line[2] == id for line in self.store) + 1)


def diary(monkeypatch: pytest.MonkeyPatch, count: int, start: int = 7) -> tuple[list[tuple[Any, ...]], tuple[str, ...]]:
    monkeypatch.setattr(module, "Service", Diary)
    service: Any = Diary([], None, None, None)
    return service.store, seed(service, ACTORS, RECIPE, count, Random(start), NOW)


def test_a_hole_written_twice_is_filled_with_the_same_word() -> None:
    draw = Draw(
        {"city": [["Suzhou", "SU"], ["Wuxi", "WX"]], "digit": ["{#3}"]}, Random(1), datetime(2026, 3, 1, tzinfo=UTC)
    )
    filled = draw.fill({"a": "{city.0}", "b": ["{city.0}/{city.1}", 5], "c": "{digit}", "d": "{digit}", "y": "{year}"})
    assert (filled["a"], filled["b"][0]) in {("Suzhou", "Suzhou/SU"), ("Wuxi", "Wuxi/WX")}
    assert filled["b"][1] == 5 and filled["c"] == filled["d"] and len(filled["c"]) == 3 and filled["y"] == "2026"


def test_days_lie_before_the_record() -> None:
    draws = [Draw({}, Random(n), datetime(2026, 3, 1, tzinfo=UTC)).fill("{day 1-3}") for n in range(30)]
    assert set(draws) == {"2026-02-26", "2026-02-27", "2026-02-28"}


def test_the_same_seed_gives_the_same_lives_and_another_gives_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert diary(monkeypatch, 20) == diary(monkeypatch, 20)
    assert diary(monkeypatch, 20)[0] != diary(monkeypatch, 20, start=8)[0]


def test_what_happened_is_stored_in_the_order_of_time_and_before_now(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, ids = diary(monkeypatch, 40)
    times = [line[0] for line in lines]
    assert times == sorted(times) and times[-1] <= NOW and times[0] >= "2025-12-01"
    created = [f"r{n}" for n, line in enumerate(lines, 1) if line[1] == "create"]
    assert list(ids) == created and len(ids) == 40
    assert all(1 <= int(time[11:13]) <= 9 for time in times)


def test_a_life_takes_its_steps_in_turn_with_the_revision_it_has_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, ids = diary(monkeypatch, 40)
    lives = {id: [(line[1], line[3]) for line in lines if line[2] == id] for id in ids}
    whole = [life for life in lives.values() if len(life) == 3]
    assert whole and all([kind for kind, _ in life] == ["lend", "revise", "back"] for life in whole)
    assert all(life[0][1] in ("Austen", "Eliot") and life[1][1] == 2 for life in whole)
    assert any(not life for life in lives.values())


def test_everybody_and_every_scene_takes_part_and_chance_leaves_answers_out(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, _ = diary(monkeypatch, 60)
    created = [line for line in lines if line[1] == "create"]
    assert {line[2] for line in created} == {"an", "bo"}
    assert {line[3]["place"] for line in created} == {"desk", "van"}
    assert {"author" in line[3] for line in created} == {True, False}
    assert all(("own" in line[3]) == (line[2] == "bo") for line in created)
