"""What is shipped: the locks, the commands and the wheel."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.source import ROOMS, ROOT, name

LOCKS = ("requirements.txt", "requirements-dev.txt")
DATA = {".json", ".yaml", ".csv", ".html", ".css", ".js", ".svg", ".po", ".mo"}


def pins(lock: str) -> dict[str, str]:
    """Package → version of a lock file."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_a_hash_for_each_package_and_no_host_or_path(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [block for block in blocks if not block.startswith("#") and "--hash=sha256:" not in block] == []
    assert not re.search(r"https?://|file:|^-|/(opt|home|root|tmp|usr)/", text, re.MULTILINE)


def test_the_two_locks_agree() -> None:
    runtime, development = map(pins, LOCKS)
    assert runtime.items() <= development.items()


def test_make_alone_prints_every_command() -> None:
    printed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    targets = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)[0].split()
    assert [target for target in targets if f"make {target} " not in printed] == []


@pytest.mark.slow
def test_the_wheel_holds_the_rooms_with_their_data(tmp_path: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", *ROOMS, "cli.py", "wsgi.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = [ROOT / line for line in tracked.stdout.splitlines()]
    copy = tmp_path / "a copy"  # built from a copy, and under a blank: setuptools leaves a build folder behind
    for path in [*paths, ROOT / "pyproject.toml", ROOT / "README.md", ROOT / "LICENSE"]:
        target = copy / name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(tmp_path),
        str(copy),
    ]
    subprocess.run(command, check=True, cwd=tmp_path)
    (wheel,) = tmp_path.glob("formwright-*.whl")
    shipped = set(zipfile.ZipFile(wheel).namelist())
    wanted = {name(path) for path in paths if path.suffix in DATA | {".py"}}
    assert sorted(wanted - shipped) == []
    assert not [path for path in shipped if path.startswith(("tests/", "benchmarks/", "docs/"))]
