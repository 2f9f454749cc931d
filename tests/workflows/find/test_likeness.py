"""When two texts may name the same thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.find.likeness import similar


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("华东智造有限公司", "华东智造", True),
        ("ＡＣＭＥ  Works Ltd.", "acme works, ltd", True),
        ("苏州恒远精密机械", "苏州恒远精密机械厂", True),
        ("苏州恒远精密", "无锡远大电气", False),
        ("华东", "华东智造", False),  # too short to say anything
        ("李", "李", True),
        ("李", "王", False),
        ("苏州恒远精密机械有限公司", "苏州恒远精密机械", True),
        ("恒远精密", "苏州恒远精密机械有限公司", True),  # who is in a hurry writes the middle
        ("恒远（苏州）有限公司", "恒远苏州股份有限公司", True),
        ("Acme Co., Ltd.", "ACME", True),
        ("甲乙有限公司", "丙丁有限公司", False),  # what everybody has makes nobody alike
        ("公司", "有限公司", False),
        ("恒远苏州分公司", "恒远苏州", True),
        ("蘇州恒遠", "苏州恒远", False),  # traditional signs are others
        ("…", "——", False),  # nothing is not like nothing
    ],
)
def test_alike(a: str, b: str, alike: bool) -> None:
    assert similar(a, b) is similar(b, a) is alike


@given(st.text(alphabet="甲乙丙丁ab ", min_size=1), st.text(alphabet="甲乙丙丁ab "))
def test_likeness_is_mutual_and_what_is_the_same_is_alike(a: str, b: str) -> None:
    assert similar(a, b) == similar(b, a)
    assert similar(a, a) or not a.strip()
