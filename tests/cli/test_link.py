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
ASKED = REPAIR.replace("min: 0", "min: 0\n    required: true")


@pytest.fixture
def doors(shell: Shell, place: Path) -> Shell:
    """The shell over a workspace with an entry, published."""
    (place / "templates/repair.yaml").write_text(ASKED + ENTRIES, "utf-8")
    assert shell("publish").code == 0
    assert [shell("user", "add", name).code for name in ("wang", "gone")] == [0, 0]
    assert shell("user", "disable", "gone").code == 0
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
        (("repair", "wbe"), 2, "Did you mean web?"),
        (("repiar", "web"), 2, "Did you mean repair?"),
        (("repair@nroth", "web"), 2, "Did you mean north?"),
        (("repair", "web", "--set", "prise=20"), 2, "Did you mean price?"),
        (("repair", "web", "--set", "price"), 2, "--set price=VALUE"),
        (("repair", "web"), 2, "--set price=VALUE"),
        (("repair", "web", "--set", "price=dear"), 1, "price"),
        (("repair", "web", "--set", "bike=Phoenix"), 2, "bike"),
        (("repair", "web", "--set", "price=20", "--owner", "wagn"), 1, "Did you mean wang?"),
        (("repair", "web", "--set", "price=20", "--owner", "gone"), 1, "disabled"),
        (("repair", "web", "--qr", "code.pdf"), 2, ".svg"),
    ],
)
def test_what_cannot_be_made_is_said(doors: Shell, words: tuple[str, ...], code: int, hint: str) -> None:
    refused = doors("link", "create", *words)
    assert (refused.code, refused.out) == (code, "") and hint in refused.err


def test_a_form_that_nobody_published_has_no_links_yet(shell: Shell) -> None:
    refused = shell("link", "create", "rental", "web")
    assert (refused.code, refused.out) == (2, "") and "formwright publish rental" in refused.err


def test_no_link_is_left_behind_whose_code_could_not_be_saved(doors: Shell, place: Path) -> None:
    before = doors("store", "verify").last
    refused = doors("link", "create", "repair", "web", "--set", "price=20", "--qr", str(place / "no" / "code.png"))
    assert refused.code == 1 and "code.png" in refused.err
    assert doors("store", "verify").last == before


def test_a_record_is_tried_as_it_would_come_in(doors: Shell) -> None:
    tried = doors("try", "repair", "--entry", "web", "--data", "-", input=json.dumps({"bike": "凤凰", "price": "20"}))
    assert tried.code == 0 and tried.json["values"]["kind"] == "minor"
    foreign = doors("try", "repair", "--entry", "web", "--data", "-", input=json.dumps({"kind": "major", "price": 20}))
    assert foreign.code == 1 and set(foreign.json["errors"]) == {"bike", "kind"}
    assert doors("try", "repair", "--entry", "wbe", "--data", "-", input="{}").code == 2
