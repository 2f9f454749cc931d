"""`explain CODE`: an example of each finding, also of those that a command makes and no definition."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from builder import examples
from builder.diagnostic import Diagnostic, Place
from builder.language import catalogue
from tests.cli.conftest import Ran, run

COMMANDS = [code for code in examples.codes() if examples.example(code, "en").command]
NOT_OURS = "outside-workspace"  # its mistake is made with `ln`; tests/builder/test_workspace.py makes it


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The workspace that the examples speak of, published, with a department's overlay."""
    frame = {"formwright.yaml": examples.HEAD, "templates/visit.yaml": examples.BASE}
    shown = examples.example("wider-bound", "en")
    examples.lay_out({name: shown.right[file] for name, file in frame.items()}, tmp_path / "forms")
    (tmp_path / "away").mkdir()
    assert run("-C", str(tmp_path / "forms"), "publish").code == 0
    assert run("-C", str(tmp_path / "forms"), "clone", "visit", "gate").code == 0
    return tmp_path / "forms"


def typed(place: Path, lines: list[str]) -> Ran:
    """An example's lines at the terminal: a definition's line takes the place of the one with its key."""
    path = place / "templates" / "visit.yaml"
    for line in (line.removeprefix("# ") for line in lines if line.startswith("#")):
        key = line.partition(":")[0]
        written = [line if old.startswith(f"{key}:") else old for old in path.read_text("utf-8").splitlines()]
        path.write_text("\n".join([*written, "# edited", ""]), "utf-8")
    (command,) = [line for line in lines if not line.startswith("#")]
    return run("--lang", "en", *shlex.split(command)[1:])


@pytest.mark.parametrize("code", [code for code in COMMANDS if code != NOT_OURS])
def test_the_command_of_an_example_is_refused_as_it_says(
    code: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    shown = examples.example(code, "en")
    refused = typed(place, [text for sign, text in shown.command if sign == examples.WRONG])
    cause = catalogue.describe(Diagnostic(code, Place("", 1, 1), shown.args), "en").cause
    assert refused.code != 0
    assert cause in refused.err + refused.out
    assert typed(place, [text for sign, text in shown.command if sign == examples.RIGHT]).code == 0


def test_an_example_stands_under_its_message_with_a_caret() -> None:
    told = run("--lang", "en", "explain", "full-width-colon")
    assert told.code == 0
    assert told.out == (
        "full-width-colon: error\n"
        "this is a full-width ：\n"
        "  → Write help: the full name (a half-width colon and a space)\n"
        "\n"
        "  - help：the full name\n"
        "        ^\n"
        "  + help: the full name\n"
        "(- the mistake, + put right)\n"
    )


def test_as_data_it_is_the_finding_with_both_sides() -> None:
    told = run("--lang", "zh", "explain", "unknown-type", "--format", "json").json
    assert told == {
        "code": "unknown-type",
        "severity": "error",
        "message": "没有 txet 这种字段类型",
        "help": told["help"],
        "wrong": "type: txet",
        "right": "type: text",
    }
    assert told["help"].startswith("是不是想写：text？")


def test_a_misspelt_code_is_answered_with_the_nearest() -> None:
    missed = run("--lang", "en", "explain", "unknown-typ")
    assert missed.code == 2
    assert "Did you mean unknown-type?" in missed.err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_can_be_explained(language: str) -> None:
    for code in examples.codes()[::12]:
        assert run("--lang", language, "explain", code).out.startswith(f"{code}: ")
