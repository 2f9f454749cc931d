"""`check --fix` and `check --watch`: files put right, and looked at again when they change."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builder.watch import Watch, stamps
from renderer.shell.desk import Desk
from renderer.shell.watching import watched
from tests.cli.conftest import RENTAL, REPAIR, Shell
from tests.cli.test_definitions import spoil

TEMPLATE = "templates/repair.yaml"


class TestFix:
    def test_it_shows_what_it_changed_and_what_remains(self, shell: Shell, place: Path) -> None:
        spoil(place, "visible: price > 100", "visible：price ＞ 100")
        spoil(place, "min: 1", "mni: 1", "templates/rental.yaml")
        spoil(place, "from: taken", "from: nowhere")
        done = shell("check", "--fix")
        assert done.code == 1
        assert "-    visible：price ＞ 100\n+    visible: price > 100\n" in done.out
        assert "Lines put right: 2." in done.out and "[unknown-state]" in done.out
        assert (place / "templates/rental.yaml").read_text("utf-8") == RENTAL
        assert (place / TEMPLATE).read_text("utf-8") == REPAIR.replace("from: taken", "from: nowhere")

    def test_nothing_is_written_where_nothing_is_certain(self, shell: Shell, place: Path) -> None:
        before = stamps(place)
        assert shell("check", "--fix").out == "Nothing could be put right for certain.\nNothing found (4 files).\n"
        assert stamps(place) == before

    def test_a_mark_at_the_beginning_of_a_file_stays(self, shell: Shell, place: Path) -> None:
        (place / TEMPLATE).write_bytes(b"\xef\xbb\xbf" + REPAIR.replace("title:", "title：", 1).encode())
        assert shell("check", "--fix").code == 0
        assert (place / TEMPLATE).read_bytes() == b"\xef\xbb\xbf" + REPAIR.encode()

    def test_as_data_it_is_what_remains(self, shell: Shell, place: Path) -> None:
        spoil(place, "type: integer, label: 天数", "type: intger, label: 天数", "templates/rental.yaml")
        assert shell("check", "--fix", "--format", "json").json == []

    def test_only_the_files_that_are_named(self, shell: Shell, place: Path) -> None:
        spoil(place, "label: 天数", "lable: 天数", "templates/rental.yaml")
        spoil(place, "from: taken", "form: taken")
        assert shell("check", str(place / "templates/rental.yaml"), "--fix").code == 0
        assert "form: taken" in (place / TEMPLATE).read_text("utf-8")


@pytest.fixture
def desk(place: Path) -> Desk:
    return Desk(str(place), clock=lambda: "2026-01-05T00:00:00.000000Z", chance=bytes, asked_language="en")


def watch(desk: Desk, edits: list[Callable[[], object]]) -> tuple[int, list[str]]:
    """What is said while these edits happen, one at each look; a line for each look."""
    said: list[str] = []
    left: Iterator[Callable[[], object]] = iter(edits)

    def wait(seconds: float) -> bool:
        assert 0 < seconds <= 1
        edit = next(left, None)
        said.append("--")
        if edit is not None:
            edit()
        return edit is None

    return watched(desk, [], strict=False, say=lambda line: said.append(str(line)), wait=wait), said


class TestWatch:
    def test_what_comes_and_what_goes_is_told(self, desk: Desk, place: Path) -> None:
        broken = REPAIR.replace("price > 100", "pric > 100")

        def write(text: str) -> Callable[[], object]:
            return lambda: (place / TEMPLATE).write_text(text, "utf-8")

        code, said = watch(desk, [write(broken), lambda: None, write("# moved\n" + broken), write(REPAIR)])
        first, come, same, moved, gone = "\n".join(said).split("--\n")[:5]
        assert first.startswith("Nothing found (4 files).") and "Ctrl+C" in first
        assert "[unknown-name]" in come and come.rstrip().endswith("Errors: 1, warnings: 0.")
        assert (same, moved) == ("", "")
        assert gone.startswith(f"{place}/{TEMPLATE}:14:14: solved: nothing here is called pric [unknown-name]")
        assert code == 0

    def test_the_last_state_is_the_exit_code(self, desk: Desk, place: Path) -> None:
        assert watch(desk, [lambda: (place / TEMPLATE).write_text("template：x\n", "utf-8")])[0] == 1

    def test_a_file_that_is_away_for_a_moment_is_waited_for(self, desk: Desk, place: Path) -> None:
        head = place / "formwright.yaml"
        text = head.read_text("utf-8")
        code, said = watch(desk, [head.unlink, lambda: head.write_text(text, "utf-8")])
        assert code == 0
        assert [line for line in said if "solved" in line or "error" in line] == []

    def test_it_says_text_only(self, shell: Shell) -> None:
        for words in (("--fix",), ("--format", "json")):
            refused = shell("check", "--watch", *words)
            assert (refused.code, refused.out) == (2, "")
            assert "--watch" in refused.err


def test_a_file_has_changed_when_its_time_or_size_has(place: Path) -> None:
    looked = Watch(place)
    assert not looked.changed()
    path = place / TEMPLATE
    status = path.stat()
    path.write_text(REPAIR + "#", "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert looked.changed() and not looked.changed()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000_000))
    assert looked.changed()
    (place / "data").mkdir()
    (place / "data" / "journal").write_text("x", "utf-8")
    assert not looked.changed()
    (place / "vocabularies").mkdir()
    (place / "vocabularies" / "ways.csv").write_text("id,label\n", "utf-8")
    assert looked.changed()
    path.unlink()
    assert looked.changed()
