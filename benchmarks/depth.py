"""Below the pages: judging a record, compiling a wide definition, and a store with many records."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml
from werkzeug.datastructures import MultiDict

import schemas
from benchmarks import ours
from benchmarks.theirs import VALID
from benchmarks.timing import Figure, Pair, in_turn, pair, timed
from benchmarks.visitor import Visitor
from builder.compile import compile_sources
from builder.expressions import Situation
from builder.language import Source
from builder.model import Template
from workflows.evaluate import evaluate
from workflows.keep import open_store
from workflows.keep.port import Row, Store

FEW, MANY = 1_000, 100_000
AT = "2026-01-05T01:00:00.000000Z"
RECORDS = "records"


def compiled(name: str) -> Template:
    """A definition of this folder, compiled."""
    result = compile_sources(sources(name))
    assert result.template is not None, result.diagnostics
    return result.template


def sources(name: str) -> tuple[Source, Source]:
    """The workspace file and a definition of this folder, as read."""
    text = (ours.HERE / f"{name}.yaml").read_text("utf-8")
    workspace = Source("formwright.yaml", ours.WORKSPACE.replace("[en]", "[zh, en]"), "workspace")
    return workspace, Source(f"templates/{name}.yaml", text, "template")


def validation(module: Any) -> Figure:
    """One 30-field record judged, beside the rival's WTForms class over the same answers."""
    template, situation = compiled("lead"), Situation(today="2026-01-05", now=AT, me=ours.USER)
    posted, meta = MultiDict(VALID), {"csrf": False}

    def our() -> bool:
        return not evaluate(template, ours.OURS_VALID, situation).faults

    def rival() -> bool:
        return bool(module.LeadForm(formdata=posted, meta=meta).validate())

    with module.app.test_request_context():
        assert our() and rival()
        return Figure("validate one record", "a WTForms class", "≥", 5.0, in_turn(our, rival, times=50).turned())


def wide() -> Figure:
    """Load, check and lower 1,000 fields, beside the C loader and `jsonschema-rs` over the same file."""
    files = sources("wide")
    text = files[1].text
    validator = jsonschema_rs.validator_for(json.loads(schemas.read("language/template.json")))

    def bare() -> bool:
        return bool(validator.is_valid(yaml.load(text, yaml.CSafeLoader)))

    return Figure(
        "compile wide.yaml",
        "C YAML load and jsonschema-rs",
        "≤",
        3.0,
        in_turn(lambda: compile_sources(files), bare, rounds=7, times=1),
    )


def stores(visitor: Visitor, workspace: Path, folder: Path) -> Iterator[Figure]:
    """Insert at 100,000 records beside insert at 1,000, and opening them beside reading the file with `json`."""
    row = stored(visitor, workspace)
    few, many = (filled(folder / str(count), row, count) for count in (FEW, MANY))
    insert = in_turn(lambda: put(many, row), lambda: put(few, row), rounds=15, times=50)
    yield Figure(f"insert at {MANY:,} records", f"at {FEW:,}", "≤", 2.0, insert)
    for store in (few, many):
        store.close()
    for pattern, name in (("*.jsonl", "json over its journal"), ("snapshot.json", "json over its snapshot")):
        yield Figure(f"open {MANY:,} records", name, "≤", 3.0, opening(folder / str(MANY), pattern))


def stored(visitor: Visitor, workspace: Path) -> Row:
    """A record's row as the app stored it."""
    answer = visitor.post("/f/lead", {**ours.OURS_VALID, **visitor.hidden("/f/lead"), ours.KEY: str(uuid.uuid4())})
    id = dict(answer.headers)["Location"].rsplit("/", 1)[1]
    store = open_store("tinydb:data", workspace)
    try:
        row = store.get(RECORDS, id)
        assert row is not None
        return row
    finally:
        store.close()


def filled(folder: Path, row: Row, count: int) -> Store:
    """A store with so many copies of a row, each under an id and in a line of its own."""
    store = open_store("tinydb:data", folder)
    for _ in range(count):
        put(store, row)
    return store


def put(store: Store, row: Row) -> None:
    """Insert a copy of the row under a new id, with its history line."""
    id = uuid.uuid4().hex
    with store.write(at=AT, actor=ours.USER) as transaction:
        transaction.put(RECORDS, id, {**row, "id": id})
        transaction.log("created", id, {"data": row["data"]})


def opening(folder: Path, pattern: str) -> Pair:
    """Opening the store beside reading some of its files with `json`, line by line."""

    def ours_() -> None:
        open_store("tinydb:data", folder).close()

    return pair(timed(ours_), timed(lambda: read(folder, pattern)), rounds=5)


def read(folder: Path, pattern: str) -> int:
    """Every line of the files that holds an object, parsed and kept: the least that opening could cost."""
    rows: list[Any] = []
    for path in sorted(folder.rglob(pattern)):
        with path.open("rb") as file:
            rows += map(json.loads, (line for line in file if line.startswith(b"{")))
    return len(rows)
