"""The golden table holds on the server: in the emitted Python."""

from __future__ import annotations

import pytest

from tests.builder.expressions.golden import SCOPE, Case, golden
from tests.builder.expressions.world import SITUATION, compiled

TABLE = tuple(golden())


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 300


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.text)
def test_python_means_what_the_language_says(case: Case) -> None:
    found = compiled(case.text, SCOPE)(case.values, SITUATION)
    assert (found, type(found)) == (case.expected, type(case.expected))
