"""A workspace folder: found from inside, its T's listed and resolved, its layout checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.compile import compile_template
from builder.diagnostic import Place
from builder.language import Source, load
from builder.workspace import Ref, Workspace, WorkspaceError, misnamed

COMPANY = """
formwright: 1
company: 公司
languages: [zh, en]
currency: CNY
timezone: Asia/Shanghai
roles: {sales: 销售}
departments: {east: 华东, west: 华西}
store: tinydb:data
"""
TEMPLATE = "template: {id}\nversion: {version}\ntitle: 标题\nfields: {{name: {{type: text, label: 名称}}}}\n"
OVERLAY = "overlay: {department}\nextends: {id}@{version}\nadd: {{fields: {{code: {{type: text, label: 编号}}}}}}\n"


def put(root: Path, file: str, text: str) -> Path:
    """Write one file of a workspace."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two templates, one with the overlays of two departments."""
    put(tmp_path, "formwright.yaml", COMPANY)
    for name in ("lead", "ticket"):
        put(tmp_path, f"templates/{name}.yaml", TEMPLATE.format(id=name, version="1.0.0"))
    for department in ("west", "east"):
        overlay = OVERLAY.format(department=department, id="lead", version="1.0.0")
        put(tmp_path, f"departments/{department}/lead.yaml", overlay)
    return Workspace(tmp_path)


def test_it_is_found_from_any_folder_inside(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = workspace.root / "departments" / "east"
    assert Workspace.find(inner).root == workspace.root
    monkeypatch.chdir(inner)
    assert Workspace.find(".").shown("templates/lead.yaml") == "../../templates/lead.yaml"
    monkeypatch.chdir(workspace.root)
    assert Workspace.find("departments").shown("formwright.yaml") == "formwright.yaml"


def test_outside_of_any_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as caught:
        Workspace.find(tmp_path)
    assert caught.value.diagnostic.code == "no-workspace"


def test_every_t_is_listed(workspace: Workspace) -> None:
    assert workspace.templates() == ("lead", "ticket")
    assert workspace.departments("lead") == ("east", "west")
    assert [str(ref) for ref in workspace.refs()] == ["lead", "lead@east", "lead@west", "ticket"]


@pytest.mark.parametrize("text", ["lead", "lead@west"])
def test_a_t_is_resolved(workspace: Workspace, text: str) -> None:
    assert str(workspace.resolve(text)) == text


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [("laed", "unknown-template", "lead"), ("lead@wset", "unknown-overlay", "west"), ("", "unknown-template", "")],
)
def test_an_unknown_t_is_told_with_what_was_meant(workspace: Workspace, text: str, code: str, meant: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        workspace.resolve(text)
    assert (caught.value.diagnostic.code, caught.value.diagnostic.args["suggestion"]) == (code, meant)


def test_the_sources_of_a_clone_are_three_and_of_a_base_two(workspace: Workspace) -> None:
    sources, findings = workspace.sources(Ref("lead", "east"))
    assert [source.kind for source in sources] == ["workspace", "template", "overlay"]
    assert findings == []
    assert [source.kind for source in workspace.sources(Ref("ticket"))[0]] == ["workspace", "template"]


def test_a_file_that_a_user_names_is_found(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.root / "templates")
    assert workspace.file("lead.yaml") == "templates/lead.yaml"
    assert workspace.file("../../elsewhere.yaml") is None


def test_a_link_out_is_not_followed(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = put(tmp_path_factory.mktemp("outside"), "secret.yaml", TEMPLATE.format(id="secret", version="1.0.0"))
    (workspace.root / "templates" / "secret.yaml").symlink_to(outside)
    (workspace.root / "departments" / "north").symlink_to(outside.parent)
    assert workspace.source("templates/secret.yaml")[0] is None
    assert workspace.source("../outside.yaml")[0] is None
    found = [(finding.code, finding.place.file) for finding in workspace.layout(["east", "west"])]
    assert found == [
        ("outside-workspace", workspace.shown("templates/secret.yaml")),
        ("outside-workspace", workspace.shown("departments/north")),
    ]
    assert workspace.templates() == ("lead", "ticket")


def test_a_link_inside_is_fine(workspace: Workspace) -> None:
    (workspace.root / "templates" / "copy.yaml").symlink_to("lead.yaml")
    assert workspace.templates() == ("copy", "lead", "ticket")
    assert list(workspace.layout(["east", "west"])) == []


def test_files_that_nothing_reads_and_unknown_departments_are_told(workspace: Workspace) -> None:
    put(workspace.root, "templates/Lead 2.yaml", "")
    put(workspace.root, "templates/deal.yml", "")
    put(workspace.root, "departments/nroth/lead.yaml", "")
    put(workspace.root, "departments/east/lead.resolutions.yaml", "")
    put(workspace.root, "templates/.lead.yaml.swp", "")
    found = [(finding.code, finding.place.file) for finding in workspace.layout(["east", "west", "north"])]
    assert found == [
        ("bad-file-name", workspace.shown("templates/Lead 2.yaml")),
        ("bad-file-name", workspace.shown("templates/deal.yml")),
        ("unknown-department", workspace.shown("departments/nroth/lead.yaml")),
    ]


@pytest.mark.parametrize(
    ("path", "text", "line", "column"),
    [
        ("templates/lead.yaml", TEMPLATE.format(id="deal", version="1.0.0"), 1, 11),
        ("departments/west/lead.yaml", OVERLAY.format(department="east", id="lead", version="1.0.0"), 1, 10),
        ("departments/east/lead.yaml", OVERLAY.format(department="east", id="deal", version="1.0.0"), 2, 10),
        ("published/lead/1.0.0.yaml", TEMPLATE.format(id="lead", version="1.0.1"), 2, 10),
    ],
)
def test_a_files_id_is_what_its_path_says(path: str, text: str, line: int, column: int) -> None:
    document, _ = load(Source(path, text, "overlay" if "departments" in path else "template"))
    assert document is not None
    found = list(misnamed(document))
    assert [(finding.code, finding.place) for finding in found] == [("file-name", Place(path, line, column))]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/lead.yaml", TEMPLATE.format(id="lead", version="1.0.0")),
        ("departments/east/lead.yaml", OVERLAY.format(department="east", id="lead", version="1.0.0")),
        ("published/lead/1.0.0.yaml", TEMPLATE.format(id="lead", version="1.0.0")),
        ("anywhere.yaml", TEMPLATE.format(id="lead", version="1.0.0")),
    ],
)
def test_a_file_in_its_place_is_not_told(path: str, text: str) -> None:
    document, _ = load(Source(path, text, "overlay" if "departments" in path else "template"))
    assert document is not None
    assert list(misnamed(document)) == []


def test_a_misplaced_file_is_told_when_its_t_is_compiled(workspace: Workspace) -> None:
    put(workspace.root, "templates/ticket.yaml", TEMPLATE.format(id="lead", version="1.0.0"))
    compiled = compile_template(workspace, Ref("ticket"))
    assert [finding.code for finding in compiled.diagnostics] == ["file-name"]
    assert compiled.template is None
