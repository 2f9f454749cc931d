"""The place decides how a scalar is read, not its look (language.md, rule 2)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builder.language.sources import spots, template, whole

HEAD = "template: t\nversion: 1.0.0\ntitle: 表\n"


def field(body: str, type_: str = "text") -> dict[str, Any]:
    document, findings = template(f"  a:\n    type: {type_}\n    label: 甲\n    {body}\n")
    assert not findings
    assert document is not None
    fields: Any = document.data["fields"]
    return dict(fields["a"])


SPELLINGS = ["1.10", "0101234567", "no", "on", "50-80万", "2026-01-05", "true", "1_000", "0x10"]
BOOLEANS = [("true", True), ("yes", True), ("是", True), ("no", False), ("'off'", False)]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_text_place_keeps_the_spelling(spelling: str) -> None:
    assert field(f"help: {spelling}")["help"] == spelling


@pytest.mark.parametrize("spelling", ["1,000", "１０００", "1000", "0.1万"])
def test_a_number_place_reads_numbers_as_people_write_them(spelling: str) -> None:
    assert field(f"lines: {spelling}")["lines"] == 1000


@pytest.mark.parametrize("spelling", ["1,00", "many", "1.5", "1e3", "0x10"])
def test_no_number_in_a_number_place_is_a_finding(spelling: str) -> None:
    _, findings = template(f"  a: {{type: text, label: 甲, lines: '{spelling}'}}\n")
    assert [found.code for found in findings] == ["bad-integer"]


@pytest.mark.parametrize(("spelling", "value"), BOOLEANS)
def test_a_boolean_place_reads_yes_and_no(spelling: str, value: bool) -> None:
    assert field(f"personal: {spelling}")["personal"] is value


def test_a_misspelled_boolean_gets_a_suggestion() -> None:
    _, findings = template("  a: {type: text, label: 甲, personal: ture}\n")
    assert [(found.code, found.args["suggestion"]) for found in findings] == [("bad-boolean", "true")]


@pytest.mark.parametrize(("spelling", "value"), [("true", True), ("no", False), ("not given(b)", "not given(b)")])
def test_required_is_a_boolean_or_a_condition(spelling: str, value: object) -> None:
    assert field(f"required: {spelling}")["required"] == value


@pytest.mark.parametrize("key", ["default", "min", "max"])
def test_a_value_place_keeps_the_spelling_for_the_type_to_read(key: str) -> None:
    assert field(f"{key}: 5万", "number")[key] == "5万"


def test_a_text_of_several_languages_is_a_map() -> None:
    assert field("help: {zh: 是, en: no}")["help"] == {"zh": "是", "en": "no"}


def test_a_definition_that_is_only_its_label_stays_a_text() -> None:
    assert field("options: {won: 成交客户}", "choice")["options"] == {"won": "成交客户"}


@pytest.mark.parametrize("nothing", ["", " ~", " null", " ''", ' "  "', " |"])
def test_nothing_written_is_a_finding_at_its_key(nothing: str) -> None:
    _, findings = template(f"  a:\n    type: text\n    label: 甲\n    help:{nothing}\n")
    assert spots(findings) == [("nothing-written", 8, 5)]


def test_a_missing_value_of_an_obligatory_key_is_told_once() -> None:
    _, findings = template("  a:\n    type:\n    label:\n")
    assert spots(findings) == [("nothing-written", 6, 5), ("nothing-written", 7, 5)]


def test_one_name_where_a_list_belongs_is_read_as_the_list_that_was_meant() -> None:
    document, findings = whole(f"{HEAD}checklist: a, b\nfields: {{a: {{type: text, label: 甲}}}}\n")
    assert [(found.code, found.args["written"]) for found in findings] == [("list-wanted", "checklist: [a, b]")]
    assert document is not None
    assert document.data["checklist"] == ["a", "b"]


def test_full_width_commas_between_names() -> None:
    text = f"{HEAD}checklist: [a，b]\nfields: {{a: {{type: text, label: 甲}}}}\n"
    assert spots(whole(text)[1]) == [("full-width", 4, 14)]


def test_chinese_quotes_in_a_text_are_a_text() -> None:
    assert field("help: “请写全称”，谢谢（必填）：")["help"] == "“请写全称”，谢谢（必填）："


@pytest.mark.parametrize(
    ("id_", "code"),
    [
        ("state", "reserved-id"), ("plus", "verb-id"), ("a__b", "double-underscore"), ("a-b", "bad-id"),
        ("客户 名称", "bad-id"), ("2026", "id-starts-with-digit"),
    ],
)  # fmt: skip
def test_ids_that_cannot_be(id_: str, code: str) -> None:
    _, findings = template(f"  {id_}: {{type: text, label: 甲}}\n")
    assert spots(findings) == [(code, 5, 3)]


@pytest.mark.parametrize("id_", ["客户名称", "prénom", "имя", "_x", "a1", "हिन्दी"])
def test_ids_have_letters_of_any_script(id_: str) -> None:
    assert template(f"  {id_}: {{type: text, label: 甲}}\n")[1] == []


def test_ids_that_differ_in_case_only() -> None:
    _, findings = template("  Phone: {type: phone, label: 甲}\n  phone: {type: phone, label: 乙}\n")
    assert spots(findings) == [("same-id", 6, 3)]
    assert findings[0].related[0].place.line == 5


def test_option_ids_may_begin_with_a_digit() -> None:
    assert field("options: {50_80: 50-80万}", "choice")["options"] == {"50_80": "50-80万"}


def test_an_error_expected_by_a_case_may_be_any() -> None:
    fields = "fields: {a: {type: text, label: 甲}}\n"
    assert whole(f"{HEAD}{fields}cases: {{c: {{given: {{a: x}}, expect: {{errors: {{a: ''}}}}}}}}\n")[1] == []
