"""What is served is what the sources give: built again, it is the same to the byte; and small."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from pathlib import Path

import pytest

ASSETS = Path("renderer/assets")
EVERY_FORM = ("app.js", "form.js")
BUILT = (*EVERY_FORM, "combobox.js")
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
