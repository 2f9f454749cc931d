"""What every room's tests share: the tiers' counts for Hypothesis, the repository's root, a browser and Node."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent

# No deadline: the workers share two cores, a slow example is no finding. Random only where there is time to look.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("check", max_examples=25, derandomize=True, **_COMMON)
settings.register_profile("test", max_examples=100, derandomize=True, **_COMMON)
settings.register_profile("prove", max_examples=2000, **_COMMON)
settings.load_profile("check")

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_NO_BROWSER = """no browser was found. One of these lines gives one:
    apt-get install chromium fonts-wqy-zenhei
    .venv/bin/python -m playwright install --with-deps chromium
    CHROMIUM=/path/to/chromium make test"""

_NO_NODE = """Node was not found; it judges what the browser evaluates. One of these lines gives it:
    apt-get install nodejs
    NODE=/path/to/node make test"""

_NO_NPM = """npm was not found; it fetches what only tests use. This line gives it:
    apt-get install npm"""


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, looked for in `$CHROMIUM`, on PATH and where playwright keeps its own.

    A machine without one fails with the lines to type: a browser test that is skipped proves nothing.
    """
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None) or _playwrights_own()
    if found is None:
        pytest.fail(_NO_BROWSER, pytrace=False)
    return found


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node, looked for in `$NODE` and on PATH; a machine without one fails with the lines to type."""
    found = os.environ.get("NODE") or next(filter(None, map(shutil.which, ("node", "nodejs"))), None)
    if found is None:
        pytest.fail(_NO_NODE, pytrace=False)
    return found


@pytest.fixture(scope="session")
def node_packages(node: str) -> Path:
    """`tests/tools/node_modules`, installed from the lock file where it is not there yet or older."""
    folder = Path(__file__).parent / "tools"
    with FileLock(folder / "node_modules.lock"):
        installed = folder / "node_modules" / ".package-lock.json"
        if not installed.exists() or installed.stat().st_mtime < (folder / "package-lock.json").stat().st_mtime:
            _install(folder)
            installed.touch()
    return folder / "node_modules"


def _install(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail(_NO_NPM, pytrace=False)
    line = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"`npm ci` in {folder} failed:\n{done.stderr}", pytrace=False)


QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all journeys."""
    from playwright.sync_api import sync_playwright

    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=[*sandbox, *QUIET])
        yield started
        started.close()
