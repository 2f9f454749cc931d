"""Links between templates: what a compile takes of a neighbour, and what it does not ask of him."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.compile import Compiled, check_workspace, compile_template, restore
from builder.diagnostic import Diagnostic
from builder.workspace import Workspace
from tests.builder.test_workspace import COMPANY, put

FIRM = """
template: firm
version: 1.0.0
title: 厂家
privacy: {purpose: 往来, retain: 1y}
access: {record: {create: [sales], read: [sales], write: [sales]}, phone: {read: [owner], masked: [staff]}}
fields:
  name: {type: text, label: 名称}
  phone: {type: phone, label: 电话, personal: true}
  kind: {type: choice, label: 类别, vocabulary: kinds}
  parent: {type: link, to: firm, label: 上级}
"""
ORDER = """
template: order
version: 1.0.0
title: 订单
access: {record: {create: [sales], read: [sales, staff], write: [sales]}}
fields:
  firm: {type: link, to: firm, label: 厂家}
  name: {type: text, label: 名称, compute: firm.name}
"""
KINDS = "vocabulary: kinds\noptions: {maker: 制造, trader: 贸易}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    put(tmp_path, "formwright.yaml", COMPANY)
    put(tmp_path, "templates/firm.yaml", FIRM)
    put(tmp_path, "templates/order.yaml", ORDER)
    put(tmp_path, "vocabularies/kinds.yaml", KINDS)
    return Workspace(tmp_path)


def order(workspace: Workspace, more: str = "") -> Compiled:
    put(workspace.root, "templates/order.yaml", ORDER + more)
    return compile_template(workspace, workspace.resolve("order"))


def told(found: tuple[Diagnostic, ...] | list[Diagnostic]) -> list[tuple[str, str]]:
    return [(each.place.file.rpartition("/")[2], each.code) for each in found]


def test_a_neighbours_options_come_with_it_from_a_file_too(workspace: Workspace) -> None:
    made = order(workspace, '  made: {type: boolean, label: 制造, compute: firm.kind == "maker"}\n')
    assert made.diagnostics == () and check_workspace(workspace) == []
    assert {source.path.rpartition("/")[2] for source in made.sources} == {
        "formwright.yaml", "order.yaml", "firm.yaml", "kinds.yaml",
    }  # fmt: skip
    wrong = order(workspace, '  made: {type: boolean, label: 制造, compute: firm.kind == "制造"}\n')
    assert told(wrong.diagnostics) == [("order.yaml", "label-not-id")]


def test_what_is_broken_in_a_neighbour_is_told_once_and_there(workspace: Workspace) -> None:
    put(workspace.root, "templates/firm.yaml", FIRM.replace("type: text", "type: txet"))
    assert [file for file, _ in told(check_workspace(workspace))] == ["firm.yaml"]
    alone = compile_template(workspace, workspace.resolve("order"))
    assert alone.template is None  # it is not published over what cannot be read
    assert {file for file, _ in told(alone.diagnostics)} == {"firm.yaml"}


def test_a_mistake_of_meaning_in_a_neighbour_is_its_own_affair(workspace: Workspace) -> None:
    put(workspace.root, "templates/firm.yaml", FIRM + "lists: {all: {title: 全部, columns: [nmae]}}\n")
    assert compile_template(workspace, workspace.resolve("order")).template is not None


def test_a_version_is_restored_from_its_own_sources(workspace: Workspace) -> None:
    made = order(workspace, '  made: {type: boolean, label: 制造, compute: firm.parent.kind == "maker"}\n')
    again = restore(made.sources)
    assert again.fields["made"].compute == made.template.fields["made"].compute  # type: ignore[union-attr]  # it compiles
    assert again.links.keys() == {"firm"} and "phone" in again.links["firm"].parts


def test_a_departments_field_is_not_there_through_a_link(workspace: Workspace) -> None:
    overlay = "overlay: east\nextends: firm@1.0.0\nadd: {fields: {code: {type: text, label: 编号}}}\n"
    put(workspace.root, "departments/east/firm.yaml", overlay)
    wrong = order(workspace, "  code: {type: text, label: 编号, compute: firm.code}\n")
    assert told(wrong.diagnostics) == [("order.yaml", "no-such-linked")]


def test_a_department_may_add_a_link_and_change_no_target(workspace: Workspace) -> None:
    head = "overlay: east\nextends: order@1.0.0\n"
    added = "rival: {type: link, to: firm, label: 对手}, their: {type: text, label: 名, compute: rival.name}"
    added = f"add: {{fields: {{{added}}}}}\n"
    put(workspace.root, "departments/east/order.yaml", head + added)
    assert compile_template(workspace, workspace.resolve("order@east")).diagnostics == ()
    put(workspace.root, "departments/east/order.yaml", head + "change: {fields: {firm: {to: order}}}\n")
    found = compile_template(workspace, workspace.resolve("order@east"))
    assert [code for _, code in told(found.diagnostics)] == ["sealed"]


def test_what_a_role_may_not_see_there_decides_no_step_and_is_not_copied(workspace: Workspace) -> None:
    flow = (
        "  mine: {type: phone, label: 电话, personal: true, default: =firm.phone}\n"
        "privacy: {purpose: 往来, retain: 1y}\n"
        "workflow:\n"
        "  states: {new: {label: 新, initial: true}, done: {label: 完, final: true}}\n"
        "  transitions: {go: {label: 完成, from: new, to: done, by: [boss], when: given(firm.name)}}\n"
    )
    put(workspace.root, "formwright.yaml", COMPANY.replace("sales: 销售", "sales: 销售, boss: 主管"))
    found = order(workspace, flow)
    assert [code for _, code in told(found.diagnostics)] == ["default-reveals", "guard-unseen"]
