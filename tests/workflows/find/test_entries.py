"""Entries of a long list: what is found, in which order, against a plain look at every text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.vocabularies.table import table
from workflows.find.entries import look_up

REGIONS = """\
id,label,label_en,parent,synonyms,retired
js,江苏省,Jiangsu,,江苏,
nj,南京市,Nanjing,js,宁,
sz,苏州市,Suzhou,js,姑苏,
ks,昆山市,Kunshan,sz,,
sd,苏堤,,,,
old,苏北,,,,yes
"""


def found(query: str, text: str = REGIONS, most: int = 20) -> list[str]:
    return [option.id for option in look_up(table(text, "zh").options, query, most)]


def test_names_synonyms_paths_and_initials_are_looked_in() -> None:
    assert found("昆山") == ["ks"] and found("kunshan") == ["ks"] and found("KSS") == ["ks"]
    assert found("江苏") == ["nj", "ks"]  # by the path; what has others under it is not to be chosen
    assert found("江苏 昆") == ["ks"] and found("苏州-昆山") == ["ks"]
    assert found("苏堤") == ["sd"] and found("苏北") == [] and found("  ") == []


def test_what_begins_so_comes_first_then_what_is_shorter() -> None:
    text = "id,label\na,大型轴承座\nb,轴承座\nc,轴承\nd,小轴承\n"
    assert found("轴承", text) == ["c", "b", "d", "a"]


def test_what_is_near_is_offered_where_nothing_holds_it() -> None:
    text = "id,label\na,六角螺母\nb,圆头螺钉\nc,平垫圈\n"
    assert found("六角螺帽", text) == ["a"] and found("天花板", text) == []


LABELS = st.lists(st.text("甲乙丙ab", min_size=1, max_size=5), min_size=1, max_size=12)


@given(LABELS, st.text("甲乙丙ab", min_size=1, max_size=3))
def test_all_that_hold_a_word_are_found(labels: list[str], word: str) -> None:
    text = "id,label\n" + "".join(f"x{n},{label}\n" for n, label in enumerate(labels))
    holding = {f"x{n}" for n, label in enumerate(labels) if word in label}
    assert holding <= set(found(word, text)) or not holding
