"""What is written soundly but does not hold together: each mistake is told once, where it stands (language.md)."""

from __future__ import annotations

import pytest

from tests.builder.inline import codes, compiled

NAME = "fields: {name: {type: text, label: 名称}}\n"
WAY = "workflow: {states: {new: {label: 新, initial: true}, old: {label: 旧, final: true}}, transitions: {go: {%s}}}\n"


def test_several_mistakes_are_told_in_one_run() -> None:
    found = compiled("""\
        fields:
          a: {type: text, label: 甲, visible: bb == "x"}
          b: {type: integer, label: 乙, min: 9, max: 3}
          c: {type: choice, label: 丙}
        checklist: [a, d]
        """)
    assert codes(found) == [
        ("unknown-name", 2),
        ("bounds-exclude-everything", 3),
        ("choice-needs-options", 4),
        ("unknown-field", 5),
    ]


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        (NAME + "checklist: [name, phone]", "unknown-field", 2),
        (NAME + "lists: {all: {title: 全, columns: [name, stat]}}", "unknown-column", 2),
        (NAME + "lists: {all: {title: 全, columns: [name], sort: [-naem]}}", "unknown-column", 2),
        (NAME + WAY % "from: new, to: lod, by: [sales]", "unknown-state", 2),
        (NAME + WAY % "from: new, to: old, by: [seller]", "unknown-person-word", 2),
        (NAME + WAY % "from: new, to: old, by: [sales@north]", "unknown-department", 2),
        (NAME + WAY % "from: new, to: old, by: [sales], requires: [nam]", "unknown-field", 2),
        ("fields: {kind: {type: choice, label: 类, vocabulary: kinds}}", "unknown-vocabulary", 1),
        ("fields: {kind: {type: choice, label: 类}}", "choice-needs-options", 1),
        ("fields: {n: {type: integer, label: 数, compute: 1 + 1, default: 3}}", "compute-excludes", 1),
        ("fields: {n: {type: integer, label: 数, compute: 1 + 1, required: true}}", "compute-excludes", 1),
        ("fields: {n: {type: integer, label: 数, default: 三}}", "not-of-type", 1),
        ("fields: {d: {type: date, label: 日, default: 2026-02-30}}", "not-of-type", 1),
        ("fields: {c: {type: choice, label: 类, options: {a: 甲}, default: 甲}}", "not-of-type", 1),
        ("fields: {d: {type: date, label: 日, min: 2026-02-02, max: 2026-01-01}}", "bounds-exclude-everything", 1),
        (r"fields: {t: {type: text, label: 文, pattern: '(?=a)b'}}", "bad-pattern", 1),
        (r"fields: {t: {type: text, label: 文, pattern: '(a)\1'}}", "bad-pattern", 1),
        ("fields: {t: {type: text, label: 文, pattern: '[a-'}}", "bad-pattern", 1),
        ("fields: {p: {type: text, label: 名, personal: true}}\naccess: {record: {read: [owner]}}",
         "personal-without-privacy", 1),
        ("fields: {p: {type: text, label: 名, personal: true}}\nprivacy: {purpose: 联系, retain: 1y}",
         "personal-without-access", 1),
        ("fields: {r: {type: rows, label: 行, fields: {p: {type: text, label: 名, personal: true}}}}\n"
         "privacy: {purpose: 联系, retain: 1y}",
         "personal-without-access", 1),
        (NAME + "sections: {one: {title: 一, fields: [name]}, two: {title: 二, fields: [name]}}", "in-two-sections", 2),
        ("fields: {a: {type: text, label: 甲}, b: {type: text, label: 乙}}\nsections: {one: {title: 一, fields: [a]}}",
         "in-no-section", 1),
        (NAME + "tags: {name: {label: 标签, options: {a: 甲}}}", "name-taken", 2),
        (NAME + "tags: {NAME: {label: 标签, options: {a: 甲}}}", "name-taken", 2),
        ("fields: {t: {type: text, label: 文, required: true, readonly: true}}", "required-readonly", 1),
        ("fields: {t: {type: text, label: 文, required: given(t), readonly: true}}", "required-readonly", 1),
        ("fields: {c: {type: choice, label: 类, options: {a: 甲, b: {label: 乙, retired: true}}, default: b}}",
         "default-retired", 1),
        ("fields: {c: {type: choices, label: 类, options: {a: 甲, b: {label: 乙, retired: true}}, default: [a, b]}}",
         "default-retired", 1),
        (NAME + "access: {record: {create: [sales], write: [sales]}}", "nobody-reads", 2),
        (NAME + WAY % "from: new, to: old, by: [sales]" + "cases: {one: {given: {name: x}, expect: {enabled: [og]}}}",
         "unknown-action", 3),
        (NAME + WAY % "from: new, to: old, by: [sales]"
         + "cases: {one: {given: {name: x}, steps: [{as: seller, do: go}]}}", "unknown-person-word", 3),
        ("fields: {t: {type: text, label: {zh: 文, eng: Text}}}", "unknown-language", 1),
        ("fields: {c: {type: choice, label: 类, options: {a: {label: {zn: 甲}}, no: 否}}}", "unknown-language", 1),
        (NAME + "sections: {one: {title: {zh: 一, fr: un}, fields: [name]}}", "unknown-language", 2),
        (NAME + "cases: {one: {given: {nmae: x}}}", "unknown-field", 2),
        (NAME + "cases: {one: {given: {name: x}, expect: {state: old}}}", "unknown-state", 2),
        (NAME + "access: {nam: {read: [sales]}}", "unknown-field", 2),
    ],
)  # fmt: skip
def test_each_mistake_is_told_where_it_stands(body: str, code: str, line: int) -> None:
    assert codes(compiled(body)) == [(code, line)]


def test_a_label_in_place_of_an_id_is_recognised() -> None:
    (found,) = compiled(NAME + "checklist: [名称]").diagnostics
    assert found.args["suggestion"] == "name"


def test_a_circle_is_told_once_with_its_members() -> None:
    found = compiled("""\
        fields:
          a: {type: integer, label: 甲, compute: b + 1}
          b: {type: integer, label: 乙, compute: c + 1}
          c: {type: integer, label: 丙, compute: a + 1}
        """)
    (circle,) = found.diagnostics
    assert circle.code == "cycle"
    assert {place.place.line for place in circle.related} | {circle.place.line} == {5, 6, 7}


def test_a_column_that_sums_its_own_rows_is_a_circle() -> None:
    found = compiled("""\
        fields:
          lines:
            type: rows
            label: 明细
            fields:
              n: {type: integer, label: 数}
              share: {type: integer, label: 份, compute: n + sum(lines.share)}
        """)
    assert [code for code, _ in codes(found)] == ["cycle"]


def test_columns_that_need_each_other_are_a_circle() -> None:
    found = compiled("""\
        fields:
          lines:
            type: rows
            label: 明细
            fields:
              a: {type: integer, label: 甲, compute: b + 1}
              b: {type: integer, label: 乙, visible: a > 1}
        """)
    assert [(code, line) for code, line in codes(found)] == [("cycle", 6)]


def test_what_has_a_default_may_be_required_and_read_only() -> None:
    assert codes(compiled("fields: {t: {type: text, label: 文, required: true, readonly: true, default: x}}")) == []


@pytest.mark.parametrize(
    ("field", "change", "code"),
    [
        ("{type: text, label: 文, required: true}", "{readonly: true}", "required-readonly"),
        ("{type: choice, label: 类, default: a, options: {a: 甲, b: 乙}}", "{options: {only: [b]}}", "default-retired"),
    ],
)
def test_what_a_layer_makes_contradictory_is_told_in_the_layer(field: str, change: str, code: str) -> None:
    (found,) = compiled(f"fields: {{f: {field}}}\n", overlay=f"change: {{fields: {{f: {change}}}}}").diagnostics
    assert (found.code, found.place.file, found.place.line) == (code, "west/sheet.yaml", 3)


def test_who_makes_a_record_fills_it_in_whoever_may_change_it_later() -> None:
    body = "fields: {name: {type: text, label: 名, required: true}}\n"
    body += "access: {record: {create: [sales], read: [board]%s}}\n"
    assert codes(compiled(body % ", write: [board]")) == []
    assert codes(compiled(body % "")) == []
    named = (body % "").replace("]}}", "]}, name: {write: [board]}}")
    assert codes(compiled(named)) == [("required-unwritable", 1)]


def test_a_word_for_people_is_no_role() -> None:
    from builder.compile import compile_sources
    from builder.language import Source

    text = "company: 试\nlanguages: [zh]\nroles: {sales: 销售, staff: 员工}\n"
    (found,) = compile_sources([Source("formwright.yaml", text, "workspace")]).diagnostics
    assert (found.code, found.place.line, found.place.column) == ("role-is-a-word", 3, 20)


def test_completeness_is_not_part_of_its_own_checklist() -> None:
    found = compiled("""\
        checklist: [a, b]
        fields:
          a: {type: text, label: 甲, visible: completeness < 50}
          b: {type: text, label: 乙}
        """)
    (circle,) = found.diagnostics
    assert (circle.code, {circle.args["names"]}) == ("cycle", {"a → completeness → a"})
    assert {place.place.line for place in circle.related} | {circle.place.line} == {4, 6}


def test_departments_do_not_contain_themselves() -> None:
    from builder.compile import compile_sources
    from builder.language import Source

    text = (
        "company: 试\nlanguages: [zh]\n"
        "departments: {a: {label: 甲, in: b}, b: {label: 乙, in: a}, c: {label: 丙, in: d}}\n"
    )
    found = compile_sources([Source("formwright.yaml", text, "workspace")]).diagnostics
    assert sorted({d.code for d in found}) == ["cycle", "unknown-department"]
