"""The tutorials in the READMEs and the how-tos do what they say: their code blocks are typed and compared.

A `yaml` or `csv` block whose first line is a comment with a path is written to that file, a sheet without the comment.
In a `console` block each line after `$ ` is typed into a shell, the lines below it are what must be printed; `…` stands
for anything. A command that ends in `&` goes on until the page ends, one under which `^C` stands until it has printed
what is above. The blocks follow one another in one folder; what is exported stays, and port 5000 is one that is free.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Timer

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
HOWTO = sorted(f"docs/howto/{path.name}" for path in (ROOT / "docs/howto").glob("[!R]*.md"))
TUTORIALS = {"README.md": "\n## Tutorial", "README.zh.md": "\n## 教程"}
PAGES = [*TUTORIALS, *HOWTO]
PATIENCE = 30  # seconds until a program that does not say what it should is ended, and what it said compared

_BLOCK = re.compile(r"^```(yaml|csv|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"# ([\w./-]+\.(?:yaml|csv))\n")
_STOPPED = "^C\n"


def blocks(root: Path, page: str) -> list[tuple[str, str]]:
    """Kind and text of each block: of a README those of its tutorial, of another page all."""
    text = (root / page).read_text("utf-8")
    if page in TUTORIALS:
        text = text.partition(TUTORIALS[page])[2].partition("\n## ")[0]
    return _BLOCK.findall(text)


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with what it must print."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def matches(printed: str, wanted: str) -> bool:
    """Whether a command printed what the tutorial shows; `…` stands for anything."""
    pattern = ".*".join(re.escape(piece) for piece in wanted.strip().split("…"))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


class Window:
    """A terminal in which one command after another is typed; `shut` ends what still runs in it."""

    def __init__(self, folder: Path, bin_: Path, language: str) -> None:
        foreign = ("FORMWRIGHT", "LC_", "LANG")
        environ = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        self.port, self.folder, self.notes = _free_port(), folder, bin_
        self.environ = environ | {
            "PATH": f"{bin_}{os.pathsep}{environ['PATH']}",
            "LANG": language,
            "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "1",
            "PORT": self.port,
        }
        self.open = ExitStack()
        (bin_ / "exports").touch()

    def type_in(self, command: str, wanted: str) -> str:
        """Run one command as a shell would, and say what it printed."""
        here = command.replace(":5000", f":{self.port}")
        if command.endswith(" &"):
            printed = self.open.enter_context(self._going(here.removesuffix(" &"), wanted))
        elif wanted.endswith(_STOPPED):
            with self._going(here, wanted.removesuffix(_STOPPED)) as said:
                printed = said + _STOPPED
        else:
            printed = self._done(here)
        return self._shown(printed)

    def _shown(self, printed: str) -> str:
        return re.sub(rf"\b{self.port}\b", "5000", printed)

    def _done(self, command: str) -> str:
        exports, place = self.notes / "exports", self.notes / "pwd"
        script = f". {exports}\n{command}\nexport -p >{exports}; pwd >{place}"
        with self._bash(script) as bash:
            printed = bash.communicate()[0]
        self.folder = Path(place.read_text("utf-8").strip())
        return str(printed)

    @contextmanager
    def _going(self, command: str, wanted: str) -> Iterator[str]:
        """A program that does not end by itself, from when it has printed what is wanted."""
        with self._bash(f"exec {command}") as program:
            assert program.stdout is not None
            alarm = Timer(PATIENCE, program.kill)
            alarm.start()
            printed = ""
            try:
                while not matches(self._shown(printed), wanted):
                    line = program.stdout.readline()
                    if not line:
                        break
                    printed += line
                yield printed
            finally:
                alarm.cancel()
                program.terminate()
                program.stdout.read()

    def _bash(self, script: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self.environ,
            text=True,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def write(text: str, kind: str, folder: Path) -> None:
    """Write a block to the file that its first line names."""
    path = _PATH.match(text)
    assert path, f"no path on the first line:\n{text}"
    (folder / path[1]).parent.mkdir(parents=True, exist_ok=True)
    (folder / path[1]).write_text(text if kind == "yaml" else text[path.end() :], "utf-8")


@pytest.fixture
def bin_(root: Path, tmp_path: Path) -> Path:
    """A folder for PATH where `formwright` is this checkout's."""
    folder = tmp_path / "bin"
    folder.mkdir()
    shell = shutil.which("sh") or "/bin/sh"
    (folder / "formwright").write_text(f'#!{shell}\nexec "{sys.executable}" "{root / "cli.py"}" "$@"\n', "utf-8")
    (folder / "formwright").chmod(0o755)
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_a_page_does_what_it_says(root: Path, page: str, tmp_path: Path, bin_: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    window = Window(home, bin_, "zh_CN.UTF-8" if page.endswith(".zh.md") else "en_GB.UTF-8")
    found = blocks(root, page)
    assert len(found) >= (6 if page in TUTORIALS else 3)
    with window.open:
        for kind, text in found:
            if kind != "console":
                write(text, kind, window.folder)
                continue
            for command, wanted in commands(text):
                printed = window.type_in(command, wanted)
                assert matches(printed, wanted), f"$ {command}\n{printed}\n--- {page} says\n{wanted}"


@pytest.mark.parametrize("page", [page for page in PAGES if not page.endswith(".zh.md")])
def test_both_languages_tell_the_same(root: Path, page: str) -> None:
    def skeleton(page: str) -> list[list[str]]:
        return [[line for line in text.splitlines() if line.startswith("$ ")] for _, text in blocks(root, page)]

    assert skeleton(page) == skeleton(page.removesuffix(".md") + ".zh.md")


@pytest.mark.parametrize("readme", TUTORIALS)
def test_the_definition_beside_the_picture_is_the_tutorials(root: Path, readme: str) -> None:
    text = (root / readme).read_text("utf-8")
    (kind, beside), (picture,) = _BLOCK.findall(text)[0], re.findall(r"!\[.+\]\((.+)\)", text)
    written = [block.replace("meting", "meeting") for kind, block in blocks(root, readme) if kind == "yaml"]
    assert kind == "yaml" and any(beside in block for block in written)
    assert (root / picture).exists()
