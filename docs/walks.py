"""Takes the pictures of docs/howto: `python -m docs.walks`. Each is a page of the workspace that the how-to writes."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from docs.pictures import BROWSERS, PASSWORD, ROOT, served, shell, sign_in, workspace

IMAGES: Final = ROOT / "docs" / "images" / "howto"
ENDS: Final = {"en": ".md", "zh": ".zh.md"}
LOCALES: Final = {"en": "en-GB", "zh": "zh-CN"}
COLORS: Final = 64
PHONE: Final = 375
DESK: Final = 900


def linked(folder: Path, address: str) -> str:
    """A link into the workspace as it is served at an address."""
    words = ("link", "create", "lead@east", "fair", "--set", "event=CIIE 2026", "--label", "Hall 3")
    command = [sys.executable, str(ROOT / "cli.py"), "-C", str(folder), *words]
    environ = os.environ | {"PORT": address.rpartition(":")[2]}
    return subprocess.run(command, text=True, check=True, capture_output=True, env=environ).stdout.split()[-1]


def public_form(language: str, page: Page, folder: Path, address: str) -> None:
    """What a visitor meets on a phone, and what a colleague sees of the links."""
    page.set_viewport_size({"width": PHONE, "height": 700})
    page.goto(linked(folder, address))
    keep(page.locator("body"), f"visitor.{language}")
    page.set_viewport_size({"width": DESK, "height": 700})
    sign_in(page, address, "ming")
    page.goto(f"{address}/links/lead@east")
    keep(page.locator("main"), f"links.{language}")
    page.locator("table.lines a").first.click()
    page.wait_for_load_state()
    keep(page.locator("main"), f"code.{language}")


def choices(language: str, page: Page, folder: Path, address: str) -> None:
    """A lower option chosen, and what a condition on the upper one then asks."""
    page.set_viewport_size({"width": PHONE, "height": 900})
    sign_in(page, address, "ming")
    page.goto(f"{address}/f/order")
    page.select_option("[name=reason]", "wear")
    page.select_option("[name=part]", "b6204")
    page.locator("[name=supplier]").wait_for()
    keep(page.locator("main"), f"order.{language}")


WALKS: Final[dict[str, Callable[[str, Page, Path, str], None]]] = {"public-form": public_form, "choices": choices}
ROLES: Final = {"public-form": "sales", "choices": "buyer"}


def keep(part: Locator, name: str) -> None:
    """Keep a picture of a part of a page, with as few colours as it needs."""
    drawn = Image.open(io.BytesIO(part.screenshot(animations="disabled"))).convert("RGB")
    drawn.quantize(COLORS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


def walk(how: str, language: str, browser: Browser, folder: Path) -> None:
    """The pictures of one how-to in one language."""
    workspace(f"docs/howto/{how}{ENDS[language]}", folder)
    shell(folder, "publish")
    words = ("user", "add", "ming", "--role", ROLES[how], "--department", "east", "--password-stdin")
    shell(folder, *words, typed=PASSWORD)
    with served(folder) as address:
        context = browser.new_context(locale=LOCALES[language])
        WALKS[how](language, context.new_page(), folder, address.rstrip("/"))
        context.close()


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for how in WALKS:
            for language in ENDS:
                with tempfile.TemporaryDirectory() as folder:
                    walk(how, language, browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
