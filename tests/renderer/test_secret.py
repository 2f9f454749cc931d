"""The secret key: made once, for the owner's eyes only, and never a weak one in production."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from renderer.secret import FILE, WeakKey, is_weak, secret_key

STRONG = "kq3V9xZ_1mN7bT5cW2eR8yU4iO6pA0sD-fGhJlXv"


def test_two_starts_use_the_key_that_was_made_first(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = secret_key("", data, lambda: STRONG, production=True)
    assert first == secret_key("", data, lambda: "another", production=True) == STRONG
    assert [path.name for path in data.iterdir()] == [FILE]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in lists, not in modes")
def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    secret_key("", tmp_path, lambda: STRONG, production=True)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_who_comes_second_at_the_same_moment_takes_the_first_ones_key(tmp_path: Path) -> None:
    def late() -> str:
        (tmp_path / FILE).write_text("the first one's\n", "ascii")
        return STRONG

    assert secret_key("", tmp_path, late, production=True) == "the first one's"
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("weak", ["dev", "change-me", "a" * 64, "abcabcabcabcabcabcabcabcabcabcabcabc"])
def test_production_refuses_a_key_that_could_be_guessed(tmp_path: Path, weak: str) -> None:
    with pytest.raises(WeakKey):
        secret_key(weak, tmp_path, lambda: STRONG, production=True)
    assert secret_key(weak, tmp_path, lambda: STRONG, production=False) == weak


def test_a_given_key_makes_no_file(tmp_path: Path) -> None:
    assert not is_weak(STRONG)
    assert secret_key(STRONG, tmp_path, lambda: "unused", production=True) == STRONG
    assert list(tmp_path.iterdir()) == []
