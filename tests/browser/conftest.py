"""The starter workspace, served by the shell on a free port, and a Chromium that looks at it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.register_assert_rewrite("tests.browser.five", "tests.browser.ways")  # their asserts tell what differs


@dataclass(frozen=True)
class Served:
    """Where the starter is served, and who may sign in."""

    address: str
    passwords: dict[str, str]
    folder: Path


@pytest.fixture(scope="session")
def served(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """What `make run` gives: the starter with its sample records, published and served."""
    folder = tmp_path_factory.mktemp("journey") / "workspace"
    shell = [sys.executable, str(root / "cli.py")]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    made = subprocess.run([*shell, "starter", str(folder)], env=environment, check=True, capture_output=True, text=True)
    passwords = dict(re.findall(r"^([a-z]+) +([a-z0-9-]{12,})$", made.stdout, re.M))
    serving = [*shell, "-C", str(folder), "serve", "--port", "0"]
    with subprocess.Popen(serving, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = next((line for line in process.stdout if "http://" in line), "")
        yield Served(re.findall(r"http://[\w.:\[\]]+", told)[0], passwords, folder)
        process.terminate()


SignIn = Callable[..., "Page"]


@pytest.fixture
def sign_in(browser: Browser, served: Served) -> Iterator[SignIn]:
    """A page of one's own, signed in; whatever the console says in red fails the test."""
    opened, red = [], []

    def enter(user: str, *, width: int = 1280, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=served.address,
            viewport={"width": width, "height": 800},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: red.append(str(error)))
        # A refused form is answered with a status that the console reports as a failed resource.
        page.on(
            "console",
            lambda said: red.append(said.text) if said.type == "error" and "status of 4" not in said.text else None,
        )
        page.goto("/login")
        page.get_by_label("用户名").fill(user)
        page.get_by_label("密码").fill(served.passwords[user])
        page.get_by_role("button", name="登录").click()
        return page

    yield enter
    for context in opened:
        context.close()
    assert red == []
