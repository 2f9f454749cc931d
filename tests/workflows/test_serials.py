"""Serial numbers: each once, none missing among what was acknowledged, whatever happens (design.md, law 6)."""

from __future__ import annotations

import re
import secrets
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.serial import BadSerial, read_serial
from renderer.shell.trying import attempt
from tests.workflows.keep.folder import opened
from tests.workflows.serial_client import FORM, desk
from tests.workflows.world import OTHER, STAFF, compiled, service
from workflows.catalogue import publish
from workflows.evaluate import evaluate
from workflows.filing import RECORDS
from workflows.find.query import Query
from workflows.keep.port import Store
from workflows.keep.tiny import TinyStore
from workflows.keep.verify import verify
from workflows.record import Forbidden, Invalid
from workflows.service import Service

BUILT = compiled(FORM)
OVERLAY = """
overlay: marketing
extends: customer@1.0.0
add:
  fields:
    own: {type: text, label: 本部编号, serial: 'M{000}'}
"""


def numbers(store: Store, field: str = "number") -> list[str]:
    rows = store.find(Query(collection=RECORDS)).rows
    return sorted(str(row["data"][field]) for row in rows if field in row["data"])  # type: ignore[operator,index]


def data(desk: Service, id: str) -> dict[str, object]:
    row = desk.store.get(RECORDS, id)
    assert row is not None
    return dict(row["data"])  # type: ignore[call-overload]


def test_a_record_is_numbered_when_it_is_made_and_what_is_computed_from_it_with_it() -> None:
    it = service(BUILT)
    ids = [it.create(STAFF, "customer", {"name": name}).id for name in ("甲", "乙")]
    assert [data(it, id)["number"] for id in ids] == ["KH-202603-0001", "KH-202603-0002"]
    assert data(it, ids[1])["title"] == "KH-202603-0002 乙"
    for _ in range(2):  # who only looks takes none
        assert it.blank(STAFF, "customer").evaluation.values["number"] == "KH-202603-0003"


ASKED_BY_NUMBER = compiled("""
fields:
  number: {type: text, label: 编号, serial: '{000}'}
  note: {type: text, label: 记, visible: given(number), required: number == "001"}
""")


def test_what_a_number_decides_is_shown_and_asked_before_it_is_drawn() -> None:
    it = service(ASKED_BY_NUMBER)
    assert it.blank(STAFF, "t").evaluation.visible >= {"note"}
    with pytest.raises(Invalid) as refused:
        it.create(STAFF, "t", {})
    assert list(refused.value.faults) == ["note"]
    it.create(STAFF, "t", {"note": "一"})
    it.create(STAFF, "t", {})
    assert numbers(it.store) == ["001", "002"]


def test_try_says_what_a_number_decides() -> None:
    assert ASKED_BY_NUMBER.template and ASKED_BY_NUMBER.company
    found = attempt(ASKED_BY_NUMBER.template, ASKED_BY_NUMBER.company, {}, "2026-03-04T05:06:07.000000Z", "zh")
    assert found["errors"] == {"note": ["这里还没有填写。"]} and found["visible"] == ["number", "note"]


def test_a_refused_record_takes_no_number_and_a_retry_no_second() -> None:
    it = service(BUILT)
    with pytest.raises(Invalid):
        it.create(STAFF, "customer", {})
    first = [it.create(STAFF, "customer", {"name": "甲"}, key="k").id for _ in range(2)]
    it.create(STAFF, "customer", {"name": "乙"})
    assert first[0] == first[1]
    assert numbers(it.store) == ["KH-202603-0001", "KH-202603-0002"]


def test_nobody_writes_a_number() -> None:
    it = service(BUILT)
    with pytest.raises(Forbidden):
        it.create(STAFF, "customer", {"name": "甲", "number": "KH-202603-0009"})
    id = it.create(STAFF, "customer", {"name": "甲"}).id
    with pytest.raises(Forbidden):
        it.revise(STAFF, id, {"number": ""}, rev=1)
    it.revise(STAFF, id, {"name": "乙", "number": "KH-202603-0001"}, rev=1)  # what is there may be sent along
    assert data(it, id)["number"] == "KH-202603-0001"


def test_the_counter_starts_again_with_the_month_of_the_companys_clock() -> None:
    it = service(BUILT)
    times = iter(f"2026-{at}:00.000000Z" for at in ("01-31T15:59", "01-31T16:00", "02-28T15:00", "12-31T16:00"))
    it.clock = lambda: next(times)
    for _ in range(4):
        it.create(STAFF, "customer", {"name": "甲"})
    assert numbers(it.store) == ["KH-202601-0001", "KH-202602-0001", "KH-202602-0002", "KH-202701-0001"]


def test_a_departments_clone_counts_with_its_base_and_its_own_for_itself() -> None:
    it = service(BUILT, compiled(FORM, OVERLAY), compiled(FORM.replace("customer", "supplier")))
    for actor in (STAFF, OTHER, STAFF, OTHER):
        it.create(actor, "customer", {"name": "甲"})
    it.create(STAFF, "supplier", {"name": "甲"})
    assert numbers(it.store) == [f"KH-202603-000{n}" for n in (1, 1, 2, 3, 4)]
    assert numbers(it.store, "marketing__own") == ["M001", "M002"]


def test_digits_grow_when_they_do_not_suffice() -> None:
    it = service(compiled(FORM.replace("{0000}", "{0}")))
    for _ in range(11):
        it.create(STAFF, "customer", {"name": "甲"})
    assert {"KH-202603-9", "KH-202603-11"} <= set(numbers(it.store))


def test_another_pattern_never_writes_what_the_old_one_wrote() -> None:
    it = service(compiled(FORM.replace("KH-{YYYY}{MM}-{0000}", "{YYYY}{0}")))
    for _ in range(32):
        it.create(STAFF, "customer", {"name": "甲"})  # 20261 … 202632
    publish(it.store, compiled(FORM.replace("KH-{YYYY}{MM}-{0000}", "{YYYY}{MM}{0}").replace("1.0.0", "2.0.0")),
            it.clock(), "admin")  # fmt: skip
    publish(it.store, compiled(FORM.replace("KH-{YYYY}{MM}-{0000}", "{YYYY}3{0}").replace("1.0.0", "3.0.0")),
            it.clock(), "admin")  # fmt: skip
    for _ in range(12):
        it.create(STAFF, "customer", {"name": "甲"})
    found = numbers(it.store)
    assert len(found) == len(set(found)) == 44


def test_the_schema_expects_what_is_written() -> None:
    template = BUILT.template
    assert template is not None
    found = evaluate(template, {"name": "甲", "number": "KH-2026-1"}, service(BUILT).blank(STAFF, "customer").situation)  # type: ignore[arg-type]
    assert "number" in found.faults


PARTS = st.lists(
    st.sampled_from(["KH-", "号", "{YYYY}", "{YY}", "{MM}", "{DD}", "{0}", "{000}", ".", "^$", "(a|b)"]), max_size=6
)


@given(PARTS.map("".join), st.dates().map(str), st.integers(1, 10**6))
def test_a_pattern_reads_all_it_writes_and_writes_nothing_twice(text: str, day: str, number: int) -> None:
    try:
        serial = read_serial(text)
    except BadSerial:
        return
    written = serial.write(day, number)
    assert re.fullmatch(serial.pattern, written)
    assert serial.write(day, number + 1) != written and serial.write(day, number * 10) != written


@pytest.mark.parametrize("folder", [False, True])
def test_threads_draw_each_number_once(folder: bool, tmp_path: Path) -> None:
    it = desk(opened(tmp_path / "data")) if folder else service(BUILT)
    threads = [Thread(target=lambda: [it.create(STAFF, "customer", {"name": "甲"}) for _ in range(10)]) for _ in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = numbers(it.store)
    if isinstance(it.store, TinyStore):
        it.store.close()
    assert [number[-4:] for number in found] == [f"{n:04}" for n in range(1, 41)]


@pytest.mark.parametrize(
    "runs", [1, pytest.param(8, marks=pytest.mark.slow), pytest.param(60, marks=pytest.mark.prove)]
)
def test_processes_killed_at_random_leave_no_gap_and_no_double(runs: int, root: Path, tmp_path: Path) -> None:
    store = opened(tmp_path / "data")
    desk(store)  # published
    store.close()
    command = [sys.executable, "-m", "tests.workflows.serial_client", str(tmp_path / "data")]
    for run in range(runs):
        deaths = [secrets.randbelow(60) + 20 for _ in range(2)]
        clients = [subprocess.Popen([*command, str(die_at), f"{run}-{n}"], cwd=root) for n, die_at in enumerate(deaths)]
        assert {client.wait(timeout=120) for client in clients} == {-signal.SIGKILL}
    store = opened(tmp_path / "data")
    found = [number[-4:] for number in numbers(store)]
    store.close()
    assert found == [f"{n:04}" for n in range(1, len(found) + 1)] and len(found) > runs
    assert verify(tmp_path / "data").problems == ()
