"""Vocabularies as CSV: what each column means, where a mistake stands, and that all share one table."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostic import Place
from builder.language.source import Source, decode
from builder.vocabularies import table as tables
from builder.vocabularies.table import Table, table

REGIONS = """\
id,label,label_en,parent,synonyms,counts_as,retired,help,color
js,江苏省,Jiangsu,,江苏,,,东部,green
zj,浙江省,Zhejiang,,浙江；浙,,,,
nj,南京市,,js,,,,,
sz,苏州市,Suzhou,js,"苏州,姑苏",,,,
old,旧市,,zj,,nj,是,,
under,旧区,,old,,,,,
"""


def flaws(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of each finding."""
    source = Source("vocabularies/x.csv", text, "vocabulary")
    return [(d.code, d.place.line, d.place.column) for d in table(text, "zh").diagnostics(source)]


def test_each_row_is_an_option_after_its_parent() -> None:
    options = table(REGIONS, "zh").options
    assert [option.id for option in options] == ["js", "nj", "sz", "zj", "old", "under"]
    js, sz, old = (options.by_id[id] for id in ("js", "sz", "old"))
    assert (js.label, js.help, js.color) == ({"zh": "江苏省", "en": "Jiangsu"}, {"zh": "东部"}, "green")
    assert (sz.parent, sz.synonyms, sz.written) == ("js", ("苏州", "姑苏"), "江苏省-苏州市")
    assert options.by_id["zj"].synonyms == ("浙江", "浙")
    assert (old.counts_as, old.retired, options.by_id["under"].retired) == ("nj", True, True)
    assert options.by_id["under"].written == "浙江省-旧市-旧区" and options.levels == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_excel_saves_is_read(encoding: str, ends: str) -> None:
    raw = REGIONS.replace("\n", ends).encode(encoding)
    source, found = decode("vocabularies/x.csv", raw, "vocabulary")
    assert found == [] and list(table(source.text, "zh").options) == list(table(REGIONS, "zh").options)


def test_utf_16_is_a_finding_and_still_read() -> None:
    source, found = decode("x.csv", REGIONS.encode("utf-16"), "vocabulary")
    assert [d.code for d in found] == ["other-encoding"] and table(source.text, "zh").options


@pytest.mark.parametrize("between", [";", "\t"])
def test_other_separators_are_understood(between: str) -> None:
    assert table(f"id{between}label\na{between}甲,乙\n", "zh").options[0].label == {"zh": "甲,乙"}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("id,label\na b,甲\n", [("bad-id", 2, 1)]),
        ("id,label\na,甲\n\nA,乙\n", [("option-twice", 4, 1)]),
        ("id,label\n,甲\nb,\n", [("table-empty", 2, 1), ("table-empty", 3, 3)]),
        ("id,label,parent\na,甲,z\n", [("table-unknown-parent", 2, 5)]),
        ("id,label,parent\na,甲,b\nb,乙,a\n", [("table-parent-circle", 2, 5)]),
        ("id,label,parent\na,甲,\nb,甲,a\nc,甲,b\nd,甲,c\ne,甲,d\nf,甲,e\n", [("options-too-deep", 6, 1)]),
        ("id,label,counts_as\na,甲,a\n", [("table-unknown-parent", 2, 5)]),
        ("id,label,retired,color\na,甲,昨天,pinkish\n", [("table-bad-word", 2, 5), ("table-bad-word", 2, 8)]),
        ("id,label,lable\na,甲,\n", [("table-unknown-column", 1, 10)]),
        ("ID,Label\na,甲\n", []),
        ("label\n甲\n", [("table-needs-columns", 1, 1)]),
        ("id，label\na，甲\n", [("table-wide-commas", 1, 1)]),
        ("id,label\n\n", [("vocabulary-empty", 1, 1)]),
        ("", [("table-needs-columns", 1, 1)]),
        ('id,label\na,"甲\n', [("table-quotes", 2, 1)]),
        ('id,label,help\na,"甲\n乙",丙\nb b,丁,\n', [("bad-id", 4, 1)]),
        ("id,label\n" + "a,甲\n" * 3, [("option-twice", 3, 1), ("option-twice", 4, 1)]),
    ],
)
def test_a_mistake_is_told_where_it_stands(rows: str, found: list[tuple[str, int, int]]) -> None:
    assert flaws(rows) == found


def test_a_parent_that_is_a_label_is_recognised() -> None:
    source = Source("x.csv", "id,label,parent\na,甲,\nb,乙,甲\n", "vocabulary")
    (found,) = table(source.text, "zh").diagnostics(source)
    assert found.args["suggestion"] == "a" and found.place == Place("x.csv", 3, 5)


def test_a_column_in_a_language_that_nobody_reads_is_told_once() -> None:
    text = "id,label,label_en,label_fr\na,甲,A,Â\nb,乙,B,Bé\n"
    made = table(text, "zh", ("zh", "en"))
    (found,) = made.diagnostics(Source("x.csv", text, "vocabulary"))
    assert (found.code, found.place, found.args["name"]) == ("unknown-language", Place("x.csv", 1, 19), "fr")
    assert made.options.by_id["a"].label == {"zh": "甲", "en": "A"}


def test_of_very_many_mistakes_some_are_told() -> None:
    found = flaws("id,label\n" + "a b,甲\n" * 300)
    assert len(found) == 101 and found[-1][0] == "table-more-findings"


def test_a_text_is_read_once_for_all_who_hold_it() -> None:
    one, other, again = table(REGIONS, "zh"), table(REGIONS, "en"), table(str(REGIONS), "zh")
    assert one is again and one is not other
    known = len(tables._tables)
    del one, other, again
    gc.collect()
    assert len(tables._tables) == known - 2


IDS = st.sampled_from(["a", "b", "c", "d", "e", ""])


@given(st.lists(st.tuples(IDS, IDS), max_size=8))
def test_whatever_the_parents_are_options_come_after_them(pairs: list[tuple[str, str]]) -> None:
    text = "id,label,parent\n" + "".join(f"{id},名,{parent}\n" for id, parent in pairs)
    made: Table = table(text, "zh")
    seen = {""}
    for option in made.options:
        assert option.parent in seen and option.id not in seen
        seen.add(option.id)
    assert len(made.lines) == len(made.options)
    sound = {id for id, _ in pairs} - {""}
    assert bool(sound - seen) <= bool(made.flaws)


def test_no_file_is_too_long_for_its_limits(tmp_path: Path) -> None:
    many = "id,label\n" + "".join(f"p{n},件{n}\n" for n in range(100_000))
    assert [code for code, _, _ in flaws(many)] == ["table-too-large"]
