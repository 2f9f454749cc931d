"""The second manual: each file shows mistakes, and its comments say what an author must read of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.language import catalogue
from tests.language.corpus import cases, check, expected, spots

CASES = cases("invalid")


def test_there_are_enough_and_the_first_has_two_errors_in_two_files() -> None:
    assert len(CASES) >= 160
    assert len({file for file, *_ in expected(CASES[0])}) == 2


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_every_mistake_is_found_where_it_is_and_nothing_else(case: Path) -> None:
    findings = check(case)
    assert spots(findings) == expected(case)
    assert expected(case)
    for found in findings:
        shown = {name for name, value in found.args.items() if value not in ("", None)}
        for language in ("zh", "en"):
            assert catalogue.describe(found, language).cause
            assert catalogue.holes(found.code, "cause", language) <= shown
