"""One broken place is found on its line, at its column, with the word that was meant."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from builder.diagnostic import Diagnostic
from builder.language import catalogue
from tests.language.corpus import HERE, check_text
from tests.language.mutator import Mutation, misspell, mutations

STARTER = HERE.parents[1] / "schemas" / "starter" / "templates"
CORPUS = sorted([*HERE.glob("valid/*.yaml"), *HERE.glob("valid/*/templates/*.yaml"), *STARTER.glob("*.yaml")])


def score(broken: Mutation, findings: list[Diagnostic]) -> Counter[str]:
    """What the findings of one mutation were right about; a finding elsewhere is a cascade and counts as wrong."""
    on_line = bool(findings) and all(found.place.line == broken.line for found in findings)
    here = [found for found in findings if (found.place.line, found.place.column) == (broken.line, broken.column)]
    told = [str(found.args.get("suggestion", "")) for found in here or findings]
    right = Counter(mutations=1, line=on_line, column=on_line and bool(here))
    if broken.meant:
        right.update(misspellings=1, suggestions=bool(told) and broken.meant in told[0])
    for found in findings:
        catalogue.describe(found, "zh")
    return right


def test_misspelling_never_makes_another_known_word() -> None:
    assert misspell("form", {"from", "fom"}) not in ("form", "from", "fom")
    assert misspell("ab", {"ba"}) not in ("ab", "ba")


def test_the_mutator_knows_its_place() -> None:
    text = (HERE / "valid" / "03-choices.yaml").read_text("utf-8")
    made = list(mutations(text))
    assert {m.kind for m in made} >= {"key", "type", "value", "option", "reference", "bound"}
    for broken in made:
        line = broken.text.splitlines()[broken.line - 1]
        assert broken.written in line[broken.column - 1 :]
        assert sum(a != b for a, b in zip(broken.text.splitlines(), text.splitlines(), strict=True)) == 1


def test_a_sample_is_found() -> None:
    text = (HERE / "valid" / "12-workflow.yaml").read_text("utf-8")
    total = sum((score(broken, check_text(broken.text)) for broken in [*mutations(text)][::7]), Counter[str]())
    assert total["line"] == total["mutations"] > 0


PARTS = 8


@pytest.mark.prove
@pytest.mark.parametrize("part", range(PARTS))
def test_one_broken_place_is_named(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    """In each eighth of all mutations, so in all: they take minutes, and workers share them."""
    total: Counter[str] = Counter()
    for path in CORPUS:
        shelved = path.parent.name == "templates"
        where = (path.parent.parent, path.stem) if shelved else (HERE, "")
        assert check_text(_read(path), *where) == []
        for broken in [*mutations(_read(path))][part::PARTS]:
            total += score(broken, check_text(broken.text, *where))
    with capsys.disabled():
        print(f"\n{dict(total)}")
    assert total["mutations"] > 2000 / PARTS
    assert total["line"] >= 0.98 * total["mutations"], total
    assert total["column"] >= 0.95 * total["mutations"], total
    assert total["suggestions"] >= 0.80 * total["misspellings"], total


def _read(path: Path) -> str:
    return path.read_text("utf-8-sig")
