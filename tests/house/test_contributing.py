"""CONTRIBUTING.md sends nobody to the wrong place, and forgets none."""

from __future__ import annotations

import re

from tests.house.source import ROOT, name, product

LEAF = re.compile(r'"(phone|email|url)"')  # what a new type will most resemble: where these are named, it will be, too


def places(heading: str) -> set[str]:
    """The files that a section of CONTRIBUTING.md names."""
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"`((?:schemas|builder|workflows|renderer|tests)/[\w./-]+)`", section))


def test_the_places_are_there() -> None:
    named = places("To add a field type") | places("To add a diagnostic")
    assert len(named) > 10
    assert [place for place in sorted(named) if not (ROOT / place).exists()] == []


def test_every_module_that_names_a_leaf_type_is_on_the_list() -> None:
    naming = {name(path) for path in product() if LEAF.search(path.read_text("utf-8"))}
    assert sorted(naming - places("To add a field type")) == []
