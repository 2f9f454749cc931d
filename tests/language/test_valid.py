"""The good corpus: one file a feature, each compiled without a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.language.corpus import cases, check


@pytest.mark.parametrize("case", cases("valid"), ids=lambda path: path.stem)
def test_nothing_is_found(case: Path) -> None:
    assert check(case) == []
