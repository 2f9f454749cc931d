"""What an editor shows, asked of yaml-language-server: nothing where `check` finds nothing, else the same line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.emit.editor import KINDS, editor_schema
from renderer.shell.editors import SETTINGS
from renderer.shell.workspaces import new
from tests.builder.emit.languageserver import Json, Server, server
from tests.language.corpus import cases, expected
from tests.language.mutator import Mutation, mutations

pytestmark = pytest.mark.prove
AT_ONCE, A_SERVER = 50, 250  # texts that are open together; texts that one server is asked of
MODELINE = "# yaml-language-server: $schema=../.formwright/schemas/template.json\n"
# What a reader of YAML stumbles over before any schema is asked, or what stands elsewhere than it belongs: an editor
# may break off on another line than `check` does.
SYNTAX = {
    "comment-in-text", "tab", "indentation", "unclosed-quote", "not-indented", "value-and-more", "unclosed-bracket",
    "merge-conflict", "not-utf-8", "other-encoding", "full-width-blank", "second-document", "too-far-in",
    "belongs-under", "id-missing", "braces-in-text",
}  # fmt: skip


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `new` lays it out."""
    folder = tmp_path_factory.mktemp("forms").resolve()
    new(folder)
    return folder


@pytest.fixture(scope="module")
def editor(forms: Path, node: str, node_packages: Path) -> Iterator[Server]:
    """The language server over it."""
    with server(node, node_packages, forms) as running:
        yield running


def lines(found: list[Json]) -> set[int]:
    return {one["range"]["start"]["line"] + 1 for one in found}


def test_the_starter_has_nothing_to_complain_of(editor: Server, forms: Path) -> None:
    for path in (forms / "formwright.yaml", *forms.glob("templates/*.yaml"), *forms.glob("departments/*/*.yaml")):
        assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=.")
        assert editor.diagnostics(path.parent, [path.read_text("utf-8")]) == [[]], path.name


def test_neither_has_the_good_corpus_found_by_the_workspaces_settings(editor: Server, forms: Path) -> None:
    files = [case for case in cases("valid") if case.is_file()]
    found = editor.diagnostics(forms / "templates", [path.read_text("utf-8-sig") for path in files])
    assert {path.name: told for path, told in zip(files, found, strict=True) if told} == {}


def test_a_planted_mistake_is_on_the_line_that_check_names(forms: Path, node: str, node_packages: Path) -> None:
    path = forms / "templates" / "customer-source.yaml"
    planted = [*mutations(path.read_text("utf-8"))]
    total: Counter[tuple[str, str]] = Counter()
    for start in range(0, len(planted), A_SERVER):
        with server(node, node_packages, forms) as editor:
            for broken, found in looked_at(editor, forms, planted[start : start + A_SERVER]):
                assert lines(found) <= {broken.line}, (broken.kind, broken.line, broken.written, found)
                total[broken.kind, "seen" if found else "missed"] += 1
    for kind in ("key", "type", "value"):
        assert total[kind, "seen"] > 0.98 * (total[kind, "seen"] + total[kind, "missed"]) > 0, total


def looked_at(editor: Server, forms: Path, planted: list[Mutation]) -> Iterator[tuple[Mutation, list[Json]]]:
    """Each planted mistake with what the editor tells of it."""
    for start in range(0, len(planted), AT_ONCE):
        part = planted[start : start + AT_ONCE]
        yield from zip(part, editor.diagnostics(forms / "templates", [each.text for each in part]), strict=True)


def test_so_are_the_mistakes_of_the_second_manual(editor: Server, forms: Path) -> None:
    files = [case for case in cases("invalid") if case.is_file() and not SYNTAX & {spot[4] for spot in expected(case)}]
    found = editor.diagnostics(forms / "templates", [MODELINE + path.read_text("utf-8") for path in files])
    elsewhere = {
        path.name: told
        for path, told in zip(files, found, strict=True)
        if not {line - 1 for line in lines(told)} <= {spot[1] for spot in expected(path)}
    }
    assert elsewhere == {}
    assert sum(map(bool, found)) > len(files) / 4


def test_a_key_explains_itself_and_keys_are_offered(editor: Server, forms: Path) -> None:
    path = forms / "templates" / "customer-source.yaml"
    text = path.read_text("utf-8")
    number = next(i for i, line in enumerate(text.splitlines(), 1) if line == "    required: true")
    shown = editor.hover(path, text, number, 6)
    assert "必填 · Required" in shown and "字段显示时才要求" in shown and "asked whenever the field shows" in shown
    assert {"visible", "when_hidden"} <= set(editor.completions(path, text, number, 5))


def test_the_files_of_the_workspace_are_those_of_the_schemas(forms: Path) -> None:
    written = json.loads((forms / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert json.loads(SETTINGS[".vscode/settings.json"])["yaml.schemas"] == written
    for kind in KINDS:
        assert json.loads((forms / f".formwright/schemas/{kind}.json").read_text("utf-8")) == editor_schema(kind)
    assert {f"./.formwright/schemas/{kind}.json" for kind in KINDS} == set(written)
