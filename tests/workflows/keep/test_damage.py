"""What was cut or altered on disk is refused by file and byte; nothing is ever repaired by forgetting."""

from __future__ import annotations

import random
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from tests.workflows.keep.folder import opened, put, rows, segments
from workflows.keep.port import StoreDamaged
from workflows.keep.verify import verify

LINES = 12


@pytest.fixture(scope="module", params=["journal alone", "with a snapshot"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store of twelve lines in several segments."""
    folder = tmp_path_factory.mktemp("whole")
    store = opened(folder, segment_bytes=1200, snapshot_bytes=2500 if request.param == "with a snapshot" else 1 << 20)
    for number in range(LINES):
        put(store, f"r{number}", text=f"第{number}行")
    store.close()
    assert len(segments(folder)) >= 3
    assert (folder / "snapshot.json").exists() is (request.param == "with a snapshot")
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy to break."""
    return Path(shutil.copytree(whole, tmp_path / "data"))


def contents(folder: Path) -> dict[Path, bytes]:
    """All segments, byte for byte."""
    return {path: path.read_bytes() for path in segments(folder)}


def refused(folder: Path) -> StoreDamaged:
    """How the folder is refused; opening it and verifying it agree, and change nothing."""
    before = contents(folder)
    with pytest.raises(StoreDamaged) as refusal:
        opened(folder)
    assert contents(folder) == before
    assert verify(folder).problems
    assert contents(folder) == before
    assert (refusal.value.file, refusal.value.offset) in {
        (found.file, found.offset) for found in verify(folder).problems
    }
    return refusal.value


def line_starts(content: bytes) -> list[int]:
    """Where the lines of a segment begin, and where the last one ends."""
    return [0, *(at + 1 for at, byte in enumerate(content) if byte == ord("\n"))]


def test_the_whole_store_opens(folder: Path) -> None:
    assert verify(folder).problems == ()
    store = opened(folder)
    assert len(rows(store)) == LINES
    store.close()


@pytest.mark.parametrize(
    "step", [37, pytest.param(7, marks=pytest.mark.slow), pytest.param(1, marks=pytest.mark.prove)]
)
def test_a_flipped_bit_is_refused_at_its_line_or_the_next(folder: Path, step: int) -> None:
    chance = random.Random(step)
    paths = segments(folder)
    for number, path in enumerate(paths):
        whole = path.read_bytes()
        starts = line_starts(whole)
        for at in range(0, len(whole), step):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
            error = refused(folder)
            line = max(start for start in starts if start <= at)
            after = min((start for start in starts if start > at), default=len(whole))
            # An altered header shows in the next line's `prev`, which may stand in the next segment.
            allowed = {(path, line), (path, after), *((next_path, 0) for next_path in paths[number + 1 : number + 2])}
            assert (Path(error.file), error.offset) in allowed, (path.name, at)
        path.write_bytes(whole)


@pytest.mark.parametrize(
    "step", [37, pytest.param(7, marks=pytest.mark.slow), pytest.param(1, marks=pytest.mark.prove)]
)
def test_a_cut_segment_is_refused_where_its_whole_lines_end(folder: Path, step: int) -> None:
    paths = segments(folder)
    for path in paths:
        whole = path.read_bytes()
        starts = line_starts(whole)
        # The very last newline may be missing after a power failure: see the next test.
        for at in {*range(0, len(whole) - 1, step), *starts[:-1]}:
            path.write_bytes(whole[:at])
            error = refused(folder)
            assert Path(error.file) == path
            assert error.offset == max(start for start in starts if start <= at)
        path.write_bytes(whole)


@pytest.mark.parametrize("lost", [b"", b"\0", b"\0\0\0"])
def test_a_last_line_that_only_lost_its_newline_was_acknowledged(folder: Path, lost: bytes) -> None:
    last = segments(folder)[-1]
    last.write_bytes(last.read_bytes()[:-1] + lost)
    store = opened(folder)
    assert len(rows(store)) == LINES
    put(store, "after")
    store.close()
    assert verify(folder).problems == ()
    assert verify(folder).lines == LINES + 1


@pytest.mark.parametrize("torn", [b"{", b'{"format":1,"seq":13,"prev":"', b"\0\0\0\0", b"\xff\xfe"])
def test_a_torn_line_behind_the_last_was_never_acknowledged(folder: Path, torn: bytes) -> None:
    last = segments(folder)[-1]
    whole = last.read_bytes()
    last.write_bytes(whole + torn)
    assert verify(folder).problems == ()
    store = opened(folder)
    assert last.read_bytes() == whole
    assert len(rows(store)) == LINES
    put(store, "after")
    store.close()
    assert verify(folder).problems == ()


def test_a_torn_line_is_left_alone_where_segments_follow(folder: Path) -> None:
    first = segments(folder)[0]
    whole = first.read_bytes()
    for torn in (b"{", whole[:40], b"\n", b"x\n"):
        first.write_bytes(whole + torn)
        assert refused(folder).file == str(first)


def test_a_missing_segment_is_refused_by_its_name(folder: Path) -> None:
    for path in segments(folder):
        whole = path.read_bytes()
        path.unlink()
        error = refused(folder)
        assert (Path(error.file), error.offset) == (path, 0)
        path.write_bytes(whole)


def test_without_its_mark_a_journal_is_still_refused_where_segments_follow(folder: Path) -> None:
    (folder / "head").unlink()
    *inner, _ = segments(folder)
    for path in inner:
        whole = path.read_bytes()
        for at in (0, 40, *line_starts(whole)[1:-1], len(whole) - 1):
            path.write_bytes(whole[:at])
            assert refused(folder).file == str(path)
        path.unlink()
        assert refused(folder).file == str(path)
        path.write_bytes(whole)


def test_a_store_without_its_journal_never_starts_empty(folder: Path) -> None:
    shutil.rmtree(folder / "journal")
    for trace in ("head", "snapshot.json"):
        with pytest.raises(StoreDamaged) as refusal:
            opened(folder)
        assert Path(refusal.value.file).name == "000000000001.jsonl"
        if (folder / "snapshot.json").exists():
            (folder / trace).unlink(missing_ok=True)


def test_a_running_store_refuses_too_and_serves_again_when_it_is_put_right(folder: Path) -> None:
    store = opened(folder)
    last = segments(folder)[-1]
    whole = last.read_bytes()
    for damage in (whole[:-40], whole + b"{}\n", b""):
        last.write_bytes(damage)
        with pytest.raises(StoreDamaged) as refusal:
            store.get("records", "r1")
        assert refusal.value.file == str(last)
        with pytest.raises(StoreDamaged):
            put(store, "more")
        last.write_bytes(whole)
        assert store.get("records", "r1") == {"id": "r1", "text": "第1行"}
    put(store, "more")
    store.close()
    assert verify(folder).problems == ()


def test_a_history_that_was_altered_under_a_running_store_is_refused(folder: Path) -> None:
    store = opened(folder)
    first = segments(folder)[0]
    whole = first.read_bytes()
    first.write_bytes(whole.replace("第1行".encode(), "第9行".encode()))
    assert [event.record for event in store.history("r0")] == ["r0"]
    with pytest.raises(StoreDamaged) as refusal:
        list(store.history("r1"))
    assert (refusal.value.file, refusal.value.offset) == (str(first), whole.index(b"\n") + 1)
    store.close()


# ---- what verify alone can see -------------------------------------------------------------------------------------


def rewritten(folder: Path, number: int) -> None:
    """The whole store made anew with another text in one line: a forger who knows everything."""
    shutil.rmtree(folder)
    store = opened(folder, segment_bytes=1200)
    for count in range(LINES):
        put(store, f"r{count}", text="forged" if count == number else f"第{count}行")
    store.close()


def test_a_rewritten_journal_is_whole_but_has_not_the_head_that_was_noted(folder: Path) -> None:
    noted = verify(folder).head
    assert verify(folder, expect=noted.hash).problems == ()
    store = opened(folder)
    put(store, "more")
    store.close()
    assert verify(folder, expect=noted.hash).problems == ()
    rewritten(folder, 3)
    assert verify(folder).problems == ()
    (problem,) = verify(folder, expect=noted.hash).problems
    assert (problem.code, problem.args) == ("kept-head-unknown", {"hash": noted.hash})


def test_a_snapshot_whose_rows_no_replay_gives_is_named(folder: Path) -> None:
    if not (folder / "snapshot.json").exists():
        pytest.skip("nothing to forge")
    state = (folder / "snapshot.json").read_bytes().split(b"\n")[0].replace("第1行".encode(), "第9行".encode(), 1)
    (folder / "snapshot.json").write_bytes(state + b"\n" + sha256(state).hexdigest().encode() + b"\n")
    (problem,) = verify(folder).problems
    assert problem.file == str(folder / "snapshot.json")


def test_verify_tells_every_break_and_goes_on(folder: Path) -> None:
    first, second, *_ = segments(folder)
    for path in (first, second):
        path.write_bytes(path.read_bytes().replace("行".encode(), "列".encode(), 1))
    checked = verify(folder)
    assert [problem.file for problem in checked.problems] == [str(first), str(second)]
    assert checked.lines == LINES


def test_nothing_there_is_a_problem_too(tmp_path: Path) -> None:
    (problem,) = verify(tmp_path).problems
    assert problem.code == "kept-segment-missing"
