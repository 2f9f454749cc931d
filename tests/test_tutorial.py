"""The tutorial in README.md and README.zh.md does what it says: its own code blocks are typed and compared.

A `yaml` block whose first line is a comment with a path is written to that file. In a `console` block each line after
`$ ` is typed into a shell, the lines below it are what must be printed; `…` stands for anything. The blocks follow one
another in one folder.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

_BLOCK = re.compile(r"^```(yaml|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADINGS = {"README.md": "## Tutorial", "README.zh.md": "## 教程"}
_LANGUAGES = {"README.md": "en_GB.UTF-8", "README.zh.md": "zh_CN.UTF-8"}
_PATH = re.compile(r"# ([\w./-]+\.yaml)\n")


def tutorial(root: Path, readme: str) -> list[tuple[str, str]]:
    """Kind and text of each block under the tutorial's heading."""
    text = (root / readme).read_text("utf-8")
    _, _, rest = text.partition(f"\n{_HEADINGS[readme]}")
    return _BLOCK.findall(rest.partition("\n## ")[0])


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with what it must print."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def matches(printed: str, wanted: str) -> bool:
    """Whether a command printed what the tutorial shows; `…` stands for anything."""
    pattern = ".*".join(re.escape(piece) for piece in wanted.strip().split("…"))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def type_in(command: str, folder: Path, bin_: Path, language: str) -> tuple[Path, str]:
    """Run one command as a shell would; the folder it leaves us in, and what it printed."""
    foreign = ("FORMWRIGHT", "LC_", "LANG")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    environ |= {"PATH": f"{bin_}{os.pathsep}{environ['PATH']}", "LANG": language, "PYTHONUTF8": "1"}
    script = f"{command}\npwd >&3"
    with (bin_ / "pwd").open("w+", encoding="utf-8") as place:
        done = subprocess.run(
            ["bash", "-c", f"exec 3>{bin_ / 'pwd'}\n{script}"],
            cwd=folder,
            env=environ,
            text=True,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return Path(place.read().strip()), done.stdout


@pytest.fixture
def bin_(root: Path, tmp_path: Path) -> Path:
    """A folder for PATH where `formwright` is this checkout's."""
    folder = tmp_path / "bin"
    folder.mkdir()
    shell = shutil.which("sh") or "/bin/sh"
    (folder / "formwright").write_text(f'#!{shell}\nexec "{sys.executable}" "{root / "cli.py"}" "$@"\n', "utf-8")
    (folder / "formwright").chmod(0o755)
    return folder


@pytest.mark.parametrize("readme", _HEADINGS)
def test_the_tutorial_does_what_it_says(root: Path, readme: str, tmp_path: Path, bin_: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    blocks = tutorial(root, readme)
    assert len(blocks) >= 6
    for kind, text in blocks:
        if kind == "yaml":
            path = _PATH.match(text)
            assert path, f"no path on the first line:\n{text}"
            (folder / path[1]).parent.mkdir(parents=True, exist_ok=True)
            (folder / path[1]).write_text(text, "utf-8")
            continue
        for command, wanted in commands(text):
            folder, printed = type_in(command, folder, bin_, _LANGUAGES[readme])
            assert matches(printed, wanted), f"$ {command}\n{printed}\n--- {readme} says\n{wanted}"


def test_both_languages_tell_the_same_tutorial(root: Path) -> None:
    def skeleton(readme: str) -> list[list[str]]:
        return [[line for line in text.splitlines() if line.startswith("$ ")] for _, text in tutorial(root, readme)]

    assert skeleton("README.md") == skeleton("README.zh.md")


@pytest.mark.parametrize("readme", _HEADINGS)
def test_the_definition_beside_the_picture_is_the_tutorials(root: Path, readme: str) -> None:
    text = (root / readme).read_text("utf-8")
    (kind, beside), (picture,) = _BLOCK.findall(text)[0], re.findall(r"!\[.+\]\((.+)\)", text)
    written = [block.replace("meting", "meeting") for kind, block in tutorial(root, readme) if kind == "yaml"]
    assert kind == "yaml" and any(beside in block for block in written)
    assert (root / picture).exists()
