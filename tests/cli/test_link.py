"""`link create`: a link alone on the last line, its QR code beside it; `try --entry`: what would come in by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import REPAIR, Shell

ENTRIES = """\
entries:
  web:
    title: {zh: 报修, en: Report}
    public: true
    fields: [bike, cause]
    set: {kind: minor}
    ask_link: [price]
"""


@pytest.fixture
def doors(shell: Shell, place: Path) -> Shell:
    """The shell over a workspace with an entry, published."""
    (place / "templates/repair.yaml").write_text(REPAIR + ENTRIES, "utf-8")
    assert shell("publish").code == 0
    return shell


def test_a_link_stands_alone_on_the_last_line(doors: Shell, place: Path) -> None:
    made = doors("link", "create", "repair", "web", "--set", "price=20", FORMWRIGHT_BASE_URL="https://forms.example/",
                 FORMWRIGHT_SECRET_KEY="0123456789abcdefghijklmnopqrstuvwxyz")  # fmt: skip
    assert (made.code, made.err) == (0, "")
    assert made.last.startswith("https://forms.example/p/")
    here = doors("link", "create", "repair@north", "web", "--set", "price=20", PORT="8123")
    assert here.last.startswith("http://127.0.0.1:8123/p/") and "FORMWRIGHT_BASE_URL" in here.out


@pytest.mark.parametrize(("name", "start"), [("code.svg", b"<?xml"), ("code.png", b"\x89PNG")])
def test_its_code_is_saved(doors: Shell, tmp_path: Path, name: str, start: bytes) -> None:
    made = doors(
        "link", "create", "repair", "web", "--set", "price=20", "--label", "Door 1", "--qr", str(tmp_path / name)
    )
    assert made.code == 0 and (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("repair", "wbe"), 1, "no public entry"),
        (("repiar", "web"), 1, "no such form"),
        (("repair", "web", "--set", "prise=20"), 2, "price"),
        (("repair", "web", "--set", "price"), 2, "price"),
        (("repair", "web", "--set", "price=dear"), 1, "price"),
        (("repair", "web", "--set", "bike=Phoenix"), 1, "bike"),
        (("repair", "web", "--owner", "nobody"), 2, "nobody"),
        (("repair", "web", "--qr", "code.pdf"), 2, ".svg"),
    ],
)
def test_what_cannot_be_made_is_said(doors: Shell, words: tuple[str, ...], code: int, hint: str) -> None:
    refused = doors("link", "create", *words)
    assert (refused.code, refused.out) == (code, "") and hint in refused.err


def test_a_record_is_tried_as_it_would_come_in(doors: Shell) -> None:
    tried = doors("try", "repair", "--entry", "web", "--data", "-", input=json.dumps({"bike": "凤凰", "price": "20"}))
    assert tried.code == 0 and tried.json["values"]["kind"] == "minor"
    foreign = doors("try", "repair", "--entry", "web", "--data", "-", input=json.dumps({"kind": "major"}))
    assert foreign.code == 1 and set(foreign.json["errors"]) == {"bike", "kind"}
    assert doors("try", "repair", "--entry", "wbe", "--data", "-", input="{}").code == 2
