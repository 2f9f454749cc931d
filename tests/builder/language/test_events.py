"""One pass over the events: places in code points, guards before anything is built, one finding a mistake."""

from __future__ import annotations

import pytest

from builder.language.events import DEEPEST, LARGEST, MOST_NODES, Guarded, Unreadable, read_tree
from tests.builder.language.sources import spots, template, whole

ASTRAL = "  备注: {type: text, label: 😀中文, help: 𠮷野家, lines: x}\n"


def test_columns_count_code_points_behind_astral_and_cjk_text() -> None:
    _, findings = template(ASTRAL)
    assert spots(findings) == [("bad-integer", 5, ASTRAL.index("x}") + 1)]


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_bom_and_crlf_change_no_place(bom: str, end: str) -> None:
    text = "template: t\nversion: 1.0.0\ntitle: 表\nfields:\n  a:\n    type: text\n    lable: 😀\n"
    _, findings = whole(bom + text.replace("\n", end))
    assert spots(findings) == [("unknown-key", 7, 5)]


def test_marks_stand_beside_the_data_and_never_inside() -> None:
    tree = read_tree("a: 'x'\nb: [1, two]\n")
    assert tree.data == {"a": "x", "b": ["1", "two"]}
    assert isinstance(tree.mark.inner, dict)
    a, b = tree.mark.inner["a"], tree.mark.inner["b"]
    assert (a.key, a.start, a.end, a.style) == (0, 3, 6, "'")
    assert isinstance(b.inner, list)
    assert [item.start for item in b.inner] == [11, 14]


def test_every_scalar_keeps_its_source_spelling() -> None:
    assert read_tree("a: 1.10\nb: 0101234567\nc: no\nd: 2026-01-05\ne: 1_000\n").data == {
        "a": "1.10", "b": "0101234567", "c": "no", "d": "2026-01-05", "e": "1_000",
    }  # fmt: skip


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_none_and_a_quoted_null_is_a_text(nothing: str) -> None:
    assert read_tree(f"a: {nothing}\nb: 'null'\n").data == {"a": None, "b": "null"}


def test_50_000_nested_brackets_are_a_finding() -> None:
    document, findings = whole("a: " + "[" * 50_000)
    assert (document, spots(findings)) == (None, [("too-deep", 1, 3 + DEEPEST)])


def test_a_file_as_deep_as_allowed_is_read() -> None:
    assert read_tree("[" * DEEPEST + "]" * DEEPEST).data is not None
    with pytest.raises(Guarded):
        read_tree("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))


def test_a_file_too_large_or_of_too_many_nodes_is_refused() -> None:
    _, large = whole("# " + "中" * (LARGEST // 3))
    _, many = whole("a: [" + "x, " * MOST_NODES + "x]")
    assert [found.code for found in large] == ["too-large"]
    assert [found.code for found in many] == ["too-many-nodes"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x y", "anchor"),
        ("a: *x", "alias"),
        ("a: {<<: y}", "merge-key"),
        ("a: !urgent", "exclamation-mark"),
        ("a: b\n---\nc: d", "second-document"),
        ("? [a]\n: b", "collection-as-key"),
        ("a: {? : d}", "no-key"),
        ("'': x", "no-key"),
    ],
)
def test_what_yaml_has_and_definitions_do_not(text: str, code: str) -> None:
    assert [flaw.code for flaw in read_tree(text).flaws] == [code]


def test_a_duplicate_key_names_both_lines_and_the_first_stays() -> None:
    document, findings = template(
        "  a: {type: text, label: 甲}\n  b: {type: text, label: 乙}\n  a: {type: date, label: 丙}\n"
    )
    assert spots(findings) == [("duplicate-key", 7, 3)]
    assert [(other.place.line, other.note) for other in findings[0].related] == [(5, "first-here")]
    assert document is not None
    assert document.data["fields"]["a"]["type"] == "text"  # type: ignore[index]


def test_ids_written_decomposed_are_composed() -> None:
    decomposed = "cafe\u0301"
    assert read_tree(f"{decomposed}: {decomposed}").data == {"caf\u00e9": "caf\u00e9"}


def test_an_error_says_where_and_what_was_being_read() -> None:
    with pytest.raises(Unreadable) as caught:
        read_tree("a: 'x\nb: y\n")
    assert (caught.value.begin, "quoted" in caught.value.reading) == (3, True)
