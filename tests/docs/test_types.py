"""The pages of the types are what `python -m docs.types` writes: every type there is, with its pictures."""

from __future__ import annotations

import re

import pytest

from builder.language.grammar import grammar
from docs import types


def test_the_pages_are_up_to_date() -> None:
    made = types.pages()
    written = {path.name: path.read_text("utf-8") for path in types.FOLDER.iterdir()}
    assert [name for name in made if written.get(name) != made[name]] == [], "run: python -m docs.types"
    assert written.keys() == made.keys()


def test_every_type_has_its_page() -> None:
    known = grammar("template")["$defs"]["field"]["properties"]["type"]["enum"]
    assert set(types.shown()) == {*known, *types.NAMED}


@pytest.mark.parametrize("name", types.shown())
def test_every_picture_is_there_and_small(name: str) -> None:
    for state in types.STATES:
        for width in types.WIDTHS:
            path = types.picture(name, state, width)
            assert path.is_file(), "run: python -m docs.types"
            assert path.stat().st_size < 40_000 and path.read_bytes()[:4] == b"\x89PNG"


def test_every_link_leads_somewhere() -> None:
    for name, text in types.pages().items():
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert (types.FOLDER / target).exists(), (name, target)
