"""Structure: one finding a real cause, with what was most likely meant."""

from __future__ import annotations

import pytest

from tests.builder.language.sources import spots, template, whole

TEMPLATE = "template: t\nversion: 1.0.0\ntitle: 表\nfields: {a: {type: text, label: 甲}}\n"


def suggestion(body: str) -> tuple[str, object]:
    _, findings = template(body)
    assert len(findings) == 1
    return findings[0].code, findings[0].args["suggestion"]


@pytest.mark.parametrize(
    ("body", "code", "meant"),
    [
        ("  a: {type: text, lable: 甲}\n", "unknown-key", "label"),
        ("  a: {type: text, 名称: 甲}\n", "unknown-key", "label"),
        ("  a: {type: text, label: 甲, Required: true}\n", "unknown-key", "required"),
        ("  a: {type: txt, label: 甲}\n", "unknown-type", "text"),
        ("  a: {type: 日期, label: 甲}\n", "unknown-type", "date"),
        ("  a: {type: string, label: 甲}\n", "unknown-type", "text"),
        ("  a: {type: text, label: 甲, mask: midle}\n", "unknown-value", "middle"),
    ],
)
def test_did_you_mean(body: str, code: str, meant: str) -> None:
    assert suggestion(body) == (code, meant)


def test_a_misspelled_obligatory_key_is_not_also_missing() -> None:
    assert spots(template("  a: {typ: text, lable: 甲}\n")[1]) == [("unknown-key", 5, 7), ("unknown-key", 5, 18)]


def test_a_misspelled_type_brings_no_complaint_about_its_keys() -> None:
    assert spots(template("  a: {type: choise, label: 甲, options: {x: 乙}}\n")[1]) == [("unknown-type", 5, 13)]


def test_what_stands_under_a_misspelled_key_is_read_by_the_place_of_the_right_one() -> None:
    body = "  a: {type: choice, label: 甲, optoins: {x: {label: 子, retired: yes}}, requird: no}\n"
    document, findings = template(body)
    assert [found.code for found in findings] == ["unknown-key", "unknown-key"]
    assert document is not None
    assert document.data["fields"] == {
        "a": {"type": "choice", "label": "甲", "options": {"x": {"label": "子", "retired": True}}, "required": False}
    }


def test_all_findings_of_a_file_in_one_run() -> None:
    _, findings = template(
        "  a: {type: txt, label: 甲}\n"
        "  b: {type: text}\n"
        "  c: {type: text, label: 丙, colour: red}\n"
        "  d: {type: date, label: 丁, lines: 3}\n"
        "  e: {type: text, label: [戊]}\n"
    )
    assert spots(findings) == [
        ("unknown-type", 5, 13), ("missing-key", 6, 3), ("unknown-key", 7, 29), ("key-of-other-type", 8, 29),
        ("map-or-text-wanted", 9, 26),
    ]  # fmt: skip


def test_what_is_broken_is_left_out_and_named() -> None:
    document, _ = template("  a: {type: text, label: 甲, colour: red}\n")
    assert document is not None
    assert document.data["fields"] == {"a": {"type": "text", "label": "甲"}}
    assert document.damaged(("fields", "a", "colour"))
    assert document.damaged(("fields", "a"))
    assert not document.damaged(("fields", "b"))


@pytest.mark.parametrize(
    ("key", "types"),
    [
        ("lines: 3", "text"), ("step: 0.5", "number, integer, money"), ("currency: CNY", "money"),
        ("options: {a: 甲}", "choice, choices"),
    ],
)  # fmt: skip
def test_a_key_of_another_type_names_the_types_it_belongs_to(key: str, types: str) -> None:
    _, findings = template(f"  a: {{type: person, label: 甲, {key}}}\n")
    assert [(found.code, found.args["types"]) for found in findings] == [("key-of-other-type", types)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("rules: {}\n", "rules"),
        ("workflow: {states: {a: {label: 甲, approval: {}}}, transitions: {t: {from: a, to: a, auto: true}}}\n",
         "approval"),
    ],
)  # fmt: skip
def test_what_comes_later_is_said_so(text: str, word: str) -> None:
    _, findings = whole(TEMPLATE + text)
    assert {found.code for found in findings} == {"not-in-this-version"}
    assert findings[0].args["key"] == word


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("  a: {type: rows, label: 甲, fields: {b: {type: rows, label: 乙}}}\n", "rows-in-rows"),
        ("  a: {type: rows, label: 甲, fields: {b: {type: text, label: 乙, section: s}}}\n", "not-in-rows"),
        ("  a: {type: rows, label: 甲, fields: {b: {type: text, label: 乙, readonly: true}}}\n", "not-in-rows"),
        ("  a: {type: rows, label: 甲, fields: {b: {type: text, label: 乙, duplicates: exact}}}\n", "not-in-rows"),
        ("  a: {type: log, label: 甲, fields: {b: {type: text, label: 乙, mask: middle}}}\n", "not-in-rows"),
        ("  a: {type: text, label: 甲, after: b}\n", "only-in-layers"),
        ("  a: {type: choice, label: 甲, options: {}}\n", "empty"),
        ("  a: {type: choice, label: 甲, options: {x: {zh: 乙, en: B}}}\n", "languages-without-label"),
        ("  a: 甲\n", "map-wanted"),
    ],
)  # fmt: skip
def test_shapes(body: str, code: str) -> None:
    codes = [found.code for found in template(body)[1]]
    assert codes[0] == code
    assert set(codes) == {code}


def overlay(tree: str) -> list[tuple[str, int, int]]:
    return spots(whole(f"overlay: marketing\nextends: customer-source@1.0.0\n{tree}", "overlay")[1])


def test_change_is_the_templates_tree_with_everything_optional() -> None:
    assert not overlay(
        "change:\n"
        "  fields:\n"
        "    platform: {label: {zh: 投放平台, en: Ad platform}, help: 写明账户}\n"
        "    initiated_by: {options: {referral: {label: 老带新}, only: [referral, action]}}\n"
        "    lines: {max: 10, fields: {channel: {label: 触点}}}\n"
        "  workflow: {transitions: {lose: {requires: {plus: [product]}, by: {minus: [sales]}}}}\n"
        "  access: {phone: {read: {only: [owner]}}}\n"
        "  vocabularies: {vague: {plus: [网站]}}\n"
    )


@pytest.mark.parametrize("tree", ["checklist: [a]", "access: {record: {read: [owner]}}", "lists: {a: {sort: [b]}}"])
def test_a_bare_list_in_change_is_a_finding(tree: str) -> None:
    assert [code for code, _, _ in overlay(f"change: {{{tree}}}\n")] == ["bare-list"]


def test_add_holds_definitions_whole_or_going_deeper() -> None:
    assert not overlay(
        "add:\n"
        "  fields:\n"
        "    campaign: {type: text, label: 活动编号, after: platform, pattern: '[A-Z]{2}[0-9]{6}'}\n"
        "    initiated_by: {options: {douyin: {label: 抖音私信, counts_as: action}}}\n"
        "  workflow: {states: {trial: {label: 试投放, counts_as: intent}}}\n"
        "  lists: {hot: {title: 热, columns: [campaign]}}\n"
    )


def test_add_takes_no_property_that_is_there_already() -> None:
    assert overlay("add: {title: 新}\n") == [("unknown-key", 3, 7)]


@pytest.mark.parametrize("pin", ["customer-source", "customer-source@1", "Customer@1.0.0"])
def test_a_pin_names_template_and_version(pin: str) -> None:
    assert [found.code for found in whole(f"overlay: m\nextends: {pin}\n", "overlay")[1]] == ["bad-pin"]


def test_a_workspace() -> None:
    good = "company: 华东\nlanguages: [zh, en]\ndepartments: {east: {label: 东, lead: wang, in: hq}, hq: 总部}\n"
    assert whole(good, "workspace")[1] == []
    _, findings = whole("company: 华东\nlanguages: zh\ncurency: CNY\nroles: {Sales: 销售}\n", "workspace")
    assert [found.code for found in findings] == ["list-wanted", "unknown-key", "bad-slug"]
