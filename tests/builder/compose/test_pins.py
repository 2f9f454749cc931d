"""Pins: a version is frozen once, held by its hash, and found again."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import pytest

from builder.compose.pins import digest, freeze, pinned
from builder.diagnostic import Diagnostic
from builder.language import Source
from builder.workspace import Ref, Workspace
from tests.builder.compose.layers import codes, read

COMPANY = "company: 公司\nlanguages: [zh]\ndepartments: {east: 华东}\n"
TEMPLATE = "template: lead\nversion: 1.2.0\ntitle: 标题\nfields: {name: {type: text, label: 名称}}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One template, not yet published, under an overlay."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "departments" / "east").mkdir(parents=True)
    (tmp_path / "formwright.yaml").write_text(COMPANY, "utf-8")
    (tmp_path / "templates" / "lead.yaml").write_text(TEMPLATE, "utf-8")
    (tmp_path / "departments" / "east" / "lead.yaml").write_text("overlay: east\nextends: lead@1.2.0\n", "utf-8")
    return Workspace(tmp_path)


def base_of(workspace: Workspace, pin: str) -> tuple[Source | None, list[Diagnostic]]:
    """What an overlay with this pin extends."""
    return pinned(workspace, read(f"overlay: east\nextends: {pin}\n", "overlay"))


def rewrite(workspace: Workspace, old: str, new: str, file: str = "templates/lead.yaml") -> None:
    """Edit a file of the workspace."""
    path = workspace.path(file)
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_a_pin_means_the_draft_until_it_is_frozen_and_the_frozen_text_afterwards(workspace: Workspace) -> None:
    source, findings = base_of(workspace, "lead@1.2.0")
    assert (source and source.path, findings) == (workspace.shown("templates/lead.yaml"), [])
    assert freeze(workspace, "lead") == (workspace.path("published/lead/1.2.0.yaml"), [])
    rewrite(workspace, "1.2.0", "1.3.0")
    source, findings = base_of(workspace, "lead@1.2.0")
    assert (source and source.path, findings) == (workspace.shown("published/lead/1.2.0.yaml"), [])
    assert source and source.text == TEMPLATE
    source, findings = base_of(workspace, "lead@1.3.0")
    assert (source and source.path, findings) == (workspace.shown("templates/lead.yaml"), [])


def test_the_sources_of_a_clone_name_the_pinned_base(workspace: Workspace) -> None:
    freeze(workspace, "lead")
    rewrite(workspace, "1.2.0", "2.0.0")
    sources, findings = workspace.sources(Ref("lead", "east"))
    names = ("formwright.yaml", "published/lead/1.2.0.yaml", "departments/east/lead.yaml")
    assert [source.path for source in sources] == [workspace.shown(name) for name in names]
    assert findings == []


def test_the_lock_is_plain_yaml_with_a_sha256_a_pin(workspace: Workspace) -> None:
    freeze(workspace, "lead")
    rewrite(workspace, "1.2.0", "1.10.0")
    freeze(workspace, "lead")
    texts = {version: TEMPLATE.replace("1.2.0", version) for version in ("1.10.0", "1.2.0")}
    lines = [f"lead@{version}: {hashlib.sha256(text.encode()).hexdigest()}\n" for version, text in texts.items()]
    assert workspace.path("formwright.lock").read_text("utf-8") == "".join(lines)


def test_versions_are_ordered_as_numbers(workspace: Workspace) -> None:
    for old, new in (("1.2.0", "1.10.0"), ("1.10.0", "1.9.0"), ("1.9.0", "1.2.0")):
        rewrite(workspace, old, new)
        freeze(workspace, "lead")
    assert workspace.versions("lead") == ("1.2.0", "1.9.0", "1.10.0")


def test_freezing_the_same_text_again_changes_nothing(workspace: Workspace) -> None:
    freeze(workspace, "lead")
    before = {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")}
    assert freeze(workspace, "lead")[1] == []
    assert {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")} == before


def test_a_published_version_is_never_overwritten(workspace: Workspace) -> None:
    freeze(workspace, "lead")
    rewrite(workspace, "标题", "另一个")
    path, findings = freeze(workspace, "lead")
    assert path is None
    assert codes(findings) == ["version-taken"]
    assert (findings[0].place.line, findings[0].place.column) == (2, 10)
    assert workspace.path("published/lead/1.2.0.yaml").read_text("utf-8") == TEMPLATE


def test_a_frozen_file_that_was_edited_is_told(workspace: Workspace) -> None:
    freeze(workspace, "lead")
    rewrite(workspace, "标题", "另一个", "published/lead/1.2.0.yaml")
    _, findings = base_of(workspace, "lead@1.2.0")
    assert codes(findings) == ["pin-changed"]
    assert findings[0].place.line == 2
    rewrite(workspace, "标题", "另一个")  # the template edited alike does not make it good
    assert codes(freeze(workspace, "lead")[1]) == ["pin-changed"]


def test_a_missing_line_is_told_only_after_the_base_was_frozen(workspace: Workspace) -> None:
    assert base_of(workspace, "lead@1.2.0")[1] == []
    freeze(workspace, "lead")
    workspace.path("formwright.lock").unlink()
    assert codes(base_of(workspace, "lead@1.2.0")[1]) == ["pin-unlocked"]
    freeze(workspace, "lead")
    assert base_of(workspace, "lead@1.2.0")[1] == []


def test_a_version_that_is_nowhere_is_told_with_those_there_are(workspace: Workspace) -> None:
    freeze(workspace, "lead")
    rewrite(workspace, "1.2.0", "1.3.0")
    source, findings = base_of(workspace, "lead@1.4.0")
    assert source is None
    assert codes(findings) == ["pin-missing"]
    assert findings[0].args["known"] == "1.2.0, 1.3.0"


def test_a_template_that_is_nowhere_is_told_with_what_was_meant(workspace: Workspace) -> None:
    _, findings = base_of(workspace, "laed@1.2.0")
    assert [(finding.code, finding.args["suggestion"]) for finding in findings] == [("unknown-template", "lead")]


def test_line_ends_do_not_matter(workspace: Workspace) -> None:
    freeze(workspace, "lead")
    for file in ("templates/lead.yaml", "published/lead/1.2.0.yaml"):
        path = workspace.path(file)
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert base_of(workspace, "lead@1.2.0")[1] == []
    assert freeze(workspace, "lead")[1] == []
    assert digest("a\r\nb\r\n") == digest("a\nb\n") != digest("a\nb")


def test_a_lock_left_in_a_merge_is_told_by_its_line(workspace: Workspace) -> None:
    freeze(workspace, "lead")
    lock = workspace.path("formwright.lock")
    lock.write_text("# kept by formwright\n<<<<<<< HEAD\n" + lock.read_text("utf-8"), "utf-8")
    _, findings = base_of(workspace, "lead@1.2.0")
    assert [(finding.code, finding.place.line) for finding in findings] == [("lock-damaged", 2)]
    assert codes(freeze(workspace, "lead")[1]) == ["lock-damaged"]


def test_a_lock_that_is_no_text_is_told_too(workspace: Workspace) -> None:
    workspace.path("formwright.lock").write_bytes("客户".encode("gbk"))
    assert codes(freeze(workspace, "lead")[1]) == ["lock-damaged"]


def test_a_byte_order_mark_is_not_a_change(workspace: Workspace) -> None:
    freeze(workspace, "lead")
    frozen = workspace.path("published/lead/1.2.0.yaml")
    frozen.write_bytes(b"\xef\xbb\xbf" + frozen.read_bytes())
    assert freeze(workspace, "lead")[1] == base_of(workspace, "lead@1.2.0")[1] == []


def test_a_write_that_fails_leaves_nothing_behind(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        freeze(workspace, "lead")
    assert not [path for path in workspace.root.rglob("*") if path.is_file() and re.search("published|lock", str(path))]
