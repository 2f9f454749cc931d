"""Lists order texts by pinyin. Expected orders are those of a Chinese dictionary, written by hand."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.find.collation import sort_key, text_key

JSON = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


@pytest.mark.parametrize(
    "ordered",
    [
        ["阿里", "北京", "陈", "李", "王", "张"],
        ["王二", "王五"],  # er before wu: the second character decides
        ["妈", "麻", "马", "骂", "吗"],  # the tones, the neutral one last
        ["路", "驴", "吕", "绿"],  # lu before lü, then by tone
        ["詹", "湛", "张"],  # zhan before zhang, whatever the tone
        ["张三", "张三丰"],
        ["10", "9", "Anna", "bob", "Zoe", "安娜"],  # digits, Latin without regard to case, Han
        ["Bob", "bob", "BOBO"],
        ["A区", "A座", "B区"],
        ["", "a"],
    ],
)
def test_texts_stand_in_dictionary_order(ordered: list[str]) -> None:
    assert sorted(reversed(ordered), key=text_key) == ordered
    assert sorted(ordered, key=sort_key) == ordered


def test_numbers_stand_before_texts_and_by_size() -> None:
    assert sorted(["a", 10, 9.5, -1, "1", 2**53], key=sort_key) == [-1, 9.5, 10, 2**53, "1", "a"]


def test_an_object_is_ordered_by_its_names_alone() -> None:
    # A record's tags are objects: what is behind a name is the tag's reason, and not every reader's to know.
    tags = [{"b": {"because": 1}}, {"a": {"because": 2}}, {"a": {"because": 1}}, {"a": {}, "b": {}}]
    assert sorted(tags, key=sort_key) == [tags[3], tags[1], tags[2], tags[0]]


@given(st.lists(JSON, max_size=8))
def test_any_json_values_can_be_ordered(values: list[object]) -> None:
    keys = sorted(map(sort_key, values))
    assert all(one <= other for one, other in pairwise(keys))


@given(st.text(), st.text())
def test_different_texts_have_different_keys(one: str, other: str) -> None:
    assert (text_key(one) == text_key(other)) is (one == other)


def test_latin_lists_never_load_the_readings() -> None:
    script = "from workflows.find import collation as c; c.text_key('Zoe'); print(c._readings.cache_info().misses)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "0\n"
