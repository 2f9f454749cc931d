"""`clone`: a file that compiles as it stands and says how to go on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.compose import compose
from builder.compose.clone import clone
from builder.compose.pins import digest, freeze
from builder.language import load
from builder.workspace import Ref, Workspace, WorkspaceError
from tests.builder.compose.layers import BASE

COMPANY = "company: 公司\nlanguages: [{languages}]\ndepartments: {{east: 华东, west: 华西}}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A template and two departments without an overlay."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "formwright.yaml").write_text(COMPANY.format(languages="zh, en"), "utf-8")
    (tmp_path / "templates" / "lead.yaml").write_text(BASE.lstrip(), "utf-8")
    return Workspace(tmp_path)


def test_the_new_overlay_is_sound_and_changes_nothing_yet(workspace: Workspace) -> None:
    assert clone(workspace, "lead", "east") == workspace.path("departments/east/lead.yaml")
    sources, findings = workspace.sources(Ref("lead", "east"))
    assert findings == []
    base, overlay = (load(source) for source in sources[1:])
    assert base[0] and overlay[0] and overlay[1] == []
    assert overlay[0].data == {"formwright": 1, "overlay": "east", "extends": "lead@1.2.0"}
    assert compose(base[0], overlay[0], language="zh")[0].data == base[0].data


@pytest.mark.parametrize("languages", ["zh, en", "en, zh"])
def test_its_example_works_once_the_hash_signs_are_gone(workspace: Workspace, languages: str) -> None:
    workspace.path("formwright.yaml").write_text(COMPANY.format(languages=languages), "utf-8")
    path = clone(workspace, "lead", "east")
    path.write_text(re.sub(r"^# (?=change:$|add:$| )", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    base, overlay = (load(source) for source in workspace.sources(Ref("lead", "east"))[0][1:])
    assert base[0] and overlay[0] and overlay[1] == []
    document, findings = compose(base[0], overlay[0], language=languages[:2])
    assert findings == []
    assert list(document.data["fields"])[:2] == ["name", "east__my_field"]
    assert document.layer(("fields", "name", "label", languages[:2])) == "east"


def test_the_comments_are_in_the_workspaces_first_language(workspace: Workspace) -> None:
    workspace.path("formwright.yaml").write_text(COMPANY.format(languages="en, zh"), "utf-8")
    english = clone(workspace, "lead", "east").read_text("utf-8")
    workspace.path("formwright.yaml").write_text(COMPANY.format(languages="zh, en"), "utf-8")
    assert english.isascii()
    assert not clone(workspace, "lead", "west").read_text("utf-8").isascii()


def test_the_lock_gets_the_bases_line(workspace: Workspace) -> None:
    clone(workspace, "lead", "east")
    lock = workspace.path("formwright.lock").read_text("utf-8")
    assert lock == f"lead@1.2.0: {digest(BASE.lstrip())}\n"


def test_it_extends_the_newest_published_version(workspace: Workspace) -> None:
    freeze(workspace, "lead")
    path = workspace.path("templates/lead.yaml")
    path.write_text(path.read_text("utf-8").replace("1.2.0", "1.3.0"), "utf-8")
    assert "extends: lead@1.2.0\n" in clone(workspace, "lead", "east").read_text("utf-8")


@pytest.mark.parametrize(
    ("template", "department", "code", "meant"),
    [("laed", "east", "unknown-template", "lead"), ("lead", "eats", "unknown-department", "east")],
)
def test_what_is_not_there_is_told_with_what_was_meant(
    workspace: Workspace, template: str, department: str, code: str, meant: str
) -> None:
    with pytest.raises(WorkspaceError) as caught:
        clone(workspace, template, department)
    assert (caught.value.diagnostic.code, caught.value.diagnostic.args["suggestion"]) == (code, meant)
    assert not workspace.path("departments").exists()
    assert not workspace.path("formwright.lock").exists()


def test_nothing_is_overwritten(workspace: Workspace) -> None:
    path = clone(workspace, "lead", "east")
    path.write_text("overlay: east\n", "utf-8")
    with pytest.raises(WorkspaceError) as caught:
        clone(workspace, "lead", "east")
    assert caught.value.diagnostic.code == "overlay-exists"
    assert path.read_text("utf-8") == "overlay: east\n"
