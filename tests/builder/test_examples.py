"""Each finding has its example: the mistake gives exactly that finding, the cure none at all, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from builder import examples
from builder.diagnostic import Place

MESSAGES = Path(__file__).resolve().parents[2] / "schemas" / "messages"
CATALOGUES = ("definitions", "compose", "lower", "expressions", "proofs", "entries", "vocabularies")
# What has no example that could be checked, each with its reason.
UNSEEN = {
    "lost-check": "a layer can only add checks today; the proof stands guard for the layers to come",
}
CODES = examples.codes()
DEFINITIONS = [code for code in CODES if examples.example(code, "en").lines]


def told() -> set[str]:
    """The codes of all findings that an author may meet in a definition."""
    entries = [item for name in CATALOGUES for item in yaml.safe_load((MESSAGES / f"{name}.yaml").read_text()).items()]
    return {code for code, entry in entries if entry["severity"] != "info"}


def test_every_finding_has_an_example_and_no_example_is_left_over() -> None:
    assert sorted(told() - set(CODES)) == [], "write an example in schemas/examples/ (CONTRIBUTING.md)"
    assert sorted(set(CODES) - told()) == []


def test_what_cannot_be_checked_has_a_reason() -> None:
    without = [code for code in CODES if not (shown := examples.example(code, "en")).lines and not shown.command]
    assert without == list(UNSEEN)


@pytest.mark.parametrize("code", DEFINITIONS)
def test_the_mistake_gives_this_finding_and_the_cure_none(code: str) -> None:
    shown = examples.example(code, "zh")
    assert {found.code for found in examples.findings(shown)} == {code}
    assert examples.cured(shown) == []


@pytest.mark.slow
@pytest.mark.parametrize("code", DEFINITIONS)
def test_the_same_holds_in_english(code: str) -> None:
    shown = examples.example(code, "en")
    assert {found.code for found in examples.findings(shown)} == {code}
    assert examples.cured(shown) == []


@pytest.mark.parametrize("code", DEFINITIONS)
def test_in_english_no_chinese_word_is_left(code: str) -> None:
    """Their English stands in schemas/examples/frame/words.yaml; units and full-width signs are what some show."""
    shown = examples.example(code, "en")
    texts = (text for lines in shown.lines.values() for _, text in lines)
    left = [text for text in texts if re.search("[\u4e00-\u9fff]", re.sub("[万亿元]", "", text))]
    assert not left or shown.encoding != "utf-8"


def test_the_place_of_a_mistake_is_shown_in_the_example() -> None:
    shown = examples.example("full-width-colon", "zh")
    (found,) = examples.findings(shown)
    assert found.place == Place("templates/form.yaml", 22, 9)
    assert examples.spot(shown, found.place) == (0, 5)
    (line,) = [text for sign, text in shown.lines["templates/form.yaml"] if sign == examples.WRONG]
    assert line[4] == "："


@pytest.mark.parametrize("code", DEFINITIONS)
def test_every_example_points_into_a_line_that_is_shown(code: str) -> None:
    shown = examples.example(code, "zh")
    found = examples.findings(shown)[0]
    own = [text for sign, text in shown.lines.get(found.place.file, ()) if sign != examples.RIGHT]
    spot = examples.spot(shown, found.place)
    if spot is None:  # it is told of a line that the example leaves out
        return
    written = shown.wrong[found.place.file].split("\n")[found.place.line - 1]
    assert written.endswith(own[spot[0]]) or "‹" in own[spot[0]]
    assert written.endswith(own[spot[0]][spot[1] - 1 :]) or "‹" in own[spot[0]]
