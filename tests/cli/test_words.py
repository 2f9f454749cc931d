"""Help and mistakes in both languages; the words of shell and API are complete."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from string import Formatter

import click
import pytest
from filelock import FileLock

import cli
import schemas
from tests.cli.conftest import Shell, run
from workflows.keep import journal

VERBS = ["new", "check", "explain", "build", "try", "test", "publish", "clone", "serve"]
VERBS += ["user", "token", "link", "store"]
INNER = {"user": ["add", "list", "disable", "password"], "token": ["create"], "link": ["create"], "store": ["verify"]}
OURS = {code: entry for code, entry in schemas.messages().items() if code.startswith(("shell-", "api-"))}


def words() -> list[tuple[str, ...]]:
    """Every verb."""
    return [(verb, *inner) for verb in VERBS for inner in [[], *([name] for name in INNER.get(verb, ()))]]


def test_the_verbs_are_those_of_the_design() -> None:
    shown = [name for name, command in cli.main.commands.items() if not command.hidden]
    assert sorted(shown) == sorted(VERBS)
    groups = {name: list(c.commands) for name, c in cli.main.commands.items() if isinstance(c, click.Group)}
    assert groups == INNER


@pytest.mark.parametrize("verb", [(), *words()], ids=" ".join)
def test_each_verb_explains_itself_in_both_languages(verb: tuple[str, ...]) -> None:
    chinese, english = (run("--lang", language, *verb, "--help") for language in ("zh", "en"))
    assert (chinese.code, english.code) == (0, 0)
    assert chinese.out.startswith("用法: formwright") and english.out.startswith("Usage: formwright")
    assert re.search(r"[\u4e00-\u9fff]", english.out) is None
    assert "选项:" in chinese.out and "Options:" in english.out


def test_every_word_is_said_in_both_languages_with_the_same_holes() -> None:
    def holes(text: object) -> set[str]:
        texts = text if isinstance(text, list) else [text]
        return {name for one in texts for _, name, _, _ in Formatter().parse(str(one)) if name}

    for code, entry in OURS.items():
        assert holes(entry["zh"]["cause"]) == holes(entry["en"]["cause"]), code
        assert ("help" in entry["zh"]) == ("help" in entry["en"]), code


def test_every_code_is_in_the_catalogue_and_every_entry_is_used(root: Path) -> None:
    files = [root / "cli.py", *(root / "renderer/shell").glob("*.py"), *(root / "renderer/api").glob("*.py")]
    source = "\n".join(path.read_text("utf-8") for path in files)
    named = set(re.findall(r"""["'](shell-[a-z_-]*[a-z])["']""", source))
    assert named <= OURS.keys()
    families = tuple(f"shell-{kind}-" for kind in ("help", "option", "setting", "column", "publish", "lost", "covered"))
    spoken = {"shell-error", "shell-warning", "shell-info", "shell-usage", "shell-options", "shell-commands"}
    unused = [
        code
        for code in OURS
        if code.startswith("shell-") and code not in named | spoken and not code.startswith(families)
    ]
    unused += [code for code in OURS if code.startswith("api-") and not used(code.removeprefix("api-"), source)]
    assert unused == []


def used(code: str, source: str) -> bool:
    """Whether the API's code says it; a name that is near another is told by the same line."""
    return f'"{code}"' in source or f'"{code.removesuffix("-near")}"' in source


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("chek",), "check"),
        (("check", "--strickt"), "--strict"),
        (("user", "ad", "x"), "add"),
        (("build", "repair"), "--emit"),
        (("build", "repair", "--emit", "pdf"), "mermaid"),
        (("explain", "repair"), "PATH"),
        (("serve", "--port", "99999"), "65535"),
        (("user", "add"), "Usage: formwright user add"),
        (("try", "repair", "--data", "gone.json"), "current folder"),
        (("serve", "--port"), "--port"),
        (("clone", "repair", "south", "extra"), "extra"),
        (("user",), "add"),
        (("check", "--lang", "fr"), "zh"),
    ],
)
def test_wrong_usage_ends_with_2_and_the_way_out(shell: Shell, words: tuple[str, ...], hint: str) -> None:
    missed = shell(*words)
    assert missed.code == 2
    assert hint in missed.err + missed.out
    assert "Traceback" not in missed.err


def test_without_a_verb_the_help_is_shown() -> None:
    assert "check" in run("--lang", "en").out + run("--lang", "en").err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_system_refuses_most_is_said_in_the_readers_language(
    shell: Shell, place: Path, tmp_path: Path, language: str
) -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    port = taken.getsockname()[1]
    with taken:
        refused = [
            (shell("serve", "--port", str(port), "--lang", language), str(port)),
            (shell("serve", "--host", "nowhere.invalid", "--port", "0", "--lang", language), "nowhere.invalid"),
            (shell("publish", "--lang", language, FORMWRIGHT_STORE="mysql://x"), "tinydb:data"),
            (shell("new", str(place / "formwright.yaml" / "x"), "--lang", language), "formwright.yaml"),
        ]
    for answer, named in refused:
        assert (answer.code, answer.out) == (1, "") and named in answer.err
        cause, way_out = answer.err.splitlines()
        assert way_out.startswith("  → ")
        assert bool(re.search("[一-龥]", cause)) == bool(re.search("[一-龥]", way_out)) == (language == "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_store_that_another_holds_is_told(
    shell: Shell, place: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    assert shell("user", "add", "wang").code == 0
    monkeypatch.setattr(journal, "PATIENCE", 0.01)
    with FileLock(place / "data/lock"):
        refused = shell("user", "add", "li", "--lang", language)
    assert (refused.code, refused.out) == (1, "") and ("占着" if language == "zh" else "held") in refused.err
    assert [user["user"] for user in shell("user", "list", "--format", "json").json] == ["wang"]


def test_a_disk_that_refuses_is_told_not_traced(shell: Shell, place: Path) -> None:
    (place / "data").write_text("no folder", "utf-8")
    refused = shell("user", "list")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("error: ")


def test_a_workspace_file_with_findings_shows_them(shell: Shell, place: Path) -> None:
    (place / "formwright.yaml").write_text("formwright: 1\ncompany：x\n", "utf-8")
    for verb in (("check",), ("publish",), ("user", "list"), ("build", "repair", "--emit", "model")):
        refused = shell(*verb)
        assert refused.code == 1, verb
        assert "formwright.yaml:2:8" in refused.out + refused.err, verb
