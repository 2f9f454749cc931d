"""publish says what a version means for the records there are and leaves none behind; store verify reads it all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.cli.test_definitions import spoil
from workflows.catalogue import Catalogue
from workflows.keep import open_store
from workflows.record import Actor
from workflows.service import Service

NOW = "2026-03-02T08:00:00.000000Z"
WANG = Actor(id="wang", roles=frozenset({"clerk"}), department="south")


@contextmanager
def service(place: Path) -> Iterator[Service]:
    """The service over the workspace's store."""
    store = open_store("tinydb:data", place)
    numbers = iter(range(1000))
    yield Service(store, Catalogue(store), lambda: NOW, lambda now: f"record-{next(numbers):03}")
    store.close()


def fill(place: Path) -> None:
    """Three repair orders of the south, one of them fixed."""
    with service(place) as it:
        done = [it.create(WANG, "repair", {"bike": "凤凰", "kind": kind}) for kind in ("minor", "major", "major")]
        it.act(WANG, done[0].id, "fix")


def raise_version(place: Path, old: str = "1.0.0", new: str = "1.1.0") -> None:
    spoil(place, f"version: {old}", f"version: {new}")


def test_publishing_freezes_stores_and_repeats_itself_in_peace(shell: Shell, place: Path) -> None:
    rehearsed = shell("publish", "--dry-run", "--format", "json")
    assert [(one["template"], one["status"]) for one in rehearsed.json] == [
        ("rental", "new"),
        ("repair", "new"),
        ("repair@north", "new"),
    ]
    assert not (place / "published").exists()
    published = shell("publish", "--format", "json")
    assert (published.code, [one["version"] for one in published.json]) == (0, ["0.1.0", "1.0.0", "1.0.0+north.1"])
    frozen, source = (place / name for name in ("published/repair/1.0.0.yaml", "templates/repair.yaml"))
    assert frozen.read_text("utf-8") == source.read_text("utf-8")
    assert {one["status"] for one in shell("publish", "--format", "json").json} == {"unchanged"}
    with service(place) as it:
        assert it.blank(WANG, "repair").template.ref == "repair"


def test_records_are_counted_by_version_and_state(shell: Shell, place: Path) -> None:
    shell("publish")
    fill(place)
    raise_version(place)
    spoil(place, "kind: {type: choice", "note: {type: text, label: 备注}\n  kind: {type: choice")
    (repair,) = shell("publish", "repair", "--dry-run", "--format", "json").json
    assert repair["status"] == "new"
    assert repair["records"] == [
        {"version": "1.0.0", "state": "fixed", "count": 1},
        {"version": "1.0.0", "state": "taken", "count": 2},
    ]
    text = shell("publish", "repair", "--dry-run").out
    assert "version 1.0.0, state taken: 2 records" in text and "nothing was published" in text
    assert shell("publish", "repair").code == 0
    with service(place) as it:
        assert it.read(WANG, "record-000").template.version == "1.0.0"  # pinned
        assert it.blank(WANG, "repair").template.version == "1.1.0"


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        (", major: 大修", "", {"options": {"kind.major": 2}}),
        ("states: {taken: {label: 已接, initial: true}, fixed: {label: 修好, final: true}}",
         "states: {taken: {label: 已接, initial: true}, done: {label: 修好, final: true}}", {"states": {"fixed": 1}}),
    ],
)  # fmt: skip
def test_a_state_or_option_in_use_may_not_be_gone(
    shell: Shell, place: Path, old: str, new: str, lost: dict[str, dict[str, int]]
) -> None:
    shell("publish")
    fill(place)
    raise_version(place)
    spoil(place, old, new)
    if "states" in lost:
        spoil(place, "to: fixed", "to: done")
        spoil(place, "state: fixed", "state: done")
    refused = shell("publish", "repair", "--format", "json")
    assert (refused.code, refused.json[0]["status"]) == (1, "refused")
    assert refused.json[0]["lost"] == {"states": {}, "options": {}, "fields": {}} | lost
    assert not (place / "published/repair/1.1.0.yaml").exists()
    with service(place) as it:
        assert it.blank(WANG, "repair").template.version == "1.0.0"


def test_a_retired_option_is_not_gone(shell: Shell, place: Path) -> None:
    shell("publish")
    fill(place)
    raise_version(place)
    spoil(place, "major: 大修", "major: {label: 大修, retired: true}")
    assert shell("publish", "repair").code == 0


def test_a_field_may_go_and_is_counted(shell: Shell, place: Path) -> None:
    shell("publish")
    fill(place)
    raise_version(place)
    spoil(place, "  kind: {type: choice, label: {zh: 类别, en: Kind}, options: {minor: 小修, major: 大修}}\n", "")
    published = shell("publish", "repair", "--format", "json")
    assert (published.code, published.json[0]["lost"]["fields"]) == (0, {"kind": 3})


def test_nothing_is_published_when_one_has_findings(shell: Shell, place: Path) -> None:
    spoil(place, "type: integer, label: 天数", "type: intger, label: 天数", "templates/rental.yaml")
    refused = shell("publish")
    assert refused.code == 1
    assert "rental.yaml:5:16" in refused.out
    assert not (place / "published").exists()
    assert shell("publish", "repair").code == 0


def test_a_version_that_was_published_never_changes(shell: Shell, place: Path) -> None:
    shell("publish")
    spoil(place, "zh: 车型", "zh: 车子")
    refused = shell("publish", "repair")
    assert refused.code == 1
    assert "1.0.0" in refused.err


class TestVerify:
    def test_a_whole_journal(self, shell: Shell, place: Path) -> None:
        shell("publish")
        verified = shell("store", "verify", "--format", "json")
        assert (verified.code, verified.json["problems"]) == (0, [])
        head = verified.json["head"]["hash"]
        fill(place)
        assert shell("store", "verify", "--expect", head).code == 0
        assert shell("store", "verify", "--expect", "f" * 64).code == 1
        assert shell("store", "verify", "--expect", "Head 3").code == 2

    def test_a_flipped_bit_is_named_by_file_and_offset(self, shell: Shell, place: Path) -> None:
        shell("publish")
        (segment,) = (place / "data/journal").glob("*.jsonl")
        body = bytearray(segment.read_bytes())
        body[len(body) // 2] ^= 1
        segment.write_bytes(bytes(body))
        verified = shell("store", "verify", "--format", "json")
        assert verified.code == 1
        assert verified.json["problems"][0]["file"].endswith(segment.name)
        chinese = shell("store", "verify", "--lang", "zh")
        assert (chinese.code, re.search("[a-z]{3,} [a-z]{3,}", chinese.out)) == (1, None)
        for language, why in (("zh", "读不懂|改动"), ("en", "read|altered")):
            refused = shell("user", "list", "--lang", language)
            assert refused.code == 1 and segment.name in refused.err and re.search(why, refused.err)

    def test_a_store_without_a_journal(self, shell: Shell) -> None:
        assert shell("store", "verify", FORMWRIGHT_STORE="memory:").code == 2


def test_the_environment_goes_before_the_file(shell: Shell, place: Path) -> None:
    assert shell("publish", FORMWRIGHT_STORE="tinydb:elsewhere").code == 0
    assert (place / "elsewhere/journal").exists() and not (place / "data").exists()
    odd = shell("publish", FORMWRIGHT_STORE="mysql://x")
    assert (odd.code, odd.out) == (1, "")
