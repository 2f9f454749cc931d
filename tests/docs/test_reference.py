"""The reference is what `python -m docs.reference` writes, and it names everything there is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from builder import examples
from builder.language.grammar import grammar
from docs import reference

ENDS = (".md", ".zh.md")


@pytest.fixture(scope="module")
def pages() -> Mapping[str, str]:
    """All but the findings, whose examples take a while."""
    return reference.pages(name for name in reference.PAGES if name != "errors")


def stale(pages: Mapping[str, str]) -> list[str]:
    """The pages that are not written as they would be now."""
    paths = {name: reference.FOLDER / name for name in pages}
    return [name for name, path in paths.items() if not path.is_file() or path.read_text("utf-8") != pages[name]]


def test_the_pages_are_up_to_date(pages: Mapping[str, str]) -> None:
    assert stale(pages) == [], "run: python -m docs.reference"
    assert {path.name for path in reference.FOLDER.iterdir() if path.is_file()} == pages.keys() | {
        f"errors{end}" for end in ENDS
    }


@pytest.mark.slow
def test_the_findings_are_up_to_date() -> None:
    assert stale(reference.pages(["errors"])) == [], "run: python -m docs.reference"


@pytest.mark.parametrize("end", ENDS)
def test_every_finding_has_its_place(end: str) -> None:
    text = (reference.FOLDER / f"errors{end}").read_text("utf-8")
    missing = [code for code in examples.codes() if f"\n### {code}\n" not in text]
    assert missing == [], "run: python -m docs.reference"


@pytest.mark.parametrize("end", ENDS)
def test_everything_there_is_has_its_place(pages: Mapping[str, str], end: str, root: Path) -> None:
    named = set(re.findall(r"^\| `(\w+)`", pages[f"language{end}"], re.MULTILINE))
    keys = {key for kind in ("workspace", "template", "overlay") for key in _keys(grammar(kind))}
    assert keys - named == set()
    read = {
        name for door in ("cli.py", "wsgi.py") for name in re.findall(r"FORMWRIGHT_[A-Z_]+[A-Z]", _read(root, door))
    }
    assert all(f"`{name}`" in pages[f"settings{end}"] for name in (*read, "PORT"))


def test_an_english_page_is_english(pages: Mapping[str, str]) -> None:
    for name, text in pages.items():
        if not name.endswith(".zh.md") and not name.startswith("README"):
            kept = re.findall("[\u4e00-\u9fff]+", text)
            assert set(kept) <= {"万", "亿", "是", "否"}, (name, kept)


def test_tables_have_as_many_cells_as_heads(pages: Mapping[str, str]) -> None:
    for name, text in pages.items():
        for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            counts = {len(re.split(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(counts) == 1, (name, block[:200])


def _keys(value: object) -> set[str]:
    """Every key that has a title, wherever it stands."""
    found: set[str] = set()
    if isinstance(value, dict):
        bodies = value.get("properties", {})
        found |= {key for key, body in bodies.items() if isinstance(body, dict) and "x-title" in body}
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        found |= _keys(each)
    return found


def _read(root: Path, name: str) -> str:
    return (root / name).read_text("utf-8")
