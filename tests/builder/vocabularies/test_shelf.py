"""Vocabulary files of a workspace: named, checked, changed by layers, frozen with a version."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.compile import check_workspace, compile_template
from builder.compose.pins import freeze, read_lock
from builder.model import Template
from builder.workspace import Ref, Workspace
from tests.workflows.world import situation
from workflows.evaluate import evaluate

FILES = {
    "formwright.yaml": """
company: 公司
languages: [zh, en]
currency: CNY
timezone: Asia/Shanghai
roles: {sales: 销售}
departments: {east: 华东}
""",
    "templates/sheet.yaml": """
template: sheet
version: 1.0.0
title: 表
fields:
  way: {type: choice, label: 途径, vocabulary: ways}
  kind: {type: choice, label: 类别, vocabulary: kinds}
  top: {type: choice, label: 大类, vocabulary: ways, depth: 1}
  note: {type: text, label: 备注, visible: way == "online", refuse: {values: vague, say: 写明}}
""",
    "vocabularies/ways.csv": """\
id,label,label_en,parent,synonyms
online,线上,Online,,
search,搜索引擎,Search,online,百度
shop,门店,Shop,,
""",
    "vocabularies/kinds.yaml": """
vocabulary: kinds
options:
  big: {label: 大, options: {huge: 巨}}
  small: 小
""",
    "vocabularies/vague.yaml": "vocabulary: vague\nwords: [网络, 电话]\n",
    "departments/east/sheet.yaml": """
overlay: east
extends: sheet@1.0.0
change:
  vocabularies: {ways: {shop: {retired: true}, online: {options: {search: {label: 搜索}}}}}
add:
  vocabularies:
    ways: {online: {options: {live: 直播}}}
    kinds: {small: {options: {tiny: 微}}}
""",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for name, text in FILES.items():
        write(tmp_path, name, text)
    return Workspace(tmp_path)


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text.lstrip("\n"), "utf-8")


def template(workspace: Workspace, department: str = "") -> Template:
    compiled = compile_template(workspace, Ref("sheet", department))
    assert compiled.template is not None and not compiled.diagnostics, compiled.diagnostics
    return compiled.template


def found(workspace: Workspace) -> list[tuple[str, str, int]]:
    root = workspace.root.as_posix() + "/"
    return [(d.code, d.place.file.removeprefix(root), d.place.line) for d in check_workspace(workspace)]


def test_files_are_options_and_refused_words(workspace: Workspace) -> None:
    assert found(workspace) == []
    base = template(workspace)
    assert [option.id for option in base.fields["way"].options] == ["online", "search", "shop"]
    assert [option.id for option in base.fields["top"].options] == ["online", "shop"]
    assert base.fields["kind"].options.by_id["huge"].parent == "big"
    seen = evaluate(base, {"way": "百度", "note": "网络"}, situation())
    assert seen.values["way"] == "search" and seen.faults["note"][0].code == "refused"


def test_a_department_adds_and_changes_entries(workspace: Workspace) -> None:
    clone = template(workspace, "east")
    ways = clone.fields["way"].options
    assert [option.id for option in ways] == ["online", "search", "east__live", "shop"]
    assert ways.by_id["search"].label == {"zh": "搜索", "en": "Search"} and ways.by_id["shop"].retired
    assert ways.by_id["search"].written == "线上-搜索引擎"  # `join` keeps the base's words
    assert clone.fields["kind"].options.by_id["east__tiny"].parent == "small"
    assert "note" in evaluate(clone, {"way": "live"}, situation()).visible


def test_a_finding_in_a_layers_words_points_to_both_files(workspace: Workspace) -> None:
    write(workspace.root, "departments/east/sheet.yaml", """
overlay: east
extends: sheet@1.0.0
change:
  vocabularies:
    ways:
      shop: {label: 门店}
      shpo: {label: 店}
""")  # fmt: skip
    assert found(workspace) == [
        ("repeats-base", "departments/east/sheet.yaml", 6),
        ("unknown-id", "departments/east/sheet.yaml", 7),
    ]
    (repeats, _) = check_workspace(workspace)
    assert repeats.related[0].place.file.endswith("vocabularies/ways.csv") and repeats.related[0].place.line == 4


def test_a_refused_word_taken_away_is_told_where_it_was(workspace: Workspace) -> None:
    write(workspace.root, "departments/east/sheet.yaml", """
overlay: east
extends: sheet@1.0.0
change:
  vocabularies:
    vague: {minus: [电话]}
""")  # fmt: skip
    assert found(workspace) == [("lost-refusal", "departments/east/sheet.yaml", 5)]


@pytest.mark.parametrize(
    ("lock", "change"),
    [
        ("way: {lock: [options]", "ways: {shop: {label: 店}}"),
        ("way: {lock: [vocabulary]", "ways: {only: [shop]}"),
        ("way: {lock: all", "ways: {online: {options: {search: {label: 搜}}}}"),
        ("note: {lock: [refuse]", "vague: {plus: [邮件]}"),
    ],
)
def test_the_lock_of_a_field_holds_in_its_vocabulary(workspace: Workspace, lock: str, change: str) -> None:
    id = lock.partition(":")[0]
    write(workspace.root, "templates/sheet.yaml", FILES["templates/sheet.yaml"].replace(f"{id}: {{", f"{lock}, "))
    overlay = f"overlay: east\nextends: sheet@1.0.0\nchange:\n  vocabularies:\n    {change}\n"
    write(workspace.root, "departments/east/sheet.yaml", overlay)
    assert found(workspace) == [("locked", "departments/east/sheet.yaml", 5)]
    unlocked = FILES["templates/sheet.yaml"].replace(f"{id}: {{", f"{id}: {{lock: [label], ")
    write(workspace.root, "templates/sheet.yaml", unlocked)
    assert found(workspace) == []


def test_the_file_is_part_of_the_version(workspace: Workspace) -> None:
    before = template(workspace).hash
    path = workspace.path("vocabularies/ways.csv")
    path.write_text(path.read_text("utf-8") + "fair,展会,Fair,,\n", "utf-8")
    assert template(workspace).hash != before


SHEET = FILES["templates/sheet.yaml"]
KINDS, WAYS, HERE = "vocabularies/kinds.yaml", "vocabularies/ways.csv", "templates/sheet.yaml"


@pytest.mark.parametrize(
    ("name", "text", "code", "line"),
    [
        ("vocabularies/extra.csv", "id,label\na,甲\n", "vocabulary-unused", 1),
        ("vocabularies/Ways.txt", "", "bad-vocabulary-name", 1),
        ("vocabularies/ways.yaml", "vocabulary: ways\nwords: [a]\n", "vocabulary-twice", 1),
        (KINDS, "vocabulary: kind\noptions: {a: 甲}\n", "file-name", 1),
        (KINDS, "vocabulary: kinds\n", "vocabulary-empty", 1),
        (KINDS, "vocabulary: kinds\noptions: {a: {lable: 甲}}\n", "unknown-key", 2),
        (KINDS, "vocabulary: kinds\noptions:\n  a: 甲\n  b: {label: 乙, counts_as: c}\n", "unknown-option", 4),
        (WAYS, "id,label\nonline,甲\na,乙,丙\n", "table-too-many-cells", 3),
        (HERE, SHEET.replace("vocabulary: kinds", "vocabulary: kindz"), "unknown-vocabulary", 6),
        (HERE, SHEET + "vocabularies: {ways: {online: 网}}\n", "vocabulary-twice", 9),
        (HERE, SHEET.replace('way == "online"', 'way == "线上"'), "label-not-id", 8),
    ],
)
def test_mistakes_around_the_files_are_found(workspace: Workspace, name: str, text: str, code: str, line: int) -> None:
    (workspace.root / "departments/east/sheet.yaml").unlink()
    write(workspace.root, name, text)
    assert (code, name, line) in found(workspace), found(workspace)


def test_a_misspelt_vocabulary_is_recognised(workspace: Workspace) -> None:
    text = FILES["templates/sheet.yaml"].replace("vocabulary: kinds", "vocabulary: kindz")
    write(workspace.root, "templates/sheet.yaml", text)
    told = next(d for d in check_workspace(workspace) if d.code == "unknown-vocabulary")
    assert told.args["suggestion"] == "kinds"


def test_publishing_freezes_them_beside_the_base(workspace: Workspace) -> None:
    assert freeze(workspace, "sheet")[1] == []
    kept = {path.name for path in workspace.path("published/sheet/1.0.0").iterdir()}
    assert kept == {"ways.csv", "kinds.yaml", "vague.yaml"}
    assert {pin.partition("/")[2] for pin in read_lock(workspace)[0]} == {"", *kept}
    assert freeze(workspace, "sheet")[1] == []
    before = template(workspace, "east").hash
    write(workspace.root, "vocabularies/ways.csv", "id,label\nonline,网\n")
    assert template(workspace, "east").hash == before  # a pin means one text for ever, and one vocabulary
    assert [d.code for d in freeze(workspace, "sheet")[1]] == ["version-taken"]
    write(workspace.root, "published/sheet/1.0.0/ways.csv", "id,label\nonline,网\n")
    assert "pin-changed" in [code for code, _, _ in found(workspace)]


def test_many_templates_share_one_table(workspace: Workspace) -> None:
    text = FILES["templates/sheet.yaml"].replace("template: sheet", "template: other")
    write(workspace.root, "templates/other.yaml", text)
    one, two = (compile_template(workspace, Ref(name)).template for name in ("sheet", "other"))
    assert one is not None and two is not None
    assert one.fields["way"].options is two.fields["way"].options
    assert one.fields["top"].options is two.fields["top"].options


def test_what_only_a_linked_template_names_stays_on_its_shelf(workspace: Workspace) -> None:
    write(workspace.root, "templates/ticket.yaml", """
template: ticket
version: 1.0.0
title: 工单
fields:
  of: {type: link, label: 表, to: sheet}
""")  # fmt: skip
    assert found(workspace) == []
