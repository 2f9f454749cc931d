"""Sample records from a recipe: word lists and weights in, records that lived their life through the Service out.

Nothing here knows what the records are about; the recipe does (`schemas/sample.yaml` is one). The same recipe, count,
random generator and moment give the same records.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from workflows.record import Actor
from workflows.service import Service

Recipe = Mapping[str, Any]

_HOLE = re.compile(r"\{([^{}]+)\}")
_DIGITS = re.compile(r"#(\d+)")
_DAY = re.compile(r"(day|in) (\d+)-(\d+)")


@dataclass(slots=True)
class Draw:
    """The words of one record: a hole written the same way twice is filled with the same word.

    `{list}` is a word of a list, `{list.1}` a part of it (counted from 0), `{list b}` another word of the same list,
    `{#8}` eight digits, `{day 1-30}` a day between 1 and 30 days before `at`, `{in 1-30}` after it, `{year}` its year.
    """

    words: Mapping[str, Sequence[Any]]
    random: Random
    at: datetime
    drawn: dict[str, Any] = field(default_factory=dict)

    def fill(self, value: Any) -> Any:
        """The value with every hole in its texts filled; lists and maps are gone through."""
        if isinstance(value, str):
            return _HOLE.sub(lambda hole: str(self._word(hole[1])), value)
        if isinstance(value, Mapping):
            return {key: self.fill(part) for key, part in value.items()}
        return [self.fill(part) for part in value] if isinstance(value, list) else value

    def _word(self, hole: str) -> Any:
        name, dot, part = hole.partition(".")
        if name not in self.drawn:
            self.drawn[name] = self._pick(name)
        return self.drawn[name][int(part)] if dot else self.drawn[name]

    def _pick(self, name: str) -> Any:
        if digits := _DIGITS.match(name):
            return "".join(self.random.choices("0123456789", k=int(digits[1])))
        if day := _DAY.match(name):
            days = timedelta(days=self.random.randint(int(day[2]), int(day[3])))
            return (self.at - days if day[1] == "day" else self.at + days).date().isoformat()
        if name == "year":
            return self.at.year
        return self.fill(self.random.choice(self.words[name.split()[0]]))


@dataclass(slots=True)
class Life:
    """One planned record: who keeps it, what is answered first, and each later step with its moment."""

    actor: Actor
    data: Mapping[str, Any]
    steps: Sequence[tuple[datetime, Mapping[str, Any]]]
    created: datetime
    id: str = ""
    rev: int = 0


def seed(
    service: Service, actors: Mapping[str, Actor], recipe: Recipe, count: int, random: Random, now: str
) -> tuple[str, ...]:
    """Store `count` records with their history up to `now` (UTC, as a clock gives it); their ids, oldest first.

    `actors` are the people the recipe names, by user id. Raises what `Service.create`, `.revise` and `.act` raise: a
    recipe that breaks the template's rules is a mistake.
    """
    end = datetime.fromisoformat(now)
    lives = [_plan(actors, recipe, random, end) for _ in range(count)]
    moments = sorted(_moments(lives), key=lambda moment: moment[0])  # the journal is written in the order of time
    for at, life, step in moments:
        _live(Service(service.store, service.catalogue, _stopped(at), service.ids), recipe["template"], life, step)
    return tuple(life.id for life in sorted(lives, key=lambda life: life.created))


def _plan(actors: Mapping[str, Actor], recipe: Recipe, random: Random, end: datetime) -> Life:
    name = _weighted(recipe["actors"], random)
    own = recipe["actors"][name]
    created = _working_hour(end - timedelta(days=random.randint(2, recipe["days"])), recipe, random)
    draw = Draw(recipe["words"], random, created)
    scene = recipe["scenes"][_weighted(recipe["scenes"], random)]
    answers = {**recipe["answers"], **scene["answers"], **own.get("answers", {})}
    kept = {key: value for key, value in answers.items() if random.random() * 100 < recipe["chance"].get(key, 100)}
    paths = own.get("paths", recipe["paths"])
    steps = random.choices(paths, [path["weight"] for path in paths])[0]["steps"]
    return Life(actors[name], draw.fill(kept), tuple(_timed(steps, created, end, recipe, draw)), created)


def _timed(
    steps: Sequence[Mapping[str, Any]], created: datetime, end: datetime, recipe: Recipe, draw: Draw
) -> Iterator[tuple[datetime, Mapping[str, Any]]]:
    """The steps with their moments, as far as they have come by `end`."""
    at = created
    for step in steps:
        at = _working_hour(at + timedelta(days=draw.random.randint(1, recipe["pause"])), recipe, draw.random)
        if at >= end:
            return
        yield at, draw.fill(step)


def _working_hour(day: datetime, recipe: Recipe, random: Random) -> datetime:
    first, last = recipe["hours"]
    return day.replace(hour=random.randint(first, last), minute=random.randint(0, 59), second=random.randint(0, 59))


def _weighted(choices: Mapping[str, Mapping[str, Any]], random: Random) -> str:
    return random.choices(list(choices), [choice["weight"] for choice in choices.values()])[0]


def _moments(lives: Sequence[Life]) -> Iterator[tuple[datetime, Life, Mapping[str, Any]]]:
    for life in lives:
        yield life.created, life, {}
        yield from ((at, life, step) for at, step in life.steps)


def _live(service: Service, template: str, life: Life, step: Mapping[str, Any]) -> None:
    """Take one step, or the first one, which makes the record."""
    if not step:
        done = service.create(life.actor, template, life.data)
    elif "set" in step:
        done = service.revise(life.actor, life.id, step["set"], rev=life.rev)
    else:
        done = service.act(life.actor, life.id, step["do"], data=step.get("data"), comment=step.get("comment", ""))
    life.id, life.rev = done.id, done.rev


def _stopped(at: datetime) -> Callable[[], str]:
    moment = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return lambda: moment
