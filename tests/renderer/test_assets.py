"""What is served is what the sources give: built again, it is the same to the byte; and small."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
from html import unescape
from os import urandom
from pathlib import Path

import pytest

from builder.compile import compile_template
from builder.workspace import Workspace
from renderer.app import create_app
from renderer.settings import Settings
from renderer.visitors.tokens import link_token
from tests.renderer.conftest import NOW
from workflows.catalogue import publish

ASSETS = Path("renderer/assets")
EVERY_FORM = ("app.js", "form.js")
BUILT = (*EVERY_FORM, "combobox.js", "rows.js")
NOT_INSTALLED = "esbuild was not found; this line gives it:\n    npm ci --prefix renderer/assets"


@pytest.fixture(scope="module")
def esbuild(root: Path, node: str) -> str:
    """The bundler of the lock file, looked for in `$ESBUILD` and where npm puts it."""
    installed = root / ASSETS / "node_modules" / ".bin" / "esbuild"
    found = os.environ.get("ESBUILD") or (str(installed) if installed.exists() else None)
    if found is None:
        pytest.fail(NOT_INSTALLED, pytrace=False)
    return found


@pytest.mark.slow
def test_what_is_served_is_what_the_sources_give(root: Path, esbuild: str, tmp_path: Path) -> None:
    package = json.loads((root / ASSETS / "package.json").read_text("utf-8"))
    _, *arguments = package["scripts"]["build"].replace("../static", str(tmp_path)).split()
    subprocess.run([esbuild, *arguments], cwd=root / ASSETS, check=True, capture_output=True)
    stale = [name for name in BUILT if (tmp_path / name).read_bytes() != (root / "renderer/static" / name).read_bytes()]
    assert stale == [], "type: make assets"


def test_the_lock_names_a_digest_for_each_package_and_no_host(root: Path) -> None:
    text = (root / ASSETS / "package-lock.json").read_text("utf-8")
    packages = {name: each for name, each in json.loads(text)["packages"].items() if name}
    assert packages and all(each["integrity"].startswith("sha512-") for each in packages.values())
    assert "resolved" not in text and "://" not in text


def test_the_kernel_is_small(root: Path) -> None:
    assert len(gzip.compress((root / ASSETS / "kernel.js").read_bytes(), 9)) <= 6_000
    assert sum(len(gzip.compress((root / "renderer/static" / name).read_bytes(), 9)) for name in EVERY_FORM) <= 12_000


@pytest.mark.parametrize("tongue", ["zh", "en"])
@pytest.mark.parametrize("entry", ["website", "fair"])
def test_a_public_page_is_small(root: Path, entry: str, tongue: str) -> None:
    starter = root / "schemas" / "starter"
    own = {"workspace": starter, "store": "memory:", "secret_key": "k" * 40}
    app = create_app(Settings(**own, clock=lambda: NOW, chance=urandom))
    house = app.extensions["formwright"]
    for ref in Workspace(starter).refs():
        publish(house.store, compile_template(Workspace(starter), ref), NOW, "test")
    template = house.catalogue.current("customer-source", "sales-east")
    fixed = {"event": "CIIE 2026", "place": "上海"} if entry == "fair" else {}
    link = house.doors.make(template, entry, fixed, department="sales-east", owner="", by="emil")
    someone = app.test_client()
    page = someone.get(f"/p/{link_token(house.settings.secret_key, link)}?lang={tongue}").text
    found = re.findall(r'(?:href|src)="(/(?:static|p)/[^"]*\?[^"]*)"|data-program="([^"]*)"', page)
    parts = {unescape(one or other) for one, other in found if ".svg" not in one}
    more = entry == "website"  # asks for rows
    assert len(parts) == 4 + more, parts  # the style sheet, the scripts and the program
    bodies = [page.encode(), *(someone.get(part).data for part in parts)]
    total = sum(len(gzip.compress(body, 9)) for body in bodies)
    assert total <= 30_000, total
    house.store.close()
