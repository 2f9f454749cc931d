"""The hidden verb behind `make run`: the starter with its people and records, published, made whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import schemas
from renderer.shell.desk import SHELL, Answer, Desk
from renderer.shell.publishing import carry_out, rehearse, wanted
from renderer.shell.staff import generated
from renderer.shell.table import table
from renderer.shell.workspaces import NotEmpty, new
from workflows.catalogue import Catalogue
from workflows.files.bringing import Sent, bring, looked_at
from workflows.identity import ids
from workflows.keep.port import Store
from workflows.people import People
from workflows.record import Actor
from workflows.seed import seed
from workflows.service import Service

RECORDS = 300
START = 2026  # of the random numbers: everybody gets the same sample


def sampled(desk: Desk, folder: Path) -> Answer:
    """Make the sample workspace, or leave the one that is there; passwords are shown once. Raises NotEmpty, OSError."""
    if (folder / "formwright.yaml").exists():
        return Answer((desk.say("shell-sample-there", folder=str(folder)),))
    draft = folder.with_name(f"{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)  # of a run that was interrupted
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty
    new(draft)
    passwords, count = _filled(replace(desk, folder=str(draft), store_url=""))
    if folder.exists():
        folder.rmdir()
    draft.rename(folder)
    rows = [[desk.say("shell-column-user"), desk.say("shell-column-password")], *map(list, passwords.items())]
    return Answer((desk.say("shell-sample-made", folder=str(folder), count=count), *table(rows)))


def _filled(desk: Desk) -> tuple[Mapping[str, str], int]:
    """Publish, add the people and their records; user → password, and how many records."""
    sample = schemas.sample()
    with desk.store() as store:
        carry_out(desk, store, [rehearse(desk.workspace, store, ref) for ref in wanted(desk.workspace, ())])
        passwords = _people(desk, store, sample["users"])
        people = People(store, desk.chance)
        actors: dict[str, Actor] = {user.id: user.actor for user in people.all()}
        service = Service(store, Catalogue(store), desk.clock, ids(desk.chance))
        recipe = _with_files(store, sample, actors, desk.clock())
        made = seed(service, actors, recipe, RECORDS, Random(START), desk.clock())
        linked = linking(service, actors, sample["linked"], str(recipe["template"]), made)
        more = seed(service, actors, linked, linked["count"], Random(START), desk.clock())
    return passwords, len(made) + len(more)


def linking(
    service: Service, actors: Mapping[str, Actor], recipe: Mapping[str, Any], template: str, made: Sequence[str]
) -> Mapping[str, Any]:
    """A recipe whose words know the older of some records, those that everybody in it may link to."""
    seers = [service.links(actors[name]) for name in recipe["actors"]]
    known = [id for id in made[: len(made) // 2] if all(each.title(template, id) is not None for each in seers)]
    return {**recipe, "words": {**recipe["words"], template: known}}


def _with_files(store: Store, sample: Mapping[str, Any], actors: Mapping[str, Actor], at: str) -> Mapping[str, Any]:
    """The recipe with its pictures among the answers, laid ready for everybody who makes records in it."""
    recipe: Mapping[str, Any] = sample["recipe"]
    found: dict[str, Any] = {}
    for field, name in sample["files"].items():
        picture = schemas.read_bytes(name)
        sent = Sent(BytesIO(picture), len(picture), name)
        for actor in recipe["actors"]:
            found[field] = [{"id": bring(store, actors[actor], sent, looked_at(sent), at)["id"]}]
    return {**recipe, "answers": {**recipe["answers"], **found}}


def _people(desk: Desk, store: Store, users: Mapping[str, Any]) -> Mapping[str, str]:
    people, passwords = People(store, desk.chance), {}
    for name, user in users.items():
        passwords[name] = generated(desk.chance)
        rights = {"roles": user["roles"], "department": user.get("department", "")}
        people.add(name, passwords[name], desk.clock(), name=user["name"], by=SHELL, **rights)
    return passwords
